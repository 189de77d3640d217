#include "server/app/circles/circles.hpp"

#include "server/app/people/identity.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <algorithm>
#include <functional>
#include <mutex>
#include <unordered_map>

namespace holdfast::app {

using circle_ptr = std::shared_ptr<domain::circle const>;

struct circles::state {
    store::database& database;
    texts& vault;
    screener& screen;
    identity& people;
    clock const& time;

    circle_ptr known(circle_id const& circle) const
    {
        std::lock_guard const hold(guard_);
        auto const found = circles_.find(circle);
        return found == circles_.end() ? nullptr : found->second;
    }
    // A load notes the count first; what it found is kept only when nothing changed meanwhile.
    std::uint64_t changes() const
    {
        std::lock_guard const hold(guard_);
        return changes_;
    }
    void remember(circle_ptr const& circle, std::uint64_t changes_before)
    {
        std::lock_guard const hold(guard_);
        if (changes_ == changes_before) circles_[circle->id] = circle;
    }
    void changed(circle_id const& circle)
    {
        std::function<void()> listener;
        {
            std::lock_guard const hold(guard_);
            ++changes_;
            circles_.erase(circle);
            listener = listener_;
        }
        if (listener) listener();
    }
    void listen(std::function<void()> listener)
    {
        std::lock_guard const hold(guard_);
        listener_ = std::move(listener);
    }

    state(
        store::database& database_used,
        texts& vault_used,
        screener& screen_used,
        identity& people_used,
        clock const& time_used
    )
        : database(database_used), vault(vault_used), screen(screen_used), people(people_used),
          time(time_used)
    {
    }

