// Small experiments: something to try after a piece of the journal or out of the blue, with the mood before
// and after, and a look back.
#include "server/app/space/experiments.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/moods.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/journal_words.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

#include <array>

namespace holdfast::pages::experiment_pages {

namespace json = boost::json;
using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::experiment;
constexpr std::size_t rows_of_list = 50;
// said
constexpr std::array<std::pair<char const*, char const*>, 3> endings{
    {{"keep", "I keep doing it"},
     {"change", "I try it another way"},
     {"let_go", "I let it go, and that is fine"}}};

view levels_view(std::string const& chosen)
{
    view made(view::type::list);
    for (std::size_t at = app::mood_words.size(); at-- > 0;) {
        view one;
        one.set("level", std::to_string(at + 1));
        one.set("word", say(app::mood_words[at]));
        one.set("chosen", chosen == std::to_string(at + 1));
        made.push_back(one);
    }
    return made;
}

view endings_view(std::string const& chosen)
{
    view made(view::type::list);
    for (auto const& [name, words] : endings) {
        view one;
        one.set("name", name);
        one.set("words", say(words));
        one.set("chosen", chosen == name);
        made.push_back(one);
    }
    return made;
}

std::string ending_words(std::string const& chosen)
{
    for (auto const& [name, words] : endings) {
        if (chosen == name) return say(words);
    }
    return "";
}

view experiments_view(std::vector<private_text> const& all, bool looked_back)
{
    view made(view::type::list);
    for (auto const& one : all) {
        if (app::is_looked_back(one.body) != looked_back) continue;
        view shown;
        shown.set("id", one.id.text());
        shown.set("what", app::text_in(one.body, "what"));
        shown.set("day_words", words_for(app::day_of(one)));
        shown.set("sentence", app::sentence_about_experiment(one.body));
        made.push_back(shown);
    }
    return made;
}

task<net::response> list(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    auto const me = asked.session();
    auto all = co_await asked.services.space.all(me, kind);
    if (!all) co_return with.error_page()(asked, all.error());
    std::stable_partition(all->begin(), all->end(), [](auto const& one) {
        return !app::is_looked_back(one.body);
    });
    auto const part = list_part_of(asked, all->size(), rows_of_list);
    auto const shown = in_part(*all, part);
    auto const open = experiments_view(shown, false);
    auto const done = experiments_view(shown, true);
    view made;
    made.set("any", !all->empty());
    made.set("any_open", !open.list_value().empty());
    made.set("open", open);
    made.set("any_done", !done.list_value().empty());
    made.set("done", done);
    made.set("parts_html", list_parts_html(with.get(), asked, part));
    made.set("removed", query && !http::field_of(*query, "removed").empty());
    co_return with.get().page(asked, 200, say("Small things I try"), "experiments", made);
}

// The beginning of the entry that it comes from; "" when there is none to be shown.
task<std::string> entry_words_of(context asked, std::string id)
{
    auto const entry = private_id::parse(id);
    if (!entry) co_return "";
    auto const me = asked.session();
    auto const there = co_await asked.services.space.versions(me, private_kind::journal, *entry);
    co_return there ? beginning_of_entry(there->back().body) : std::string();
}

task<net::response> new_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const has_failed = has_faults(failed);
    auto const from = http::field_of(typed, "entry");
    auto const beginning = co_await entry_words_of(asked, from);
    view made;
    for (auto const* name : {"what", "expect"})
        made.set(name, http::field_of(typed, name));
    put_words(made, "entry", beginning.empty() ? std::string() : from);
    made.set("beginning", beginning);
    made.set("levels", levels_view(http::field_of(typed, "before")));
    auto const today = co_await today_of(asked);
    made.set("day", app::text_of(today));
    made.set("key", key_or_new(typed));
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Something to try"), "experiment_new", made);
}

task<net::response> show_new(context asked, renderer const& with)
{
    auto query = http::form_fields(asked.request->query());
    return new_page(std::move(asked), with, query ? std::move(*query) : http::fields(), error());
}

task<net::response> add(context asked, renderer const& with)
{
    return add_record(std::move(asked), with, kind, "/me/experiments", new_page);
}

task<net::response> one_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const& newest = versions->back();
    auto const has_failed = has_faults(failed);
    auto const from = app::text_in(newest.body, "entry");
    auto const beginning = co_await entry_words_of(asked, from);
    auto const form = has_failed ? typed : fields_of(kind, newest.body);
    auto const clock = co_await clock_of(asked);
    view made;
    put_body(made, kind, newest.body);
    made.set("id", id.text());
    made.set("day_words", words_for(app::day_of(newest)));
    made.set("sentence", app::sentence_about_experiment(newest.body));
    put_words(made, "beginning", beginning);
    made.set("looked_back", app::is_looked_back(newest.body));
    put_words(made, "then_words", ending_words(app::text_in(newest.body, "then")));
    made.set("afters", levels_view(http::field_of(form, "after")));
    made.set("endings", endings_view(http::field_of(form, "then")));
    made.set("typed_noticed", http::field_of(form, "noticed"));
    made.set("more", has_failed);
    made.set("based_on", has_failed ? http::field_of(typed, "based_on") : std::to_string(newest.version));
    co_await put_outcome(made, asked, with, kind, newest, failed);
    made.set("others_html", others_html(with.get(), kind, *versions, "/me/experiments/" + id.text(), clock));
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("Something to try"), "experiment", made);
}

task<net::response> show(context asked, renderer const& with)
{
    return one_page(std::move(asked), with, http::fields(), error());
}

// The look back: what the form asks for beside what was there before.
result<json::object> looked_back(json::object body, http::fields const& form)
{
    auto const typed = body_of(kind, form);
    if (!typed.contains("after")) return invalid_field("after", "Please choose the word that fits best.");
    for (auto const* name : {"after", "noticed", "then"}) {
        body.erase(name);
        if (auto const* value = typed.if_contains(name)) body[name] = *value;
    }
    return app::shaped(kind, body);
}

task<net::response> look_back(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const body = looked_back(versions->back().body, *form);
    std::string const path = "/me/experiments";
    auto answer = co_await change_made(asked, with, kind, path, *form, body, one_page);
    co_return answer;
}

task<net::response> remove(context asked, renderer const& with)
{
    return remove_record(std::move(asked), with, kind, "/me/experiments?removed=1");
}
} // namespace
} // namespace holdfast::pages::experiment_pages

namespace holdfast::pages {

void add_experiment_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace experiment_pages;
    constexpr auto writes = rate_kind::write;
    constexpr auto* object = "experiment";
    add_page(to, with, method::get, "/me/experiments", least::member, "account", list);
    add_page(to, with, method::post, "/me/experiments", least::member, "account", add, writes);
    add_page(to, with, method::get, "/me/experiments/new", least::member, "account", show_new);
    add_page(to, with, method::get, "/me/experiments/{id}", least::member, object, show);
    add_page(to, with, method::post, "/me/experiments/{id}", least::member, object, look_back, writes);
    add_page(to, with, method::post, "/me/experiments/{id}/delete", least::member, object, remove, writes);
}

} // namespace holdfast::pages
