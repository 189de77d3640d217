#include "server/app/desk/reports.hpp"

#include "server/app/change_log.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/help/own_words.hpp"
#include "server/app/posts/posts.hpp"
#include "server/app/screener.hpp"
#include "server/app/terms/share_access.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/store/database.hpp"

namespace holdfast::app {

namespace {
struct telling {
    domain::principal_ptr who;
    domain::post post; // as its reader saw it
    domain::report_category category = domain::report_category::other;
    std::string words;
    moderation::decision seen; // of the words
    bool folded = false;
    timestamp at;
};

// The item that waits for this version already, or a new one. Whoever may be in need is looked after in the
// care lane, whatever was said about their post.
review_item_id item_for(
    store::write_tx& tx,
    telling const& told,
    store::decision_row const& screened,
    domain::review_clocks const& clocks
)
{
    for (auto const& waiting : tx.review_items_waiting_for(told.post.id)) {
        if (waiting.item.version != told.post.version || waiting.item.lane == domain::lane::appeal) continue;
        tx.add_review_step(waiting.item.id, domain::review_step::kind::reported, told.who->account, told.at);
        tx.append_event(
            {0, "review.changed", told.post.circle, told.post.thread, told.post.id, std::nullopt, told.at}
        );
        return waiting.item.id;
    }
    domain::review_item item;
    item.id = review_item_id::random();
    item.circle = told.post.circle;
    item.lane = screened.triage == moderation::triage::green ? domain::lane::report : domain::lane::care;
    item.post = told.post.id;
    item.version = told.post.version;
    item.triage = screened.triage;
    item.labels = screened.labels;
    item.created_at = told.at;
    item.due_at = told.at + clocks.due[static_cast<std::size_t>(item.triage)];
    tx.add_review_item(item);
    tx.append_event(
        {0, "review.added", told.post.circle, told.post.thread, told.post.id, std::nullopt, told.at}
    );
    return item.id;
}

double weight_on(store::read_tx& tx, review_item_id const& item)
{
    double all = 0;
    for (auto const& one : tx.reports_on(item))
        all += one.weight;
    return all;
}

// Nobody decided yet: it only waits, and its author reads why.
void hide(store::write_tx& tx, texts& vault, telling const& told, store::decision_row const& newest)
{
    auto made = newest;
    made.number += 1;
    made.outcome = moderation::outcome::hold;
    made.decided_by.reset();
    made.verdict.reset();
    made.micros = 0;
    made.created_at = told.at;
    decision_detail detail;
    detail.reason =
        "Members asked a facilitator to look at this post. Until one has, only you and they can see it.";
    made.detail =
        vault.seal_detail(told.post.circle, told.post.author, made.post, made.version, made.number, detail);
    tx.add_decision(made);
    store::event_row event{
        0, "post.removed", told.post.circle, told.post.thread, told.post.id, std::nullopt, told.at};
    announce_post(tx, event);
    event.type = "me.decided";
    event.account = told.post.author;
    tx.append_event(event);
    tx.append_audit(
        {told.at, std::nullopt, "post.hidden", told.post.circle, told.post.id.text(), "{}", told.post.author}
    );
}

// A report that comes again is the same one; other words are not taken without saying so.
result<void>
says_the_same(store::read_tx& tx, texts& vault, store::report_row const& before, telling const& told)
{
    std::string words;
    if (!before.words.empty()) {
        auto const opened = vault.open_about(
            tx, "report", before.item.text(), told.post.circle, told.who->account, before.words
        );
        if (!opened) return opened.error();
        words = *opened;
    }
    if (before.category == told.category && (told.words.empty() || words == told.words))
        return result<void>();
    error twice{errc::conflict};
    twice.detail = "You told us about this post before, and that is kept. These new words were not taken.";
    return twice;
}

result<bool> record(
    store::write_tx& tx,
    texts& vault,
    telling const& told,
    domain::review_clocks const& clocks,
    double hiding_weight
)
{
    auto const& post = told.post;
    auto const seen = tx.let_through_post(post.id); // whether they may read it was asked before
    auto const decisions = tx.decisions_on(post.id, post.version);
    if (!seen || seen->version != post.version || decisions.empty()) return errc::conflict;
    if (auto const before = tx.report_by(post.id, post.version, told.who->account)) {
        auto const same = says_the_same(tx, vault, *before, told);
        if (!same) return same.error();
        return false;
    }
    for (auto const& whose : {post.author, told.who->account}) {
        auto const ready = vault.make_ready(tx, whose, post.circle);
        if (!ready) return ready.error();
    }
    auto const item = item_for(tx, told, decisions.front(), clocks);
    auto const record = tx.reporter(told.who->account);
    store::report_row row;
    row.post = post.id;
    row.version = post.version;
    row.reporter = told.who->account;
    row.item = item;
    row.circle = post.circle;
    row.category = told.category;
    row.folded = told.folded;
    row.weight = domain::report_weight(record.right, record.wrong);
    row.at = told.at;
    if (!told.words.empty())
        row.words = vault.seal_about("report", item.text(), post.circle, told.who->account, told.words);
    if (tx.reports_on(item).empty())
        row.snapshot = vault.seal_post(post.circle, post.author, post.id, post.version, post.content);
    tx.add_report(row);
    own_words const own{told.who->account, post.circle, told.words, told.seen, told.at};
    auto const rung = ring_for_writer(tx, vault, own, clocks);
    if (!rung) return rung.error();
    tx.append_audit({told.at, told.who->account, "post.reported", post.circle, post.id.text(), "{}"});
    auto const in_need = decisions.front().triage != moderation::triage::green;
    // What a person let through stays until a person looks again: reports may call for that, not decide it.
    auto const by_person = decisions.back().decided_by.has_value();
    if (in_need || by_person || weight_on(tx, item) < hiding_weight) return false;
    hide(tx, vault, told, decisions.back());
    return true;
}
} // namespace

task<result<std::optional<domain::care>>>
reports::tell(domain::principal_ptr who, post_id post, domain::report_category category, std::string words)
{
    if (!who) co_return errc::not_found;
    auto const found = co_await posts_.visible(who, post);
    if (!found) co_return found.error();
    auto const is_member = who->role_in(found->circle) != domain::role::none;
    if (!is_member || found->author == who->account) co_return errc::not_found;
    auto const valid = validate_note("words", words, category == domain::report_category::other);
    if (!valid) co_return valid.error();
    telling told{who, *found, category, words, {}, false, time_.now()};
    told.seen.outcome = moderation::outcome::publish;
    if (!words.empty()) {
        moderation::input input;
        input.text = told.words;
        input.kind = moderation::text_kind::note;
        told.seen = screen_.screen(input, found->circle).decision;
        told.folded = told.seen.outcome != moderation::outcome::publish;
    }
    auto commit = [&vault = vault_, told, clocks = clocks_, weight = rules_.hiding_weight](store::write_tx& tx
                  ) { return record(tx, vault, told, clocks, weight); };
    auto const hidden = co_await database_.write(std::move(commit));
    if (!hidden) co_return hidden.error();
    if (*hidden) changes_.thread_changed(found->thread);
    auto const care = lines_.care_after(told.seen, who->country);
    co_return care;
}

task<result<std::vector<own_report>>> reports::own(domain::principal_ptr who, std::size_t limit)
{
    if (!who) co_return errc::not_found;
    auto read = [who, limit](store::read_tx& tx) -> result<std::vector<own_report>> {
        std::vector<own_report> made;
        for (auto const& row : tx.reports_by(who->account, limit))
            made.push_back({row.post, row.category, row.at, row.made_a_change});
        return made;
    };
    auto found = co_await database_.read(std::move(read));
    co_return found;
}

} // namespace holdfast::app
