// A dialogue in the journal, turn by turn.
#include "server/app/space/dialogue.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/own_space.hpp"

#include <boost/json/object.hpp>

namespace holdfast::pages::dialogue_pages {

namespace json = boost::json;
using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::journal;

view voices_view()
{
    view made(view::type::list);
    for (auto const& voice : app::dialogue_voices()) {
        view one;
        one.set("voice", std::string(voice.name));
        one.set("words", say(voice.words));
        made.push_back(one);
    }
    return made;
}

net::response
begin_page(context const& asked, renderer const& with, http::fields const& typed, error const* failed)
{
    auto const chosen = http::field_of(typed, "voice");
    view made;
    made.set("chosen", !chosen.empty());
    made.set("voices", voices_view());
    auto const& voice = app::voice_named(chosen);
    made.set("voice", std::string(voice.name));
    made.set("heading", say(voice.words));
    made.set("question", say(voice.turns.front().question));
    made.set("typed", http::field_of(typed, "turn"));
    made.set("key", key_or_new(typed));
    made.set("errors_html", failed == nullptr ? std::string() : errors_html(with.get(), *failed));
    auto const status = failed == nullptr ? 200U : http::status_of(failed->code);
    return with.get().page(asked, status, say("A dialogue"), "dialogue", made);
}

task<net::response> show_new(context asked, renderer const& with)
{
    auto const query = http::form_fields(asked.request->query());
    co_return begin_page(asked, with, query ? *query : http::fields(), nullptr);
}

// The entry with the turn that the form brings.
result<json::object> with_typed(json::object const& entry, http::fields const& form, language const& spoken)
{
    auto const speaker = spoken.text_of(say(app::next_turn_of(entry).speaker));
    return app::with_turn(entry, speaker, as_typed(http::field_of(form, "turn")));
}

task<net::response> begin(context asked, renderer const& with)
{
    auto form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const body = with_typed(
        app::dialogue_with(app::voice_named(http::field_of(*form, "voice"))), *form, with.get().spoken
    );
    auto failed = body ? error() : body.error();
    if (body) {
        auto const me = asked.session();
        auto const key = key_or_new(*form);
        auto const made = co_await asked.services.space.add(me, kind, key, *body);
        if (made) co_return see_other("/me/journal/" + made->id.text() + "?saved=1#next");
        if (made.error().code == errc::key_reused) form->erase("key");
        failed = kept_words(made.error());
    }
    co_return begin_page(asked, with, *form, &failed);
}

task<net::response> take_turn(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const me = asked.session();
    auto const id = id_in(asked);
    auto const before = based_on(*form);
    auto const& spoken = with.get().spoken;
    app::decide_change how = [before, typed = *form, &spoken](
                                 private_text const&, private_text const& seen
                             ) -> result<app::private_change> {
        auto body = with_typed(seen.body, typed, spoken);
        if (!body) return body.error();
        return app::private_change{before, std::move(*body), 0};
    };
    auto const made = co_await asked.services.space.change_with(me, kind, id, before, std::move(how));
    if (made) co_return see_other("/me/journal/" + id.text() + "?saved=1#next");
    if (made.error().code == errc::not_found) co_return with.error_page()(asked, made.error());
    auto const failed = kept_words(made.error());
    auto answer = co_await journal_entry_page(asked, with, *form, failed);
    co_return answer;
}
} // namespace
} // namespace holdfast::pages::dialogue_pages

namespace holdfast::pages {

void add_dialogue_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace dialogue_pages;
    constexpr auto writes = rate_kind::write;
    add_page(to, with, method::get, "/me/journal/dialogue", least::member, "account", show_new);
    add_page(to, with, method::post, "/me/journal/dialogue", least::member, "account", begin, writes);
    add_page(
        to, with, method::post, "/me/journal/{id}/turn", least::member, "journal_entry", take_turn, writes
    );
}

} // namespace holdfast::pages
