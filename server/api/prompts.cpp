// What one's own space asks: the questions of a day, dialogues turn by turn, and the cards to sort by what
// matters. Words come in the language of the request.
#include "server/app/space/prompts.hpp"
#include "server/api/api.hpp"
#include "server/api/decode.hpp"
#include "server/app/posts/json_of.hpp"
#include "server/app/space/dialogue.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/values.hpp"
#include "server/base/phrase.hpp"

#include <boost/json/array.hpp>

#include <array>
#include <charconv>

namespace holdfast::api::prompt_routes {

namespace json = boost::json;
using domain::private_kind;
using http::context;
using net::method;

namespace {
constexpr auto kind = private_kind::journal;

json::array turns_of(app::dialogue_voice const& voice, app::language const& spoken)
{
    json::array made;
    for (auto const& turn : voice.turns) {
        json::object one;
        one["is_me"] = turn.is_me;
        one["question"] = spoken.text_of(say(turn.question));
        made.push_back(std::move(one));
    }
    return made;
}

json::array voices_in(app::language const& spoken)
{
    json::array made;
    for (auto const& voice : app::dialogue_voices()) {
        json::object one;
        one["voice"] = voice.name;
        one["words"] = spoken.text_of(say(voice.words));
        one["speaker"] = spoken.text_of(say(voice.speaker));
        one["turns"] = turns_of(voice, spoken);
        made.push_back(std::move(one));
    }
    return made;
}

struct asked_for {
    std::chrono::sys_days day;
    std::size_t further = 0;
};
// `further`: how many questions after that day's own.
result<asked_for> wanted_in(http::fields const& query, std::chrono::sys_days today)
{
    asked_for made{today, 0};
    if (auto const day = http::field_of(query, "day"); !day.empty()) {
        auto const one = app::day_from(day);
        if (!one) return invalid_field("day", "Please give a day, such as 2026-05-01.");
        made.day = *one;
    }
    if (auto const further = http::field_of(query, "further"); !further.empty()) {
        constexpr std::size_t most = 1000;
        auto const* const end = further.data() + further.size();
        auto const read = std::from_chars(further.data(), end, made.further);
        if (read.ec != std::errc() || read.ptr != end || made.further > most)
            return invalid_field("further", "Please give a whole number, at most 1000.");
    }
    return made;
}

task<net::response> questions(context asked)
{
    auto const query = http::form_fields(asked.request->query());
    if (!query) co_return answer_error(query.error());
    auto const me = asked.session();
    auto const today = co_await asked.services.pace.today(me);
    auto const wanted = wanted_in(*query, today);
    if (!wanted) co_return answer_error(wanted.error());
    auto const& spoken = spoken_for(asked);
    json::object questions;
    for (std::string_view const one : {"writing", "gratitude", "reflection", "verse"})
        questions[one] = spoken.text_of(say(app::prompt_on(one, wanted->day, wanted->further)));
    json::object made;
    made["day"] = app::text_of(wanted->day);
    made["questions"] = std::move(questions);
    made["dialogues"] = voices_in(spoken);
    co_return http::json_response(200, made);
}

// What was saved and what is asked next; care when the words sound heavy, for the author's eyes alone.
net::response
taken(context const& asked, unsigned status, app::private_text const& entry, app::language const& spoken)
{
    auto made = app::json_of(entry);
    auto const next = app::next_turn_of(entry.body);
    made["next"] = nullptr;
    if (!next.question.empty()) {
        json::object turn;
        turn["speaker"] = spoken.text_of(say(next.speaker));
        turn["question"] = spoken.text_of(say(next.question));
        made["next"] = std::move(turn);
    }
    auto const care = asked.services.space.care_for(*asked.who, app::words_in(kind, entry.body));
    if (care) made["care"] = app::json_of(*care);
    return http::json_response(status, made);
}

std::string speaker_of(json::object const& entry, app::language const& spoken)
{
    return spoken.text_of(say(app::next_turn_of(entry).speaker));
}

task<net::response> begin(context asked)
{
    auto const key = idempotency_key(*asked.request);
    if (!key) co_return answer_error(key.error());
    auto given = http::json_body::read(*asked.request);
    if (!given) co_return answer_error(given.error());
    auto const name = given->text("voice");
    auto const turn = given->text("turn");
    auto const good = given->check();
    if (!good) co_return answer_error(good.error());
    auto const& voice = app::voice_named(name);
    if (voice.name != name) {
        auto const unknown = invalid_field("voice", "Please choose one of the voices that are offered.");
        co_return answer_error(unknown);
    }
    auto const& spoken = spoken_for(asked);
    auto const entry = app::dialogue_with(voice);
    auto const body = app::with_turn(entry, speaker_of(entry, spoken), turn);
    if (!body) co_return answer_error(body.error());
    auto const me = asked.session();
    auto const made = co_await asked.services.space.add(me, kind, *key, *body);
    if (!made) co_return answer_error(made.error());
    co_return taken(asked, 201, *made, spoken);
}

task<net::response> take_turn(context asked)
{
    auto given = http::json_body::read(*asked.request);
    if (!given) co_return answer_error(given.error());
    auto const turn = given->text("turn");
    auto const before = as_int(given->maybe_integer("based_on").value_or(0));
    auto const good = given->check();
    if (!good) co_return answer_error(good.error());
    auto const me = asked.session();
    auto const id = id_at<private_id>(asked, 0);
    auto const& spoken = spoken_for(asked);
    app::decide_change how = [before, turn, &spoken](
                                 app::private_text const&, app::private_text const& seen
                             ) -> result<app::private_change> {
        auto body = app::with_turn(seen.body, speaker_of(seen.body, spoken), turn);
        if (!body) return body.error();
        return app::private_change{before, std::move(*body), 0};
    };
    auto const made = co_await asked.services.space.change_with(me, kind, id, before, std::move(how));
    if (!made) co_return answer_error(made.error());
    co_return taken(asked, 200, *made, spoken);
}

task<net::response> cards(context asked)
{
    auto const& spoken = spoken_for(asked);
    json::array all;
    for (auto const& card : app::value_cards()) {
        json::object one;
        one["name"] = spoken.text_of(say(card.name));
        one["meaning"] = spoken.text_of(say(card.meaning));
        all.push_back(std::move(one));
    }
    json::object made;
    made["cards"] = std::move(all);
    co_return http::json_response(200, made);
}
} // namespace
} // namespace holdfast::api::prompt_routes

namespace holdfast::api {

void add_prompt_routes(std::vector<http::route>& to)
{
    using namespace prompt_routes;
    using http::least;
    add_route(to, method::get, "/api/v1/journal-questions", least::member, "account", questions);
    add_route(to, method::post, "/api/v1/dialogues", least::member, "account", begin);
    add_route(to, method::post, "/api/v1/journal/{id}/turns", least::member, "journal_entry", take_turn);
    add_route(to, method::get, "/api/v1/value-cards", least::member, "account", cards);
}

} // namespace holdfast::api
