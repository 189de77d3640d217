#include "server/app/circles/members.hpp"

#include "server/app/circles/circles.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/help/own_words.hpp"
#include "server/app/keyed_write.hpp"
#include "server/app/people/identity.hpp"
#include "server/app/screener.hpp"
#include "server/app/terms/partner_terms.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

namespace holdfast::app {

struct members::state {
    store::database& database;
    texts& vault;
    screener& screen;
    identity& people;
    app::circles& circles;
    help_lines const& lines;
    domain::review_clocks clocks;
    clock const& time;
};

members::members(
    store::database& database,
    texts& vault,
    screener& screen,
    identity& people,
    circles& of,
    help_lines const& lines,
    domain::review_clocks clocks,
    clock const& time
)
    : state_(std::make_unique<state>(state{database, vault, screen, people, of, lines, clocks, time}))
{
}

members::~members() = default;

namespace {
// Asking again with the same words is asking once; other words are not taken without saying so.
result<void> asked_the_same(
    store::read_tx& tx, texts& vault, store::application_row const& waiting, std::string_view words
)
{
    auto const before = vault.open_words(tx, waiting);
    if (!before) return before.error();
    if (*before == words) return result<void>();
    error twice{errc::conflict};
    twice.detail =
        "You asked already, and that waits for a facilitator. These new words were not taken. You can take "
        "your request back and ask again.";
    return twice;
}
} // namespace

task<result<standing>> members::standing_of(domain::principal_ptr who, circle_id circle)
{
    standing made;
    if (!who) co_return made;
    made.role = who->role_in(circle);
    if (made.role != domain::role::none) co_return made;
    auto read = [circle, made, account = who->account](store::read_tx& tx) -> result<standing> {
        auto found = made;
        found.application_waits = tx.application_of(circle, account).has_value();
        found.application_declined =
            !found.application_waits && tx.last_application_declined(circle, account);
        return found;
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<joining>>
members::join(domain::principal_ptr who, circle_id circle, int agreement_version, std::string words)
{
    auto const group = co_await state_->circles.get(who, circle);
    if (!group) co_return group.error();
    if (!who || (*group)->entry == domain::entry_mode::invite) co_return errc::not_found;
    if (who->role_in(circle) != domain::role::none && !who->is_lead) co_return joining();
    if (agreement_version != (*group)->agreement_version) co_return errc::conflict;

    auto const at = state_->time.now();
    if ((*group)->entry == domain::entry_mode::open) {
        auto add = [circle, agreement_version, at, account = who->account](store::write_tx& tx
                   ) -> result<void> {
            tx.add_membership({circle, account, domain::role::member, agreement_version, at});
            tx.append_audit({at, account, "circle.joined", circle, account.text(), "{}"});
            return result<void>();
        };
        auto const done = co_await state_->database.write(std::move(add));
        if (!done) co_return done.error();
        state_->people.account_changed(who->account);
        co_return joining();
    }

    auto const valid = validate_note("application", words, true);
    if (!valid) co_return valid.error();
    auto const ready = co_await state_->vault.prepare(state_->database, who->account, circle);
    if (!ready) co_return ready.error();
    moderation::input input;
    input.text = words;
    input.kind = moderation::text_kind::note;
    auto const seen = state_->screen.screen(input, circle);
    store::application_row row;
    row.id = application_id::random();
    row.circle = circle;
    row.account = who->account;
    row.words = state_->vault.seal_words(circle, who->account, row.id, words);
    row.agreement_version = agreement_version;
    row.folded = seen.decision.outcome != moderation::outcome::publish;
    row.created_at = at;
    auto& vault = state_->vault;
    own_words const own{who->account, circle, words, seen.decision, at};
    auto add = [&vault, row, words, own, clocks = state_->clocks](store::write_tx& tx) -> result<void> {
        if (auto const waiting = tx.application_of(row.circle, row.account))
            return asked_the_same(tx, vault, *waiting, words);
        auto const added = tx.add_application(row);
        if (!added) return added.error();
        auto const rung = ring_for_writer(tx, vault, own, clocks);
        if (!rung) return rung.error();
        tx.append_audit({row.created_at, row.account, "circle.applied", row.circle, row.id.text(), "{}"});
        tx.append_event(
            {0, "review.changed", row.circle, std::nullopt, std::nullopt, std::nullopt, row.created_at}
        );
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(add));
    if (!done) co_return done.error();
    joining made;
    made.as = joined::waiting;
    made.care = state_->lines.care_after(seen.decision, who->country);
    co_return made;
}

task<result<void>> members::leave(domain::principal_ptr who, circle_id circle)
{
    if (!who) co_return errc::not_found;
    auto const at = state_->time.now();
    auto end = [circle, at, account = who->account](store::write_tx& tx) -> result<void> {
        if (auto const waiting = tx.application_of(circle, account)) {
            tx.decide_application(waiting->id, "withdrawn", std::nullopt, at);
        }
        if (tx.end_membership(circle, account)) {
            tx.append_audit({at, account, "circle.left", circle, account.text(), "{}"});
            end_partnerships(tx, account, circle, at);
        }
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(end));
    if (!done) co_return done.error();
    state_->people.account_changed(who->account);
    co_return result<void>();
}

task<result<std::vector<domain::application>>>
members::applications(domain::principal_ptr who, circle_id circle)
{
    // A lead looks after every circle, but only those there are.
    auto const group = co_await state_->circles.get(who, circle);
    if (!group) co_return group.error();
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto& vault = state_->vault;
    auto const at = state_->time.now();
    // A write: who read somebody's words is on record before they see them.
    auto read = [&vault, circle, at, by = who->account](store::write_tx& tx
                ) -> result<std::vector<domain::application>> {
        std::vector<domain::application> made;
        for (auto const& row : tx.applications_waiting(circle, limits::page_rows_max)) {
            auto words = vault.open_words(tx, row);
            auto nickname = vault.open_nickname(tx, row.account);
            if (!words || !nickname) continue; // its author erased their account
            made.push_back(
                {row.id,
                 row.circle,
                 row.account,
                 *nickname,
                 *words,
                 row.agreement_version,
                 row.folded,
                 row.created_at}
            );
            tx.append_audit({at, by, "application.read", circle, row.id.text(), "{}", row.account});
        }
        return made;
    };
    auto found = co_await state_->database.write(std::move(read));
    co_return found;
}

task<result<void>>
members::decide_application(domain::principal_ptr who, application_id application, bool accept)
{
    if (!who) co_return errc::not_found;
    auto const at = state_->time.now();
    auto const answer = std::string(accept ? "accept" : "decline");
    auto const hash = state_->vault.body_hash("application", application.text(), {"", answer});
    auto const write = write_about(who->account, "application " + application.text(), hash);
    auto decide = [who, application, accept, at, write](store::write_tx& tx
                  ) -> result<std::optional<account_id>> {
        if (is_repeated(tx, write)) return std::optional<account_id>();
        auto const row = tx.application(application);
        if (!row || !looks_after(who, row->circle)) return errc::not_found;
        tx.decide_application(application, accept ? "accepted" : "declined", who->account, at);
        if (accept)
            tx.add_membership({row->circle, row->account, domain::role::member, row->agreement_version, at});
        auto const* const action = accept ? "application.accepted" : "application.declined";
        tx.append_audit({at, who->account, action, row->circle, application.text(), "{}", row->account});
        tx.append_event({0, "me.application", row->circle, std::nullopt, std::nullopt, row->account, at});
        keep(tx, write);
        return std::optional(row->account);
    };
    auto const done = co_await state_->database.write(std::move(decide));
    if (!done) co_return done.error();
    if (*done) state_->people.account_changed(**done);
    co_return result<void>();
}

task<result<void>> members::set_role(circle_id circle, account_id account, domain::role role)
{
    auto const at = state_->time.now();
    auto set = [circle, account, role, at](store::write_tx& tx) -> result<void> {
        auto const row = tx.circle(circle);
        if (!row || !tx.account(account)) return errc::not_found;
        if (role == domain::role::none) {
            tx.end_membership(circle, account);
            end_partnerships(tx, account, circle, at);
        } else {
            tx.set_membership({circle, account, role, row->agreement_version, at});
        }
        tx.append_audit(
            {at,
             std::nullopt,
             "circle.role",
             circle,
             account.text(),
             std::string("{\"role\":\"") + std::string(name_of(role)) + "\"}",
             account}
        );
        tx.append_event({0, "me.role", circle, std::nullopt, std::nullopt, account, at});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(set));
    if (!done) co_return done.error();
    state_->people.account_changed(account);
    co_return result<void>();
}

} // namespace holdfast::app
