// What each of the two sees.
#include "server/app/partner/partner_state.hpp"
#include "server/app/people/member_keys.hpp"
#include "server/app/readable.hpp"
#include "server/app/share/share_source.hpp"
#include "server/app/space/space.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <algorithm>
#include <limits>

namespace holdfast::app {

using domain::partner_state;

namespace {
struct looking {
    texts& vault;
    member_keys const& own_keys;
    member_session who;
    timestamp now;
};

// The member sees what they asked with in any state; for whom it is, what the screen let through.
void put_note(store::read_tx& tx, looking const& by, domain::partnership& to)
{
    if (!to.as_member) {
        auto const row = tx.let_through_post(to.id);
        auto const opened = row ? open_visible(tx, by.vault, *row) : result<domain::post>(errc::not_found);
        if (!opened) return;
        to.note = opened->content.text;
        to.is_note_folded = opened->folded;
        to.note_labels = opened->labels;
        return;
    }
    auto const row = tx.post_with_newest_version(to.id);
    auto const opened = row ? open_own(tx, by.vault, *row) : result<domain::own_post>(errc::not_found);
    if (!opened) return;
    to.note = opened->content.text;
    auto const is_there =
        opened->state == domain::post_state::visible || opened->state == domain::post_state::folded;
    if (!is_there) to.note_state = opened->state;
}

void put_goal(store::read_tx& tx, looking const& by, domain::partnership& to)
{
    auto const& who = by.who;
    auto const key = by.own_keys.open_in_session(tx, who.who->account, who.who->session, who.token);
    auto const share = tx.share(to.id);
    if (!key || !share) return;
    if (auto const from = open_source(**key, *share)) to.goal = from->record;
}

domain::partnership opened(store::read_tx& tx, looking const& by, store::partnership_row const& row)
{
    domain::partnership made;
    made.id = row.id;
    made.circle = row.circle;
    made.as_member = row.member == by.who.who->account;
    made.state = row.state;
    if (made.as_member && row.state == partner_state::unheard) made.state = partner_state::asked;
    made.is_over = made.as_member && was_not_answered(row, by.now);
    made.had_company = row.answered_at && row.state != partner_state::not_now;
    made.asked_at = row.asked_at;
    auto const is_told = made.as_member && (row.state == partner_state::not_now || made.is_over);
    if (!domain::is_live(row.state) && !is_told) return made; // over: it says so, and nothing else
    auto nickname = by.vault.open_nickname(tx, made.as_member ? row.partner : row.member);
    if (nickname) made.nickname = std::move(*nickname);
    made.grants = row.grants;
    if (made.as_member) put_goal(tx, by, made);
    if (!domain::is_live(row.state)) return made;
    auto const wishes = wishes_of(tx, by.vault, row);
    made.is_hard_week = row.state == partner_state::accepted && (made.as_member || row.grants.hard_week) &&
                        wishes.is_hard(by.now);
    if (made.as_member) made.schedule = wishes.schedule;
    put_note(tx, by, made);
    return made;
}

std::optional<domain::partner_said>
opened_said(store::read_tx& tx, looking const& by, bool as_member, store::partner_said_row const& row)
{
    auto post = open_visible(tx, by.vault, row.post);
    if (!post) return std::nullopt;
    domain::partner_said made;
    made.is_mine = post->author == by.who.who->account;
    made.said = std::move(*post);
    made.kind = row.text.kind;
    made.is_settled = as_member && row.text.settled_at;
    return made;
}

// Before a yes there is nothing to read but the question; the member sees what would be there.
void put_shown(
    store::read_tx& tx, looking const& by, store::partnership_row const& row, domain::partnership& to
)
{
    if (row.state != partner_state::accepted && !to.as_member) return;
    for (auto const& one : tx.partner_copies(row.thread)) {
        if (!row.grants.shows(one.text.kind)) continue;
        if (auto copy = opened_said(tx, by, to.as_member, one)) to.shown.push_back(std::move(*copy));
    }
    std::sort(to.shown.begin(), to.shown.end(), [](auto const& one, auto const& other) {
        return one.kind < other.kind;
    });
}

// The rows of a part, the newest first. Of what is asked for, only this is read and opened.
result<std::vector<store::partner_said_row>> rows_of_part(
    store::read_tx& tx,
    store::partnership_row const& between,
    partner_part_asked const& wanted,
    std::optional<account_id> const& author
)
{
    auto number = std::numeric_limits<int>::max();
    if (auto const& beside = wanted.after ? wanted.after : wanted.before) {
        auto const post = tx.post(*beside);
        if (!post || post->thread != between.thread) return errc::invalid;
        number = post->number;
    }
    auto const limit = std::min(wanted.limit, limits::page_rows_max);
    if (!wanted.after) return tx.partner_said_before(between.thread, author, number, limit);
    auto rows = tx.partner_said_after(between.thread, author, number, limit);
    std::reverse(rows.begin(), rows.end());
    return rows;
}

result<domain::partner_said_part> part_of_said(
    store::read_tx& tx,
    looking const& by,
    store::partnership_row const& between,
    partner_part_asked const& wanted
)
{
    domain::partner_said_part made;
    if (between.state != partner_state::accepted) return made;
    auto const& me = by.who.who->account;
    auto const author = wanted.mine_alone ? std::optional<account_id>(me) : std::nullopt;
    auto const rows = rows_of_part(tx, between, wanted, author);
    if (!rows) return rows.error();
    if (rows->empty()) return made;
    for (auto const& row : *rows) {
        if (domain::is_copied(row.text.kind)) continue; // what a goal says is read only as it is granted
        if (auto one = opened_said(tx, by, between.member == me, row)) made.said.push_back(std::move(*one));
    }
    auto const& newest = rows->front().post;
    auto const& oldest = rows->back().post;
    if (!tx.partner_said_after(between.thread, author, newest.number, 1).empty()) made.newer = newest.id;
    if (!tx.partner_said_before(between.thread, author, oldest.number, 1).empty()) made.older = oldest.id;
    return made;
}

// For whom it is asked, while the question may be heard; the member also for a while after a no, or none.
bool is_listed(store::partnership_row const& row, account_id const& who, timestamp now)
{
    if (domain::is_live(row.state)) return row.member == who || !is_waiting_too_long(row, now);
    auto const got_no_yes = row.state == partner_state::not_now || was_not_answered(row, now);
    return row.member == who && got_no_yes && row.ended_at &&
           now < *row.ended_at + std::chrono::days(limits::partner_again_days);
}
} // namespace

task<result<std::vector<domain::partnership>>> partners::all(member_session who)
{
    if (!who.who) co_return errc::unauthenticated;
    looking const by{vault_, own_keys_, who, time_.now()};
    auto list = [by](store::read_tx& tx) -> result<std::vector<domain::partnership>> {
        std::vector<domain::partnership> made;
        auto const& me = *by.who.who;
        for (auto const& row : tx.partnerships_of(me.account)) {
            if (!is_listed(row, me.account, by.now)) continue;
            if (partnership_for(tx, row.id, me, by.now)) made.push_back(opened(tx, by, row));
        }
        return made;
    };
    auto found = co_await database_.read(std::move(list));
    co_return found;
}

task<result<domain::partnership>> partners::read(member_session who, post_id id)
{
    if (!who.who) co_return errc::not_found;
    looking const by{vault_, own_keys_, who, time_.now()};
    auto look = [by, id](store::read_tx& tx) -> result<domain::partnership> {
        auto const row = partnership_for(tx, id, *by.who.who, by.now);
        if (!row) return errc::not_found;
        auto made = opened(tx, by, *row);
        if (domain::is_live(row->state)) put_shown(tx, by, *row, made);
        return made;
    };
    auto found = co_await database_.read(std::move(look));
    co_return found;
}

task<result<domain::partner_said_part>>
partners::said(member_session who, post_id id, partner_part_asked wanted)
{
    if (!who.who) co_return errc::not_found;
    looking const by{vault_, own_keys_, who, time_.now()};
    auto look = [by, id, wanted](store::read_tx& tx) -> result<domain::partner_said_part> {
        auto const row = partnership_for(tx, id, *by.who.who, by.now);
        if (!row) return errc::not_found;
        return part_of_said(tx, by, *row, wanted);
    };
    auto found = co_await database_.read(std::move(look));
    co_return found;
}

} // namespace holdfast::app
