// What several families of handlers read alike: ids in paths, keys, pages.
#pragma once
#include "server/app/languages.hpp"
#include "server/app/people/identity.hpp"
#include "server/http/answers.hpp"
#include "server/http/asked_language.hpp"
#include "server/http/problem.hpp"
#include "server/http/router.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::api {

// The id at a place of the path; an id that can't be one is absent, like any other that isn't there.
template <class Id>
Id id_at(http::context const& asked, std::size_t place)
{
    return Id::parse(asked.ids.at(place)).value_or(Id());
}

// The Idempotency-Key of a write: 1 to 128 visible characters. bad_request without one.
result<std::string> idempotency_key(net::request const& asked);

struct page_asked {
    std::string cursor;
    std::size_t limit = 50;

    // The cursor as a whole number that is not negative; none without a cursor; invalid when it is no cursor
    // of ours.
    result<std::optional<std::int64_t>> number() const;
};
result<page_asked> page_of(net::request const& asked);
error not_a_cursor();
// A whole number of a body as an int: one that doesn't fit is no number that was ever given out here.
int as_int(std::int64_t number);
// A whole number of a body, 0 when it isn't said. invalid names it.
result<int> number_of(boost::json::object const& body, std::string_view name);
// The number of a version, taken out of a body; 0 when it isn't said.
result<int> take_version(boost::json::object& from, std::string_view name);

inline net::response answer_error(error const& failed)
{
    return http::problem_response(failed);
}

// Of who asks: what people read among the values of an answer. Errors need no call; the router does it.
inline app::language const& spoken_for(http::context const& asked)
{
    return asked.services.languages.in(http::language_for(*asked.request));
}

// {"items":[…],"next":cursor or null}
boost::json::object list_of(boost::json::array items, std::optional<std::string> next);

} // namespace holdfast::api
