#include "server/app/desk/measures.hpp"

#include "server/app/circles/circles.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <mutex>
#include <unordered_map>

namespace holdfast::app {

struct measures::state {
    store::database& database;
    texts& vault;
    screener& screen;
    clock const& time;

    void set_lock(circle_id const& circle, std::optional<timestamp> until)
    {
        std::lock_guard const hold(guard_);
        locks_.erase(circle);
        if (until) locks_[circle] = *until;
    }
    std::optional<timestamp> locked_until(circle_id const& circle) const
    {
        std::lock_guard const hold(guard_);
        auto const found = locks_.find(circle);
        if (found == locks_.end() || found->second <= time.now()) return std::nullopt;
        return found->second;
    }

    state(store::database& database_used, texts& vault_used, screener& screen_used, clock const& time_used)
        : database(database_used), vault(vault_used), screen(screen_used), time(time_used)
    {
    }

  private:
    mutable std::mutex guard_;
    std::unordered_map<circle_id, timestamp> locks_; // guarded by guard_; for showing, the store decides
};

measures::measures(store::database& database, texts& vault, screener& screen, clock const& time)
    : state_(std::make_unique<state>(database, vault, screen, time))
{
}

measures::~measures() = default;

task<result<void>> measures::start()
{
    auto read = [now = state_->time.now()](store::read_tx& tx) -> result<std::vector<store::limit_row>> {
        return tx.locks_holding(now);
    };
    auto const found = co_await state_->database.read(std::move(read));
    if (!found) co_return found.error();
    for (auto const& row : *found)
        state_->set_lock(row.circle, row.ends_at);
    co_return result<void>();
}

std::optional<timestamp> measures::locked_until(circle_id const& circle) const
{
    return state_->locked_until(circle);
}

namespace {
domain::limit limit_from(store::read_tx& tx, texts& vault, store::limit_row const& row)
{
    domain::limit made;
    made.id = row.id;
    made.circle = row.circle;
    made.account = row.account;
    made.kind = row.kind;
    made.minutes = row.minutes;
    made.begins_at = row.begins_at;
    made.ends_at = row.ends_at;
    auto const id = row.id.text();
    auto const reason = row.account
                            ? vault.open_about(tx, "circle_limit", id, row.circle, *row.account, row.reason)
                            : vault.open_in_circle(tx, "circle_limit", id, row.circle, row.reason);
    if (reason) made.reason = *reason;
    if (!row.account) return made;
    auto const name = vault.open_nickname(tx, *row.account);
    if (name) made.nickname = *name;
    return made;
}

// Rights follow from it at once: the next request and every open socket look again.
void tell_about_role(store::write_tx& tx, store::limit_row const& row, timestamp at)
{
    if (row.account) tx.append_event({0, "me.role", row.circle, std::nullopt, std::nullopt, row.account, at});
}
} // namespace

task<result<std::vector<domain::limit>>> measures::in(domain::principal_ptr who, circle_id circle)
{
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto& vault = state_->vault;
    auto read = [&vault, circle, now = state_->time.now()](store::read_tx& tx
                ) -> result<std::vector<domain::limit>> {
        if (!tx.circle(circle)) return errc::not_found;
        std::vector<domain::limit> made;
        for (auto const& row : tx.limits_in(circle, now, limits::page_rows_max))
            made.push_back(limit_from(tx, vault, row));
        return made;
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<void>> measures::end(domain::principal_ptr who, limit_id limit)
{
    if (!who) co_return errc::not_found;
    auto end = [who, limit, at = state_->time.now()](store::write_tx& tx) -> result<store::limit_row> {
        auto const row = tx.limit(limit, at);
        // Nobody takes away a limit of their own.
        if (!row || !looks_after(who, row->circle) || row->account == who->account) return errc::not_found;
        tx.end_limit(limit, at);
        tell_about_role(tx, *row, at);
        if (!row->account)
            tx.append_event({0, "circle.opened", row->circle, std::nullopt, std::nullopt, std::nullopt, at});
        tx.append_audit({at, who->account, "limit.ended", row->circle, limit.text(), "{}", row->account});
        return *row;
    };
    auto const done = co_await state_->database.write(std::move(end));
    if (!done) co_return done.error();
    if (!done->account) state_->set_lock(done->circle, std::nullopt);
    co_return result<void>();
}

namespace {
void end_locks(store::write_tx& tx, circle_id const& circle, timestamp at)
{
    for (auto const& row : tx.limits_in(circle, at, limits::page_rows_max)) {
        if (!row.account) tx.end_limit(row.id, at);
    }
}

result<void> check_reason(screener const& screen, circle_id const& circle, std::string const& reason)
{
    auto const valid = validate_note("reason", reason, true);
    if (!valid) return valid;
    moderation::input input;
    input.text = reason;
    input.kind = moderation::text_kind::note;
    return screen.check(
        input,
        circle,
        "reason",
        "Our automatic check noticed something in this reason. Could you put it in other words?"
    );
}
} // namespace

task<result<void>> measures::lock(domain::principal_ptr who, circle_id circle, int hours, std::string reason)
{
    if (!looks_after(who, circle)) co_return errc::not_found;
    if (hours < 1 || hours > domain::limit_hours_max)
        co_return invalid_field("hours", "Please choose from 1 hour to 90 days.");
    auto const good = check_reason(state_->screen, circle, reason);
    if (!good) co_return good.error();
    auto& vault = state_->vault;
    auto const at = state_->time.now();
    auto const until = at + std::chrono::hours(hours);
    auto close = [&vault, who, circle, reason, at, until](store::write_tx& tx) -> result<void> {
        auto const group = tx.circle(circle);
        if (!group) return errc::not_found;
        auto const opens = vault.open_circle(tx, *group); // makes the circle's key ready
        if (!opens) return opens.error();
        end_locks(tx, circle, at);
        store::limit_row row;
        row.id = limit_id::random();
        row.circle = circle;
        row.kind = domain::limit_kind::lock;
        row.reason = vault.seal_in_circle("circle_limit", row.id.text(), circle, reason);
        row.by = who->account;
        row.begins_at = at;
        row.ends_at = until;
        tx.add_limit(row);
        tx.append_event({0, "circle.locked", circle, std::nullopt, std::nullopt, std::nullopt, at});
        tx.append_audit({at, who->account, "circle.locked", circle, circle.text(), "{}"});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(close));
    if (done) state_->set_lock(circle, until);
    co_return done;
}

task<result<void>> measures::open(domain::principal_ptr who, circle_id circle)
{
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto const at = state_->time.now();
    auto open_it = [who, circle, at](store::write_tx& tx) -> result<void> {
        if (!tx.circle(circle)) return errc::not_found;
        end_locks(tx, circle, at);
        tx.append_event({0, "circle.opened", circle, std::nullopt, std::nullopt, std::nullopt, at});
        tx.append_audit({at, who->account, "circle.opened", circle, circle.text(), "{}"});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(open_it));
    if (done) state_->set_lock(circle, std::nullopt);
    co_return done;
}

task<result<own_standing>> measures::own(domain::principal_ptr who)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto read = [&vault, who, now = state_->time.now()](store::read_tx& tx) -> result<own_standing> {
        own_standing made;
        for (auto const& row : tx.limits_of(who->account, now))
            made.limits.push_back(limit_from(tx, vault, row));
        for (auto const& row : tx.strikes_of(who->account, now))
            made.strikes.push_back({row.circle, row.post, row.weight, row.at, row.expires_at});
        return made;
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

} // namespace holdfast::app
