#include "server/api/aside.hpp"

#include "server/app/partner/partner_json.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/app/space/private_shape.hpp"

namespace holdfast::api {

namespace json = boost::json;

namespace {
void mark(json::object& made, std::optional<app::put_aside> const& why)
{
    if (!why) return;
    json::object aside;
    aside["until"] = why->until ? json::value(app::text_of(*why->until)) : json::value(nullptr);
    made["aside"] = std::move(aside);
}

template <class Text>
json::object marked_as(Text const& text, own_pacing const& chosen, timestamp now)
{
    auto made = app::json_of(text);
    if (chosen) mark(made, app::put_aside_by(*chosen, text.labels, text.folded, text.nickname, now));
    return made;
}
} // namespace

task<result<own_pacing>> pacing_of(http::context asked)
{
    auto const me = asked.session();
    auto chosen = co_await asked.services.pace.of(me);
    co_return chosen;
}

json::object marked(domain::post const& post, own_pacing const& chosen, timestamp now)
{
    return marked_as(post, chosen, now);
}

json::object marked(domain::thread const& thread, own_pacing const& chosen, timestamp now)
{
    return marked_as(thread, chosen, now);
}

json::object marked(domain::partnership const& between, own_pacing const& chosen, timestamp now)
{
    auto made = app::json_of(between);
    auto const asks_me = !between.as_member && between.state == domain::partner_state::asked;
    if (!chosen || !asks_me) return made;
    auto const& labels = between.note_labels;
    mark(made, app::put_aside_by(*chosen, labels, between.is_note_folded, between.nickname, now));
    return made;
}

} // namespace holdfast::api
