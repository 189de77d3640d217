// The journal: by month, by words, one entry with its earlier versions.
#include "server/app/browse.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

namespace holdfast::pages {

using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::journal;

// How each kind of entry is asked for, and called in the list.
struct prompt {
    std::string_view kind;
    std::string_view words;
    std::string_view heading;
    std::string_view label;
    std::array<std::string_view, 3> hints; // another one each day
};
constexpr std::array<prompt, 3> prompts{
    prompt{
        "writing",
        "Free writing",
        "Write freely",
        "Your words",
        {"Whatever is there. It needs no order and no end.",
         "Begin with where you are sitting, and go on from there.",
         "What would you tell a friend who never judges?"}},
    prompt{
        "gratitude",
        "Thankful for",
        "Something I am thankful for",
        "What was it?",
        {"Small things count: a warm cup, a kind look, a bus that came.",
         "Who made today a bit easier, perhaps without knowing?",
         "What did your hands or your feet do for you today?"}},
    prompt{
        "reflection",
        "Looking back",
        "Look back on a time",
        "What do you see when you look back?",
        {"What was hard, and what did you do, even something small?",
         "What does it say about you that you came this far?",
         "What would you like to keep from this month, and what may go?"}}};

prompt const& prompt_of(std::string_view name)
{
    auto const found =
        std::find_if(prompts.begin(), prompts.end(), [&](auto const& one) { return one.kind == name; });
    return found == prompts.end() ? prompts.front() : *found;
}

view months_view(std::vector<private_text> const& all, std::optional<std::chrono::year_month> chosen)
{
    view list(view::type::list);
    std::optional<std::chrono::year_month> last;
    for (auto const& text : all) {
        auto const month = app::month_of(text);
        if (last && *last == month) continue;
        last = month;
        view one;
        one.set("month", app::text_of(month));
        one.set("words", words_for(month));
        one.set("chosen", chosen && *chosen == month);
        list.push_back(one);
    }
    if (list.list_value().size() < 2) return view(false);
    view made;
    made.set("list", list);
    return made;
}

view entries_view(std::vector<private_text> const& texts)
{
    view made(view::type::list);
    for (auto const& text : texts) {
        view one;
        one.set("id", text.id.text());
        one.set("beginning", beginning_of(app::text_in(text.body, "text")));
        one.set("kind_words", std::string(prompt_of(app::text_in(text.body, "kind")).words));
        put_time(one, "when", text.created_at);
        made.push_back(one);
    }
    return made;
}

// Without a month and without words: the newest month that has something.
task<net::response> list(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return with.error_page()(asked, query.error());
    auto const words = http::field_of(*query, "q");
    auto wanted = app::browse_of(http::field_of(*query, "month"), words);
    if (!wanted) co_return with.error_page()(asked, wanted.error());
    auto const me = owner_of(asked);
    auto const all = co_await asked.services.space.all(me, kind);
    if (!all) co_return with.error_page()(asked, all.error());
    if (!wanted->month && words.empty() && !all->empty()) wanted->month = app::month_of(all->front());
    auto const found = app::matching(*all, kind, *wanted);
    view made;
    made.set("any", !all->empty());
    made.set("q", words);
    made.set("removed", !http::field_of(*query, "removed").empty());
    made.set("care_html", care_html(with.get(), asked, words));
    made.set("months", months_view(*all, wanted->month));
    if (!words.empty()) {
        made.set(
            "heading",
            std::to_string(found.size()) + (found.size() == 1 ? " entry" : " entries") + " with these words"
        );
    } else if (wanted->month) {
        made.set("heading", words_for(*wanted->month));
    }
    made.set("entries", entries_view(found));
    co_return with.get().page(asked, 200, "Journal", "journal", made);
}

void put_prompt(view& made, std::string_view name, timestamp now)
{
    auto const& one = prompt_of(name);
    auto const day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
    made.set("kind", std::string(one.kind));
    made.set("heading", std::string(one.heading));
    made.set("label", std::string(one.label));
    made.set("hint", std::string(one.hints[static_cast<std::size_t>(day) % one.hints.size()]));
}

net::response
new_page(context const& asked, renderer const& with, http::fields const& typed, error const* failed)
{
    view made;
    put_prompt(made, http::field_of(typed, "kind"), asked.services.time.now());
    made.set("action", "/me/journal");
    made.set("key", key_or_new(typed));
    made.set("based_on", "0");
    made.set("text", http::field_of(typed, "text"));
    made.set("errors_html", failed == nullptr ? std::string() : errors_html(with.get(), *failed));
    auto const status = failed == nullptr ? 200U : http::status_of(failed->code);
    return with.get().page(asked, status, "Journal", "journal_entry", made);
}

task<net::response> show_new(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    co_return new_page(asked, with, query ? *query : http::fields(), nullptr);
}

task<net::response> new_page_again(context asked, renderer const& with, http::fields typed, error failed)
{
    co_return new_page(asked, with, typed, &failed);
}

task<net::response> add(context asked, renderer const& with)
{
    return add_record(std::move(asked), with, kind, "/me/journal", new_page_again);
}

view earlier_view(std::vector<private_text> const& versions)
{
    view made(view::type::list);
    for (auto at = versions.rbegin() + 1; at < versions.rend(); ++at) {
        view one;
        one.set("text", app::text_in(at->body, "text"));
        put_time(one, "when", at->saved_at);
        made.push_back(one);
    }
    return made;
}

task<net::response> entry_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = owner_of(asked);
    auto const id = id_in(asked);
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const& newest = versions->back();
    auto const has_failed = !failed.fields.empty() || !failed.detail.empty();
    auto const words = app::text_in(newest.body, "text");
    auto const saved = was_saved(asked) && !has_failed;
    view made;
    put_prompt(made, app::text_in(newest.body, "kind"), asked.services.time.now());
    made.set("id", id.text());
    made.set("is_kept", true);
    made.set("action", "/me/journal/" + id.text());
    made.set("based_on", has_failed ? http::field_of(typed, "based_on") : std::to_string(newest.version));
    made.set("text", has_failed ? http::field_of(typed, "text") : words);
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    made.set("saved", saved);
    made.set("beside", newest.is_beside_another());
    made.set("care_html", saved ? care_html(with.get(), asked, words) : std::string());
    put_time(made, "begun", newest.created_at);
    put_time(made, "kept", newest.saved_at);
    made.set("has_earlier", versions->size() > 1);
    made.set("earlier", earlier_view(*versions));
    auto const status = has_failed ? http::status_of(failed.code) : 200U;
    co_return with.get().page(asked, status, "Journal", "journal_entry", made);
}

task<net::response> show(context asked, renderer const& with)
{
    return entry_page(std::move(asked), with, http::fields(), error());
}

task<net::response> change(context asked, renderer const& with)
{
    return change_record(std::move(asked), with, kind, "/me/journal", entry_page);
}

task<net::response> remove(context asked, renderer const& with)
{
    return remove_record(std::move(asked), with, kind, "/me/journal?removed=1");
}
} // namespace

void add_journal_pages(std::vector<http::route>& to, renderer const& with)
{
    constexpr auto* object = "journal_entry";
    add_page(to, with, method::get, "/me/journal", least::member, "account", list);
    add_page(to, with, method::post, "/me/journal", least::member, "account", add, rate_kind::write);
    add_page(to, with, method::get, "/me/journal/new", least::member, "account", show_new);
    add_page(to, with, method::get, "/me/journal/{id}", least::member, object, show);
    add_page(to, with, method::post, "/me/journal/{id}", least::member, object, change, rate_kind::write);
    add_page(
        to, with, method::post, "/me/journal/{id}/delete", least::member, object, remove, rate_kind::write
    );
}

} // namespace holdfast::pages
