#include "server/app/terms/posts_terms.hpp"

#include "server/domain/care.hpp"

#include <algorithm>

namespace holdfast::app {

namespace {
constexpr std::string_view newcomer_rule = "held.newcomer";

bool looks_after_it(store::read_tx& tx, account_id const& who, circle_id const& circle)
{
    auto const account = tx.account(who);
    if (!account || account->erased) return false;
    if (account->is_lead) return true;
    auto const all = tx.facilitators_of(circle);
    return std::find(all.begin(), all.end(), who) != all.end();
}

// Who gave the post back, when that is the last word of a person about it.
std::optional<account_id> returned_by(store::read_tx& tx, text_sent const& sent)
{
    for (int version = sent.version - 1; version >= 1; --version) {
        auto const decisions = tx.decisions_on(sent.post, version);
        if (decisions.empty() || !decisions.back().decided_by) continue;
        if (decisions.back().verdict != domain::verdict::give_back) return std::nullopt;
        return decisions.back().decided_by;
    }
    return std::nullopt;
}

void put_limits(store::read_tx& tx, text_sent const& sent, sending_terms& to)
{
    using kind = domain::limit_kind;
    for (auto const& one : tx.limits_holding(sent.circle, sent.author, sent.at)) {
        switch (one.kind) {
        case kind::slow: {
            auto const last = tx.last_post_at(sent.circle, sent.author);
            auto const next = last ? *last + std::chrono::minutes(one.minutes) : sent.at;
            if (sent.version == 1 && next > sent.at) to.slow_until = std::min(next, one.ends_at);
            break;
        }
        case kind::hold_all:
            to.hold_all = true;
            break;
        case kind::read_only:
        case kind::pause:
            to.silent_until = std::max(to.silent_until.value_or(one.ends_at), one.ends_at);
            break;
        case kind::lock:
            to.locked = !looks_after_it(tx, sent.author, sent.circle);
            break;
        }
    }
}

bool would_show(moderation::decision const& decided)
{
    return decided.outcome == moderation::outcome::publish || decided.outcome == moderation::outcome::fold;
}
} // namespace

bool may_still_write(store::read_tx& tx, text_sent const& sent)
{
    auto const account = tx.account(sent.author);
    if (!account || account->erased) return false;
    auto const circles = tx.memberships_of(sent.author);
    return account->is_lead || std::any_of(circles.begin(), circles.end(), [&](auto const& one) {
               return one.circle == sent.circle;
           });
}

sending_terms terms_of(store::read_tx& tx, text_sent const& sent, domain::desk_rules const& rules)
{
    sending_terms made;
    put_limits(tx, sent, made);
    made.is_newcomer = rules.newcomer_posts > 0 &&
                       tx.is_newcomer(sent.circle, sent.author, rules.newcomer_posts) &&
                       !looks_after_it(tx, sent.author, sent.circle);
    if (sent.version > 1) {
        auto const by = returned_by(tx, sent);
        made.was_returned = by.has_value();
        if (by && looks_after_it(tx, *by, sent.circle)) made.meant_for = by;
    }
    return made;
}

result<void> may_send(sending_terms const& terms, moderation::decision const& decided, timestamp now)
{
    if (domain::care_is_due(decided)) return result<void>(); // it is taken, and somebody answers
    if (terms.silent_until) {
        error waits{errc::limited};
        waits.detail =
            "You can read here for now. My space says until when, and why. Help now is always open. "
            "Nothing was sent. Your words are still here.";
        return waits;
    }
    if (terms.slow_until) {
        error waits{errc::rate_limited};
        auto const left = std::chrono::ceil<std::chrono::seconds>(*terms.slow_until - now);
        waits.retry_after_s = static_cast<int>(left.count());
        waits.detail =
            "There is a pause between your posts in this circle for now. My space says until when. Your "
            "words are still here.";
        return waits;
    }
    return result<void>();
}

void hold_by(sending_terms const& terms, moderation::decision& decided)
{
    if (!would_show(decided)) return;
    auto const hold = [&](std::string rule, std::string reason) {
        decided.outcome = moderation::outcome::hold;
        decided.findings.push_back({std::move(rule), std::nullopt, {}, std::move(reason), 0, false});
    };
    if (terms.was_returned) {
        hold("held.returned", "A facilitator reads your new version first.");
    } else if (terms.locked) {
        hold(
            "held.locked",
            "The facilitators paused this circle for a while. What is written waits until it opens."
        );
    } else if (terms.hold_all || terms.silent_until || terms.slow_until) {
        hold("held.limit", "For now a facilitator reads what you write here first.");
    } else if (terms.is_newcomer) {
        hold(
            std::string(newcomer_rule),
            "A facilitator reads the first words of new members. That is so for everybody."
        );
    }
}

std::optional<domain::lane> lane_for(moderation::decision const& decided)
{
    auto const where = domain::lane_for(decided);
    auto const is_first = !decided.findings.empty() && decided.findings.back().rule == newcomer_rule;
    return where == domain::lane::harm && is_first ? domain::lane::newcomer : where;
}

} // namespace holdfast::app
