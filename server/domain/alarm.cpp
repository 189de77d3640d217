#include "server/domain/alarm.hpp"

#include <algorithm>
#include <array>

namespace holdfast::domain {

namespace {
constexpr std::array<std::string_view, 4> stages{"silent", "first", "second", "lead"};
constexpr int times_a_stage = 5;

alarm_stage next_after(alarm_stage stage)
{
    return stage == alarm_stage::lead ? stage
                                      : static_cast<alarm_stage>(static_cast<std::uint8_t>(stage) + 1);
}

void add(std::vector<account_id>& to, std::vector<account_id> const& more, account_id const& but)
{
    for (auto const& one : more) {
        if (one != but && std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
    }
}

std::vector<account_id> asked(alarm_stage stage, roster const& here, account_id const& about)
{
    std::vector<account_id> made;
    add(made, here.first, about);
    if (stage == alarm_stage::first) return made;
    auto const before = made.size();
    add(made, here.second, about);
    if (stage == alarm_stage::second && made.size() > before) return made;
    add(made, here.facilitators, about); // no second one on the rota: whoever looks after the circle
    if (stage == alarm_stage::lead) add(made, here.leads, about);
    return made;
}

alarm_stage stage_now(alarm const& before, roster const& here, timestamp now)
{
    if (before.taken_by) return next_after(before.stage); // they had it, and nobody answered
    if (before.stage == alarm_stage::silent)
        return here.somebody_on_duty() ? alarm_stage::first : alarm_stage::lead;
    return now - before.stage_at >= before.clock ? next_after(before.stage) : before.stage;
}
} // namespace

std::string_view name_of(alarm_stage value)
{
    return stages[static_cast<std::size_t>(value)];
}

sounding sound(alarm before, roster const& here, timestamp now)
{
    sounding made;
    auto stage = stage_now(before, here, now);
    made.to = asked(stage, here, before.about);
    while (made.to.empty() && stage != alarm_stage::lead) {
        stage = next_after(stage);
        made.to = asked(stage, here, before.about);
    }
    made.climbed = stage != before.stage;
    made.after = std::move(before);
    auto& after = made.after;
    after.taken_by.reset();
    after.taken_at.reset();
    if (made.climbed) {
        after.stage = stage;
        after.stage_at = now;
    }
    ++after.sounded;
    auto const repeat = after.clock / times_a_stage;
    auto const climbs_at = after.stage_at + after.clock;
    auto const may_climb = stage != alarm_stage::lead && climbs_at > now;
    after.next_at = may_climb ? std::min(now + repeat, climbs_at) : now + repeat;
    return made;
}

alarm taken(alarm before, account_id const& by, timestamp now)
{
    before.taken_by = by;
    before.taken_at = now;
    before.next_at = now + 2 * before.clock;
    return before;
}

alarm passed_on(alarm before, timestamp now)
{
    before.taken_by.reset();
    before.taken_at.reset();
    before.stage_at = now - before.clock; // this stage's time is over
    before.next_at = now;
    return before;
}

alarm answered(alarm before, account_id const& by, timestamp now)
{
    before.taken_by = by;
    if (!before.taken_at) before.taken_at = now;
    if (!before.answered_at) before.answered_at = now;
    before.next_at.reset();
    return before;
}

alarm woken(alarm before, moderation::triage triage, timestamp now, bool at_once)
{
    auto const was_over = before.ended_at.has_value();
    before.triage = std::max(before.triage, triage);
    before.ended_at.reset();
    if (was_over) { // long ago perhaps: it begins anew, with whoever is on duty now
        before.stage = alarm_stage::silent;
        before.taken_by.reset();
        before.taken_at.reset();
    }
    if (!before.next_at) before.stage_at = now;
    auto const wakes_at = at_once && !before.taken_by ? now : now + before.clock;
    before.next_at = before.next_at ? std::min(*before.next_at, wakes_at) : wakes_at;
    return before;
}

} // namespace holdfast::domain
