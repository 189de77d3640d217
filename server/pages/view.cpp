#include "server/pages/view.hpp"

#include "embedded/web.hpp"
#include "embedded/web_assets.hpp"
#include "embedded/web_spoken.hpp"
#include "server/http/asked_language.hpp"

#include <boost/json/parse.hpp>

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace holdfast::pages {

namespace mustache = kainjow::mustache;

namespace {
constexpr std::string_view slot = "{{{body_html}}}";
constexpr auto const* before = " before the slot";
constexpr auto const* after = " after the slot";

using template_map = std::map<std::string, std::string, std::less<>>;

// Its name is that of its file, wherever that lies.
void add_template(template_map& to, std::string_view path, std::string_view content)
{
    auto const file = path.substr(path.rfind('/') + 1);
    std::string const stem(file.substr(0, file.size() - 5)); // without .html
    if (!to.emplace(stem, content).second) throw std::logic_error("two templates have the name " + stem);
    auto const at = content.find(slot);
    if (at == std::string_view::npos) return;
    to[stem + before] = content.substr(0, at);
    to[stem + after] = content.substr(at + slot.size());
}

template_map templates_in(std::string_view code)
{
    auto const is_english = code == known_languages.front().code;
    auto const folder = std::string(is_english ? "templates" : code) + "/";
    template_map made;
    for (auto const& [name, content] : is_english ? embedded::web() : embedded::web_spoken()) {
        if (name.starts_with(folder)) add_template(made, name, content);
    }
    return made;
}

void add_asset_names(renderer::parts& to)
{
    for (auto const& [name, content] : embedded::web_assets()) {
        if (name != "manifest.json") continue; // the names of the built files
        auto const manifest = boost::json::parse(boost::json::string_view(content.data(), content.size()));
        to.css = manifest.at("css").as_string();
        to.js = manifest.at("js").at(to.spoken.code()).as_string();
        to.desk_js = manifest.at("desk_js").at(to.spoken.code()).as_string();
        to.icon = manifest.at("icon").as_string();
    }
}

std::unique_ptr<renderer::parts const> parts_in(std::string_view code, std::string leave_to)
{
    auto made = std::make_unique<renderer::parts>(code);
    made->templates = templates_in(code);
    add_asset_names(*made);
    made->leave_to = std::move(leave_to);
    return made;
}
} // namespace

renderer::parts::parts(std::string_view code) : spoken(code, embedded::web()) {}

renderer::renderer(std::unique_ptr<parts const> made) : parts_(std::move(made)) {}

renderer::renderer(std::string leave_to)
{
    for (auto const& one : known_languages) {
        auto made = parts_in(one.code, leave_to);
        if (!parts_)
            parts_ = std::move(made);
        else
            others_.push_back(std::unique_ptr<renderer const>(new renderer(std::move(made))));
    }
}

renderer const& renderer::for_reader(http::context const& asked) const
{
    auto const wanted = http::language_for(*asked.request);
    for (auto const& one : others_) {
        if (one->get().spoken.code() == wanted) return *one;
    }
    return *this;
}

renderer::~renderer() = default;

// Reading a template takes longer than filling it in, so each thread keeps what it has read: filling in is
// not const.
std::string renderer::parts::render(std::string_view name, view const& with) const
{
    using read_templates = std::map<std::string, mustache::mustache, std::less<>>;
    static thread_local std::map<std::string_view, read_templates> read_in; // by language
    auto& read = read_in[spoken.code()];
    auto known = read.find(name);
    if (known == read.end()) {
        auto const found = templates.find(name);
        if (found == templates.end()) throw std::logic_error("there is no template " + std::string(name));
        known = read.emplace(name, found->second).first;
        if (!known->second.is_valid()) // the unit tests read every template
            throw std::logic_error("the template " + found->first + ": " + known->second.error_message());
    }
    std::string made;
    known->second.render(with, [&made](std::string const& piece) { made += piece; });
    return put_into(spoken, std::move(made));
}

std::string renderer::parts::render_before(std::string const& name, view const& with) const
{
    return render(name + before, with);
}

std::string renderer::parts::render_after(std::string const& name, view const& with) const
{
    return render(name + after, with);
}

std::string escaped(std::string const& text)
{
    return mustache::html_escape(text);
}

net::response html_response(unsigned status, std::string html)
{
    return html_response(status, std::make_shared<std::string const>(std::move(html)));
}

net::response html_response(unsigned status, std::shared_ptr<std::string const> html)
{
    net::response made;
    made.status = status;
    made.headers.emplace_back("content-type", "text/html; charset=utf-8");
    made.headers.emplace_back("vary", "accept-language, cookie"); // the language
    made.body = std::move(html);
    return made;
}

net::response see_other(std::string location)
{
    return http::redirect(std::move(location));
}

net::response renderer::parts::page(
    http::context const& asked,
    unsigned status,
    std::string_view title,
    std::string_view name,
    view const& with
) const
{
    auto around = layout(asked, title);
    auto made = html_response(status, render(name, with));
    made.lead = std::move(around.before);
    made.tail = std::move(around.after);
    return made;
}

} // namespace holdfast::pages
