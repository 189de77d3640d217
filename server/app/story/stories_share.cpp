// What a story's writer does: sharing a version, seeing what is shared, taking it back.
#include "server/app/people/member_keys.hpp"
#include "server/app/posts/story_access.hpp"
#include "server/app/readable.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/space.hpp"
#include "server/app/story/notes.hpp"
#include "server/app/story/stories.hpp"
#include "server/app/story/story_text.hpp"
#include "server/app/texts.hpp"
#include "server/base/limits.hpp"
#include "server/sealing/aead.hpp"
#include "server/store/database.hpp"

#include <boost/json/object.hpp>

#include <algorithm>

namespace holdfast::app {

using domain::private_kind;
using domain::story_audience;

namespace {
// Found again from the member's key alone, so that the store needs to keep no more than a hash of it.
std::string secret_of(sealing::secret const& key, post_id const& share)
{
    return hex_of(sealing::keyed_hash(key, {"story link", share.text()}));
}

struct story_source {
    private_id story;
    int version = 1;
};

sealed_text seal_source(
    sealing::secret const& key, account_id const& owner, post_id const& share, story_source const& from
)
{
    return sealing::seal(
        key,
        {"story_share", share.text(), owner.text()},
        from.story.text() + " " + std::to_string(from.version)
    );
}

std::optional<story_source> open_source(sealing::secret const& key, store::story_row const& row)
{
    auto const opened = sealing::open(key, {"story_share", row.id.text(), row.owner.text()}, row.source);
    if (!opened || opened->size() < 34) return std::nullopt;
    auto const story = private_id::parse(std::string_view(*opened).substr(0, 32));
    if (!story) return std::nullopt;
    return story_source{*story, std::atoi(opened->c_str() + 33)};
}

result<void> check(share_wish const& wish, domain::principal const& who)
{
    if (who.role_in(wish.circle) == domain::role::none || who.is_paused_in(wish.circle))
        return errc::not_found;
    if (wish.audience == story_audience::allies && wish.allies.empty())
        return invalid_field("allies", "Please name at least one person.");
    if (wish.allies.size() > limits::story_allies_max)
        return invalid_field("allies", "Please name at most twelve people.");
    auto const most = limits::story_link_days_max;
    if (wish.days < 0 || wish.days > most || (wish.audience == story_audience::link && wish.days == 0))
        return invalid_field("days", "Please choose from 1 to 90 days.");
    return result<void>();
}

// Who stands behind the names; only people of that circle can be found.
result<std::vector<account_id>>
readers_named(store::read_tx& tx, texts& vault, share_wish const& wish, account_id const& owner)
{
    std::vector<account_id> made;
    if (wish.audience != story_audience::allies) return made;
    for (auto const& name : wish.allies) {
        auto const found = tx.account_named(vault.nickname_hash(name));
        auto const circles = found ? tx.memberships_of(*found) : std::vector<store::membership_row>();
        auto const is_here = std::any_of(circles.begin(), circles.end(), [&](auto const& one) {
            return one.circle == wish.circle;
        });
        if (!is_here || *found == owner) {
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

// All that makes two requests the same one.
std::string asked_of(share_wish const& wish, story_source const& from, std::vector<account_id> const& readers)
{
    auto made = from.story.text() + " " + std::to_string(from.version) + " " +
                std::string(domain::name_of(wish.audience)) + " " + wish.circle.text() + " " +
                std::to_string(wish.days);
    for (auto const& reader : readers)
        made += " " + reader.text();
    return made;
}

struct prepared {
    store::story_row row;
    std::vector<account_id> readers;
    std::string link;
};
} // namespace

task<result<share_made>>
stories::share(signed_in who, private_id story, std::string idempotency_key, share_wish wish)
{
    if (!who.who) co_return errc::unauthenticated;
    auto const versions = co_await space_.versions(who, private_kind::story, story);
    if (!versions) co_return versions.error();
    auto const checked = check(wish, *who.who);
    if (!checked) co_return checked.error();
    auto const wanted = std::find_if(versions->begin(), versions->end(), [&](auto const& one) {
        return wish.version == 0 ? one.version == versions->back().version : one.version == wish.version;
    });
    if (wanted == versions->end()) co_return errc::not_found;
    auto const now = time_.now();
    auto const today = std::chrono::floor<std::chrono::days>(now);
    auto const seen = as_seen(wanted->body, versions->back().body, today);
    domain::post_text const content{
        wish.title.empty() ? "A story" : wish.title, copy_of(seen, wish.sections)};
    if (content.text.empty())
        co_return invalid_field("sections", "Please choose at least one part that has words in it.");
    story_source const from{story, wanted->version};

    auto& vault = vault_;
    auto const& own_keys = own_keys_;
    auto prepare = [&vault, &own_keys, who, wish, from, now](store::read_tx& tx) -> result<prepared> {
        auto const account = who.who->account;
        auto const key = own_keys.open_in_session(tx, account, who.who->session, who.token);
        if (!key) return key.error();
        auto readers = readers_named(tx, vault, wish, account);
        if (!readers) return readers.error();
        prepared made;
        made.readers = std::move(*readers);
        made.row.id = post_id::random_at(now);
        made.row.thread = thread_id::random_at(now);
        made.row.circle = wish.circle;
        made.row.owner = account;
        made.row.audience = wish.audience;
        made.row.created_at = now;
        if (wish.days > 0) made.row.expires_at = now + std::chrono::days(wish.days);
        made.row.source = seal_source(**key, account, made.row.id, from);
        made.link = secret_of(**key, made.row.id);
        if (wish.audience == story_audience::link) made.row.link = vault.token_hash(made.link);
        return made;
    };
    auto ready = co_await database_.read(std::move(prepare));
    if (!ready) co_return ready.error();
    auto const asked = asked_of(wish, from, ready->readers);
    auto const sent =
        co_await posts_.share_story(who.who, ready->row, ready->readers, idempotency_key, asked, content);
    if (!sent) co_return sent.error();
    share_made made;
    made.sent = *sent;
    if (wish.audience != story_audience::link) co_return made;
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
    store::read_tx& tx, texts& vault, sealing::secret const& key, store::story_row const& row, timestamp now
)
{
    auto const newest = tx.post_with_newest_version(row.id);
    auto const from = open_source(key, row);
    if (!newest || !from) return errc::damaged;
    auto copy = open_own(tx, vault, *newest);
    if (!copy) return copy.error();
    own_share made;
    made.copy = std::move(*copy);
    made.story = from->story;
    made.version = from->version;
    made.audience = row.audience;
    made.openings = row.openings;
    made.expires_at = row.expires_at;
    made.is_open = is_open(row, now) && made.copy.state != domain::post_state::removed;
    if (row.audience == story_audience::link && made.is_open) made.link = secret_of(key, row.id);
    if (row.audience == story_audience::allies) {
        for (auto const& reader : tx.story_readers(row.id)) {
            auto name = vault.open_nickname(tx, reader);
            if (name && !name->empty()) made.readers.push_back(std::move(*name));
        }
    }
    made.notes = open_notes(tx, vault, row);
    return made;
}
} // namespace

task<result<std::vector<own_share>>> stories::shares(signed_in who)
{
    if (!who.who) co_return errc::unauthenticated;
    auto& vault = vault_;
    auto const& own_keys = own_keys_;
    auto const now = time_.now();
    auto list = [&vault, &own_keys, who, now](store::read_tx& tx) -> result<std::vector<own_share>> {
        auto const account = who.who->account;
        auto const key = own_keys.open_in_session(tx, account, who.who->session, who.token);
        if (!key) return key.error();
        std::vector<own_share> made;
        for (auto const& row : tx.stories_of(account)) {
            auto one = open_share(tx, vault, **key, row, now);
            if (one) made.push_back(std::move(*one));
        }
        return made;
    };
    auto found = co_await database_.read(std::move(list));
    co_return found;
}

task<result<void>> stories::withdraw(domain::principal_ptr who, post_id id)
{
    if (!who) co_return errc::not_found;
    auto look = [who, id](store::read_tx& tx) -> result<void> {
        auto const row = tx.story(id);
        if (!row || row->owner != who->account) return errc::not_found;
        return result<void>();
    };
    auto const mine = co_await database_.read(std::move(look));
    if (!mine) co_return mine.error();
    auto const done = co_await posts_.remove(who, id);
    co_return done;
}

task<result<void>> stories::remove(signed_in who, private_id story)
{
    auto const shared = co_await shares(who);
    if (!shared) co_return shared.error();
    for (auto const& one : *shared) {
        if (one.story != story || !one.is_open) continue;
        auto const id = one.copy.id;
        auto const taken = co_await posts_.remove(who.who, id);
        if (!taken) co_return taken.error();
    }
    auto const kind = private_kind::story;
    auto const done = co_await space_.remove(who, kind, story);
    co_return done;
}

} // namespace holdfast::app
