// Opening an item: as much of it as somebody wants to see, and what they need around it to be fair.
#include "moderation/policy/ruling.hpp"
#include "server/app/desk/review_state.hpp"
#include "server/app/keyed_write.hpp"
#include "server/app/policy/policies.hpp"
#include "server/app/readable.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/base/utf8.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

namespace {
constexpr auto look_time = std::chrono::minutes(5); // one who opened it this long ago is thought to be there
constexpr std::size_t posts_around = 3;
constexpr std::size_t sentences_max = 6;
constexpr std::size_t sentence_bytes_max = 400;
constexpr std::size_t notes_max = 20;

bool ends_sentence(char one)
{
    return one == '.' || one == '!' || one == '?' || one == '\n';
}

marked_sentence sentence_around(std::string const& text, moderation::text_span where)
{
    auto const mark_end = border_behind(text, std::min(where.end, where.begin + sentence_bytes_max));
    auto begin = where.begin;
    while (begin > 0 && !ends_sentence(text[begin - 1]) && where.begin - begin < sentence_bytes_max)
        --begin;
    begin = std::min(border_behind(text, begin), where.begin);
    auto end = mark_end;
    while (end < text.size() && end - mark_end < sentence_bytes_max) {
        ++end;
        if (ends_sentence(text[end - 1])) break;
    }
    end = border_behind(text, end);
    return {
        text.substr(begin, where.begin - begin),
        text.substr(where.begin, mark_end - where.begin),
        text.substr(mark_end, end - mark_end)};
}

// Passages that count, in the order of the text; what overlaps or shares a sentence is one.
std::vector<moderation::text_span> passages_of(std::string const& text, moderation::decision const& screened)
{
    std::vector<moderation::text_span> all;
    for (auto const& finding : screened.findings) {
        auto const& where = finding.where;
        auto const counts = !finding.shadow && (!finding.about || screened.labels.has(*finding.about));
        if (counts && where.end > where.begin && where.end <= text.size()) all.push_back(where);
    }
    std::sort(all.begin(), all.end(), [](auto const& left, auto const& right) {
        return left.begin < right.begin;
    });
    std::vector<moderation::text_span> made;
    for (auto const& one : all) {
        auto const between =
            made.empty() || one.begin <= made.back().end
                ? std::string_view()
                : std::string_view(text).substr(made.back().end, one.begin - made.back().end);
        auto const same = !made.empty() && std::none_of(between.begin(), between.end(), ends_sentence);
        if (same) {
            made.back().end = std::max(made.back().end, one.end);
        } else {
            made.push_back(one);
        }
    }
    return made;
}

std::vector<marked_sentence> sentences_of(std::string const& text, moderation::decision const& screened)
{
    std::vector<marked_sentence> made;
    for (auto const& where : passages_of(text, screened)) {
        if (made.size() == sentences_max) break;
        made.push_back(sentence_around(text, where));
    }
    if (made.empty() && !text.empty()) made.push_back(sentence_around(text, {0, 0}));
    return made;
}

std::vector<std::string> names_of(store::read_tx& tx, texts& vault, std::vector<account_id> const& people)
{
    std::vector<std::string> made;
    for (auto const& one : people) {
        auto name = vault.open_nickname(tx, one);
        if (name && !name->empty()) made.push_back(std::move(*name));
    }
    return made;
}

// The policy that decided, as it was then: the host's text and, behind a plus, the circle's own.
std::vector<moderation::policy>
policies_named(store::read_tx& tx, texts& vault, circle_id const& circle, std::string const& id)
{
    std::vector<moderation::policy> made;
    auto const plus = std::min(id.find('+'), id.size());
    if (auto const host = tx.policy(id.substr(0, plus))) {
        auto parsed = moderation::parse_policy(host->text, "policy");
        if (auto* const rules = std::get_if<moderation::policy>(&parsed)) made.push_back(std::move(*rules));
    }
    if (plus == id.size()) return made;
    auto const kept = tx.circle_policy(circle, id.substr(plus + 1));
    if (!kept) return made;
    if (auto own = opened_policy(tx, vault, *kept)) made.push_back(std::move(*own));
    return made;
}

std::vector<policy_sentence> sentences_of_policy(
    store::read_tx& tx, texts& vault, circle_id const& circle, moderation::decision const& seen
)
{
    std::vector<policy_sentence> made;
    auto const policies = policies_named(tx, vault, circle, seen.policy);
    for (auto const& finding : seen.findings) {
        auto const name = moderation::rule_that_acted(finding);
        if (finding.shadow || name.empty()) continue;
        for (auto const& policy : policies) {
            for (auto const& rule : policy.rules) {
                if (rule.name == name) made.push_back({rule.name, rule.why});
            }
        }
    }
    return made;
}

author_history history_of(store::read_tx& tx, texts& vault, circle_id const& circle, account_id const& author)
{
    auto const counted = tx.author_counts(circle, author);
    author_history made;
    made.joined_at = counted.joined_at;
    made.posts = counted.posts;
    made.decided = counted.decided;
    for (auto const& row : tx.notes_about(circle, author, notes_max)) {
        auto words = vault.open_about(tx, "review_note", row.id.text(), circle, author, row.words);
        if (!words) continue;
        auto const by = vault.open_nickname(tx, row.by);
        made.notes.push_back(
            {by && !by->empty() ? *by : std::string("Somebody who left"),
             std::move(*words),
             row.folded,
             row.at}
        );
    }
    return made;
}

// What was said about the version before, and what its author made of that.
void put_changes(store::read_tx& tx, texts& vault, store::review_item_row const& row, review_item_opened& to)
{
    auto const& item = row.item;
    if (!item.meant_for || item.version < 2) return;
    auto const before = tx.version(item.post, item.version - 1);
    auto const decisions = tx.decisions_on(item.post, item.version - 1);
    if (!before || before->text.empty() || decisions.empty()) return;
    auto const detail = vault.open_detail(tx, item.circle, row.author, decisions.back());
    if (detail) to.returned_because = detail->reason;
    if (to.shown != shown::all) return;
    auto const old_text =
        vault.open_post(tx, item.circle, row.author, item.post, before->version, before->text);
    if (old_text) to.changes = diff_of(old_text->text, to.content.text);
}

// A note is read with the story that it answers.
void put_story(
    store::read_tx& tx, texts& vault, store::share_row const& story, int number, review_item_opened& to
)
{
    auto const told = tx.let_through_post(story.id);
    if (!told || told->number >= number) return;
    to.before = open_all_visible(tx, vault, {*told});
}

void put_thread(store::read_tx& tx, texts& vault, store::review_item_row const& row, review_item_opened& to)
{
    auto const post = tx.post(row.item.post);
    if (!post) return;
    if (auto const story = tx.share_in(post->thread)) {
        put_story(tx, vault, *story, post->number, to);
        return;
    }
    to.before = open_all_visible(tx, vault, tx.posts_before(post->thread, post->number, posts_around));
    to.after = open_all_visible(tx, vault, tx.posts_after(post->thread, post->number, posts_around));
}

result<void>
put_text(store::read_tx& tx, texts& vault, store::review_item_row const& row, review_item_opened& to)
{
    auto const& item = row.item;
    auto const version = tx.version(item.post, item.version);
    if (to.shown == shown::reasons || !version || version->text.empty()) return result<void>();
    auto content = vault.open_post(tx, item.circle, row.author, item.post, item.version, version->text);
    if (!content) return content.error();
    if (to.shown == shown::sentences) {
        to.sentences = sentences_of(content->text, to.screened);
    } else {
        to.content = std::move(*content);
    }
    return result<void>();
}

void put_told(store::read_tx& tx, texts& vault, store::review_item_row const& row, review_item_opened& to)
{
    auto const& item = row.item;
    for (auto const& one : tx.reports_on(item.id)) {
        told_report told{one.category, "", one.folded, one.weight, one.at};
        if (!one.words.empty()) {
            auto words = vault.open_about(tx, "report", item.id.text(), item.circle, one.reporter, one.words);
            if (words) told.words = std::move(*words);
        }
        to.reports.push_back(std::move(told));
        if (one.snapshot.empty() || !to.content.text.empty() || to.shown != shown::all) continue;
        auto content = vault.open_post(tx, item.circle, row.author, item.post, item.version, one.snapshot);
        if (content) to.content = std::move(*content); // taken down meanwhile: as it was when it was reported
    }
    auto const about = tx.appeal(item.id);
    if (!about) return;
    to.appeal = messages_of(tx, vault, item.circle, *about);
    auto const decisions = tx.decisions_on(item.post, item.version);
    if (decisions.empty()) return;
    auto const detail = vault.open_detail(tx, item.circle, row.author, decisions.back());
    if (detail) to.decided_before = detail->reason;
}

result<review_item_opened>
opened(store::read_tx& tx, texts& vault, store::review_item_row const& row, shown much, timestamp now)
{
    review_item_opened made;
    made.item = row.item;
    made.shown = much;
    settle_claim(tx, vault, made.item, now);
    auto nickname = vault.open_nickname(tx, row.author);
    if (nickname) made.nickname = *nickname;
    auto const decisions = tx.decisions_on(row.item.post, row.item.version);
    if (!decisions.empty())
        made.screened = open_decision(tx, vault, row.item.circle, row.author, decisions.front());
    auto const read = put_text(tx, vault, row, made);
    if (!read) return read.error();
    if (much == shown::all) put_thread(tx, vault, row, made);
    made.policy = sentences_of_policy(tx, vault, row.item.circle, made.screened);
    made.history = history_of(tx, vault, row.item.circle, row.author);
    made.steps = tx.review_steps(row.item.id);
    put_changes(tx, vault, row, made);
    put_told(tx, vault, row, made);
    return made;
}

// Somebody's story that only people they named can read, opened with a note to it: its writer sees that too.
void record_story_read(
    store::write_tx& tx,
    account_id const& by,
    store::review_item_row const& row,
    review_item_opened const& made,
    timestamp at
)
{
    auto const post = tx.post(row.item.post);
    auto const story = post ? tx.share_in(post->thread) : std::nullopt;
    if (!story || story->audience == domain::share_audience::circle || made.before.empty()) return;
    auto const writer = tx.post(story->id);
    if (!writer || writer->author == by) return;
    tx.append_audit(
        {at, by, "private.read", row.item.circle, story->id.text(), "{\"read\":\"story\"}", writer->author}
    );
}
} // namespace

