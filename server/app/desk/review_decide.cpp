// Deciding: what is asked of the words, what stands in the way, and the one transaction that a decision is.
#include "server/app/change_log.hpp"
#include "server/app/desk/reasons.hpp"
#include "server/app/desk/review_state.hpp"
#include "server/app/keyed_write.hpp"
#include "server/app/screener.hpp"
#include "server/app/terms/share_access.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/base/phrase.hpp"
#include "server/store/database.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace holdfast::app {

namespace {
using domain::verdict;
using step = domain::review_step::kind;

bool needs_reason(verdict what)
{
    return what == verdict::give_back || what == verdict::remove;
}

// A strike or a limit, as far as it can be told without the item.
result<void> check_measures(review_decision const& decided)
{
    if (decided.strike < 0 || decided.strike > domain::strike_weight_max)
        return invalid_field("strike", "Please choose from 0 to 3.");
    if (!decided.limit) return result<void>();
    if (*decided.limit == domain::limit_kind::lock)
        return invalid_field("limit", "Please choose a limit from the list.");
    if (decided.limit_hours < 1 || decided.limit_hours > domain::limit_hours_max)
        return invalid_field("limit_hours", "Every limit has an end: please choose from 1 hour to 90 days.");
    auto const slow = *decided.limit == domain::limit_kind::slow;
    if (slow && (decided.slow_minutes < 1 || decided.slow_minutes > domain::slow_minutes_max))
        return invalid_field("slow_minutes", "Please say how many minutes lie between two posts, 1 to 1440.");
    return result<void>();
}

// The ready words with their blank filled, then the free ones.
result<std::string> reason_of(reasons const& ready, review_decision const& decided)
{
    if (decided.ready_words.empty()) return decided.reason;
    auto const* const chosen = ready.find(decided.ready_words);
    if (chosen == nullptr) return invalid_field("ready_words", "Please choose ready words from the list.");
    auto const valid = validate_note("blank", decided.blank, true);
    if (!valid)
        return invalid_field(
            "blank", say("Please fill in the blank: {blank}.", {{"blank", say(chosen->blank)}})
        );
    auto made = chosen->before + decided.blank + chosen->after;
    if (!decided.reason.empty()) made += "\n\n" + decided.reason;
    return made;
}

// A reason reaches its author at once, so it passes the screen like any text.
result<std::string>
checked_reason(screener const& screen, reasons const& ready, review_decision const& decided)
{
    auto reason = reason_of(ready, decided);
    if (!reason) return reason;
    auto const valid = validate_note("reason", *reason, needs_reason(decided.what));
    if (!valid) return valid.error();
    if (reason->empty()) return reason;
    moderation::input input;
    input.text = *reason;
    input.kind = moderation::text_kind::note;
    auto const passed = screen.check(
        input,
        "reason",
        "Our automatic check noticed something in this reason. Could you put it in other words?"
    );
    if (!passed) return passed.error();
    return reason;
}

// What happened to an item since somebody saw it, in words for them.
error changed_since(store::read_tx& tx, texts& vault, domain::review_item const& item, int revision)
{
    error made{errc::conflict};
    made.detail = "This item changed while you looked at it. Nothing was decided.";
    auto const name_of = [&](std::optional<account_id> const& who) {
        auto const name = who ? vault.open_nickname(tx, *who) : result<std::string>(std::string());
        return name && !name->empty() ? *name : std::string("Somebody");
    };
    auto const outcome = tx.review_verdict(item.id);
    for (auto const& one : tx.review_steps(item.id)) {
        if (one.revision <= revision) continue;
        std::string words;
        switch (one.what) {
        case step::decided:
            words =
                say("{name} decided: {what}.",
                    {{"name", name_of(one.by)},
                     {"what", std::string(outcome ? domain::name_of(*outcome) : "")}});
            break;
        case step::withdrawn:
            words = "Its author changed the text or took it down.";
            break;
        case step::safe:
            words = "Its author said: I am safe for now.";
            break;
        case step::second:
            words = say("{name} asked for a second pair of eyes.", {{"name", name_of(one.by)}});
            break;
        case step::escalated:
            words = say("{name} asked a lead to look.", {{"name", name_of(one.by)}});
            break;
        case step::reported:
            words = "Somebody else told us about it too.";
            break;
        case step::passed:
        case step::noted:
            continue;
        }
        made.fields.push_back({"revision", std::move(words)});
    }
    return made;
}

result<void> may_decide_now(
    store::read_tx& tx,
    texts& vault,
    domain::principal const& who,
    store::review_item_row const& row,
    review_decision const& decided,
    timestamp at
)
{
    auto item = row.item;
    if (!tx.review_item_waits(item.id)) return changed_since(tx, vault, item, decided.revision);
    settle_claim(tx, vault, item, at);
    error not_now{errc::conflict};
    if (item.claimed_by && *item.claimed_by != who.account) {
        not_now.detail = say("{name} has this item right now.", {{"name", item.claimed_by_name}});
        return not_now;
    }
    if (item.revision != decided.revision) return changed_since(tx, vault, item, decided.revision);
    if (item.for_lead && !who.is_lead) {
        not_now.detail = "A lead was asked to decide this one.";
        return not_now;
    }
    if (has_step(tx.review_steps(item.id), step::second, who.account)) {
        not_now.detail = "You asked for a second pair of eyes, so somebody else decides.";
        return not_now;
    }
    if (item.lane == domain::lane::appeal && decided.reason.empty())
        return invalid_field("reason", "Please tell its author why, whichever way you decide.");
    auto const restricts = decided.strike > 0 || decided.limit.has_value();
    if (restricts && !domain::may_restrict(item.lane, item.triage, decided.what)) {
        return invalid_field(
            "strike",
            "A warning or a limit follows only from a text that was given back or taken out for harm, never "
            "from a cry for help."
        );
    }
    if (!domain::may_decide(item.lane, decided.what)) {
        return invalid_field(
            "decision",
            "A cry for help is never given back or taken out. You can let it through, let it through behind "
            "a "
            "note, or keep it between you."
        );
    }
    return result<void>();
}

// Where the quoted passage stands in the text.
result<moderation::text_span>
passage_in(store::read_tx& tx, texts& vault, store::review_item_row const& row, std::string const& passage)
{
    if (passage.empty()) return moderation::text_span();
    auto const version = tx.version(row.item.post, row.item.version);
    if (!version || version->text.empty()) return moderation::text_span();
    auto const content =
        vault.open_post(tx, row.item.circle, row.author, row.item.post, row.item.version, version->text);
    if (!content) return content.error();
    auto const at = content->text.find(passage);
    if (at == std::string::npos)
        return invalid_field("passage", "This passage is not in the text. Please copy it as it stands.");
    return moderation::text_span{at, at + passage.size()};
}

// The same by the same person on the same revision is the same decision.
keyed_write write_of(
    texts const& vault,
    domain::principal const& who,
    review_item_id const& item,
    review_decision const& decided
)
{
    auto const about = item.text() + "." + std::to_string(decided.revision);
    boost::json::array said{
        domain::name_of(decided.what),
        decided.passage,
        decided.strike,
        decided.limit_hours,
        decided.slow_minutes};
    if (decided.limit) said.emplace_back(domain::name_of(*decided.limit));
    domain::post_text const body{boost::json::serialize(said), decided.reason};
    return write_about(who.account, "decision " + about, vault.body_hash("decision", about, body));
}

std::string audit_detail(domain::review_item const& item, verdict what)
{
    boost::json::object detail;
    detail["decision"] = domain::name_of(what);
    detail["lane"] = domain::name_of(item.lane);
    return boost::json::serialize(detail);
}

// A decision on its way into the store.
struct deciding {
    domain::principal_ptr who;
    verdict what = verdict::publish;
    int revision = 1;
    decision_detail detail;
    int strike = 0;
    std::optional<domain::limit_kind> limit;
    int limit_hours = 0;
    int slow_minutes = 0;
    int pause_minutes = 0; // offered after an item of crisis
    timestamp at;
};

void announce(
    store::write_tx& tx,
    store::review_item_row const& row,
    store::post_row const& post,
    store::decision_row const& decision,
    timestamp at
)
{
    auto const& item = row.item;
    auto const lets_through =
        decision.outcome == moderation::outcome::publish || decision.outcome == moderation::outcome::fold;
    store::event_row event{0, "", item.circle, post.thread, item.post, std::nullopt, at};
    if (!post.removed && lets_through) {
        tx.touch_thread(post.thread, at);
        event.type = post.visible_version ? "post.changed"
                     : post.number == 1   ? "thread.started"
                                          : "post.published";
        announce_post(tx, event);
    } else if (post.visible_version == item.version) {
        event.type = "post.removed";
        announce_post(tx, event);
    }
    event.type = "review.changed";
    tx.append_event(event);
    event.type = "me.decided";
    event.account = row.author;
    tx.append_event(event);
}

void add_measures(store::write_tx& tx, texts& vault, store::review_item_row const& row, deciding const& made)
{
    auto const& item = row.item;
    auto const& by = made.who->account;
    if (made.strike > 0) {
        auto const fades = made.at + domain::strike_time(made.strike);
        tx.add_strike({item.id, item.circle, row.author, item.post, made.strike, by, made.at, fades});
    }
    if (!made.limit) return;
    store::limit_row limit;
    limit.id = limit_id::random();
    limit.circle = item.circle;
    limit.account = row.author;
    limit.item = item.id;
    limit.kind = *made.limit;
    limit.minutes = made.slow_minutes;
    limit.reason =
        vault.seal_about("circle_limit", limit.id.text(), item.circle, row.author, made.detail.reason);
    limit.by = by;
    limit.begins_at = made.at;
    limit.ends_at = made.at + std::chrono::hours(made.limit_hours);
    tx.add_limit(limit);
    // Rights follow at once: the next request and every open socket look again.
    tx.append_event({0, "me.role", item.circle, std::nullopt, std::nullopt, row.author, made.at});
    tx.append_audit({made.at, by, "limit.set", item.circle, limit.id.text(), "{}", row.author});
}

// After a serious item of care nothing more is handed out for a while, unless they say that they go on.
void offer_pause(store::write_tx& tx, store::review_item_row const& row, deciding const& made)
{
    if (row.item.triage < moderation::triage::red || made.pause_minutes == 0) return;
    auto wanted = tx.desk_setting(made.who->account);
    wanted.paused_until = made.at + std::chrono::minutes(made.pause_minutes);
    tx.set_desk_setting(made.who->account, wanted);
}

// Who told about it learns what came of it, and counts as right when something did. In the care lane a worry
// was always right.
void close_reports(store::write_tx& tx, store::review_item_row const& row, deciding const& made)
{
    auto const all = tx.reports_on(row.item.id);
    if (all.empty()) return;
    auto const left_as_it_was = made.what == verdict::publish && row.item.lane != domain::lane::care;
    tx.close_reports(row.item.id, !left_as_it_was);
    for (auto const& one : all)
        tx.append_event({0, "me.report", row.item.circle, std::nullopt, row.item.post, one.reporter, made.at}
        );
}

// In the appeal lane: it stays as it was decided, or all that followed is put right.
void close_appeal(
    store::write_tx& tx,
    texts& vault,
    store::review_item_row const& row,
    deciding const& made,
    store::decision_row const& before,
    store::decision_row& decision
)
{
    auto const& item = row.item;
    if (item.lane != domain::lane::appeal) return;
    auto const upheld = made.what == verdict::keep;
    if (upheld) {
        decision.outcome = before.outcome;
        decision.verdict = before.verdict.value_or(verdict::give_back); // none: the automatic check's
    } else {
        tx.undo_measures(item.post, item.version, made.at);
        tx.append_event({0, "me.role", item.circle, std::nullopt, std::nullopt, row.author, made.at});
    }
    auto const number = static_cast<int>(tx.appeal_messages(item.id).size()) + 1;
    auto sealed = vault.seal_about(
        "appeal_message",
        item.id.text() + "." + std::to_string(number),
        item.circle,
        row.author,
        made.detail.reason
    );
    tx.add_appeal_message({item.id, number, made.who->account, std::move(sealed), false, made.at});
    tx.close_appeal(item.id, upheld, made.at);
}

// The person's decision, the closed item, the audit entry and what is announced: one transaction.
result<thread_id>
record(store::write_tx& tx, texts& vault, store::review_item_row const& row, deciding const& made)
{
    auto const& item = row.item;
    auto const post = tx.post(item.post);
    auto const decisions = tx.decisions_on(item.post, item.version);
    if (!post || decisions.empty()) return errc::not_found;
    if (!tx.close_review_item(item.id, made.revision, made.what, made.who->account, made.at))
        return errc::conflict;
    auto decision = decisions.back(); // risk, triage and labels stay what the screen saw
    decision.number += 1;
    decision.outcome = domain::outcome_of(made.what);
    decision.verdict = made.what;
    decision.decided_by = made.who->account;
    decision.created_at = made.at;
    decision.micros = 0;
    close_appeal(tx, vault, row, made, decisions.back(), decision);
    if (!post->removed) {
        decision.detail =
            vault.seal_detail(item.circle, row.author, item.post, item.version, decision.number, made.detail);
        tx.add_decision(decision);
    }
    announce(tx, row, *post, decision, made.at);
    add_measures(tx, vault, row, made);
    close_reports(tx, row, made);
    offer_pause(tx, row, made);
    tx.append_audit(
        {made.at,
         made.who->account,
         "post.decided",
         item.circle,
         item.post.text(),
         audit_detail(item, made.what),
         row.author}
    );
    return post->thread;
}
} // namespace

