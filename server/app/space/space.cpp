#include "server/app/space/space.hpp"

#include "server/app/help/help_lines.hpp"
#include "server/app/people/member_keys.hpp"
#include "server/app/screener.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/space_seal.hpp"
#include "server/app/space/trimmed_versions.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

namespace json = boost::json;
using domain::private_kind;

namespace {
result<private_text> append(store::write_tx& tx, opened_space const& mine, private_text text)
{
    text.version += 1;
    store::private_row const row{text.id, text.version, seal(mine, text)};
    auto const has_room = room_for(tx, mine.account, row.body.bytes.size());
    if (!has_room) return has_room.error();
    tx.add_private_version(mine.account, mine.kind, row);
    return text;
}

// With a version more there may be too many. While one can't be opened, nobody can say which may go: all
// stay.
void make_room(
    store::write_tx& tx,
    opened_space const& mine,
    std::vector<store::private_row> const& earlier,
    private_text& made
)
{
    if (earlier.size() < limits::private_versions_max) return;
    auto all = open_all(mine, earlier);
    if (!all) return;
    all->push_back(made);
    all->back().version += 1;
    auto const trimmed = trimmed_versions(mine.kind, *all);
    made.settled = std::max(made.settled, trimmed.settled);
    for (auto const version : trimmed.going)
        tx.remove_private_version(made.id, version);
}

// A new version after those there are. Sent again as it was, it is the same version again.
result<private_text> append_to(
    store::write_tx& tx,
    opened_space const& mine,
    std::vector<store::private_row> const& earlier,
    private_text newest,
    private_change const& wanted,
    timestamp at
)
{
    auto const settled = std::clamp(wanted.settled, newest.settled, std::max(newest.settled, newest.version));
    if (newest.based_on == wanted.based_on && newest.body == wanted.body && newest.settled == settled)
        return newest;
    auto const first = domain::is_single(mine.kind) ? 0 : 1; // whoever begins the only one saw nothing of it
    newest.based_on = std::clamp(wanted.based_on, first, newest.version);
    newest.body = wanted.body;
    newest.settled = settled;
    newest.saved_at = at;
    make_room(tx, mine, earlier, newest);
    return append(tx, mine, std::move(newest));
}

result<private_text> begin(
    store::write_tx& tx,
    opened_space const& mine,
    private_id const& id,
    json::object const& body,
    timestamp at
)
{
    if (tx.private_count(mine.account, mine.kind) >= limits::private_records_max) {
        error full{errc::no_room};
        full.detail = "There are as many of these as there can be. Could you delete an old one first?";
        return full;
    }
    private_text text;
    text.id = id;
    text.version = 0;
    text.created_at = at;
    text.saved_at = at;
    text.body = body;
    return append(tx, mine, std::move(text));
}
} // namespace

json::object json_of(private_text const& text)
{
    auto made = text.body;
    made["id"] = text.id.text();
    made["version"] = text.version;
    made["based_on"] = text.based_on;
    made["beside_another"] = text.is_beside_another();
    made["settled"] = text.settled;
    made["created_at"] = iso8601(text.created_at);
    made["saved_at"] = iso8601(text.saved_at);
    return made;
}

task<result<std::vector<private_text>>> space::all(member_session who, private_kind kind)
{
    auto const& own_keys = own_keys_;
    auto look = [&own_keys, who, kind](store::read_tx& tx) -> result<std::vector<private_text>> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto made = open_all(*mine, tx.private_records(mine->account, kind));
        if (!made) return made.error();
        std::sort(made->begin(), made->end(), [](auto const& left, auto const& right) {
            return std::pair(left.created_at, left.id) > std::pair(right.created_at, right.id);
        });
        return made;
    };
    auto found = co_await database_.read(std::move(look));
    co_return found;
}

task<result<std::vector<private_text>>> space::versions(member_session who, private_kind kind, private_id id)
{
    auto const& own_keys = own_keys_;
    auto look = [&own_keys, who, kind, id](store::read_tx& tx) -> result<std::vector<private_text>> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const rows = tx.private_versions(mine->account, kind, id);
        if (rows.empty()) return errc::not_found;
        return open_all(*mine, rows);
    };
    auto found = co_await database_.read(std::move(look));
    co_return found;
}

namespace {
// The record of a key, begun with this body if there is none.
result<private_text> record_of(
    store::write_tx& tx,
    opened_space const& mine,
    private_id const& id,
    json::object const& body,
    timestamp at
)
{
    auto const earlier = tx.private_versions(mine.account, mine.kind, id);
    if (earlier.empty()) return begin(tx, mine, id, body, at);
    auto first = open(mine, earlier.front());
    if (first && first->body != body) return errc::key_reused;
    return first;
}
} // namespace

