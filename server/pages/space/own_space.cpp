#include "server/pages/space/own_space.hpp"

#include "server/app/help/help_lines.hpp"
#include "server/app/partner/remove_own.hpp"
#include "server/app/plain_words.hpp"
#include "server/app/space/habits.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/limits.hpp"
#include "server/http/answers.hpp"
#include "server/http/problem.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>

namespace holdfast::pages {

namespace json = boost::json;
using type = app::field_type;

namespace {
std::string joined(json::array const& lines)
{
    std::vector<std::string> made;
    for (auto const& one : lines) {
        if (one.is_string()) made.emplace_back(one.get_string());
    }
    return app::listed(made);
}

// Other fields have forms of their own.
bool is_typed(type of)
{
    return of != type::steps && of != type::reviews && of != type::strengths && of != type::put_away &&
           of != type::chosen;
}

// With a point or a comma; what is no number is below every limit, so that the shape asks again.
double measure(std::string typed)
{
    std::replace(typed.begin(), typed.end(), ',', '.');
    double made = 0;
    auto const [end, failed] = std::from_chars(typed.data(), typed.data() + typed.size(), made);
    return failed == std::errc() && end == typed.data() + typed.size() ? made : -1;
}
} // namespace

task<std::chrono::sys_days> today_of(http::context asked)
{
    auto const me = asked.session();
    auto const today = co_await asked.services.pace.today(me);
    co_return today;
}

task<app::own_clock> clock_of(http::context asked)
{
    auto const me = asked.session();
    auto clock = co_await asked.services.pace.clock_of(me);
    co_return clock;
}

private_id id_in(http::context const& asked)
{
    return private_id::parse(asked.ids.at(0)).value_or(private_id());
}

json::object body_of(domain::private_kind kind, http::fields const& form)
{
    json::object made;
    for (auto const& rule : app::fields_of(kind)) {
        auto const typed = as_typed(http::field_of(form, rule.name));
        if (typed.empty()) continue;
        if (rule.type == type::lines) {
            json::array lines;
            for (auto const& one : words_between_commas(typed))
                lines.push_back(json::string(one));
            made[rule.name] = std::move(lines);
        } else if (rule.type == type::level) {
            made[rule.name] = whole_number(typed).value_or(0);
        } else if (rule.type == type::number) {
            made[rule.name] = measure(typed);
        } else if (is_typed(rule.type)) {
            made[rule.name] = typed;
        }
    }
    return made;
}

http::fields fields_of(domain::private_kind kind, json::object const& body)
{
    http::fields made;
    for (auto const& rule : app::fields_of(kind)) {
        auto const* const value = body.if_contains(rule.name);
        auto& words = made[std::string(rule.name)];
        if (value == nullptr) continue;
        if (value->is_string()) words = app::text_in(body, rule.name);
        if (value->is_int64()) words = std::to_string(app::number_in(body, rule.name));
        if (value->is_double()) words = app::text_of_number(value->get_double());
        if (value->is_array() && rule.type == type::lines) words = joined(value->get_array());
    }
    return made;
}

void put_body(view& to, domain::private_kind kind, json::object const& body)
{
    for (auto const& [name, words] : fields_of(kind, body))
        put_words(to, name, words);
}

task<bool> has_plan(http::context asked)
{
    if (!asked.who) co_return false;
    auto const plans = co_await asked.services.space.count(asked.who, domain::private_kind::plan);
    co_return plans&&* plans > 0;
}

task<std::string> care_html(http::context asked, renderer const& with, std::string words)
{
    if (words.empty()) co_return "";
    auto const care = asked.services.space.care_for(*asked.who, words);
    if (!care) co_return "";
    auto const chosen = asked.services.lines.chosen_for(country_of(asked), care->triage, language_of(asked));
    auto const plan = co_await has_plan(asked);
    view made;
    made.set("lines_html", lines_html(with.get(), chosen.lines, language_of(asked)));
    made.set("country_name", say(asked.services.lines.name_of(chosen.country)));
    made.set("has_plan", plan);
    co_return with.get().render("own_care", made);
}

task<void> put_outcome(
    view& to,
    http::context asked,
    renderer const& with,
    domain::private_kind kind,
    app::private_text newest,
    error failed
)
{
    auto const saved = was_saved(asked) && !has_faults(failed);
    to.set("saved", saved);
    to.set("errors_html", has_faults(failed) ? errors_html(with.get(), failed) : std::string());
    auto const words = saved ? app::words_in(kind, newest.body) : std::string();
    auto const care = co_await care_html(asked, with, words);
    to.set("care_html", care);
}

task<net::response> add_made(
    http::context asked,
    renderer const& with,
    domain::private_kind kind,
    std::string path,
    http::fields form,
    result<json::object> body,
    form_page again
)
{
    auto failed = body ? error() : body.error();
    if (body) {
        auto const me = asked.session();
        auto const key = key_or_new(form);
        auto const made = co_await asked.services.space.add(me, kind, key, *body);
        if (made) co_return see_other(path + "/" + made->id.text() + "?saved=1");
        if (made.error().code == errc::key_reused) form.erase("key");
        failed = kept_words(made.error());
    }
    auto answer = co_await again(asked, with, form, failed);
    co_return answer;
}

task<net::response> change_made(
    http::context asked,
    renderer const& with,
    domain::private_kind kind,
    std::string path,
    http::fields form,
    result<json::object> body,
    form_page again
)
{
    auto failed = body ? error() : body.error();
    if (body) {
        auto const me = asked.session();
        auto const id = id_in(asked);
        auto const before = based_on(form);
        auto const made = co_await asked.services.space.change(me, kind, id, before, *body);
        if (made) co_return see_other(path + "/" + id.text() + "?saved=1");
        if (made.error().code == errc::not_found) co_return with.error_page()(asked, made.error());
        failed = kept_words(made.error());
    }
    auto answer = co_await again(asked, with, form, failed);
    co_return answer;
}

task<net::response> add_record(
    http::context asked, renderer const& with, domain::private_kind kind, std::string path, form_page again
)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const body = app::shaped(kind, body_of(kind, *form));
    auto answer = co_await add_made(asked, with, kind, path, *form, body, again);
    co_return answer;
}

task<net::response> change_record(
    http::context asked, renderer const& with, domain::private_kind kind, std::string path, form_page again
)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const body = app::shaped(kind, body_of(kind, *form));
    auto answer = co_await change_made(asked, with, kind, path, *form, body, again);
    co_return answer;
}

task<net::response>
remove_record(http::context asked, renderer const& with, domain::private_kind kind, std::string then_to)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const done = co_await app::remove_own(asked.services, me, kind, id);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other(then_to);
}

} // namespace holdfast::pages
