#include "server/app/desk/appeals.hpp"

#include "server/app/desk/review_state.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/help/own_words.hpp"
#include "server/app/keyed_write.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

namespace {
std::string place_of(review_item_id const& item, int number)
{
    return item.text() + "." + std::to_string(number);
}
} // namespace

bool decided_before(store::read_tx& tx, account_id const& who, post_id const& post, int version)
{
    auto const decisions = tx.decisions_on(post, version);
    return std::any_of(decisions.begin(), decisions.end(), [&](auto const& one) {
        return one.decided_by == who;
    });
}

std::vector<appeal_message>
messages_of(store::read_tx& tx, texts& vault, circle_id const& circle, store::appeal_row const& about)
{
    std::vector<appeal_message> made;
    for (auto const& row : tx.appeal_messages(about.item)) {
        auto words = vault.open_about(
            tx, "appeal_message", place_of(about.item, row.number), circle, about.author, row.words
        );
        if (words) made.push_back({row.by == about.author, std::move(*words), row.folded, row.at});
    }
    return made;
}

namespace {
struct asking {
    domain::principal_ptr who;
    post_id post;
    std::string words;
    keyed_write write;
    bool folded = false;
    timestamp at;
    moderation::decision seen{}; // of the words
};

void add_message(
    store::write_tx& tx,
    texts& vault,
    circle_id const& circle,
    review_item_id const& item,
    account_id const& author,
    asking const& asked
)
{
    auto const number = static_cast<int>(tx.appeal_messages(item).size()) + 1;
    auto sealed = vault.seal_about("appeal_message", place_of(item, number), circle, author, asked.words);
    tx.add_appeal_message({item, number, asked.who->account, std::move(sealed), asked.folded, asked.at});
    tx.keep_write(asked.write.by, asked.write.key, asked.write.body_hash);
}

// A person's last word on it that was not simply "yes", or what the automatic check alone gave back.
bool can_be_asked_about(std::vector<store::decision_row> const& decisions)
{
    if (decisions.empty()) return false;
    auto const& last = decisions.back();
    if (last.decided_by) return last.verdict != domain::verdict::publish;
    return last.outcome == moderation::outcome::give_back;
}

result<void>
record(store::write_tx& tx, texts& vault, asking const& asked, domain::review_clocks const& clocks)
{
    auto const again = was_done(tx, asked.write);
    if (!again) return again.error();
    if (*again) return result<void>();
    auto const newest = tx.post_with_newest_version(asked.post);
    auto const& me = asked.who->account;
    if (!newest || newest->post.author != me || newest->post.removed) return errc::not_found;
    auto const& circle = newest->post.circle;
    auto const version = newest->version.version;
    auto const ready = vault.make_ready(tx, me, circle);
    if (!ready) return ready.error();
    own_words const own{me, circle, asked.words, asked.seen, asked.at};
    if (auto const open = tx.appeal_on(asked.post, version)) {
        if (open->closed_at) return errc::conflict;
        auto const rung = ring_for_writer(tx, vault, own, clocks);
        if (!rung) return rung.error();
        add_message(tx, vault, circle, open->item, me, asked);
        tx.append_event({0, "review.changed", circle, newest->post.thread, asked.post, std::nullopt, asked.at}
        );
        return result<void>();
    }
    if (!can_be_asked_about(newest->decisions)) return errc::conflict;
    auto const rung = ring_for_writer(tx, vault, own, clocks);
    if (!rung) return rung.error();
    domain::review_item item;
    item.id = review_item_id::random();
    item.circle = circle;
    item.lane = domain::lane::appeal;
    item.post = asked.post;
    item.version = version;
    item.triage = newest->decisions.front().triage;
    item.labels = newest->decisions.front().labels;
    item.created_at = asked.at;
    item.due_at = asked.at + clocks.due[static_cast<std::size_t>(item.triage)];
    tx.add_review_item(item);
    tx.add_appeal({item.id, asked.post, version, me, asked.at});
    add_message(tx, vault, circle, item.id, me, asked);
    tx.append_event({0, "review.added", circle, newest->post.thread, asked.post, std::nullopt, asked.at});
    tx.append_audit({asked.at, me, "appeal.asked", circle, asked.post.text(), "{}"});
    return result<void>();
}
} // namespace

