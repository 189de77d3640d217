// Asking, answering, ending.
#include "server/app/partner/partner_state.hpp"
#include "server/app/people/member_keys.hpp"
#include "server/app/share/share_source.hpp"
#include "server/app/space/space.hpp"
#include "server/app/terms/partner_terms.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

using domain::partner_state;
using domain::private_kind;
using domain::share_what;

namespace {
store::hash256 hash_of_goal(sealing::secret const& key, private_id const& goal)
{
    return sealing::keyed_hash(key, {"goal with a partner", goal.text()});
}

// A no, or an end that the other one wished, stands for a while.
bool is_too_soon(
    std::vector<store::partnership_row> const& all,
    account_id const& member,
    account_id const& partner,
    timestamp now
)
{
    return std::any_of(all.begin(), all.end(), [&](auto const& one) {
        return one.member == member && one.partner == partner && one.ended_by == partner && one.ended_at &&
               now < *one.ended_at + std::chrono::days(limits::partner_again_days);
    });
}

struct prepared {
    store::share_row share;
    store::partnership_row between;
    std::optional<error> refused; // why they may not be asked
};

result<void> check(partner_ask const& wish)
{
    error found{errc::invalid};
    check_text(found, wish.nickname, {"nickname", limits::nickname_letters_max, true, false});
    check_text(found, wish.note, {"note", limits::note_letters_max, true, true});
    if (!found.fields.empty()) return found;
    return result<void>();
}

// Who is asked, when they may be asked now.
result<account_id> partner_asked_for(
    store::read_tx& tx, texts& vault, domain::principal const& who, partner_ask const& wish, timestamp now
)
{
    if (who.role_in(wish.circle) == domain::role::none || who.is_paused_in(wish.circle))
        return errc::not_found;
    auto const member = who.account;
    auto const partner = member_named(tx, vault, wish.circle, wish.nickname, member);
    if (!partner) {
        return invalid_field(
            "nickname", "This name is nobody else's in this circle. Please look at it once more."
        );
    }
    auto const all = tx.partnerships_of(member);
    if (is_too_soon(all, member, *partner, now)) {
        return invalid_field(
            "nickname", "You can ask this person again in a month. You can ask somebody else now."
        );
    }
    auto const live = std::count_if(all.begin(), all.end(), [&](auto const& one) {
        return one.member == member && domain::is_live(one.state) && !is_waiting_too_long(one, now);
    });
    if (live >= static_cast<std::ptrdiff_t>(limits::partnerships_max))
        return invalid_field("nickname", "You have asked many people. Could you end one of these first?");
    return *partner;
}

// All that makes two requests the same one.
std::string asked_of(private_id const& goal, partner_ask const& wish)
{
    auto made = goal.text() + " " + wish.circle.text() + " ";
    for (auto const shown : {wish.grants.goal, wish.grants.steps, wish.grants.tries, wish.grants.hard_week})
        made += shown ? "1" : "0";
    return made + "\n" + wish.nickname + "\n" + wish.note;
}

store::share_row share_of(
    sealing::secret const& key,
    account_id const& member,
    private_id const& goal,
    circle_id const& circle,
    timestamp now
)
{
    store::share_row share;
    share.id = post_id::random_at(now);
    share.thread = thread_id::random_at(now);
    share.circle = circle;
    share.owner = member;
    share.what = share_what::goal;
    share.created_at = now;
    share.expires_at = now + std::chrono::days(limits::partner_ask_days);
    share.source = seal_source(key, member, share.id, {goal, 1});
    return share;
}

result<store::partnership_row> partnership_in(
    store::read_tx& tx,
    texts& vault,
    store::share_row const& share,
    account_id const& partner,
    domain::partner_grants grants
)
{
    store::partnership_row between;
    between.id = share.id;
    between.thread = share.thread;
    between.circle = share.circle;
    between.member = share.owner;
    between.partner = partner;
    between.state = tx.refuses_asks(partner, share.owner) ? partner_state::unheard : partner_state::asked;
    between.grants = grants;
    auto wishes = sealed_wishes(tx, vault, between, {});
    if (!wishes) return wishes.error();
    between.wishes = std::move(*wishes);
    return between;
}
} // namespace

