#include "server/app/review.hpp"

#include "server/app/change_log.hpp"
#include "server/app/circles.hpp"
#include "server/app/readable.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace holdfast::app {

namespace {
constexpr auto claim_time = std::chrono::minutes(10);

// Nobody reviews their own text.
bool may_review(domain::principal_ptr const& who, store::review_item_row const& row)
{
    return looks_after(who, row.item.circle) && row.author != who->account;
}

std::vector<circle_id> looked_after(store::read_tx& tx, domain::principal const& who)
{
    std::vector<circle_id> made;
    if (who.is_lead) {
        std::optional<circle_id> after;
        for (auto some = tx.circles(after, limits::page_rows_max); !some.empty();
             some = tx.circles(after, limits::page_rows_max)) {
            for (auto const& row : some)
                made.push_back(row.id);
            after = some.back().id;
        }
        return made;
    }
    for (auto const& [circle, role] : who.roles) {
        if (role == domain::role::facilitator) made.push_back(circle);
    }
    return made;
}
} // namespace

struct review::state {
    store::database& database;
    texts& vault;
    screener& screen;
    change_log& changes;
    clock const& time;
};

review::review(
    store::database& database, texts& vault, screener& screen, change_log& changes, clock const& time
)
    : state_(std::make_unique<state>(state{database, vault, screen, changes, time}))
{
}

review::~review() = default;

task<result<std::vector<domain::review_item>>>
review::items(domain::principal_ptr who, std::optional<domain::lane> lane, std::size_t limit)
{
    if (!who) co_return errc::not_found;
    auto list = [who, lane, limit](store::read_tx& tx) -> result<std::vector<domain::review_item>> {
        std::vector<domain::review_item> made;
        for (auto const& circle : looked_after(tx, *who)) {
            for (auto const& row : tx.review_items(circle, lane, limit)) {
                if (row.author != who->account) made.push_back(row.item);
            }
        }
        std::stable_sort(made.begin(), made.end(), [](auto const& left, auto const& right) {
            auto const left_care = left.lane == domain::lane::care;
            auto const right_care = right.lane == domain::lane::care;
            if (left_care != right_care) return left_care;
            return left.due_at < right.due_at;
        });
        if (made.size() > limit) made.resize(limit);
        return made;
    };
    auto found = co_await state_->database.read(std::move(list));
    co_return found;
}