task<result<void>> review::decide(domain::principal_ptr who, review_item_id item, review_decision decided)
{
    if (!who) co_return errc::not_found;
    auto reason = checked_reason(state_->screen, state_->ready, decided);
    if (!reason) co_return reason.error();
    auto const measured = check_measures(decided);
    if (!measured) co_return measured.error();
    decided.reason = *reason;
    deciding made;
    made.who = who;
    made.what = decided.what;
    made.revision = decided.revision;
    made.detail.reason = std::move(*reason);
    made.strike = decided.strike;
    made.limit = decided.limit;
    made.limit_hours = decided.limit_hours;
    made.slow_minutes = decided.slow_minutes;
    made.pause_minutes = state_->rules.pause_minutes;
    made.at = state_->time.now();
    auto& vault = state_->vault;
    auto const write = write_of(vault, *who, item, decided);
    auto decide = [&vault, item, decided, made, write](store::write_tx& tx
                  ) mutable -> result<std::optional<thread_id>> {
        if (is_repeated(tx, write)) return std::optional<thread_id>();
        auto const row = tx.review_item(item);
        if (!row || !may_review(tx, made.who, *row)) return errc::not_found;
        auto const may = may_decide_now(tx, vault, *made.who, *row, decided, made.at);
        if (!may) return may.error();
        auto const ready = vault.make_ready(tx, row->author, row->item.circle);
        if (!ready) return ready.error();
        auto const passage = passage_in(tx, vault, *row, decided.passage);
        if (!passage) return passage.error();
        made.detail.passage = *passage;
        auto const thread = record(tx, vault, *row, made);
        if (!thread) return thread.error();
        keep(tx, write);
        return std::optional(*thread);
    };
    auto const done = co_await state_->database.write(std::move(decide));
    if (!done) co_return done.error();
    if (*done) state_->changes.thread_changed(**done);
    co_return result<void>();
}

} // namespace holdfast::app
