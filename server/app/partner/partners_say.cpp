// What the member shows of their goal, and what the two say to each other.
#include "server/app/partner/partner_state.hpp"
#include "server/app/people/member_keys.hpp"
#include "server/app/readable.hpp"
#include "server/app/share/share_source.hpp"
#include "server/app/space/pacing.hpp"
#include "server/app/space/space.hpp"
#include "server/app/terms/partner_terms.hpp"
#include "server/app/terms/share_access.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <boost/json/object.hpp>

namespace holdfast::app {

using domain::partner_state;
using domain::partner_words;
using domain::private_kind;

struct partners::shown_goal {
    store::share_row share;
    boost::json::object body;
};

// The private goal that a partnership is about; only its member can tell which.
task<result<private_id>> partners::goal_in(member_session who, post_id id)
{
    auto const& own_keys = own_keys_;
    auto look = [&own_keys, who, id](store::read_tx& tx) -> result<private_id> {
        auto const share = tx.share(id);
        if (!share || share->owner != who.who->account) return errc::not_found;
        auto const key = own_keys.open_in_session(tx, share->owner, who.who->session, who.token);
        if (!key) return key.error();
        auto const from = open_source(**key, *share);
        if (!from) return errc::damaged;
        return from->record;
    };
    auto const found = co_await database_.read(std::move(look));
    co_return found;
}

task<result<partners::shown_goal>> partners::goal_of(member_session who, post_id id)
{
    auto const goal = co_await goal_in(who, id);
    if (!goal) co_return goal.error();
    auto const kind = private_kind::goal;
    auto const which = *goal;
    auto versions = co_await space_.versions(who, kind, which);
    if (!versions) co_return versions.error();
    auto look = [id](store::read_tx& tx) -> result<store::share_row> {
        auto row = tx.share(id);
        if (!row) return errc::not_found;
        return std::move(*row);
    };
    auto const share = co_await database_.read(std::move(look));
    if (!share) co_return share.error();
    shown_goal made;
    made.share = *share;
    made.body = std::move(versions->back().body);
    co_return made;
}

// As the goal says it now: a first copy, the next version of the one that is there, or none any more.
task<result<submission>>
partners::show(member_session who, shown_goal of, partner_words kind, std::string idempotency_key)
{
    struct there {
        std::optional<post_id> copy;
        std::string says;
    };
    auto& vault = vault_;
    auto const now = time_.now();
    auto const text = copy_of_goal(of.body, kind);
    auto look = [&vault, of, kind, text, now](store::write_tx& tx) -> result<there> {
        there made;
        made.copy = tx.partner_copy(of.share.thread, kind);
        if (!made.copy) return made;
        if (text.empty()) {
            take_copy_back(tx, *made.copy, now);
            if (auto const row = tx.partnership(of.share.id)) announce_change(tx, *row, now);
            return made;
        }
        auto const newest = tx.post_with_newest_version(*made.copy);
        auto const opened = newest ? open_own(tx, vault, *newest) : result<domain::own_post>(errc::not_found);
        if (opened) made.says = opened->content.text;
        return made;
    };
    auto const found = co_await database_.write(std::move(look));
    if (!found) co_return found.error();
    submission nothing;
    nothing.state = domain::post_state::visible;
    if (text.empty() || found->says == text) co_return nothing;
    auto const key = idempotency_key + " " + std::string(domain::name_of(kind));
    if (found->copy) {
        domain::post_text const content{"", text};
        auto const copy = *found->copy;
        auto changed = co_await posts_.edit(who.who, copy, key, content, true);
        co_return changed;
    }
    auto sent = co_await posts_.say_to_partner(who.who, of.share, kind, key, text, true, std::nullopt);
    co_return sent;
}

task<result<std::vector<submission>>>
partners::grant(member_session who, post_id id, std::string idempotency_key, domain::partner_grants grants)
{
    if (!who.who) co_return errc::unauthenticated;
    auto const now = time_.now();
    auto set = [who, id, grants, now](store::write_tx& tx) -> result<void> {
        auto row = live_own(tx, id, *who.who, now);
        if (!row) return row.error();
        auto const is_other = row->grants != grants;
        row->grants = grants;
        tx.set_partnership(*row);
        for (auto const kind : domain::copied_words) {
            if (grants.shows(kind)) continue;
            if (auto const copy = tx.partner_copy(row->thread, kind)) take_copy_back(tx, *copy, now);
        }
        if (is_other) announce_change(tx, *row, now);
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(set));
    if (!done) co_return done.error();
    auto sent = co_await show_granted(who, id, idempotency_key);
    co_return sent;
}

task<result<std::vector<submission>>>
partners::show_granted(member_session who, post_id id, std::string idempotency_key)
{
    auto look = [who, id, now = time_.now()](store::read_tx& tx) -> result<domain::partner_grants> {
        auto const row = live_own(tx, id, *who.who, now);
        if (!row) return row.error();
        return row->grants;
    };
    auto const grants = co_await database_.read(std::move(look));
    if (!grants) co_return grants.error();
    std::vector<submission> made;
    auto const of = co_await goal_of(who, id);
    if (!of) co_return of.error();
    for (auto const kind : domain::copied_words) {
        if (!grants->shows(kind)) continue;
        auto const sent = co_await show(who, *of, kind, idempotency_key);
        if (!sent) co_return sent.error();
        if (sent->post.is_set()) made.push_back(*sent);
    }
    co_return made;
}

namespace {
template <class Change>
result<void> change_wishes(
    store::write_tx& tx,
    texts& vault,
    domain::principal const& who,
    post_id const& id,
    timestamp now,
    Change change
)
{
    auto row = live_own(tx, id, who, now);
    if (!row) return row.error();
    auto wishes = wishes_of(tx, vault, *row);
    change(wishes);
    auto sealed = sealed_wishes(tx, vault, *row, wishes);
    if (!sealed) return sealed.error();
    row->wishes = std::move(*sealed);
    tx.set_partnership(*row);
    return result<void>();
}
} // namespace

task<result<void>> partners::set_schedule(member_session who, post_id id, domain::partner_schedule wanted)
{
    if (!who.who) co_return errc::not_found;
    auto const clock = co_await pace_.clock_of(who);
    auto const zone = clock.zone();
    auto& vault = vault_;
    auto set = [&vault, who, id, wanted, zone, now = time_.now()](store::write_tx& tx) -> result<void> {
        auto const mine = live_own(tx, id, *who.who, now);
        if (!mine) return mine.error();
        if (wanted.tell && zone.empty()) {
            return invalid_field(
                "tell", "Please say in My pace where your clock is first. Then it can come on your days."
            );
        }
        return change_wishes(tx, vault, *who.who, id, now, [&](partner_wishes& wishes) {
            wishes.schedule = wanted;
            wishes.zone = wanted.tell ? zone : std::string();
        });
    };
    auto const done = co_await database_.write(std::move(set));
    co_return done;
}

task<result<void>> partners::follow_clock(member_session who)
{
    if (!who.who) co_return errc::not_found;
    auto const clock = co_await pace_.clock_of(who);
    auto const zone = clock.zone();
    auto& vault = vault_;
    auto look = [&vault, who, zone](store::read_tx& tx) -> result<std::vector<post_id>> {
        std::vector<post_id> made;
        for (auto const& row : tx.partnerships_of(who.who->account)) {
            if (row.member != who.who->account || row.state != partner_state::accepted) continue;
            auto const wishes = wishes_of(tx, vault, row);
            if (wishes.schedule.tell && wishes.zone != zone) made.push_back(row.id);
        }
        return made;
    };
    auto const other = co_await database_.read(std::move(look));
    if (!other) co_return other.error();
    if (other->empty()) co_return result<void>();
    auto set = [&vault, who, of = *other, zone, now = time_.now()](store::write_tx& tx) -> result<void> {
        for (auto const& id : of) {
            auto const done = change_wishes(tx, vault, *who.who, id, now, [&](partner_wishes& wishes) {
                wishes.zone = zone;
            });
            if (!done && done.error().code != errc::not_found) return done;
        }
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(set));
    co_return done;
}

task<result<void>> partners::set_hard_week(member_session who, post_id id, bool is_hard)
{
    if (!who.who) co_return errc::not_found;
    auto const today = co_await pace_.today(who);
    auto& vault = vault_;
    auto set = [&vault, who, id, is_hard, today, now = time_.now()](store::write_tx& tx) -> result<void> {
        auto const done = change_wishes(tx, vault, *who.who, id, now, [&](partner_wishes& wishes) {
            wishes.hard_since.reset();
            if (is_hard) wishes.hard_since = today;
        });
        if (!done) return done.error();
        auto const row = tx.partnership(id);
        if (row && row->grants.hard_week) announce_change(tx, *row, now);
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(set));
    co_return done;
}

task<result<submission>> partners::say(
    member_session asking, post_id id, std::string idempotency_key, partner_word said, bool nudge_seen
)
{
    if (!asking.who) co_return errc::not_found;
    auto const who = asking.who;
    auto const now = time_.now();
    auto const clock = co_await pace_.clock_of(asking);
    auto const own_now = clock.shown(now);
    auto const midnight = now - (own_now - std::chrono::floor<std::chrono::days>(own_now)); // their last one
    auto look = [who, id, kind = said.kind, now, midnight](store::read_tx& tx) -> result<store::share_row> {
        auto const row = partnership_for(tx, id, *who, now);
        auto share = tx.share(id);
        if (!row || !share || row->state != partner_state::accepted || domain::is_copied(kind))
            return errc::not_found;
        if ((row->member == who->account) != domain::is_of_member(kind)) return errc::not_found;
        if (tx.partner_texts_since(row->thread, who->account, midnight) >= limits::partner_texts_a_day)
            return invalid_field("text", "That is enough for one day. There is room again tomorrow.");
        return std::move(*share);
    };
    auto const about = co_await database_.read(std::move(look));
    auto const text = text_of(said);
    if (about && !text) co_return text.error();
    auto const refused = about ? std::nullopt : std::optional<error>(about.error());
    store::share_row share;
    share.id = id;
    if (about) share = *about;
    auto const words = text ? *text : std::string();
    auto const is_asked_first = !domain::is_of_member(said.kind) && !nudge_seen;
    auto const kind = said.kind;
    auto done =
        co_await posts_.say_to_partner(who, share, kind, idempotency_key, words, !is_asked_first, refused);
    co_return done;
}

namespace {
struct idea {
    post_id between;
    std::string text;
    bool is_settled = false;
};

result<idea>
idea_for(store::read_tx& tx, texts& vault, domain::principal const& who, post_id const& post, timestamp now)
{
    auto const row = post_of_share(tx, post, std::make_shared<domain::principal const>(who), now);
    auto const share = row ? tx.share_in(row->thread) : std::nullopt;
    auto const text = row ? tx.partner_text(post) : std::nullopt;
    if (!share || share->owner != who.account || !text || text->kind != partner_words::proposal)
        return errc::not_found;
    auto opened = open_visible(tx, vault, *row);
    if (!opened) return opened.error();
    return idea{share->id, std::move(opened->content.text), text->settled_at.has_value()};
}
} // namespace

task<result<private_id>> partners::take_over(member_session who, post_id post)
{
    if (!who.who) co_return errc::unauthenticated;
    auto& vault = vault_;
    auto look = [&vault, who, post, now = time_.now()](store::read_tx& tx) -> result<idea> {
        return idea_for(tx, vault, *who.who, post, now);
    };
    auto const found = co_await database_.read(std::move(look));
    if (!found) co_return found.error();
    auto const between = found->between;
    auto const goal = co_await goal_in(who, between);
    if (!goal || found->is_settled) co_return goal;
    auto const kind = private_kind::goal;
    auto const which = *goal;
    decide_change how =
        [text = found->text](private_text const& newest, private_text const&) -> result<private_change> {
        auto body = with_idea(newest.body, text);
        if (!body) return body.error();
        auto const is_there = *body == newest.body;
        return private_change{is_there ? newest.based_on : newest.version, std::move(*body), 0};
    };
    constexpr auto newest_one = 0;
    auto const made = co_await space_.change_with(who, kind, which, newest_one, std::move(how));
    if (!made) co_return made.error();
    auto const left = co_await leave(who.who, post);
    if (!left) co_return left.error();
    co_return which;
}

task<result<void>> partners::leave(domain::principal_ptr who, post_id post)
{
    if (!who) co_return errc::not_found;
    auto& vault = vault_;
    auto settle = [&vault, who, post, now = time_.now()](store::write_tx& tx) -> result<void> {
        auto const found = idea_for(tx, vault, *who, post, now);
        if (!found) return found.error();
        tx.settle_proposal(post, now);
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(settle));
    co_return done;
}

} // namespace holdfast::app