task<result<partner_asked>>
partners::ask(member_session who, private_id goal, std::string idempotency_key, partner_ask wish)
{
    if (!who.who) co_return errc::unauthenticated;
    auto const kind = private_kind::goal;
    auto const versions = co_await space_.versions(who, kind, goal);
    if (!versions) co_return versions.error();
    auto const checked = check(wish);
    if (!checked) co_return checked.error();
    auto& vault = vault_;
    auto const& own_keys = own_keys_;
    auto look = [&vault, &own_keys, who, goal, wish, now = time_.now()](store::read_tx& tx
                ) -> result<prepared> {
        auto const account = who.who->account;
        auto const key = own_keys.open_in_session(tx, account, who.who->session, who.token);
        if (!key) return key.error();
        prepared made;
        made.share = share_of(**key, account, goal, wish.circle, now);
        auto const partner = partner_asked_for(tx, vault, *who.who, wish, now);
        if (!partner) {
            made.refused = partner.error();
            return made;
        }
        auto between = partnership_in(tx, vault, made.share, *partner, wish.grants);
        if (!between) return between.error();
        made.between = std::move(*between);
        made.between.goal = hash_of_goal(**key, goal);
        return made;
    };
    auto const ready = co_await database_.read(std::move(look));
    if (!ready) co_return ready.error();
    auto const asked = asked_of(goal, wish);
    domain::post_text const note{"A question about a goal", wish.note};
    auto const sent = co_await posts_.ask_partner(
        who.who, ready->share, ready->between, idempotency_key, asked, note, ready->refused
    );
    if (!sent) co_return sent.error();
    partner_asked made{*sent, std::nullopt};
    if (sent->state == domain::post_state::returned) co_return made;
    // What is granted is made ready now, and read by nobody before there is a yes. What can't be sent now
    // can be shown later with one press.
    auto const asked_with = sent->post;
    auto const granted = co_await show_granted(who, asked_with, idempotency_key);
    if (granted) {
        for (auto const& one : *granted) {
            if (one.care && !sent->care && !made.heavy) made.heavy = one;
        }
    }
    co_return made;
}

task<result<void>> partners::answer(domain::principal_ptr who, post_id id, bool accepts, bool never_again)
{
    if (!who) co_return errc::not_found;
    auto const now = time_.now();
    auto answer = [who, id, accepts, never_again, now](store::write_tx& tx) -> result<void> {
        auto row = partnership_for(tx, id, *who, now);
        if (!row || row->partner != who->account) return errc::not_found;
        if (row->state == (accepts ? partner_state::accepted : partner_state::not_now)) return result<void>();
        if (row->state != partner_state::asked) return errc::not_found;
        row->answered_at = now;
        if (accepts) {
            row->state = partner_state::accepted;
            tx.set_partnership(*row);
            tx.set_share_end(id, std::nullopt);
            announce_change(tx, *row, now);
        } else {
            end_partnership(tx, *row, partner_state::not_now, who->account, now);
            if (never_again) tx.refuse_asks(who->account, row->member);
        }
        tx.append_event({0, "me.answered", std::nullopt, std::nullopt, id, row->member, now});
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(answer));
    co_return done;
}

task<result<void>> partners::end(domain::principal_ptr who, post_id id)
{
    if (!who) co_return errc::not_found;
    auto const now = time_.now();
    auto end = [who, id, now](store::write_tx& tx) -> result<void> {
        auto const row = tx.partnership(id);
        if (!row) return errc::not_found;
        auto const is_partner = row->partner == who->account && row->answered_at.has_value();
        if (row->member != who->account && !is_partner) return errc::not_found;
        end_partnership(tx, *row, partner_state::ended, who->account, now);
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(end));
    co_return done;
}

task<result<void>> partners::end_of_goal(member_session who, private_id goal)
{
    if (!who.who) co_return errc::unauthenticated;
    auto const now = time_.now();
    auto const& own_keys = own_keys_;
    auto end = [&own_keys, who, goal, now](store::write_tx& tx) -> result<void> {
        auto const account = who.who->account;
        auto const key = own_keys.open_in_session(tx, account, who.who->session, who.token);
        if (!key) return key.error();
        auto const hash = hash_of_goal(**key, goal);
        for (auto const& one : tx.partnerships_of(account)) {
            if (one.member == account && one.goal == hash)
                end_partnership(tx, one, partner_state::ended, account, now);
        }
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(end));
    co_return done;
}

task<result<thread_id>> partners::followed(domain::principal_ptr who, post_id id)
{
    if (!who) co_return errc::not_found;
    auto look = [who, id, now = time_.now()](store::read_tx& tx) -> result<thread_id> {
        auto const row = partnership_for(tx, id, *who, now);
        if (!row || !domain::is_live(row->state)) return errc::not_found;
        return row->thread;
    };
    auto const found = co_await database_.read(std::move(look));
    co_return found;
}

} // namespace holdfast::app