task<result<std::optional<domain::care>>>
appeals::ask(domain::principal_ptr who, post_id post, std::string idempotency_key, std::string words)
{
    if (!who) co_return errc::not_found;
    auto const valid = validate_note("words", words, true);
    if (!valid) co_return valid.error();
    keyed_write const write{
        who->account, std::move(idempotency_key), vault_.body_hash("appeal", post.text(), {"", words})};
    asking asked{who, post, words, write, false, time_.now()};
    moderation::input input;
    input.text = asked.words;
    input.kind = moderation::text_kind::note;
    asked.seen = screen_.screen(input).decision;
    asked.folded = asked.seen.outcome != moderation::outcome::publish;
    auto commit = [&vault = vault_, asked, clocks = clocks_](store::write_tx& tx) {
        return record(tx, vault, asked, clocks);
    };
    auto const done = co_await database_.write(std::move(commit));
    if (!done) co_return done.error();
    auto const care = lines_.care_after(asked.seen, who->country);
    co_return care;
}

task<result<void>> appeals::answer(
    domain::principal_ptr who, review_item_id item, std::string idempotency_key, std::string words
)
{
    if (!who) co_return errc::not_found;
    auto const valid = validate_note("words", words, true);
    if (!valid) co_return valid.error();
    moderation::input input;
    input.text = words;
    input.kind = moderation::text_kind::note;
    auto const passed = screen_.check(
        input,
        "words",
        "Our automatic check noticed something in these words. Could you put them differently?"
    );
    if (!passed) co_return passed.error();
    keyed_write const write{
        who->account, std::move(idempotency_key), vault_.body_hash("appeal", item.text(), {"", words})};
    asking const asked{who, {}, words, write, false, time_.now()};
    auto add = [&vault = vault_, asked, item](store::write_tx& tx) -> result<void> {
        auto const again = was_done(tx, asked.write);
        if (!again) return again.error();
        if (*again) return result<void>();
        auto const row = tx.review_item(item);
        auto const about = tx.appeal(item);
        if (!row || !about || !may_review(tx, asked.who, *row) || !tx.review_item_waits(item))
            return errc::not_found;
        auto const ready = vault.make_ready(tx, about->author, row->item.circle);
        if (!ready) return ready.error();
        add_message(tx, vault, row->item.circle, item, about->author, asked);
        tx.append_event(
            {0, "me.appeal", row->item.circle, std::nullopt, row->item.post, about->author, asked.at}
        );
        tx.append_audit(
            {asked.at,
             asked.who->account,
             "appeal.answered",
             row->item.circle,
             row->item.post.text(),
             "{}",
             about->author}
        );
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(add));
    co_return done;
}

task<result<std::optional<appeal_view>>> appeals::own(domain::principal_ptr who, post_id post)
{
    if (!who) co_return errc::not_found;
    auto read = [&vault = vault_, who, post](store::read_tx& tx) -> result<std::optional<appeal_view>> {
        auto const newest = tx.post_with_newest_version(post);
        if (!newest || newest->post.author != who->account) return errc::not_found;
        auto const about = tx.appeal_on(post, newest->version.version);
        if (!about) return std::optional<appeal_view>();
        appeal_view made;
        made.post = post;
        made.messages = messages_of(tx, vault, newest->post.circle, *about);
        made.upheld = about->upheld;
        return std::optional<appeal_view>(std::move(made));
    };
    auto found = co_await database_.read(std::move(read));
    co_return found;
}

} // namespace holdfast::app
