// The safety plan: six steps after Stanley and Brown (2012, doi 10.1016/j.cbpra.2011.01.001), in the member's
// own words; one press from Help now, and fit to be printed.
#include "server/app/care/help_lines.hpp"
#include "server/app/posts/share_copy.hpp"
#include "server/app/share/remove_own.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

#include <array>

namespace holdfast::pages::plan_pages {

using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::plan;

struct plan_step {
    std::string_view field;
    std::string_view hint;
};
// said
constexpr std::array<plan_step, 7> steps{
    plan_step{
        "signs",
        "Thoughts, feelings, things I do or stop doing. For example: I don't sleep, I answer nobody."},
    plan_step{
        "alone",
        "Things that turn my mind for a while. For example: a shower, music, a walk round the block."},
    plan_step{
        "around",
        "You don't need to tell them why. For example: the library, my cousin, the football ground."},
    plan_step{"ask", "Names and numbers, one on each line. A number becomes a link that you can press."},
    plan_step{
        "services",
        "Doctor, counsellor, a night line. The help lines for your country are on the page as well."},
    plan_step{"safer", "What could hurt you, and who can keep it for you, or how you get away from it."},
    plan_step{"reasons", "People, animals, places, a song, a thing you still want to see."}};

bool is_of_number(char letter)
{
    return (letter >= '0' && letter <= '9') || letter == ' ' || letter == '-' || letter == '(' ||
           letter == ')' || letter == '/';
}

view plain_view(std::string const& line)
{
    view made;
    made.set("before", line);
    return made;
}

// "Rowan, 020 7946 0000": the number becomes a link.
view line_view(std::string const& line)
{
    view made;
    for (std::size_t at = 0; at < line.size(); ++at) {
        auto const starts = line[at] == '+' || (line[at] >= '0' && line[at] <= '9');
        if (!starts) continue;
        auto end = at + 1;
        std::string digits(1, line[at]);
        while (end < line.size() && is_of_number(line[end])) {
            if (line[end] >= '0' && line[end] <= '9') digits += line[end];
            ++end;
        }
        while (line[end - 1] == ' ')
            --end;
        constexpr std::size_t shortest = 3; // as of emergency numbers
        if (digits.size() >= shortest) {
            made.set("before", line.substr(0, at));
            made.set("number", line.substr(at, end - at));
            made.set("href", "tel:" + digits);
            made.set("after", line.substr(end));
            return made;
        }
        at = end;
    }
    return plain_view(line);
}

view lines_view(std::string const& text, bool with_numbers)
{
    view made(view::type::list);
    std::string_view rest = text;
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        std::string const line(rest.substr(0, end));
        if (!line.empty()) made.push_back(with_numbers ? line_view(line) : plain_view(line));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return made;
}

view steps_view(boost::json::object const& body, bool with_empty)
{
    view made(view::type::list);
    for (auto const& step : steps) {
        auto const text = app::text_in(body, step.field);
        if (text.empty() && !with_empty) continue;
        view one;
        one.set("field", std::string(step.field));
        one.set("heading", say(app::heading_of(domain::share_what::plan, step.field)));
        one.set("hint", say(step.hint));
        one.set("text", text);
        one.set("lines", lines_view(text, step.field == "ask" || step.field == "services"));
        made.push_back(one);
    }
    return made;
}

void put_lines(view& made, context const& asked, renderer const& with)
{
    auto const chosen =
        asked.services.lines.chosen_for(country_of(asked), moderation::triage::amber, language_of(asked));
    made.set("lines_html", lines_html(with.get(), chosen.lines, language_of(asked)));
    made.set("country_name", say(asked.services.lines.name_of(chosen.country)));
}

net::response edit_page(
    context const& asked,
    renderer const& with,
    boost::json::object const& body,
    std::string const& based_on,
    error const* failed
)
{
    view made;
    made.set("steps", steps_view(body, true));
    made.set("based_on", based_on);
    made.set("errors_html", failed == nullptr ? std::string() : errors_html(with.get(), *failed));
    auto const status = failed == nullptr ? 200U : http::status_of(failed->code);
    return with.get().page(asked, status, say("My safety plan"), "plan_edit", made);
}

task<net::response> show(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const plan = co_await asked.services.space.only(me, kind);
    if (!plan) co_return with.error_page()(asked, plan.error());
    if (!*plan) co_return see_other("/me/plan/edit");
    auto const id = (*plan)->id;
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    view made;
    made.set("steps", steps_view((*plan)->body, false));
    made.set("saved", was_saved(asked));
    auto const clock = co_await clock_of(asked);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/plan", clock));
    put_time(made, "kept", (*plan)->saved_at, clock);
    put_lines(made, asked, with);
    co_return with.get().page(asked, 200, say("My safety plan"), "plan", made);
}

task<net::response> show_edit(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const plan = co_await asked.services.space.only(me, kind);
    if (!plan) co_return with.error_page()(asked, plan.error());
    boost::json::object const nothing;
    auto const& body = *plan ? (*plan)->body : nothing;
    auto const version = *plan ? (*plan)->version : 0;
    co_return edit_page(asked, with, body, std::to_string(version), nullptr);
}

task<net::response> change(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const typed = body_of(kind, *form);
    auto const body = app::shaped(kind, typed);
    auto failed = body ? error() : body.error();
    if (body) {
        auto const me = owner_of(asked);
        auto const before = based_on(*form);
        auto const made = co_await asked.services.space.set_only(me, kind, before, *body);
        if (made) co_return see_other("/me/plan?saved=1");
        failed = kept_words(made.error());
    }
    co_return edit_page(asked, with, typed, http::field_of(*form, "based_on"), &failed);
}

task<net::response> remove(context asked, renderer const& with)
{
    auto const me = owner_of(asked);
    auto const plan = co_await asked.services.space.only(me, kind);
    if (!plan) co_return with.error_page()(asked, plan.error());
    if (*plan) {
        auto const id = (*plan)->id;
        auto const done = co_await app::remove_own(asked.services, me, kind, id);
        if (!done) co_return with.error_page()(asked, done.error());
    }
    co_return see_other("/me");
}
} // namespace
} // namespace holdfast::pages::plan_pages

namespace holdfast::pages {

void add_plan_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace plan_pages;
    add_page(to, with, method::get, "/me/plan", least::member, "account", show);
    add_page(to, with, method::get, "/me/plan/edit", least::member, "account", show_edit);
    add_page(to, with, method::post, "/me/plan", least::member, "account", change, rate_kind::write);
    add_page(to, with, method::post, "/me/plan/delete", least::member, "account", remove, rate_kind::write);
}

} // namespace holdfast::pages
