// Handing out: one item after the other, as much as somebody can carry in a day, and fairly.
#include "server/app/desk/review_state.hpp"
#include "server/app/texts.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

namespace {
using step = domain::review_step::kind;
constexpr auto there =
    std::chrono::hours(1); // who read something in the last hour is thought to be at the desk
constexpr int heavy = 4;   // from this weight on, whoever carried less today is asked first

// What comes back to somebody is theirs until half of its time is over.
bool waits_for_another(domain::review_item const& item, account_id const& who, timestamp now)
{
    if (!item.meant_for || *item.meant_for == who) return false;
    return now < item.created_at + (item.due_at - item.created_at) / 2;
}

bool is_opted_out(store::desk_setting const& chosen, domain::review_item const& item)
{
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const label = static_cast<moderation::label>(at);
        if (chosen.opt_outs.has(label) && item.labels.has(label)) return true;
    }
    return false;
}

// Somebody else at the desk carried less today, and there is time enough to leave it to them.
bool is_others_turn(
    store::read_tx& tx, domain::review_item const& item, account_id const& who, int mine, timestamp now
)
{
    auto const weight = domain::exposure_of(item.lane, item.triage);
    auto const early = now < item.created_at + (item.due_at - item.created_at) / 4;
    if (weight < heavy || !early) return false;
    auto const all = tx.facilitators_of(item.circle);
    return std::any_of(all.begin(), all.end(), [&](auto const& other) {
        if (other == who) return false;
        auto const theirs = tx.exposure(other, day_of(now));
        return theirs.last_at && *theirs.last_at > now - there && theirs.weight + weight < mine;
    });
}

// Is this one for them, now?
bool is_for(
    store::read_tx& tx,
    domain::principal_ptr const& who,
    store::review_item_row const& row,
    store::desk_setting const& chosen,
    int mine,
    timestamp now
)
{
    auto const& item = row.item;
    if (!may_review(tx, who, row) || (item.for_lead && !who->is_lead)) return false;
    auto const has_it = item.claimed_by && *item.claimed_by != who->account && item.claimed_until > now;
    if (has_it || waits_for_another(item, who->account, now) || is_opted_out(chosen, item)) return false;
    auto const steps = tx.review_steps(item.id);
    if (has_step(steps, step::passed, who->account) || has_step(steps, step::second, who->account))
        return false;
    return !is_others_turn(tx, item, who->account, mine, now);
}
} // namespace

task<result<handed_out>> review::next(domain::principal_ptr who)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto hand_out = [&vault, who, rules = state_->rules, at = state_->time.now()](store::write_tx& tx
                    ) -> result<handed_out> {
        handed_out made;
        auto const chosen = tx.desk_setting(who->account);
        auto const today = tx.exposure(who->account, day_of(at)).weight;
        if (today >= rules.day_budget) {
            made.why_not = handed_out::pause::budget;
            return made;
        }
        if (chosen.paused_until && *chosen.paused_until > at) {
            made.why_not = handed_out::pause::chosen;
            made.until = chosen.paused_until;
            return made;
        }
        for (auto const& place : queue_of(tx, *who, {}, places_max)) {
            auto const row = tx.review_item(place.id);
            if (!row || !is_for(tx, who, *row, chosen, today, at)) continue;
            auto taken = take(tx, vault, who->account, *row, at);
            if (!taken) return taken.error();
            made.item = std::move(*taken);
            return made;
        }
        return made;
    };
    auto found = co_await state_->database.write(std::move(hand_out));
    co_return found;
}

task<result<own_day>> review::day(domain::principal_ptr who)
{
    if (!who) co_return errc::not_found;
    auto read = [who, rules = state_->rules, at = state_->time.now()](store::read_tx& tx) -> result<own_day> {
        auto const chosen = tx.desk_setting(who->account);
        own_day made;
        made.weight = tx.exposure(who->account, day_of(at)).weight;
        made.budget = rules.day_budget;
        made.opt_outs = chosen.opt_outs;
        if (chosen.paused_until && *chosen.paused_until > at) made.paused_until = chosen.paused_until;
        return made;
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<void>> review::choose(
    domain::principal_ptr who, std::optional<moderation::label_set> opt_outs, std::optional<int> pause_minutes
)
{
    constexpr int pause_max = 24 * 60;
    if (!who) co_return errc::not_found;
    if (pause_minutes && (*pause_minutes < 0 || *pause_minutes > pause_max))
        co_return invalid_field("pause_minutes", "Please choose from no pause to one day.");
    auto note = [who, opt_outs, pause_minutes, at = state_->time.now()](store::write_tx& tx) -> result<void> {
        auto wanted = tx.desk_setting(who->account);
        if (opt_outs) wanted.opt_outs = *opt_outs;
        if (pause_minutes) wanted.paused_until.reset();
        if (pause_minutes && *pause_minutes > 0)
            wanted.paused_until = at + std::chrono::minutes(*pause_minutes);
        tx.set_desk_setting(who->account, wanted);
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(note));
    co_return done;
}

} // namespace holdfast::app
