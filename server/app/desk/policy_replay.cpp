#include "server/app/desk/policy_replay.hpp"

#include "moderation/policy/ruling.hpp"
#include "server/app/readable.hpp"
#include "server/store/tx.hpp"

#include <algorithm>

namespace holdfast::app {

namespace {
using moderation::outcome;

constexpr std::size_t ids_max = 20;

bool was_screened(moderation::decision const& made)
{
    auto const has_scores = [](double score) { return score > 0; };
    return !moderation::is_unread(made) &&
           (made.risk > 0 || std::any_of(made.scores.begin(), made.scores.end(), has_scores));
}

outcome outcome_by(moderation::policy const& rules, moderation::decision screened)
{
    screened.labels = {};
    moderation::rule_on(screened, rules);
    return screened.outcome;
}
} // namespace

std::size_t replayed::would_change() const
{
    std::size_t all = 0;
    for (std::size_t before = 0; before < outcomes; ++before) {
        for (std::size_t after = 0; after < outcomes; ++after)
            all += before == after ? 0 : became[before][after];
    }
    return all;
}

policy_replay::policy_replay(moderation::policy now, moderation::policy then, policy_of own)
    : host_{std::move(now), std::move(then)}, own_(std::move(own))
{
}

policy_replay::both const& policy_replay::in(circle_id const& circle)
{
    auto const known = circles_.find(circle);
    if (known != circles_.end()) return known->second;
    auto const own = own_(circle);
    auto made = own ? both{laid_over(host_.now, *own), laid_over(host_.then, *own)} : host_;
    return circles_.emplace(circle, std::move(made)).first->second;
}

void policy_replay::add(store::read_tx& tx, texts& vault, store::numbered_version const& one)
{
    auto const decisions = tx.decisions_on(one.version.post, one.version.version);
    if (decisions.empty()) return;
    auto screened = open_decision(tx, vault, one.circle, one.version.author, decisions.front());
    if (!was_screened(screened)) {
        ++found_.left_out;
        return;
    }
    std::erase_if(screened.findings, [](moderation::finding const& each) {
        return !moderation::rule_that_acted(each).empty();
    });
    auto const& rules = in(one.circle);
    auto const now = outcome_by(rules.now, screened);
    auto const then = outcome_by(rules.then, screened);
    ++found_.looked_at;
    ++found_.became[static_cast<std::size_t>(now)][static_cast<std::size_t>(then)];
    if (now == then) return;
    if (found_.changed.size() < ids_max)
        found_.changed.push_back(one.version.post.text() + "." + std::to_string(one.version.version));
    if (screened.risk >= moderation::crisis_from_risk && now == outcome::hold && then != outcome::hold)
        ++found_.crises_not_held;
    auto const& last = decisions.back();
    if (!last.decided_by) return;
    if (moderation::stops(then) && !moderation::stops(last.outcome)) ++found_.stops_what_people_let_through;
    if (!moderation::stops(then) && moderation::stops(last.outcome))
        ++found_.lets_through_what_people_stopped;
}

} // namespace holdfast::app
