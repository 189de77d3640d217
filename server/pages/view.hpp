// Rendering: templates, and the layout around them.
#pragma once
#include "server/http/answers.hpp"
#include "server/http/router.hpp"
#include "server/pages/language.hpp"
#include "server/pages/pages.hpp"

#include <kainjow/mustache.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace holdfast::pages {

using view = kainjow::mustache::data;

struct renderer::parts {
    explicit parts(std::string_view code);

    language spoken;
    std::map<std::string, std::string, std::less<>> templates; // by name without ending
    std::string css, js, desk_js, icon;
    std::string leave_to;

    std::string render(std::string_view name, view const& with) const;
    // What stands before and after a template's {{{body_html}}}: for what is put in without being rendered.
    std::string render_before(std::string const& name, view const& with) const;
    std::string render_after(std::string const& name, view const& with) const;
    // A whole page. `title` stands in the tab. Its lead ends where its own part begins: care for refused
    // words is put there.
    net::response page(
        http::context const& asked,
        unsigned status,
        std::string_view title,
        std::string_view name,
        view const& with
    ) const;
    // What stands before and after a page's own body.
    struct surroundings {
        std::string before, after;
    };
    surroundings layout(http::context const& asked, std::string_view title) const;
};

std::string escaped(std::string const& text); // as a template writes it into HTML
net::response html_response(unsigned status, std::string html);
net::response html_response(unsigned status, std::shared_ptr<std::string const> html);
net::response see_other(std::string location);
bool is_decorated(http::context const& asked); // signed in, or with a theme: then the layout is theirs

} // namespace holdfast::pages