  private:
    mutable std::mutex guard_;
    std::unordered_map<circle_id, circle_ptr> circles_; // guarded by guard_; a host has few circles
    std::uint64_t changes_ = 0;                         // guarded by guard_
    std::function<void()> listener_;                    // guarded by guard_
};

circles::circles(
    store::database& database, texts& vault, screener& screen, identity& people, clock const& time
)
    : state_(std::make_unique<state>(database, vault, screen, people, time))
{
}

circles::~circles() = default;

void circles::on_circle_changed(std::function<void()> listener)
{
    state_->listen(std::move(listener));
}

bool may_read(domain::circle const& circle, domain::principal_ptr const& who)
{
    if (circle.readable_by == domain::readable_by::everyone) return true;
    return who && who->role_in(circle.id) != domain::role::none && !who->is_paused_in(circle.id);
}

bool looks_after(domain::principal_ptr const& who, circle_id const& circle)
{
    return who && who->role_in(circle) == domain::role::facilitator;
}

namespace {
// An invite-only circle is known to its members alone.
bool may_know(domain::circle const& circle, domain::principal_ptr const& who)
{
    return circle.entry != domain::entry_mode::invite ||
           (who && who->role_in(circle.id) != domain::role::none);
}

result<domain::circle> opened(store::read_tx& tx, texts& vault, store::circle_row const& row)
{
    auto words = vault.open_circle(tx, row);
    if (!words) return words.error();
    domain::circle made;
    made.id = row.id;
    made.texts = std::move(*words);
    made.entry = row.entry;
    made.readable_by = row.readable_by;
    made.agreement_version = row.agreement_version;
    made.created_at = row.created_at;
    return made;
}

// A circle's words reach everybody, so they pass the screen like a post; the error names the field.
result<void> screened_circle(screener const& screen, domain::circle_texts const& words)
{
    std::pair<std::string_view, std::string_view> const fields[] = {
        {"name", words.name},
        {"purpose", words.purpose},
        {"agreement", words.agreement},
        {"hours", words.hours}};
    error found{errc::returned};
    for (auto const& [field, text] : fields) {
        moderation::input input;
        input.text = text;
        input.kind = moderation::text_kind::note;
        if (text.empty()) continue;
        auto const passed = screen.check(
            input, field, "Our automatic check noticed something here. Could you put it in other words?"
        );
        if (passed) continue;
        if (passed.error().fields.empty()) return passed;
        found.fields.push_back(passed.error().fields.front());
    }
    if (found.fields.empty()) return result<void>();
    return found;
}
} // namespace

task<result<std::vector<domain::circle>>>
circles::list(domain::principal_ptr who, std::optional<circle_id> after, std::size_t limit)
{
    auto& vault = state_->vault;
    auto read = [&vault, who, after, limit](store::read_tx& tx) -> result<std::vector<domain::circle>> {
        std::vector<domain::circle> made;
        auto from = after;
        for (;;) { // until the page is full: circles that are not for `who` leave no gap in it
            auto const rows = tx.circles(from, limits::page_rows_max);
            for (auto const& row : rows) {
                auto circle = opened(tx, vault, row);
                if (!circle) return circle.error();
                if (may_know(*circle, who)) made.push_back(std::move(*circle));
                if (made.size() >= limit) return made;
                from = row.id;
            }
            if (rows.size() < limits::page_rows_max) return made;
        }
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<circle_ptr>> circles::get(domain::principal_ptr who, circle_id circle)
{
    auto known = state_->known(circle);
    if (!known) {
        auto const changes_before = state_->changes();
        auto& vault = state_->vault;
        auto read = [&vault, circle](store::read_tx& tx) -> result<domain::circle> {
            auto const row = tx.circle(circle);
            if (!row) return errc::not_found;
            return opened(tx, vault, *row);
        };
        auto found = co_await state_->database.read(std::move(read));
        if (!found) co_return found.error();
        known = std::make_shared<domain::circle const>(std::move(*found));
        state_->remember(known, changes_before);
    }
    if (!may_know(*known, who)) co_return errc::not_found;
    co_return known;
}

task<result<domain::circle>>
circles::create(domain::principal_ptr who, std::string idempotency_key, new_circle wanted)
{
    if (!who || !who->is_lead) co_return errc::not_found;
    auto const valid = validate_circle(wanted.texts);
    if (!valid) co_return valid.error();
    auto const passed = screened_circle(state_->screen, wanted.texts);
    if (!passed) co_return passed.error();

    domain::circle made;
    made.id = circle_id::random();
    made.texts = wanted.texts;
    made.entry = wanted.entry;
    made.readable_by = wanted.readable_by;
    made.created_at = state_->time.now();
    auto const wrapped_key = state_->vault.new_key(made.id);
    store::circle_row row;
    row.id = made.id;
    row.texts = state_->vault.seal_circle(made.id, made.texts);
    row.entry = made.entry;
    row.readable_by = made.readable_by;
    row.created_by = who->account;
    row.created_at = made.created_at;
    domain::post_text const body{
        made.texts.name, made.texts.purpose + '\0' + made.texts.agreement + '\0' + made.texts.hours};
    auto const kind = std::string(name_of(made.entry)) + ' ' + std::string(name_of(made.readable_by));
    auto const hash = state_->vault.body_hash("circle", kind, body);

    auto add = [row, wrapped_key, key = idempotency_key, hash](store::write_tx& tx) -> result<circle_id> {
        store::hash256 earlier_hash{};
        if (auto const earlier = tx.circle_made_with(row.created_by, key, earlier_hash)) {
            if (earlier_hash != hash) return errc::key_reused;
            return earlier->id;
        }
        tx.add_wrapped_key(store::key_kind::circle, row.id.text(), wrapped_key);
        tx.add_circle(row, key, hash);
        tx.set_membership({row.id, row.created_by, domain::role::facilitator, 1, row.created_at});
        tx.append_audit({row.created_at, row.created_by, "circle.created", row.id, row.id.text(), "{}"});
        return row.id;
    };
    auto const done = co_await state_->database.write(std::move(add));
    if (!done) co_return done.error();
    state_->people.account_changed(who->account);
    state_->changed(*done); // every lead looks after it too
    if (*done == made.id) co_return made;
    auto const earlier = co_await get(who, *done);
    if (!earlier) co_return earlier.error();
    co_return **earlier;
}

task<result<domain::circle>>
circles::change(domain::principal_ptr who, circle_id circle, circle_changes wanted)
{
    auto const before = co_await get(who, circle);
    if (!before) co_return before.error();
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto made = **before;
    if (wanted.name) made.texts.name = *wanted.name;
    if (wanted.purpose) made.texts.purpose = *wanted.purpose;
    if (wanted.hours) made.texts.hours = *wanted.hours;
    if (wanted.agreement && *wanted.agreement != made.texts.agreement) {
        made.texts.agreement = *wanted.agreement;
        ++made.agreement_version;
    }
    if (wanted.entry) made.entry = *wanted.entry;
    if (wanted.readable_by) made.readable_by = *wanted.readable_by;
    auto const valid = validate_circle(made.texts);
    if (!valid) co_return valid.error();
    auto const passed = screened_circle(state_->screen, made.texts);
    if (!passed) co_return passed.error();

    auto const at = state_->time.now();
    auto& vault = state_->vault;
    auto store_it = [&vault, made, at, before = *before, actor = who->account](store::write_tx& tx
                    ) -> result<void> {
        auto row = tx.circle(made.id);
        if (!row) return errc::not_found;
        auto const now = opened(tx, vault, *row);
        if (!now) return now.error();
        if (*now != *before)
            return errc::conflict; // somebody else changed it meanwhile: theirs is not overwritten
        row->texts = vault.seal_circle(made.id, made.texts);
        row->entry = made.entry;
        row->readable_by = made.readable_by;
        row->agreement_version = made.agreement_version;
        tx.set_circle(*row);
        tx.append_audit({at, actor, "circle.changed", made.id, made.id.text(), "{}"});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(store_it));
    if (!done) co_return done.error();
    state_->changed(circle);
    co_return made;
}

} // namespace holdfast::app
