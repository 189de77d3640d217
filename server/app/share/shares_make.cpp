// What its writer does: sharing a version, seeing what is shared, taking it back.
#include "server/app/people/member_keys.hpp"
#include "server/app/readable.hpp"
#include "server/app/share/notes.hpp"
#include "server/app/share/share_source.hpp"
#include "server/app/share/shares.hpp"
#include "server/app/share_copy.hpp"
#include "server/app/space/pacing.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/space.hpp"
#include "server/app/story/story_text.hpp"
#include "server/app/terms/share_access.hpp"
#include "server/app/texts.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <boost/json/object.hpp>

#include <algorithm>

namespace holdfast::app {

using domain::private_kind;
using domain::share_audience;
using domain::share_what;

namespace {
// Found again from the member's key alone, so that the store needs to keep no more than a hash of it.
std::string secret_of(sealing::secret const& key, post_id const& share)
{
    return hex_of(sealing::keyed_hash(key, {"story link", share.text()}));
}

constexpr private_kind kind_of(share_what what)
{
    switch (what) {
    case share_what::story:
        return private_kind::story;
    case share_what::plan:
        return private_kind::plan;
    case share_what::card:
        return private_kind::card;
    case share_what::goal:
        break;
    }
    return private_kind::goal;
}

// A plan is for people whom its writer trusts with it, a card for everybody of a circle.
bool is_for(share_what what, share_audience audience)
{
    if (what == share_what::plan) return audience == share_audience::allies;
    if (what == share_what::card) return audience == share_audience::circle;
    return what == share_what::story;
}

// The copy, without what its writer put away from themselves.
domain::post_text copy_for(
    share_what what,
    share_wish const& wish,
    boost::json::object const& body,
    boost::json::object const& newest,
    std::chrono::sys_days today
)
{
    if (what == share_what::card) return {text_in(body, "title"), text_in(body, "text")};
    if (what == share_what::story) {
        auto const title = wish.title.empty() ? "A story" : wish.title;
        return {title, copy_of(as_seen(body, newest, today), wish.sections)};
    }
    std::vector<share_part> parts;
    for (auto const& section : share_sections(what)) {
        auto const is_chosen =
            std::find(wish.sections.begin(), wish.sections.end(), section.field) != wish.sections.end();
        if (is_chosen)
            parts.push_back({std::string(section.heading), text_in(body, section.field), section.is_hard});
    }
    return {"A safety plan", copy_with(what, parts)};
}

result<void> check(share_what what, share_wish const& wish)
{
    if (wish.audience == share_audience::allies && wish.allies.empty())
        return invalid_field("allies", "Please name at least one person.");
    if (wish.allies.size() > limits::story_allies_max)
        return invalid_field("allies", "Please name at most twelve people.");
    if (!is_for(what, wish.audience))
        return invalid_field("audience", "A plan goes to people you name, a card to a circle.");
    auto const most = limits::story_link_days_max;
    if (wish.days < 0 || wish.days > most || (wish.audience == share_audience::link && wish.days == 0))
        return invalid_field("days", "Please choose from 1 to 90 days.");
    return result<void>();
}

// Who stands behind the names; only people of that circle can be found.
result<std::vector<account_id>>
readers_named(store::read_tx& tx, texts& vault, share_wish const& wish, domain::principal const& owner)
{
    if (owner.role_in(wish.circle) == domain::role::none || owner.is_paused_in(wish.circle))
        return errc::not_found;
    std::vector<account_id> made;
    if (wish.audience != share_audience::allies) return made;
    for (auto const& name : wish.allies) {
        auto const found = member_named(tx, vault, wish.circle, name, owner.account);
        if (!found) {
            return invalid_field(
                "allies", "One of these names is nobody else's in this circle. Please look at them again."
            );
        }
        made.push_back(*found);
    }
    std::sort(made.begin(), made.end());
    made.erase(std::unique(made.begin(), made.end()), made.end());
    return made;
}

// All that makes two requests the same one: the names as they were given, for who bore one may have left.
std::string asked_of(share_wish const& wish, private_id const& record)
{
    auto made = record.text() + " " + std::to_string(wish.version) + " " +
                std::string(domain::name_of(wish.audience)) + " " + wish.circle.text() + " " +
                std::to_string(wish.days);
    for (auto const& name : wish.allies)
        made += "\n" + name;
    for (auto const& section : wish.sections)
        made += "\n\n" + section;
    return made + "\n\n\n" + wish.title;
}

struct prepared {
    store::share_row row;
    std::vector<account_id> readers;
    std::optional<error> refused; // why it may not be shared so
};
} // namespace

task<result<share_made>> shares::share(
    member_session who, share_what what, private_id record, std::string idempotency_key, share_wish wish
)
{
    if (!who.who) co_return errc::unauthenticated;
    auto const kind = kind_of(what);
    auto const versions = co_await space_.versions(who, kind, record);
    if (!versions) co_return versions.error();
    auto const checked = check(what, wish);
    if (!checked) co_return checked.error();
    auto const wanted = std::find_if(versions->begin(), versions->end(), [&](auto const& one) {
        return wish.version == 0 ? one.version == versions->back().version : one.version == wish.version;
    });
    if (wanted == versions->end()) co_return errc::not_found;
    auto const now = time_.now();
    auto const today = co_await pace_.today(who);
    auto const content = copy_for(what, wish, wanted->body, versions->back().body, today);
    if (content.text.empty())
        co_return invalid_field("sections", "Please choose at least one part that has words in it.");
    share_source const from{record, wanted->version};

    auto& vault = vault_;
    auto const& own_keys = own_keys_;
    auto prepare = [&vault, &own_keys, who, what, wish, from, now](store::read_tx& tx) -> result<prepared> {
        auto const account = who.who->account;
        auto const key = own_keys.open_in_session(tx, account, who.who->session, who.token);
        if (!key) return key.error();
        prepared made;
        auto readers = readers_named(tx, vault, wish, *who.who);
        if (!readers) {
            made.refused = readers.error();
        } else {
            made.readers = std::move(*readers);
        }
        made.row.id = post_id::random_at(now);
        made.row.thread = thread_id::random_at(now);
        made.row.circle = wish.circle;
        made.row.owner = account;
        made.row.what = what;
        made.row.audience = wish.audience;
        made.row.created_at = now;
        if (wish.days > 0) made.row.expires_at = now + std::chrono::days(wish.days);
        made.row.source = seal_source(**key, account, made.row.id, from);
        if (wish.audience == share_audience::link)
            made.row.link = vault.token_hash(secret_of(**key, made.row.id));
        return made;
    };
    auto ready = co_await database_.read(std::move(prepare));
    if (!ready) co_return ready.error();
    auto const asked = asked_of(wish, record);
    auto const sent = co_await posts_.share(
        who.who, ready->row, ready->readers, idempotency_key, asked, content, ready->refused
    );
    if (!sent) co_return sent.error();
    share_made made;
    made.sent = *sent;
    if (wish.audience != share_audience::link) co_return made;
    auto secret = [&own_keys, who, id = sent->post](store::read_tx& tx) -> result<std::string> {
        auto const key = own_keys.open_in_session(tx, who.who->account, who.who->session, who.token);
        if (!key) return key.error();
        return secret_of(**key, id); // of a request that came again, the first one's
    };
    auto const link = co_await database_.read(std::move(secret));
    if (!link) co_return link.error();
    made.link = *link;
    co_return made;
}

namespace {
result<own_share> open_share(
    store::read_tx& tx, texts& vault, sealing::secret const& key, store::share_row const& row, timestamp now
)
{
    auto const newest = tx.post_with_newest_version(row.id);
    auto const from = open_source(key, row);
    if (!newest || !from) return errc::damaged;
    auto copy = open_own(tx, vault, *newest);
    if (!copy) return copy.error();
    own_share made;
    made.copy = std::move(*copy);
    made.what = row.what;
    made.record = from->record;
    made.version = from->version;
    made.audience = row.audience;
    made.openings = row.openings;
    made.expires_at = row.expires_at;
    made.is_open = is_open(row, now) && made.copy.state != domain::post_state::removed;
    made.has_words = !row.withdrawn_at;
    if (row.audience == share_audience::link && made.is_open) made.link = secret_of(key, row.id);
    if (row.audience == share_audience::allies) {
        for (auto const& reader : tx.share_readers(row.id)) {
            auto name = vault.open_nickname(tx, reader);
            if (name && !name->empty()) made.readers.push_back(std::move(*name));
        }
    }
    if (row.what == share_what::story) made.notes = open_notes(tx, vault, row);
    return made;
}
} // namespace

task<result<std::vector<own_share>>> shares::own(member_session who, share_what what)
{
    if (!who.who) co_return errc::unauthenticated;
    auto& vault = vault_;
    auto const& own_keys = own_keys_;
    auto const now = time_.now();
    auto list = [&vault, &own_keys, who, what, now](store::read_tx& tx) -> result<std::vector<own_share>> {
        auto const account = who.who->account;
        auto const key = own_keys.open_in_session(tx, account, who.who->session, who.token);
        if (!key) return key.error();
        std::vector<own_share> made;
        for (auto const& row : tx.shares_of(account)) {
            if (row.what != what) continue;
            auto one = open_share(tx, vault, **key, row, now);
            if (one) made.push_back(std::move(*one));
        }
        return made;
    };
    auto found = co_await database_.read(std::move(list));
    co_return found;
}

task<result<void>> shares::withdraw(domain::principal_ptr who, post_id id)
{
    if (!who) co_return errc::not_found;
    auto look = [who, id](store::read_tx& tx) -> result<void> {
        auto const row = tx.share(id);
        if (!row || row->owner != who->account || row->what == share_what::goal) return errc::not_found;
        return result<void>();
    };
    auto const mine = co_await database_.read(std::move(look));
    if (!mine) co_return mine.error();
    auto const done = co_await posts_.remove(who, id);
    co_return done;
}

task<result<void>> shares::withdraw_all(member_session who, share_what what, private_id record)
{
    auto const shared = co_await own(who, what);
    if (!shared) co_return shared.error();
    for (auto const& one : *shared) {
        if (one.record != record || !one.has_words) continue;
        auto const id = one.copy.id;
        auto const taken = co_await posts_.remove(who.who, id);
        if (!taken) co_return taken.error();
    }
    co_return result<void>();
}

} // namespace holdfast::app