task<result<std::vector<circle_id>>> review::circles_of(domain::principal_ptr who)
{
    if (!who) co_return errc::not_found;
    auto read = [who](store::read_tx& tx) -> result<std::vector<circle_id>> {
        return looked_after(tx, *who);
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<domain::review_item_opened>> review::open(domain::principal_ptr who, review_item_id item)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto const at = state_->time.now();
    // A write: who read a private text is on record before they see it.
    auto read = [&vault, who, item, at](store::write_tx& tx) -> result<domain::review_item_opened> {
        auto const row = tx.review_item(item);
        if (!row || !may_review(who, *row) || !tx.review_item_waits(item)) return errc::not_found;
        domain::review_item_opened made;
        made.item = row->item;
        auto const version = tx.version(row->item.post, row->item.version);
        if (version && !version->text.empty()) {
            auto content = vault.open_post(
                tx, row->item.circle, row->author, row->item.post, row->item.version, version->text
            );
            if (!content) return content.error();
            made.content = std::move(*content);
        }
        auto nickname = vault.open_nickname(tx, row->author);
        if (nickname) made.nickname = *nickname;
        auto const decisions = tx.decisions_on(row->item.post, row->item.version);
        if (!decisions.empty()) {
            made.screened = open_decision(tx, vault, row->item.circle, row->author, decisions.front());
        }
        tx.append_audit(
            {at, who->account, "private.read", row->item.circle, row->item.post.text(), "{}", row->author}
        );
        return made;
    };
    auto found = co_await state_->database.write(std::move(read));
    co_return found;
}

task<result<domain::review_item>> review::claim(domain::principal_ptr who, review_item_id item)
{
    if (!who) co_return errc::not_found;
    auto const at = state_->time.now();
    auto claim = [who, item, at](store::write_tx& tx) -> result<domain::review_item> {
        auto const row = tx.review_item(item);
        if (!row || !may_review(who, *row) || !tx.review_item_waits(item)) return errc::not_found;
        if (!tx.claim_review_item(item, who->account, at, at + claim_time)) return errc::conflict;
        tx.append_audit({at, who->account, "review.claimed", row->item.circle, item.text(), "{}"});
        return tx.review_item(item)->item;
    };
    auto found = co_await state_->database.write(std::move(claim));
    co_return found;
}

namespace {
result<void> check_decision(screener const& screen, review_decision const& decided)
{
    auto const needs_reason = decided.what == domain::verdict::give_back;
    auto valid = validate_note("reason", decided.reason, needs_reason);
    if (!valid || decided.reason.empty()) return valid;
    moderation::input input;
    input.text = decided.reason;
    input.kind = moderation::text_kind::note;
    if (screen.passes(input)) return result<void>();
    error back{errc::returned};
    back.fields.push_back(
        {"reason", "Our automatic check noticed something in this reason. Could you put it in other words?"}
    );
    return back;
}

store::decision_row decision_by(
    store::decision_row const& before, review_decision const& decided, account_id const& by, timestamp at
)
{
    auto made = before; // risk, triage and labels stay what the screen saw
    made.number = before.number + 1;
    made.outcome = domain::outcome_of(decided.what);
    made.decided_by = by;
    made.created_at = at;
    made.micros = 0;
    return made;
}

std::string audit_detail(review_decision const& decided)
{
    boost::json::object detail;
    detail["decision"] = domain::name_of(decided.what);
    return boost::json::serialize(detail);
}

// The person's decision, the closed item, the audit entry and what is announced: one transaction.
result<thread_id> record(
    store::write_tx& tx,
    texts& vault,
    domain::principal const& who,
    store::review_item_row const& row,
    review_decision const& decided,
    timestamp at
)
{
    auto const& item = row.item;
    auto const post = tx.post(item.post);
    auto const decisions = tx.decisions_on(item.post, item.version);
    if (!post || decisions.empty()) return errc::not_found;
    if (!tx.close_review_item(item.id, decided.revision, "decided", who.account, at)) return errc::conflict;

    auto decision = decision_by(decisions.back(), decided, who.account, at);
    decision_detail detail;
    detail.reason = decided.reason;
    auto const was_visible = post->visible_version == item.version;
    if (!post->removed) {
        decision.detail =
            vault.seal_detail(item.circle, row.author, item.post, item.version, decision.number, detail);
        tx.add_decision(decision);
    }
    auto const lets_through =
        decision.outcome == moderation::outcome::publish || decision.outcome == moderation::outcome::fold;
    store::event_row event{0, "", item.circle, post->thread, item.post, std::nullopt, at};
    if (!post->removed && lets_through) {
        tx.touch_thread(post->thread, at);
        event.type = post->visible_version ? "post.changed"
                     : post->number == 1   ? "thread.started"
                                           : "post.published";
        tx.append_event(event);
    } else if (was_visible) {
        event.type = "post.removed";
        tx.append_event(event);
    }
    event.type = "review.changed";
    tx.append_event(event);
    event.type = "me.decided";
    event.account = row.author;
    tx.append_event(event);
    tx.append_audit(
        {at, who.account, "post.decided", item.circle, item.post.text(), audit_detail(decided), row.author}
    );
    return post->thread;
}
} // namespace

task<result<void>> review::decide(domain::principal_ptr who, review_item_id item, review_decision decided)
{
    if (!who) co_return errc::not_found;
    auto const checked = check_decision(state_->screen, decided);
    if (!checked) co_return checked.error();
    auto const at = state_->time.now();
    auto& vault = state_->vault;
    auto decide = [&vault, who, item, decided, at](store::write_tx& tx) -> result<thread_id> {
        auto const row = tx.review_item(item);
        if (!row || !may_review(who, *row)) return errc::not_found;
        if (!tx.review_item_waits(item)) return errc::conflict;
        if (row->item.claimed_by && *row->item.claimed_by != who->account && row->item.claimed_until > at) {
            return errc::conflict;
        }
        if (!domain::may_decide(row->item.lane, decided.what)) {
            return invalid_field(
                "decision",
                "A cry for help is never returned. You can let it through, fold it, or keep it between you."
            );
        }
        auto const ready = vault.make_ready(tx, row->author, row->item.circle);
        if (!ready) return ready.error();
        return record(tx, vault, *who, *row, decided, at);
    };
    auto const done = co_await state_->database.write(std::move(decide));
    if (!done) co_return done.error();
    state_->changes.thread_changed(*done);
    co_return result<void>();
}

} // namespace holdfast::app
