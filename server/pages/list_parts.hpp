// Long lists in parts, and lists whose words can be searched.
#pragma once
#include "server/pages/view.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::pages {

int page_in(http::fields const& said); // the number of a part of a long list; 0 when they say none
int number_asked(http::context const& asked, std::string_view name); // of the address; 0 when it says none
// A long list is shown in parts, of which "?page=2" asks for the second; past the end it is the last.
struct list_part {
    std::size_t number = 1;
    std::size_t count = 1; // of parts
    std::size_t first = 0; // of what is shown
    std::size_t end = 0;
    bool has_older() const { return number < count; }
};
list_part list_part_of(int wanted, std::size_t count, std::size_t rows); // the part of this number
list_part list_part_of(http::context const& asked, std::size_t count, std::size_t rows);
list_part list_part_with(std::size_t row, std::size_t count, std::size_t rows); // the one that has this row
// For rows of very different lengths: a part also ends before it would have more bytes than that.
list_part list_part_of(
    http::context const& asked, std::vector<std::size_t> const& bytes, std::size_t rows, std::size_t bytes_max
);
template <class Row>
std::vector<Row> in_part(std::vector<Row> const& all, list_part const& part)
{
    auto const at = [&](std::size_t row) { return all.begin() + static_cast<std::ptrdiff_t>(row); };
    return {at(part.first), at(part.end)};
}
// Links to the parts beside it, which keep what else the address asks for; "" when there are none.
std::string list_parts_html(renderer::parts const& with, http::context const& asked, list_part const& part);
// The same for what was searched for: a press sends the words again, so that no address holds them.
std::string search_parts_html(
    renderer::parts const& with, std::string const& path, std::string const& words, list_part const& part
);
// The same for a list whose parts have other addresses: what stands behind the "?" of each, "" for none.
std::string links_to_parts(renderer::parts const& with, std::string const& newer, std::string const& older);

// A list whose words can be searched: what its address asks for, and what a form does. Words to look for come
// in the body alone: an address stays in the browser, for whoever looks next.
using searched_page = task<net::response> (*)(http::context, renderer const&, http::fields said);
task<net::response> list_of_address(http::context asked, renderer const& with, searched_page show);
task<net::response> list_of_search(http::context asked, renderer const& with, searched_page show);

} // namespace holdfast::pages
