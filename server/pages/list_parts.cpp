#include "server/pages/list_parts.hpp"

#include "server/http/answers.hpp"
#include "server/pages/form.hpp"

#include <algorithm>

namespace holdfast::pages {

int number_asked(http::context const& asked, std::string_view name)
{
    auto const query = http::form_fields(asked.request->query());
    return query ? whole_number(http::field_of(*query, name)).value_or(0) : 0;
}

int page_in(http::fields const& said)
{
    return whole_number(http::field_of(said, "page")).value_or(0);
}

namespace {
list_part part_of(int wanted, std::vector<std::size_t> const& bytes, std::size_t rows, std::size_t bytes_max)
{
    std::vector<std::size_t> begins{0};
    std::size_t so_far = 0;
    for (std::size_t row = 0; row < bytes.size(); ++row) {
        auto const in_it = row - begins.back();
        if (in_it > 0 && (in_it == rows || so_far + bytes[row] > bytes_max)) {
            begins.push_back(row);
            so_far = 0;
        }
        so_far += bytes[row];
    }
    begins.push_back(bytes.size());
    list_part made;
    made.count = begins.size() - 1;
    made.number = std::clamp<std::size_t>(wanted < 1 ? 1 : static_cast<std::size_t>(wanted), 1, made.count);
    made.first = begins[made.number - 1];
    made.end = begins[made.number];
    return made;
}
} // namespace

list_part list_part_of(int wanted, std::size_t count, std::size_t rows)
{
    return part_of(wanted, std::vector<std::size_t>(count, 0), rows, 0);
}

list_part list_part_of(http::context const& asked, std::size_t count, std::size_t rows)
{
    return list_part_of(number_asked(asked, "page"), count, rows);
}

list_part list_part_of(
    http::context const& asked, std::vector<std::size_t> const& bytes, std::size_t rows, std::size_t bytes_max
)
{
    return part_of(number_asked(asked, "page"), bytes, rows, bytes_max);
}

list_part list_part_with(std::size_t row, std::size_t count, std::size_t rows)
{
    list_part made;
    made.count = count == 0 ? 1 : (count + rows - 1) / rows;
    made.number = row / rows + 1;
    made.first = row / rows * rows;
    made.end = std::min(count, made.first + rows);
    return made;
}

std::string list_parts_html(renderer::parts const& with, http::context const& asked, list_part const& part)
{
    auto const query = http::form_fields(asked.request->query());
    std::string rest;
    for (auto const* name : {"month", "day", "time", "of", "number"}) {
        auto const value = query ? http::field_of(*query, name) : std::string();
        if (!value.empty()) rest += std::string("&") + name + "=" + http::percent_encoded(value);
    }
    auto const link_to = [&](std::size_t number) { return "page=" + std::to_string(number) + rest; };
    return links_to_parts(
        with,
        part.number > 1 ? link_to(part.number - 1) : std::string(),
        part.has_older() ? link_to(part.number + 1) : std::string()
    );
}

std::string search_parts_html(
    renderer::parts const& with, std::string const& path, std::string const& words, list_part const& part
)
{
    if (part.number == 1 && !part.has_older()) return "";
    view made;
    made.set("path", path);
    made.set("q", words);
    put_words(made, "newer", part.number > 1 ? std::to_string(part.number - 1) : std::string());
    put_words(made, "older", part.has_older() ? std::to_string(part.number + 1) : std::string());
    return with.render("search_parts", made);
}

std::string links_to_parts(renderer::parts const& with, std::string const& newer, std::string const& older)
{
    if (newer.empty() && older.empty()) return "";
    view made;
    put_words(made, "newer", newer);
    put_words(made, "older", older);
    return with.render("list_parts", made);
}

task<net::response> list_of_address(http::context asked, renderer const& with, searched_page show)
{
    auto query = http::form_fields(asked.request->query());
    if (!query) co_return with.error_page()(asked, query.error());
    query->erase("q");
    auto answer = co_await show(asked, with, *query);
    co_return answer;
}

task<net::response> list_of_search(http::context asked, renderer const& with, searched_page show)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto answer = co_await show(asked, with, *form);
    co_return answer;
}

} // namespace holdfast::pages