task<result<private_text>>
space::add(member_session who, private_kind kind, std::string idempotency_key, json::object body)
{
    auto const& own_keys = own_keys_;
    auto const at = time_.now();
    auto write = [&own_keys, who, kind, idempotency_key, body, at](store::write_tx& tx
                 ) -> result<private_text> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const id = id_for(*mine, idempotency_key);
        if (!tx.private_is_gone(mine->account, id)) return record_of(tx, *mine, id, body, at);
        error deleted{errc::key_reused};
        deleted.detail = "This was saved before and then deleted, so it was not brought back. To keep it as "
                         "a new one, save "
                         "it once more.";
        return deleted;
    };
    auto made = co_await database_.write(std::move(write));
    co_return made;
}

task<result<private_text>>
space::make_from(member_session who, private_kind kind, std::string source, json::object body)
{
    auto const& own_keys = own_keys_;
    auto const at = time_.now();
    auto write = [&own_keys, who, kind, source, body, at](store::write_tx& tx) -> result<private_text> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        return record_of(tx, *mine, id_for(*mine, source), body, at);
    };
    auto made = co_await database_.write(std::move(write));
    co_return made;
}

namespace {
decide_change as_it_is(private_change wanted)
{
    return [wanted = std::move(wanted)](private_text const&, private_text const&) -> result<private_change> {
        return wanted;
    };
}

// Before the first version: it says nothing.
private_text nothing_yet(private_id const& id)
{
    private_text made;
    made.id = id;
    made.version = 0;
    return made;
}

// The version that somebody saw; the newest when that is gone, or can't be opened any more.
private_text seen_of(
    opened_space const& mine,
    std::vector<store::private_row> const& rows,
    int seen,
    private_text const& newest
)
{
    if (seen == 0 && domain::is_single(mine.kind)) return nothing_yet(newest.id);
    for (auto const& row : rows) {
        if (row.version != seen || row.version == newest.version) continue;
        if (auto found = open(mine, row)) return std::move(*found);
    }
    return newest;
}

result<private_text> append_decided(
    store::write_tx& tx,
    opened_space const& mine,
    std::vector<store::private_row> const& rows,
    int seen,
    decide_change const& how,
    timestamp at
)
{
    auto newest = open(mine, rows.back());
    if (!newest) return newest.error();
    auto const wanted = how(*newest, seen_of(mine, rows, seen, *newest));
    if (!wanted) return wanted.error();
    return append_to(tx, mine, rows, std::move(*newest), *wanted, at);
}
} // namespace

task<result<private_text>> space::change(
    member_session who, private_kind kind, private_id id, int based_on, json::object body, int settled
)
{
    return change_with(who, kind, id, based_on, as_it_is({based_on, std::move(body), settled}));
}

task<result<private_text>>
space::change_with(member_session who, private_kind kind, private_id id, int seen, decide_change how)
{
    auto const& own_keys = own_keys_;
    auto const at = time_.now();
    auto write = [&own_keys, who, kind, id, seen, how, at](store::write_tx& tx) -> result<private_text> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const earlier = tx.private_versions(mine->account, kind, id);
        if (earlier.empty()) return errc::not_found;
        return append_decided(tx, *mine, earlier, seen, how, at);
    };
    auto made = co_await database_.write(std::move(write));
    co_return made;
}

task<result<std::optional<private_text>>> space::only(member_session who, private_kind kind)
{
    auto some = co_await all(who, kind);
    if (!some) co_return some.error();
    std::optional<private_text> made;
    if (!some->empty()) made = std::move(some->front());
    co_return made;
}

task<result<private_text>>
space::set_only(member_session who, private_kind kind, int based_on, json::object body, int settled)
{
    return set_only_with(who, kind, based_on, as_it_is({based_on, std::move(body), settled}));
}

task<result<private_text>>
space::set_only_with(member_session who, private_kind kind, int seen, decide_change how)
{
    auto const& own_keys = own_keys_;
    auto const at = time_.now();
    auto write = [&own_keys, who, kind, seen, how, at](store::write_tx& tx) -> result<private_text> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const id = id_of_only(*mine);
        auto const earlier = tx.private_versions(mine->account, kind, id);
        if (!earlier.empty()) return append_decided(tx, *mine, earlier, seen, how, at);
        auto const nothing = nothing_yet(id);
        auto const wanted = how(nothing, nothing);
        return wanted ? begin(tx, *mine, id, wanted->body, at) : result<private_text>(wanted.error());
    };
    auto made = co_await database_.write(std::move(write));
    co_return made;
}

