// Pages that need no account: home, help, the quiet minute, leaving, what this place promises; and assets.
#include "embedded/web_assets.hpp"
#include "server/app/desk/figures.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/own_space.hpp"

#include <algorithm>

namespace holdfast::pages::support_pages {

using http::context;
using http::least;
using net::method;

namespace {
task<net::response> home(context asked, renderer const& with)
{
    co_return with.get().page(asked, 200, say("Holdfast: a calm place to talk"), "home", view());
}

task<net::response> help(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    auto country = query ? http::field_of(*query, "country") : std::string();
    if (country.empty()) country = country_of(asked);
    auto const& lines = asked.services.lines;
    view made;
    auto const plan = co_await has_plan(asked);
    made.set("has_plan", plan);
    made.set(
        "lines_html", lines_html(with.get(), lines.of(country), language_of(asked), line_source::linked)
    );
    made.set("country_name", say(lines.name_of(country)));
    made.set("countries", countries_view(lines, country));
    made.set("calling_html", with.get().render("calling", view()));
    auto answer = with.get().page(asked, 200, say("Help now"), "help", made);
    co_return answer;
}

task<net::response> quiet(context asked, renderer const& with)
{
    view made;
    made.set("signed_in", asked.who != nullptr); // who can make a habit of it
    co_return with.get().page(asked, 200, say("A quiet minute"), "quiet", made);
}

task<net::response> about(context asked, renderer const& with)
{
    view made;
    made.set("publishes", asked.services.figures.are_published());
    made.set("outside_html", outside_html(with.get(), asked));
    co_return with.get().page(asked, 200, say("What this place promises"), "about", made);
}

task<net::response> leave(context, renderer const& with)
{
    auto answer = see_other(with.get().leave_to);
    answer.headers.emplace_back("clear-site-data", "\"cache\"");
    co_return answer;
}

std::string_view type_of(std::string_view name)
{
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    return "image/svg+xml";
}

std::string_view asset_named(std::string_view name)
{
    for (auto const& [known, content] : embedded::web_assets()) {
        if (known == name) return content;
    }
    return {};
}

// Assets never change under their name; whoever has one is told so.
net::response asset_response(net::request const& asked, std::string const& name, bool immutable)
{
    auto const plain = asset_named(name);
    if (plain.empty() || name.ends_with(".br") || name.ends_with(".gz") || name == "manifest.json") {
        error const nothing{errc::not_found};
        return http::problem_response(nothing);
    }
    net::response made;
    auto const tag = "\"" + name + "-" + std::to_string(plain.size()) + "\"";
    made.headers.emplace_back("content-type", type_of(name));
    made.headers.emplace_back("etag", tag);
    made.headers.emplace_back("vary", "accept-encoding");
    made.headers.emplace_back(
        "cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache"
    );
    if (asked.header("if-none-match").find(tag) != std::string_view::npos) {
        made.status = 304;
        return made;
    }
    auto const accepts = asked.header("accept-encoding");
    auto content = plain;
    for (auto const& [encoding, ending] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
        auto const packed = asset_named(name + ending);
        if (packed.empty() || accepts.find(encoding) == std::string_view::npos) continue;
        made.headers.emplace_back("content-encoding", encoding);
        content = packed;
        break;
    }
    made.body = std::make_shared<std::string const>(content);
    return made;
}

task<net::response> asset(context asked, renderer const&)
{
    co_return asset_response(*asked.request, asked.ids.at(0), true);
}

task<net::response> service_worker(context asked, renderer const&)
{
    static std::string const name = "sw.js";
    co_return asset_response(*asked.request, name, false);
}
} // namespace
} // namespace holdfast::pages::support_pages

namespace holdfast::pages {

void add_support_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace support_pages;
    add_page(to, with, method::get, "/", least::visitor, "", home);
    add_page(to, with, method::get, "/help", least::visitor, "", help);
    add_page(to, with, method::get, "/quiet", least::visitor, "", quiet);
    add_page(to, with, method::get, "/about", least::visitor, "", about);
    add_page(to, with, method::get, "/leave", least::visitor, "", leave);
    add_page(to, with, method::get, "/assets/{name}", least::visitor, "", asset);
    add_page(to, with, method::get, "/sw.js", least::visitor, "", service_worker);
}

} // namespace holdfast::pages