task<result<review_item_opened>> review::open(domain::principal_ptr who, review_item_id item, shown much)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto const at = state_->time.now();
    // A write: who read a private text is on record before they see it.
    auto read = [&vault, who, item, much, at](store::write_tx& tx) -> result<review_item_opened> {
        auto const row = tx.review_item(item);
        if (!row || !may_review(tx, who, *row) || !tx.review_item_waits(item)) return errc::not_found;
        auto made = opened(tx, vault, *row, much, at);
        if (!made) return made;
        auto others = tx.looking_at_item(item, at - look_time);
        std::erase(others, who->account);
        made->also_looking = names_of(tx, vault, others);
        tx.look_at_item(item, who->account, at);
        if (much == shown::reasons) return made;
        auto const weight = domain::exposure_of(row->item.lane, row->item.triage);
        tx.add_exposure(who->account, day_of(at), item, weight, at);
        auto const* const detail = much == shown::all ? "{}" : "{\"shown\":\"sentences\"}";
        tx.append_audit(
            {at, who->account, "private.read", row->item.circle, row->item.post.text(), detail, row->author}
        );
        if (much == shown::all) record_story_read(tx, who->account, *row, *made, at);
        return made;
    };
    auto found = co_await state_->database.write(std::move(read));
    co_return found;
}

