#include "server/app/share/take_card.hpp"

#include "server/app/services.hpp"
#include "server/app/share/shares.hpp"
#include "server/app/space/private_shape.hpp"

#include <boost/json/object.hpp>

namespace holdfast::app {

task<result<private_text>> take_card(services const& with, member_session who, post_id shared)
{
    if (!who.who) co_return errc::unauthenticated;
    auto const what = domain::share_what::card;
    auto const found = co_await with.shares.read(who.who, what, shared);
    if (!found) co_return found.error();
    boost::json::object typed;
    typed["title"] = found->told.content.title;
    typed["text"] = found->told.content.text;
    auto const kind = domain::private_kind::card;
    auto const body = shaped(kind, typed);
    if (!body) co_return body.error();
    // A card that was changed meanwhile is another one.
    auto const source = "card " + shared.text() + " " + std::to_string(found->told.version);
    auto made = co_await with.space.make_from(who, kind, source, *body);
    co_return made;
}

} // namespace holdfast::app
