// The way of a post, from a text that somebody sent to what they are told about it.
#include "moderation/policy/ruling.hpp"
#include "server/app/care/cards.hpp"
#include "server/app/change_log.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/posts/posts_context.hpp"
#include "server/app/posts/posts_sending.hpp"
#include "server/app/readable.hpp"
#include "server/app/screener.hpp"
#include "server/app/share_copy.hpp"
#include "server/app/terms/partner_terms.hpp"
#include "server/app/terms/posts_terms.hpp"
#include "server/app/terms/share_access.hpp"
#include "server/app/texts.hpp"
#include "server/store/database.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace holdfast::app {

namespace {

// What the transaction did, or what an earlier one with the same key had done.
struct recorded {
    bool repeated = false;
    post_id post;
    int version = 1;
    std::optional<domain::care_now> care;
    std::optional<sending_terms> other_terms; // nothing was taken: others hold than were known
};

text_sent text_of(sending const& sent)
{
    return {sent.who->account, sent.circle, sent.post, sent.version, sent.at};
}

// Leads of every circle read it: how its author is stands in the decision alone.
std::string audit_detail(sending const& sent)
{
    boost::json::object detail;
    detail["version"] = sent.version;
    detail["policy"] = sent.seen.decision.policy;
    return boost::json::serialize(detail);
}

store::decision_row decision_of(sending const& sent)
{
    auto const& decided = sent.seen.decision;
    store::decision_row row;
    row.post = sent.post;
    row.version = sent.version;
    row.outcome = decided.outcome;
    row.risk = decided.risk;
    row.risk_score = decided.risk_score;
    row.triage = decided.triage;
    row.labels = decided.labels;
    row.detail = sent.detail;
    row.policy = decided.policy;
    row.micros = sent.seen.micros;
    row.created_at = sent.at;
    return row;
}

void note_rules(store::write_tx& tx, sending const& sent)
{
    for (auto const& finding : sent.seen.decision.findings) {
        auto const rule = moderation::rule_that_acted(finding);
        if (!rule.empty()) tx.add_rule_hit({rule, sent.post, sent.version, finding.shadow, sent.at});
    }
}

bool is_shown(sending const& sent)
{
    auto const outcome = sent.seen.decision.outcome;
    return outcome == moderation::outcome::publish || outcome == moderation::outcome::fold;
}

void append_events(store::write_tx& tx, sending const& sent, bool earlier_stands)
{
    store::event_row event;
    event.circle = sent.circle;
    event.thread = sent.thread;
    event.post = sent.post;
    event.at = sent.at;
    if (is_shown(sent)) {
        if (sent.version > 1) tx.touch_thread(sent.thread, sent.at); // a new post has done so
        event.type = earlier_stands      ? "post.changed"
                     : sent.opens_thread ? "thread.started"
                                         : "post.published";
        announce_post(tx, event);
    }
    if (sent.item) {
        event.type = "review.added";
        tx.append_event(event);
    }
}

// An edit takes the place of the version before it, also in the queue: nobody decides on a text that its
// author has already changed. A cry for help stays where it is, and so does what others told us about.
void withdraw_earlier_versions(store::write_tx& tx, sending const& sent)
{
    for (auto const& waiting : tx.review_items_waiting_for(sent.post)) {
        auto const stays =
            waiting.item.lane == domain::lane::care || waiting.item.lane == domain::lane::report;
        if (stays) continue;
        tx.close_review_item(waiting.item.id, waiting.item.revision, std::nullopt, std::nullopt, sent.at);
    }
}

// May a reply still be added there?
bool takes_replies(store::read_tx& tx, sending const& sent)
{
    if (!sent.share) return tx.thread_is_visible(sent.thread);
    auto const share = tx.share(sent.share->id);
    if (!share || !is_open(*share, sent.at)) return false;
    if (sent.between) return takes_from_partner(tx, *share, sent.who->account, *sent.between);
    return tx.let_through_post(share->id).has_value();
}

// Post, decision, review item, audit entry and outbox: one transaction.
result<recorded> record(store::write_tx& tx, sending const& sent, domain::desk_rules const& rules)
{
    auto const author = sent.who->account;
    if (auto const earlier = tx.version_made_with(author, sent.idempotency_key)) {
        if (earlier->body_hash != sent.body_hash) return errc::key_reused;
        return recorded{true, earlier->post, earlier->version, std::nullopt, std::nullopt};
    }
    if (!may_still_write(tx, text_of(sent))) return errc::not_found;
    auto const terms = terms_of(tx, text_of(sent), rules);
    if (terms != sent.terms) return recorded{false, sent.post, sent.version, std::nullopt, terms};
    auto earlier_stands = false;
    if (sent.version == 1) {
        if (sent.opens_thread) {
            tx.add_thread(sent.thread, sent.circle, sent.post, sent.at);
        } else if (!takes_replies(tx, sent)) {
            return errc::not_found;
        }
        auto const shows = is_shown(sent) ? std::optional(sent.version) : std::nullopt;
        tx.add_post({sent.post, sent.thread, sent.circle, author, 0, shows, sent.at, false});
        if (sent.share && sent.opens_thread) tx.add_share(*sent.share, sent.readers);
        if (sent.asks && !add_question(tx, *sent.asks, sent.at)) return errc::conflict;
        if (sent.witness) tx.add_witness(sent.post, *sent.witness);
        if (sent.between) tx.add_partner_text(sent.post, *sent.between);
    } else {
        auto const newest = tx.post_with_newest_version(sent.post);
        if (!newest || newest->post.removed) return errc::not_found;
        if (newest->version.version + 1 != sent.version) return errc::conflict;
        earlier_stands = newest->post.visible_version.has_value();
        withdraw_earlier_versions(tx, sent);
    }
    tx.add_version({sent.post, sent.version, author, sent.text, sent.idempotency_key, sent.body_hash, sent.at}
    );
    tx.add_decision(decision_of(sent));
    note_rules(tx, sent);
    if (sent.item) tx.add_review_item(*sent.item);
    if (rules.newcomer_posts > 0 && !terms.is_newcomer) tx.settle(sent.circle, author, sent.at);
    auto const day = std::chrono::floor<std::chrono::days>(sent.at).time_since_epoch().count();
    tx.count_post(sent.circle, day, !sent.item);
    tx.append_audit({sent.at, author, "post.submitted", sent.circle, sent.post.text(), audit_detail(sent)});
    append_events(tx, sent, earlier_stands);
    recorded done{false, sent.post, sent.version, std::nullopt, std::nullopt};
    if (domain::care_is_due(sent.seen.decision)) {
        domain::care_card card;
        card.post = sent.post;
        card.triage = sent.seen.decision.triage;
        card.at = sent.at;
        card.unread = moderation::is_only_unread(sent.seen.decision);
        done.care = note_care(tx, author, sent.circle, sent.version, card);
    }
    return done;
}

std::optional<domain::review_item> review_item_for(sending const& sent, domain::review_clocks const& clocks)
{
    auto const where = app::lane_for(sent.seen.decision);
    if (!where) return std::nullopt;
    domain::review_item item;
    item.id = review_item_id::random_at(sent.at);
    item.circle = sent.circle;
    item.lane = *where;
    item.post = sent.post;
    item.version = sent.version;
    item.triage = sent.seen.decision.triage;
    item.labels = sent.seen.decision.labels;
    item.meant_for = sent.terms.meant_for;
    item.created_at = sent.at;
    item.due_at = sent.at + clocks.due[static_cast<std::size_t>(item.triage)];
    return item;
}

submission
answer_to(sending const& sent, help_lines const& lines, std::optional<domain::care_now> const& care)
{
    submission made;
    made.post = sent.post;
    made.thread = sent.thread;
    made.circle = sent.circle;
    made.version = sent.version;
    made.decided = sent.seen.decision;
    made.state = domain::state_after(sent.seen.decision.outcome);
    if (made.state == domain::post_state::held && sent.item) made.due_at = sent.item->due_at;
    if (care) made.care = care_with(lines, sent.who->country, sent.seen.decision, sent.post, *care);
    return made;
}

// A retry is answered with what became of the first try: from its stored decision, not from a new one.
task<result<submission>> answer_again(
    store::database& database,
    texts& vault,
    help_lines const& lines,
    domain::principal_ptr who,
    recorded earlier,
    timestamp now
)
{
    auto read = [&vault, &lines, earlier, now, who](store::read_tx& tx) -> result<submission> {
        auto const author = who->account;
        auto const post = tx.post(earlier.post);
        auto const decisions = tx.decisions_on(earlier.post, earlier.version);
        if (!post || decisions.empty()) return errc::not_found;
        submission made;
        made.post = earlier.post;
        made.thread = post->thread;
        made.circle = post->circle;
        made.version = earlier.version;
        made.decided = open_decision(tx, vault, post->circle, author, decisions.front());
        made.state = domain::state_after(made.decided.outcome);
        if (made.state == domain::post_state::held)
            made.due_at = tx.first_due_at(earlier.post, earlier.version);
        if (domain::care_is_due(made.decided)) {
            auto const care = care_around(tx, author, made.circle, made.post, now);
            made.care = care_with(lines, who->country, made.decided, made.post, care);
        }
        return made;
    };
    auto made = co_await database.read(std::move(read));
    co_return made;
}

task<result<std::vector<std::string>>>
context_of(store::database& database, texts& vault, sending const& sent)
{
    auto read = [&vault,
                 circle = sent.circle,
                 thread = sent.thread,
                 post = sent.post,
                 author = sent.who->account,
                 is_edit = sent.version > 1](store::read_tx& tx) -> result<std::vector<std::string>> {
        auto const edited = is_edit ? tx.post(post) : std::nullopt;
        auto const number = edited ? edited->number : std::numeric_limits<int>::max();
        return texts_before(tx, vault, circle, thread, number, author);
    };
    auto found = co_await database.read(std::move(read));
    co_return found;
}

// A reply that may make little of somebody's pain is asked about once, before it goes anywhere. What waits
// for a person anyway, and what shows risk, is not.
bool is_asked_about(sending const& sent)
{
    auto const& decided = sent.seen.decision;
    return decided.nudge && !sent.opens_thread && !sent.nudge_seen && is_shown(sent) &&
           !domain::care_is_due(decided);
}

submission asked_about(sending const& sent)
{
    submission made;
    made.thread = sent.thread;
    made.circle = sent.circle;
    made.nudged = true;
    made.decided = sent.seen.decision;
    return made;
}

// What follows from the terms: the outcome, its detail, and where it waits.
void put_terms(sending& sent, texts& vault, domain::review_clocks const& clocks)
{
    hold_by(sent.terms, sent.seen.decision);
    decision_detail const detail{sent.seen.decision.findings, sent.seen.decision.scores};
    sent.detail = vault.seal_detail(sent.circle, sent.who->account, sent.post, sent.version, 1, detail);
    sent.item = review_item_for(sent, clocks);
}

domain::post_text read_by_screen(sending const& sent, domain::post_text content)
{
    if (sent.headed) content.text = own_words_in(*sent.headed, content.text);
    return content;
}

// A copy's parts are shown each by itself, so that no mark in one reaches into another.
std::vector<std::string> parts_shown(sending const& sent, domain::post_text const& content)
{
    std::vector<std::string> made;
    if (!sent.headed) return made;
    for (auto& part : parts_of(*sent.headed, content.text))
        made.push_back(std::move(part.text));
    return made;
}

task<result<submission>> answer_as_before(sending_tools with, sending sent, error why)
{
    if (!sent.who) co_return why;
    auto look = [author = sent.who->account, key = sent.idempotency_key, hash = sent.body_hash, why](
                    store::read_tx& tx
                ) -> result<recorded> {
        auto const earlier = tx.version_made_with(author, key);
        if (!earlier) return why;
        if (earlier->body_hash != hash) return errc::key_reused;
        return recorded{true, earlier->post, earlier->version, std::nullopt, std::nullopt};
    };
    auto const found = co_await with.database.read(std::move(look));
    if (!found) co_return found.error();
    auto again = co_await answer_again(with.database, with.vault, with.lines, sent.who, *found, sent.at);
    co_return again;
}

} // namespace