task<result<void>> review::add_note(
    domain::principal_ptr who, review_item_id item, std::string idempotency_key, std::string words
)
{
    if (!who) co_return errc::not_found;
    auto const valid = validate_note("words", words, true);
    if (!valid) co_return valid.error();
    moderation::input input;
    input.text = words;
    input.kind = moderation::text_kind::note;
    auto const folded = state_->screen.screen(input).decision.outcome != moderation::outcome::publish;
    auto& vault = state_->vault;
    auto const at = state_->time.now();
    keyed_write const write{
        who->account, std::move(idempotency_key), vault.body_hash("note", item.text(), {"", words})};
    auto add = [&vault, who, item, words, folded, write, at](store::write_tx& tx) -> result<void> {
        auto const again = was_done(tx, write);
        if (!again) return again.error();
        if (*again) return result<void>();
        auto const row = tx.review_item(item);
        if (!row || !may_review(tx, who, *row) || !tx.review_item_waits(item)) return errc::not_found;
        auto const& circle = row->item.circle;
        auto const ready = vault.make_ready(tx, row->author, circle);
        if (!ready) return ready.error();
        auto const id = note_id::random();
        auto sealed = vault.seal_about("review_note", id.text(), circle, row->author, words);
        tx.add_note({id, circle, row->author, item, who->account, std::move(sealed), folded, at});
        tx.keep_write(write.by, write.key, write.body_hash);
        tx.add_review_step(item, domain::review_step::kind::noted, who->account, at);
        tx.append_audit({at, who->account, "review.noted", circle, item.text(), "{}", row->author});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(add));
    co_return done;
}

} // namespace holdfast::app
