#include "server/app/care/rota.hpp"

#include "server/app/care/listening.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/keyed_write.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

namespace {
constexpr auto note_kind = "duty";
constexpr auto shift_max = std::chrono::hours(24 * 7);
constexpr auto ahead_max = std::chrono::hours(24 * 366);
constexpr auto looks_back = std::chrono::hours(24);
constexpr int weeks_max = 26;

domain::duty opened(store::read_tx& tx, texts& vault, store::duty_row const& row)
{
    domain::duty made{row.id, row.circle, row.account, "", row.place, row.starts_at, row.ends_at, ""};
    auto nickname = vault.open_nickname(tx, row.account);
    if (nickname) made.nickname = std::move(*nickname);
    if (row.note.empty()) return made;
    auto note = vault.open_about(tx, note_kind, row.id.text(), row.circle, row.account, row.note);
    if (note) made.note = std::move(*note);
    return made;
}

result<void> check(duty_wanted const& wanted, timestamp now)
{
    error wrong{errc::invalid};
    auto const tell = [&](char const* field, char const* words) { wrong.fields.push_back({field, words}); };
    if (wanted.place != 1 && wanted.place != 2) tell("place", "This is 1 (asked first) or 2 (asked second).");
    if (wanted.ends_at <= wanted.starts_at) tell("ends_at", "The end needs to come after the beginning.");
    if (wanted.ends_at - wanted.starts_at > shift_max)
        tell("ends_at", "A week at most, please: people need rest.");
    if (wanted.ends_at <= now) tell("ends_at", "This is over already.");
    if (wanted.starts_at > now + ahead_max) tell("starts_at", "At most a year ahead, please.");
    if (wanted.weeks < 1 || wanted.weeks > weeks_max) tell("weeks", "This is a number from 1 to 26.");
    if (!wrong.fields.empty()) return wrong;
    return result<void>();
}

// Whom the wanted time is for, if they look after the circle.
result<account_id> account_for(
    store::read_tx& tx,
    texts& vault,
    domain::principal const& who,
    circle_id const& circle,
    std::string const& nickname
)
{
    if (nickname.empty()) return who.account;
    auto const unknown = invalid_field("nickname", "Nobody who looks after this circle has that name.");
    auto const account = tx.account_named(vault.nickname_hash(nickname));
    if (!account) return unknown;
    if (*account == who.account) return *account;
    if (!who.is_lead) return invalid_field("nickname", "Only a lead can put somebody else down.");
    auto const all = tx.care().roster_of(circle, timestamp()); // no matter when: who looks after it
    auto const belongs = [&](auto const& people) {
        return std::find(people.begin(), people.end(), *account) != people.end();
    };
    if (!belongs(all.facilitators) && !belongs(all.leads)) return unknown;
    return *account;
}
} // namespace

struct rota::state {
    store::database& database;
    texts& vault;
    screener& screen;
    clock const& time;
};

rota::rota(store::database& database, texts& vault, screener& screen, clock const& time)
    : state_(std::make_unique<state>(state{database, vault, screen, time}))
{
}

rota::~rota() = default;

