#include "server/api/private_list.hpp"

#include "server/domain/place.hpp"

#include <algorithm>

namespace holdfast::api {

namespace {
using record_place = domain::place<private_id>;

record_place place_of(app::private_text const& text)
{
    return {text.created_at, text.id};
}
} // namespace

result<private_part> part_of(std::vector<app::private_text> const& all, page_asked const& page)
{
    auto at = all.begin();
    if (!page.cursor.empty()) {
        auto const last = record_place::parse(page.cursor);
        if (!last) return not_a_cursor();
        at = std::find_if(all.begin(), all.end(), [&](auto const& one) { return place_of(one) < *last; });
    }
    private_part made;
    for (; at != all.end() && made.texts.size() < page.limit; ++at)
        made.texts.push_back(*at);
    if (at != all.end()) made.next = place_of(made.texts.back()).text();
    return made;
}

} // namespace holdfast::api