task<result<private_text>>
space::put(member_session who, private_kind kind, std::string key, json::object body)
{
    auto const& own_keys = own_keys_;
    auto const at = time_.now();
    auto write = [&own_keys, who, kind, key, body, at](store::write_tx& tx) -> result<private_text> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const id = id_for(*mine, key);
        auto const earlier = tx.private_versions(mine->account, kind, id);
        if (earlier.empty()) return begin(tx, *mine, id, body, at);
        auto newest = open(*mine, earlier.back());
        if (!newest || newest->body == body) return newest;
        private_change const wanted{newest->version, body, 0};
        return append_to(tx, *mine, earlier, std::move(*newest), wanted, at);
    };
    auto made = co_await database_.write(std::move(write));
    co_return made;
}

task<result<void>> space::remove(member_session who, private_kind kind, private_id id)
{
    if (!who.who) co_return errc::unauthenticated;
    auto take_out = [account = who.who->account, kind, id](store::write_tx& tx) -> result<void> {
        if (!tx.remove_private(account, kind, id)) return errc::not_found;
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(take_out));
    co_return done;
}

task<result<void>> space::remove_as_seen(member_session who, private_kind kind, private_id id, int seen)
{
    if (!who.who) co_return errc::unauthenticated;
    auto take_out = [account = who.who->account, kind, id, seen](store::write_tx& tx) -> result<void> {
        auto const rows = tx.private_versions(account, kind, id);
        if (rows.empty()) return errc::not_found;
        if (rows.back().version != seen) return errc::conflict;
        tx.remove_private(account, kind, id);
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(take_out));
    co_return done;
}

task<result<void>>
space::remove_where(member_session who, private_kind kind, std::string field, std::string words)
{
    auto const& own_keys = own_keys_;
    auto take_out = [&own_keys, who, kind, field, words](store::write_tx& tx) -> result<void> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const all = open_all(*mine, tx.private_records(mine->account, kind));
        if (!all) return all.error();
        for (auto const& one : *all) {
            if (text_in(one.body, field) == words) tx.remove_private(mine->account, kind, one.id);
        }
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(take_out));
    co_return done;
}

task<result<json::object>> space::everything(member_session who)
{
    auto const& own_keys = own_keys_;
    auto collect = [&own_keys, who](store::read_tx& tx) -> result<json::object> {
        json::object made;
        for (auto const name : domain::private_kind_names) {
            auto const mine = open_space(own_keys, tx, who, *domain::private_kind_named(name));
            if (!mine) return mine.error();
            json::array records;
            for (auto const& row : tx.private_records(mine->account, mine->kind)) {
                auto const texts = open_all(*mine, tx.private_versions(mine->account, mine->kind, row.id));
                if (!texts) return texts.error();
                json::array versions;
                for (auto const& text : *texts)
                    versions.push_back(json_of(text));
                records.push_back(std::move(versions));
            }
            made[name] = std::move(records);
        }
        return made;
    };
    auto all = co_await database_.read(std::move(collect));
    co_return all;
}

task<result<std::size_t>> space::count(domain::principal_ptr who, private_kind kind)
{
    if (!who) co_return errc::unauthenticated;
    auto look = [account = who->account, kind](store::read_tx& tx) -> result<std::size_t> {
        return tx.private_count(account, kind);
    };
    auto const found = co_await database_.read(std::move(look));
    co_return found;
}

std::optional<domain::care> space::care_for(domain::principal const& who, std::string_view words) const
{
    if (words.empty()) return std::nullopt;
    moderation::input input;
    input.text = words;
    auto const seen = screen_.look(input);
    // What the screen can't read here nobody reads: there is nothing to promise.
    if (!domain::care_is_due(seen) || moderation::is_only_unread(seen)) return std::nullopt;
    return lines_.chosen_for(who.country, seen.triage);
}

bool space::may_not_wait(domain::post_text const& content, std::vector<std::string> const& before) const
{
    std::vector<std::string_view> const context(before.begin(), before.end());
    moderation::input input;
    input.text = content.text;
    input.title = content.title;
    input.context = context;
    auto const seen = screen_.look(input);
    return domain::care_is_due(seen) || seen.labels.has(moderation::label::abuse_danger);
}

} // namespace holdfast::app
