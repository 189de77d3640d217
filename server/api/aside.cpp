#include "server/api/aside.hpp"

#include "server/app/json_of.hpp"
#include "server/app/space/private_shape.hpp"

namespace holdfast::api {

namespace json = boost::json;

namespace {
template <class Text>
json::object marked_as(Text const& text, own_pacing const& chosen, timestamp now)
{
    auto made = app::json_of(text);
    if (!chosen) return made;
    auto const why = app::put_aside_by(*chosen, text.labels, text.folded, text.nickname, now);
    if (!why) return made;
    json::object aside;
    aside["until"] = why->until ? json::value(app::text_of(*why->until)) : json::value(nullptr);
    made["aside"] = std::move(aside);
    return made;
}
} // namespace

task<result<own_pacing>> pacing_of(http::context asked)
{
    auto const me = owner_of(asked);
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

} // namespace holdfast::api
