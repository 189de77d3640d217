#include "server/api/share_answers.hpp"

#include "server/app/share_copy.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace holdfast::api {

namespace json = boost::json;
using domain::share_what;
using http::context;

namespace {
json::array parts_json(domain::shared_copy const& copy)
{
    json::array made;
    for (auto const& part : app::parts_of(copy.what, copy.told.content.text)) {
        json::object one{{"heading", part.heading}, {"text", part.text}};
        if (copy.what == share_what::story) one["hard"] = part.is_hard;
        made.push_back(std::move(one));
    }
    return made;
}

json::array notes_json(std::vector<domain::witness_note> const& notes)
{
    json::array made;
    for (auto const& note : notes) {
        json::object one;
        one["id"] = note.said.id.text();
        one["nickname"] = note.said.nickname;
        one["kind"] = domain::name_of(note.kind);
        one["text"] = note.said.content.text;
        one["pinned"] = note.pinned;
        one["folded"] = note.said.folded;
        one["created_at"] = iso8601(note.said.created_at);
        made.push_back(std::move(one));
    }
    return made;
}

struct ids_part {
    std::vector<post_id> ids;
    std::optional<std::string> next;
};
// Of what is newest first by id: so a cursor stays good when its share was taken back.
result<ids_part> part_of(std::vector<post_id> const& all, page_asked const& page)
{
    auto at = all.begin();
    if (!page.cursor.empty()) {
        auto const last = post_id::parse(page.cursor);
        if (!last) return not_a_cursor();
        at = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one < *last; });
    }
    ids_part made;
    for (; at != all.end() && made.ids.size() < page.limit; ++at)
        made.ids.push_back(*at);
    if (at != all.end()) made.next = made.ids.back().text();
    return made;
}
} // namespace

std::string path_of_link(std::string const& secret)
{
    return "/s/" + secret;
}

json::object json_of(domain::shared_copy const& copy)
{
    json::object made;
    made["id"] = copy.told.id.text();
    made["circle"] = copy.told.circle.text();
    made["nickname"] = copy.told.nickname;
    made["title"] = copy.told.content.title;
    made["mine"] = copy.is_mine;
    made["folded"] = copy.told.folded;
    made["created_at"] = iso8601(copy.told.created_at);
    if (copy.expires_at) made["expires_at"] = iso8601(*copy.expires_at);
    if (copy.what == share_what::card) {
        made["text"] = copy.told.content.text;
    } else {
        made["parts"] = parts_json(copy);
    }
    if (copy.what != share_what::story) return made;
    made["audience"] = domain::name_of(copy.audience);
    made["notes"] = notes_json(copy.notes);
    return made;
}

json::object json_of(app::own_share const& share)
{
    json::object made;
    made["id"] = share.copy.id.text();
    made[domain::name_of(share.what)] = share.record.text();
    made["version"] = share.version;
    made["circle"] = share.copy.circle.text();
    made["state"] = domain::name_of(share.copy.state);
    made["open"] = share.is_open;
    json::array readers;
    for (auto const& name : share.readers)
        readers.push_back(json::string(name));
    made["readers"] = std::move(readers);
    made["created_at"] = iso8601(share.copy.created_at);
    if (share.expires_at) made["expires_at"] = iso8601(*share.expires_at);
    if (share.what != share_what::story) return made;
    made["audience"] = domain::name_of(share.audience);
    made["openings"] = share.openings;
    if (!share.link.empty()) made["link"] = path_of_link(share.link);
    made["notes"] = notes_json(share.notes);
    return made;
}

task<net::response> own_shares_of(context asked, share_what what)
{
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    auto const me = asked.session();
    auto const found = co_await asked.services.shares.own(me, what);
    if (!found) co_return answer_error(found.error());
    std::vector<post_id> all;
    for (auto const& one : *found)
        all.push_back(one.copy.id);
    auto const part = part_of(all, *page);
    if (!part) co_return answer_error(part.error());
    json::array items;
    for (auto const& one : *found) {
        auto const& ids = part->ids;
        if (std::find(ids.begin(), ids.end(), one.copy.id) != ids.end()) items.push_back(json_of(one));
    }
    co_return http::json_response(200, list_of(std::move(items), part->next));
}

task<net::response> shares_for_me_of(context asked, share_what what)
{
    auto const page = page_of(*asked.request);
    if (!page) co_return answer_error(page.error());
    auto const all = co_await asked.services.shares.for_me(asked.who, what);
    if (!all) co_return answer_error(all.error());
    auto const part = part_of(*all, *page);
    if (!part) co_return answer_error(part.error());
    auto const found = co_await asked.services.shares.open_for_me(asked.who, what, part->ids);
    if (!found) co_return answer_error(found.error());
    json::array items;
    for (auto const& one : *found)
        items.push_back(json_of(one));
    co_return http::json_response(200, list_of(std::move(items), part->next));
}

task<net::response> shared_of(context asked, share_what what)
{
    auto const id = id_at<post_id>(asked, 0);
    auto const found = co_await asked.services.shares.read(asked.who, what, id);
    if (!found) co_return answer_error(found.error());
    co_return http::json_response(200, json_of(*found));
}

task<net::response> withdraw_share(context asked)
{
    auto const id = id_at<post_id>(asked, 0);
    auto const done = co_await asked.services.shares.withdraw(asked.who, id);
    if (!done) co_return answer_error(done.error());
    co_return http::empty_response(204);
}

} // namespace holdfast::api
