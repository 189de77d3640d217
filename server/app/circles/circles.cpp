#include "server/app/circles/circles.hpp"

#include "server/app/help/help_lines.hpp"
#include "server/app/help/own_words.hpp"
#include "server/app/keyed_write.hpp"
#include "server/app/people/identity.hpp"
#include "server/app/screener.hpp"
#include "server/app/terms/partner_terms.hpp"
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
    help_lines const& lines;
    domain::review_clocks clocks;
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
        help_lines const& lines_used,
        domain::review_clocks clocks_used,
        clock const& time_used
    )
        : database(database_used), vault(vault_used), screen(screen_used), people(people_used),
          lines(lines_used), clocks(clocks_used), time(time_used)
    {
    }

  private:
    mutable std::mutex guard_;
    std::unordered_map<circle_id, circle_ptr> circles_; // guarded by guard_; a host has few circles
    std::uint64_t changes_ = 0;                         // guarded by guard_
    std::function<void()> listener_;                    // guarded by guard_
};

circles::circles(
    store::database& database,
    texts& vault,
    screener& screen,
    identity& people,
    help_lines const& lines,
    domain::review_clocks clocks,
    clock const& time
)
    : state_(std::make_unique<state>(database, vault, screen, people, lines, clocks, time))
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

// Asking again with the same words is asking once; other words are not taken without saying so.
result<void> asked_the_same(
    store::read_tx& tx, texts& vault, store::application_row const& waiting, std::string_view words
)
{
    auto const before = vault.open_words(tx, waiting);
    if (!before) return before.error();
    if (*before == words) return result<void>();
    error twice{errc::conflict};
    twice.detail =
        "You asked already, and that waits for a facilitator. These new words were not taken. You can take "
        "your request back and ask again.";
    return twice;
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

task<result<standing>> circles::standing_of(domain::principal_ptr who, circle_id circle)
{
    standing made;
    if (!who) co_return made;
    made.role = who->role_in(circle);
    if (made.role != domain::role::none) co_return made;
    auto read = [circle, made, account = who->account](store::read_tx& tx) -> result<standing> {
        auto found = made;
        found.application_waits = tx.application_of(circle, account).has_value();
        found.application_declined =
            !found.application_waits && tx.last_application_declined(circle, account);
        return found;
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<joining>>
circles::join(domain::principal_ptr who, circle_id circle, int agreement_version, std::string words)
{
    auto const group = co_await get(who, circle);
    if (!group) co_return group.error();
    if (!who || (*group)->entry == domain::entry_mode::invite) co_return errc::not_found;
    if (who->role_in(circle) != domain::role::none && !who->is_lead) co_return joining();
    if (agreement_version != (*group)->agreement_version) co_return errc::conflict;

    auto const at = state_->time.now();
    if ((*group)->entry == domain::entry_mode::open) {
        auto add = [circle, agreement_version, at, account = who->account](store::write_tx& tx
                   ) -> result<void> {
            tx.add_membership({circle, account, domain::role::member, agreement_version, at});
            tx.append_audit({at, account, "circle.joined", circle, account.text(), "{}"});
            return result<void>();
        };
        auto const done = co_await state_->database.write(std::move(add));
        if (!done) co_return done.error();
        state_->people.account_changed(who->account);
        co_return joining();
    }

    auto const valid = validate_note("application", words, true);
    if (!valid) co_return valid.error();
    auto const ready = co_await state_->vault.prepare(state_->database, who->account, circle);
    if (!ready) co_return ready.error();
    moderation::input input;
    input.text = words;
    input.kind = moderation::text_kind::note;
    auto const seen = state_->screen.screen(input, circle);
    store::application_row row;
    row.id = application_id::random();
    row.circle = circle;
    row.account = who->account;
    row.words = state_->vault.seal_words(circle, who->account, row.id, words);
    row.agreement_version = agreement_version;
    row.folded = seen.decision.outcome != moderation::outcome::publish;
    row.created_at = at;
    auto& vault = state_->vault;
    own_words const own{who->account, circle, words, seen.decision, at};
    auto add = [&vault, row, words, own, clocks = state_->clocks](store::write_tx& tx) -> result<void> {
        if (auto const waiting = tx.application_of(row.circle, row.account))
            return asked_the_same(tx, vault, *waiting, words);
        auto const added = tx.add_application(row);
        if (!added) return added.error();
        auto const rung = ring_for_writer(tx, vault, own, clocks);
        if (!rung) return rung.error();
        tx.append_audit({row.created_at, row.account, "circle.applied", row.circle, row.id.text(), "{}"});
        tx.append_event(
            {0, "review.changed", row.circle, std::nullopt, std::nullopt, std::nullopt, row.created_at}
        );
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(add));
    if (!done) co_return done.error();
    joining made;
    made.as = joined::waiting;
    made.care = state_->lines.care_after(seen.decision, who->country);
    co_return made;
}

task<result<void>> circles::leave(domain::principal_ptr who, circle_id circle)
{
    if (!who) co_return errc::not_found;
    auto const at = state_->time.now();
    auto end = [circle, at, account = who->account](store::write_tx& tx) -> result<void> {
        if (auto const waiting = tx.application_of(circle, account)) {
            tx.decide_application(waiting->id, "withdrawn", std::nullopt, at);
        }
        if (tx.end_membership(circle, account)) {
            tx.append_audit({at, account, "circle.left", circle, account.text(), "{}"});
            end_partnerships(tx, account, circle, at);
        }
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(end));
    if (!done) co_return done.error();
    state_->people.account_changed(who->account);
    co_return result<void>();
}

task<result<std::vector<domain::application>>>
circles::applications(domain::principal_ptr who, circle_id circle)
{
    auto const group = co_await get(who, circle); // a lead looks after every circle, but only those there are
    if (!group) co_return group.error();
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto& vault = state_->vault;
    auto const at = state_->time.now();
    // A write: who read somebody's words is on record before they see them.
    auto read = [&vault, circle, at, by = who->account](store::write_tx& tx
                ) -> result<std::vector<domain::application>> {
        std::vector<domain::application> made;
        for (auto const& row : tx.applications_waiting(circle, limits::page_rows_max)) {
            auto words = vault.open_words(tx, row);
            auto nickname = vault.open_nickname(tx, row.account);
            if (!words || !nickname) continue; // its author erased their account
            made.push_back(
                {row.id,
                 row.circle,
                 row.account,
                 *nickname,
                 *words,
                 row.agreement_version,
                 row.folded,
                 row.created_at}
            );
            tx.append_audit({at, by, "application.read", circle, row.id.text(), "{}", row.account});
        }
        return made;
    };
    auto found = co_await state_->database.write(std::move(read));
    co_return found;
}

task<result<void>>
circles::decide_application(domain::principal_ptr who, application_id application, bool accept)
{
    if (!who) co_return errc::not_found;
    auto const at = state_->time.now();
    auto const answer = std::string(accept ? "accept" : "decline");
    auto const hash = state_->vault.body_hash("application", application.text(), {"", answer});
    auto const write = write_about(who->account, "application " + application.text(), hash);
    auto decide = [who, application, accept, at, write](store::write_tx& tx
                  ) -> result<std::optional<account_id>> {
        if (is_repeated(tx, write)) return std::optional<account_id>();
        auto const row = tx.application(application);
        if (!row || !looks_after(who, row->circle)) return errc::not_found;
        tx.decide_application(application, accept ? "accepted" : "declined", who->account, at);
        if (accept)
            tx.add_membership({row->circle, row->account, domain::role::member, row->agreement_version, at});
        auto const* const action = accept ? "application.accepted" : "application.declined";
        tx.append_audit({at, who->account, action, row->circle, application.text(), "{}", row->account});
        tx.append_event({0, "me.application", row->circle, std::nullopt, std::nullopt, row->account, at});
        keep(tx, write);
        return std::optional(row->account);
    };
    auto const done = co_await state_->database.write(std::move(decide));
    if (!done) co_return done.error();
    if (*done) state_->people.account_changed(**done);
    co_return result<void>();
}

task<result<void>> circles::set_role(circle_id circle, account_id account, domain::role role)
{
    auto const at = state_->time.now();
    auto set = [circle, account, role, at](store::write_tx& tx) -> result<void> {
        auto const row = tx.circle(circle);
        if (!row || !tx.account(account)) return errc::not_found;
        if (role == domain::role::none) {
            tx.end_membership(circle, account);
            end_partnerships(tx, account, circle, at);
        } else {
            tx.set_membership({circle, account, role, row->agreement_version, at});
        }
        tx.append_audit(
            {at,
             std::nullopt,
             "circle.role",
             circle,
             account.text(),
             std::string("{\"role\":\"") + std::string(name_of(role)) + "\"}",
             account}
        );
        tx.append_event({0, "me.role", circle, std::nullopt, std::nullopt, account, at});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(set));
    if (!done) co_return done.error();
    state_->people.account_changed(account);
    co_return result<void>();
}

} // namespace holdfast::app