task<result<std::vector<domain::duty>>> rota::list(domain::principal_ptr who, circle_id circle)
{
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto& vault = state_->vault;
    auto const from = state_->time.now() - looks_back;
    auto read = [&vault, circle, from](store::read_tx& tx) -> result<std::vector<domain::duty>> {
        if (!tx.circle(circle)) return errc::not_found;
        std::vector<domain::duty> made;
        for (auto const& row : tx.care().duties(circle, from, limits::page_rows_max))
            made.push_back(opened(tx, vault, row));
        return made;
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

namespace {
std::string body_of(duty_wanted const& wanted)
{
    std::string made;
    for (auto const& part :
         {iso8601(wanted.starts_at),
          iso8601(wanted.ends_at),
          std::to_string(wanted.place),
          std::to_string(wanted.weeks)})
        made += part + " ";
    return made;
}

// Of each week of one request, the same when it is sent again.
duty_id id_for(texts const& vault, keyed_write const& write, int week)
{
    auto const hash = vault.body_hash("duty id", write.by.text(), {write.key, std::to_string(week)});
    duty_id::bytes first{};
    std::copy_n(hash.begin(), first.size(), first.begin());
    return duty_id(first);
}

std::vector<domain::duty> made_before(store::read_tx& tx, texts& vault, keyed_write const& write, int weeks)
{
    std::vector<domain::duty> made;
    for (int week = 0; week < weeks; ++week) {
        if (auto const row = tx.care().duty(id_for(vault, write, week)))
            made.push_back(opened(tx, vault, *row));
    }
    return made;
}
} // namespace

task<result<std::vector<domain::duty>>>
rota::add(domain::principal_ptr who, circle_id circle, std::string idempotency_key, duty_wanted wanted)
{
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto const now = state_->time.now();
    auto& vault = state_->vault;
    auto const hash = vault.body_hash("duty", circle.text(), {wanted.nickname, body_of(wanted)});
    keyed_write const write{who->account, std::move(idempotency_key), hash};
    auto add = [&vault, who, circle, wanted, write, now](store::write_tx& tx
               ) -> result<std::vector<domain::duty>> {
        if (!tx.circle(circle)) return errc::not_found;
        auto const again = was_done(tx, write);
        if (!again) return again.error();
        if (*again) return made_before(tx, vault, write, wanted.weeks);
        auto const good = check(wanted, now);
        if (!good) return good.error();
        auto const account = account_for(tx, vault, *who, circle, wanted.nickname);
        if (!account) return account.error();
        std::vector<domain::duty> made;
        for (int week = 0; week < wanted.weeks; ++week) {
            auto const later = std::chrono::days(7 * week);
            store::duty_row const row{
                id_for(vault, write, week),
                circle,
                *account,
                wanted.place,
                wanted.starts_at + later,
                wanted.ends_at + later,
                {}};
            tx.care().add_duty(row);
            tx.append_audit({now, who->account, "duty.added", circle, row.id.text(), "{}"});
            made.push_back(opened(tx, vault, row));
        }
        tx.keep_write(write.by, write.key, write.body_hash);
        return made;
    };
    auto done = co_await state_->database.write(std::move(add));
    co_return done;
}

task<result<void>> rota::remove(domain::principal_ptr who, duty_id duty)
{
    if (!who) co_return errc::not_found;
    auto const now = state_->time.now();
    auto remove = [who, duty, now](store::write_tx& tx) -> result<void> {
        auto const row = tx.care().duty(duty);
        if (!row || (row->account != who->account && !who->is_lead)) return errc::not_found;
        tx.care().end_duty(duty);
        tx.append_audit({now, who->account, "duty.removed", row->circle, duty.text(), "{}"});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(remove));
    co_return done;
}

task<result<void>> rota::write_note(domain::principal_ptr who, duty_id duty, std::string words)
{
    if (!who) co_return errc::not_found;
    auto const valid = validate_note("note", words, false);
    if (!valid) co_return valid.error();
    auto find = [who, duty](store::read_tx& tx) -> result<circle_id> {
        auto const row = tx.care().duty(duty);
        if (!row || row->account != who->account) return errc::not_found;
        return row->circle;
    };
    auto const circle = co_await state_->database.read(std::move(find));
    if (!circle) co_return circle.error();
    auto const heard = listen(state_->screen, words, *circle, moderation::text_kind::note);
    if (!heard.is_plain()) {
        error back{errc::returned};
        back.fields.push_back(
            {"note", "Our automatic check noticed something in this note. Could you put it in other words?"}
        );
        co_return back;
    }
    auto& vault = state_->vault;
    auto write = [&vault, who, duty, words](store::write_tx& tx) -> result<void> {
        auto const row = tx.care().duty(duty);
        if (!row || row->account != who->account) return errc::not_found;
        auto const ready = vault.make_ready(tx, row->account, row->circle);
        if (!ready) return ready.error();
        auto const note = words.empty()
                              ? sealed_text()
                              : vault.seal_about(note_kind, duty.text(), row->circle, row->account, words);
        tx.care().set_duty_note(duty, note);
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(write));
    co_return done;
}

} // namespace holdfast::app
