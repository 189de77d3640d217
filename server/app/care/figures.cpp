#include "server/app/care/figures.hpp"

#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

namespace {
using moderation::triage;
constexpr int days_max = 3660;

// The nearest rank: a time that somebody really waited.
std::optional<std::int64_t> share_of(std::vector<std::int64_t> const& sorted, int percent)
{
    if (sorted.empty()) return std::nullopt;
    auto const rank = (sorted.size() * static_cast<std::size_t>(percent) + 99) / 100;
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

void add_line(std::string& to, std::string_view what, std::string_view level, std::int64_t value)
{
    to += what;
    to += ',';
    to += level;
    to += ',';
    to += std::to_string(value) + "\n";
}
} // namespace

std::array<level_figures, 3> figures_of(std::vector<store::answer_time> const& all)
{
    std::array<level_figures, 3> made;
    std::array<std::vector<std::int64_t>, 3> times;
    for (std::size_t at = 0; at < made.size(); ++at)
        made[at].level = moderation::name_of(static_cast<triage>(at + 1)); // amber, red, crisis
    for (auto const& one : all) {
        if (one.triage == triage::green) continue;
        auto const at = static_cast<std::size_t>(one.triage) - 1;
        ++made[at].rung;
        if (!one.answered_after) {
            if (!one.over) ++made[at].waiting;
            continue;
        }
        ++made[at].answered;
        if (*one.answered_after <= one.clock) ++made[at].within_clock;
        times[at].push_back(one.answered_after->count() / 1000);
    }
    for (std::size_t at = 0; at < made.size(); ++at) {
        std::sort(times[at].begin(), times[at].end());
        made[at].median_s = share_of(times[at], 50);
        made[at].p95_s = share_of(times[at], 95);
    }
    return made;
}

std::string csv_of(care_figures const& made)
{
    std::string csv = "what,level,value\n";
    for (auto const& level : made.levels) {
        add_line(csv, "rung", level.level, level.rung);
        add_line(csv, "answered", level.level, level.answered);
        add_line(csv, "within_clock", level.level, level.within_clock);
        add_line(csv, "waiting", level.level, level.waiting);
        if (level.median_s) add_line(csv, "first_answer_median_s", level.level, *level.median_s);
        if (level.p95_s) add_line(csv, "first_answer_p95_s", level.level, *level.p95_s);
    }
    for (auto const& [name, count] : made.helped)
        add_line(csv, "helped_" + name, "", count);
    for (auto const& [name, count] : made.answers)
        add_line(csv, "follow_up_" + name, "", count);
    for (auto const& [name, count] : made.concerns)
        add_line(csv, "concerns_" + name, "", count);
    return csv;
}

task<result<care_figures>> care_reporting::of_last(domain::principal_ptr who, int days)
{
    if (!who || !who->is_lead) co_return errc::not_found;
    if (days < 1 || days > days_max) co_return invalid_field("days", "This is a number from 1 to 3660.");
    auto const now = time_.now();
    auto const from = now - std::chrono::days(days);
    auto read = [now, from](store::read_tx& tx) -> result<care_figures> {
        care_figures made;
        made.from = from;
        made.to = now;
        made.levels = figures_of(tx.care().answer_times(from));
        made.helped = tx.care().helped_since(from);
        made.answers = tx.care().answers_since(from);
        made.concerns = tx.care().concerns_since(from);
        return made;
    };
    auto found = co_await database_.read(std::move(read));
    co_return found;
}

} // namespace holdfast::app