task<result<submission>>
send(sending_tools with, sending sent, domain::post_text content, std::optional<error> refused)
{
    if (refused) {
        auto again = co_await answer_as_before(with, std::move(sent), *refused);
        co_return again;
    }
    auto const ready = co_await with.vault.prepare(with.database, sent.who->account, sent.circle);
    if (!ready) co_return ready.error();

    auto const read = read_by_screen(sent, content);
    auto const apart = parts_shown(sent, content);
    look_back before;
    if (!sent.opens_thread) before = [&] { return context_of(with.database, with.vault, sent); };
    auto const seen = co_await with.screen.screen_post(sent.circle, read, before, apart);
    if (!seen) co_return seen.error();
    sent.seen = *seen;
    if (is_asked_about(sent)) co_return asked_about(sent);
    sent.text = with.vault.seal_post(sent.circle, sent.who->account, sent.post, sent.version, content);
    // Nearly always the terms are plain; when the transaction finds others, it takes nothing and tells which.
    for (int tries = 0; tries < 3; ++tries) {
        sent.seen = *seen;
        put_terms(sent, with.vault, with.clocks);
        auto const work = std::make_shared<sending const>(sent);
        auto commit = [work, rules = with.rules](store::write_tx& tx) { return record(tx, *work, rules); };
        auto const done = co_await with.database.write(std::move(commit));
        if (!done) co_return done.error();
        if (done->other_terms) {
            sent.terms = *done->other_terms;
            auto const may = may_send(sent.terms, seen->decision, sent.at);
            if (!may) co_return may.error();
            continue;
        }
        if (done->repeated) {
            auto again =
                co_await answer_again(with.database, with.vault, with.lines, sent.who, *done, sent.at);
            co_return again;
        }
        with.changes.thread_changed(sent.thread);
        co_return answer_to(sent, with.lines, done->care);
    }
    co_return errc::overloaded; // they changed three times meanwhile
}

} // namespace holdfast::app
