#include "server/app/care/talks.hpp"

#include "server/app/care/listening.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <algorithm>
#include <limits>

namespace holdfast::app {

namespace {
constexpr auto message_kind = "talk_message";
constexpr auto visit_time =
    std::chrono::minutes(30); // one visit to a talk is one line in its member's record
constexpr std::size_t visits_looked_through = 50;

bool is_theirs(domain::principal const& who, store::talk_row const& talk)
{
    return talk.member == who.account;
}

// For words of `who`.
bool waits_for(domain::principal const& who, store::talk_row const& talk)
{
    if (talk.closed_at) return false;
    return is_theirs(who, talk) ? !talk.waits && talk.last_number > 0 : talk.waits;
}

bool may_enter(domain::principal_ptr const& who, store::talk_row const& talk)
{
    return who && (is_theirs(*who, talk) || looks_after(who, talk.circle));
}

std::string row_name(talk_id const& talk, int number)
{
    return talk.text() + "." + std::to_string(number);
}

domain::talk talk_in(store::read_tx& tx, texts& vault, store::talk_row const& row)
{
    domain::talk made;
    made.id = row.id;
    made.circle = row.circle;
    made.member = row.member;
    made.post = row.post;
    made.alarm = row.alarm;
    made.last_number = row.last_number;
    made.waits = row.waits;
    made.opened_at = row.opened_at;
    made.closed_at = row.closed_at;
    auto nickname = vault.open_nickname(tx, row.member);
    if (nickname) made.nickname = std::move(*nickname);
    if (auto const alarm = tx.care().alarm(row.alarm)) made.outside_help_at = alarm->outside_help_at;
    return made;
}

std::vector<domain::talk> talks_in(store::read_tx& tx, texts& vault, std::vector<store::talk_row> const& rows)
{
    std::vector<domain::talk> made;
    made.reserve(rows.size());
    for (auto const& row : rows)
        made.push_back(talk_in(tx, vault, row));
    return made;
}

domain::talk_message
opened(store::read_tx& tx, texts& vault, store::talk_row const& talk, store::message_row const& row)
{
    domain::talk_message made;
    made.number = row.number;
    made.from_member = row.from_member;
    made.folded = row.folded;
    made.at = row.at;
    auto nickname = vault.open_nickname(tx, row.writer);
    if (nickname) made.nickname = std::move(*nickname);
    auto words = vault.open_about(
        tx, message_kind, row_name(talk.id, row.number), talk.circle, talk.member, row.words
    );
    if (words) made.words = std::move(*words);
    return made;
}

// The one whose words they are sees who was there: once a visit, not for every look of a page that is open.
void note_visit(store::write_tx& tx, account_id const& who, store::talk_row const& talk, timestamp now)
{
    constexpr auto any = std::numeric_limits<std::int64_t>::max();
    for (auto const& row : tx.audit_concerning(talk.member, any, visits_looked_through)) {
        auto const& entry = row.entry;
        if (entry.at + visit_time <= now) break;
        if (entry.action == "private.read" && entry.actor == who && entry.object == talk.id.text()) return;
    }
    tx.append_audit(
        {now, who, "private.read", talk.circle, talk.id.text(), "{\"read\":\"talk\"}", talk.member}
    );
}

store::event_row event_in(store::talk_row const& talk, std::string type, timestamp at)
{
    return {0, std::move(type), talk.circle, std::nullopt, talk.post, std::nullopt, at};
}

void tell_both(store::write_tx& tx, store::talk_row const& talk, timestamp at)
{
    auto event = event_in(talk, "review.message", at);
    tx.append_event(event);
    event.type = "me.message";
    event.account = talk.member;
    tx.append_event(event);
}

// The one that is open for this person in this circle, or a new one.
store::talk_row open_in(
    store::write_tx& tx, domain::alarm const& alarm, post_id const& post, account_id const& by, timestamp now
)
{
    if (auto const known = tx.care().open_talk(alarm.circle, alarm.about)) return *known;
    store::talk_row made;
    made.id = talk_id::random();
    made.circle = alarm.circle;
    made.member = alarm.about;
    made.post = post;
    made.alarm = alarm.id;
    made.opened_by = by;
    made.opened_at = now;
    tx.care().add_talk(made);
    tx.append_audit({now, by, "care.talk_opened", made.circle, made.id.text(), "{}"});
    return made;
}

void wake(store::write_tx& tx, alarm_id const& id, moderation::triage triage, timestamp now, bool at_once)
{
    auto const alarm = tx.care().alarm(id);
    if (alarm) tx.care().set_alarm(domain::woken(*alarm, triage, now, at_once));
}

// A facilitator's words reach somebody in need at once, or not at all.
result<void> may_reach_member(heard const& seen)
{
    error back{errc::returned};
    if (seen.may_hurt) {
        back.fields.push_back(
            {"text", "Our automatic check noticed something in these words. Could you say it another way?"}
        );
        return back;
    }
    if (seen.other_language) {
        back.fields.push_back(
            {"text",
             "Our automatic check reads English only, and these words are shown at once. Could you say it in "
             "English?"}
        );
        return back;
    }
    if (seen.unheard) return try_again(); // fails closed: nobody reads it yet
    return result<void>();
}

struct writing {
    domain::principal_ptr who;
    talk_id talk;
    std::string key;
    std::string words;
    store::hash256 body_hash{};
    heard seen;
    timestamp at;
};

// What it does to the alarm: a facilitator's words answer it, the member's wake it.
void ring(store::write_tx& tx, store::talk_row const& talk, writing const& sent)
{
    if (is_theirs(*sent.who, talk)) {
        wake(tx, talk.alarm, sent.seen.triage, sent.at, sent.seen.triage == moderation::triage::crisis);
        return;
    }
    auto const alarm = tx.care().alarm(talk.alarm);
    if (alarm) tx.care().set_alarm(domain::answered(*alarm, sent.who->account, sent.at));
}

result<domain::talk_message> record(store::write_tx& tx, texts& vault, writing const& sent)
{
    auto talk = tx.care().talk(sent.talk);
    if (!talk || !may_enter(sent.who, *talk)) return errc::not_found;
    auto const writer = sent.who->account;
    auto const from_member = is_theirs(*sent.who, *talk);
    if (auto const earlier = tx.care().message_made_with(writer, sent.key)) {
        if (earlier->body_hash != sent.body_hash) return errc::key_reused;
        return opened(tx, vault, *talk, *earlier);
    }
    if (talk->closed_at) {
        if (tx.care().open_talk(talk->circle, talk->member)) return errc::conflict;
        tx.care().reopen_talk(talk->id);
        tx.append_audit({sent.at, writer, "care.talk_reopened", talk->circle, talk->id.text(), "{}"});
    }
    auto const ready = vault.make_ready(tx, talk->member, talk->circle);
    if (!ready) return ready.error();
    store::message_row row;
    row.talk = talk->id;
    row.number = talk->last_number + 1;
    row.writer = writer;
    row.from_member = from_member;
    row.folded = from_member && !sent.seen.is_plain();
    row.idempotency_key = sent.key;
    row.body_hash = sent.body_hash;
    row.at = sent.at;
    row.words = vault.seal_about(
        message_kind, row_name(talk->id, row.number), talk->circle, talk->member, sent.words
    );
    tx.care().add_message(row);
    ring(tx, *talk, sent);
    tx.append_audit(
        {sent.at,
         writer,
         from_member ? "care.member_wrote" : "care.facilitator_wrote",
         talk->circle,
         talk->id.text(),
         "{}"}
    );
    tell_both(tx, *talk, sent.at);
    return opened(tx, vault, *talk, row);
}
} // namespace

struct talks::state {
    store::database& database;
    texts& vault;
    screener& screen;
    clock const& time;
};

talks::talks(store::database& database, texts& vault, screener& screen, clock const& time)
    : state_(std::make_unique<state>(state{database, vault, screen, time}))
{
}

talks::~talks() = default;

task<result<domain::talk>> talks::ask_for(domain::principal_ptr who, post_id post)
{
    if (!who) co_return errc::not_found;
    auto const now = state_->time.now();
    auto& vault = state_->vault;
    auto open = [&vault, who, post, now](store::write_tx& tx) -> result<domain::talk> {
        auto const row = tx.post(post);
        if (!row || row->author != who->account) return errc::not_found;
        auto const alarm = tx.care().newest_alarm_of(post);
        if (!alarm || alarm->about != who->account) return errc::not_found; // no care was due
        auto const talk = open_in(tx, *alarm, post, who->account, now);
        wake(tx, talk.alarm, alarm->triage, now, true);
        tell_both(tx, talk, now);
        return talk_in(tx, vault, talk);
    };
    auto made = co_await state_->database.write(std::move(open));
    co_return made;
}

task<result<domain::talk>> talks::offer(domain::principal_ptr who, alarm_id alarm)
{
    if (!who) co_return errc::not_found;
    auto const now = state_->time.now();
    auto& vault = state_->vault;
    auto open = [&vault, who, alarm, now](store::write_tx& tx) -> result<domain::talk> {
        auto const known = tx.care().alarm(alarm);
        if (!known || !known->post || !looks_after(who, known->circle) || known->about == who->account)
            return errc::not_found;
        auto const account = tx.account(known->about);
        if (!account || account->erased) return errc::not_found;
        return talk_in(tx, vault, open_in(tx, *known, *known->post, who->account, now));
    };
    auto made = co_await state_->database.write(std::move(open));
    co_return made;
}

task<result<std::vector<domain::talk>>> talks::list(domain::principal_ptr who)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto read = [&vault, who](store::read_tx& tx) -> result<std::vector<domain::talk>> {
        auto rows = tx.care().talks_of(who->account, limits::page_rows_max);
        auto const add = [&](std::optional<circle_id> circle) {
            for (auto& row : tx.care().talks_open(circle, limits::page_rows_max)) {
                if (!is_theirs(*who, row)) rows.push_back(std::move(row));
            }
        };
        if (who->is_lead) add(std::nullopt);
        for (auto const& [circle, role] : who->roles) {
            if (!who->is_lead && role == domain::role::facilitator) add(circle);
        }
        std::sort(rows.begin(), rows.end(), [&](auto const& left, auto const& right) {
            auto const waits = waits_for(*who, left);
            if (waits != waits_for(*who, right)) return waits;
            return waits ? left.last_at < right.last_at : left.last_at > right.last_at;
        });
        return talks_in(tx, vault, rows);
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<std::vector<domain::talk>>> talks::own(domain::principal_ptr who)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto read = [&vault, who](store::read_tx& tx) -> result<std::vector<domain::talk>> {
        constexpr auto all = std::numeric_limits<int>::max();
        return talks_in(tx, vault, tx.care().talks_of(who->account, all));
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<domain::talk_opened>>
talks::read(domain::principal_ptr who, talk_id talk, std::optional<int> after)
{
    if (!who) co_return errc::not_found;
    auto const now = state_->time.now();
    auto& vault = state_->vault;
    // A write: who read somebody's private words is on record before they see them.
    auto read = [&vault, who, talk, after, now](store::write_tx& tx) -> result<domain::talk_opened> {
        auto const row = tx.care().talk(talk);
        if (!row || !may_enter(who, *row)) return errc::not_found;
        domain::talk_opened made;
        made.talk = talk_in(tx, vault, *row);
        auto const from =
            after.value_or(std::max(0, row->last_number - static_cast<int>(limits::page_posts)));
        made.has_earlier = from > 0;
        for (auto const& message : tx.care().messages_after(talk, from, limits::page_rows_max))
            made.messages.push_back(opened(tx, vault, *row, message));
        if (!is_theirs(*who, *row) && !made.messages.empty()) note_visit(tx, who->account, *row, now);
        return made;
    };
    auto found = co_await state_->database.write(std::move(read));
    co_return found;
}

task<result<domain::talk_message>>
talks::write(domain::principal_ptr who, talk_id talk, std::string idempotency_key, std::string words)
{
    if (!who) co_return errc::not_found;
    auto find = [who, talk](store::read_tx& tx) -> result<store::talk_row> {
        auto row = tx.care().talk(talk);
        if (!row || !may_enter(who, *row)) return errc::not_found;
        return std::move(*row);
    };
    auto const known = co_await state_->database.read(std::move(find));
    if (!known) co_return known.error();
    domain::post_text const content{"", words};
    auto const valid = validate_post(content, false);
    if (!valid) co_return valid.error();
    writing sent;
    sent.who = who;
    sent.talk = talk;
    sent.key = std::move(idempotency_key);
    sent.body_hash = state_->vault.body_hash("talk", talk.text(), content);
    sent.at = state_->time.now();
    auto const theirs = is_theirs(*who, *known);
    auto const kind = theirs ? moderation::text_kind::post : moderation::text_kind::note;
    sent.seen = listen(state_->screen, words, known->circle, kind);
    auto const may = theirs ? result<void>() : may_reach_member(sent.seen);
    if (!may) co_return may.error();
    sent.words = std::move(words);
    auto& vault = state_->vault;
    auto write = [&vault, sent](store::write_tx& tx) { return record(tx, vault, sent); };
    auto made = co_await state_->database.write(std::move(write));
    co_return made;
}

task<result<void>> talks::close(domain::principal_ptr who, talk_id talk)
{
    if (!who) co_return errc::not_found;
    auto const now = state_->time.now();
    auto close = [who, talk, now](store::write_tx& tx) -> result<void> {
        auto const row = tx.care().talk(talk);
        if (!row || !may_enter(who, *row)) return errc::not_found;
        if (row->closed_at) return result<void>();
        tx.care().close_talk(talk, who->account, now);
        tx.append_audit({now, who->account, "care.talk_closed", row->circle, talk.text(), "{}"});
        tell_both(tx, *row, now);
        auto const alarm = tx.care().alarm(row->alarm);
        if (alarm && !is_theirs(*who, *row)) tx.care().set_alarm(domain::answered(*alarm, who->account, now));
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(close));
    co_return done;
}

} // namespace holdfast::app
