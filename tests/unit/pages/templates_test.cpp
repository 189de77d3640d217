// A page is made from its template when it is first asked for, so that it must be sound is tried here, not at each start.
#include "embedded/web.hpp"
#include "embedded/web_spoken.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/view.hpp"

#include <catch2/catch.hpp>
#include <kainjow/mustache.hpp>

using namespace holdfast;

namespace {
std::string fault_of(std::string_view content)
{
    kainjow::mustache::mustache const read{std::string(content)};
    return read.error_message();
}
} // namespace

TEST_CASE("every template can be read in every language, whole and cut where a page's own body goes")
{
    std::size_t templates = 0;
    for (auto const& [name, content] : embedded::web()) {
        if (!name.ends_with(".html")) continue;
        INFO(name);
        CHECK(fault_of(content).empty());
        ++templates;
    }
    for (auto const& [name, content] : embedded::web_spoken()) {
        INFO(name);
        CHECK(fault_of(content).empty());
    }
    pages::renderer const pages("");
    CHECK(pages.get().templates.size() > templates);
    for (auto const& [name, content] : pages.get().templates) {
        INFO(name);
        CHECK(fault_of(content).empty());
    }
}
