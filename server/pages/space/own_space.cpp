#include "server/pages/space/own_space.hpp"

#include "server/app/care/help_lines.hpp"
#include "server/app/plain_words.hpp"
#include "server/app/share/remove_own.hpp"
#include "server/app/space/habits.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/limits.hpp"
#include "server/http/answers.hpp"
#include "server/http/problem.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cctype>
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

std::optional<int> whole_number(std::string_view text)
{
    int made = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), made);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return made;
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

app::signed_in owner_of(http::context const& asked)
{
    return {asked.who, asked.token, {}};
}

task<std::chrono::sys_days> today_of(http::context asked)
{
    auto const me = owner_of(asked);
    auto const today = co_await asked.services.pace.today(me);
    co_return today;
}

task<app::own_clock> clock_of(http::context asked)
{
    auto const me = owner_of(asked);
    auto clock = co_await asked.services.pace.clock_of(me);
    co_return clock;
}

private_id id_in(http::context const& asked)
{
    return private_id::parse(asked.ids.at(0)).value_or(private_id());
}

namespace {
struct comma {
    std::size_t at = 0;
    std::size_t width = 0; // bytes; 0: there is none, and `at` is the end
};
// The first one, whichever keyboard it was typed on.
comma comma_in(std::string_view text)
{
    comma made{text.size(), 0};
    for (std::string_view const sign : {",", "،", "、", "，"}) {
        auto const at = text.substr(0, made.at).find(sign);
        if (at != std::string_view::npos) made = {at, sign.size()};
    }
    return made;
}
} // namespace

std::vector<std::string> words_between_commas(std::string_view typed)
{
    std::vector<std::string> made;
    while (!typed.empty()) {
        auto const [end, width] = comma_in(typed);
        auto one = typed.substr(0, end);
        typed.remove_prefix(end + width);
        while (!one.empty() && one.front() == ' ')
            one.remove_prefix(1);
        while (!one.empty() && one.back() == ' ')
            one.remove_suffix(1);
        if (!one.empty()) made.emplace_back(one);
    }
    return made;
}

std::string as_typed(std::string_view text)
{
    std::string made;
    made.reserve(text.size());
    for (auto const letter : text) {
        if (letter == '\v' || letter == '\f') {
            made += ' ';
        } else if (letter == '\n' || letter == '\t' || !std::iscntrl(static_cast<unsigned char>(letter))) {
            made += letter;
        }
    }
    return made;
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

void put_words(view& to, std::string const& name, std::string const& words)
{
    if (words.empty()) {
        to.set(name, false);
    } else {
        to.set(name, words);
    }
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

bool was_saved(http::context const& asked)
{
    auto const query = http::form_fields(asked.request->query());
    return query && !http::field_of(*query, "saved").empty();
}

int based_on(http::fields const& form)
{
    return whole_number(http::field_of(form, "based_on")).value_or(0);
}

error kept_words(error failed)
{
    if (failed.fields.empty() && failed.detail.empty())
        failed.detail = "This could not be saved right now. Your words are still here: please try again.";
    return failed;
}

bool has_faults(error const& failed)
{
    return !failed.fields.empty() || !failed.detail.empty();
}

unsigned status_of_form(error const& failed)
{
    return has_faults(failed) ? http::status_of(failed.code) : 200U;
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
        auto const me = owner_of(asked);
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
        auto const me = owner_of(asked);
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
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const done = co_await app::remove_own(asked.services, me, kind, id);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other(then_to);
}

net::response
code_page(http::context const& asked, renderer const& with, unsigned status, app::signed_in const& made)
{
    auto as_signed_in = asked;
    if (made.who) as_signed_in.who = made.who;
    view shown;
    shown.set("code", made.recovery_code);
    auto answer = with.get().page(as_signed_in, status, say("Your recovery code"), "recovery_code", shown);
    if (!made.token.empty()) {
        answer.headers.emplace_back(
            "set-cookie", http::set_cookie(http::session_cookie, made.token, session_seconds)
        );
    }
    return answer;
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
