#include "server/pages/space/other_version.hpp"

#include "server/app/partner/pace_changed.hpp"
#include "server/app/plain_words.hpp"
#include "server/app/share_copy.hpp"
#include "server/app/space/moods.hpp"
#include "server/app/space/other_versions.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_text.hpp"
#include "server/app/story/story_writing.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/goal_words.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/space/pacing_words.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace holdfast::pages::other_version_pages {

namespace json = boost::json;
using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
struct headed_field {
    std::string_view field;
    std::string_view heading;
};
// said
constexpr std::array<headed_field, 1> journal_fields{headed_field{"text", "Your words"}};
// said
constexpr std::array<headed_field, 6> mood_fields{
    headed_field{"day", "Day"},
    headed_field{"level", "Mood"},
    headed_field{"tags", "Words for it"},
    headed_field{"doing", "What I was doing"},
    headed_field{"helped", "What helped a bit"},
    headed_field{"note", "A note"}};
// said
constexpr std::array<headed_field, 2> card_fields{
    headed_field{"title", "When"}, headed_field{"text", "What I tell myself, or do"}};
// said
constexpr std::array<headed_field, 12> goal_fields{
    headed_field{"what", "What exactly?"},
    headed_field{"measure", "How will you know?"},
    headed_field{"possible", "What makes it possible?"},
    headed_field{"value", "Why does it matter to you?"},
    headed_field{"serves", "Which of your values does it serve?"},
    headed_field{"by", "By when, roughly?"},
    headed_field{"domain", "Part of life"},
    headed_field{"review", "When may we ask how it goes?"},
    headed_field{"state", "Where it stands"},
    headed_field{"kept", "What I take with me"},
    headed_field{"steps", "A step"},
    headed_field{"reviews", "A look back"}};
// said
constexpr std::array<headed_field, 4> habit_fields{
    headed_field{"name", "What is it?"},
    headed_field{"kind", "What is it about?"},
    headed_field{"unit", "Is there a number that you would like to note?"},
    headed_field{"state", "Where it stands"}};
// said
constexpr std::array<headed_field, 4> value_fields{
    headed_field{"chosen", "What you chose"},
    headed_field{"very", "Very much"},
    headed_field{"somewhat", "Somewhat"},
    headed_field{"not_now", "Not now"}};
// said
constexpr std::array<headed_field, 6> experiment_fields{
    headed_field{"what", "What would you like to try?"},
    headed_field{"expect", "What do you think will happen?"},
    headed_field{"before", "How was it before?"},
    headed_field{"after", "How was it after?"},
    headed_field{"noticed", "What did you notice?"},
    headed_field{"then", "What now?"}};
// said
constexpr std::array<headed_field, 2> waiting_fields{
    headed_field{"title", "A few words for the title"}, headed_field{"text", "Your words"}};
// said
constexpr std::array<headed_field, 13> pacing_fields{
    headed_field{"pause_after", "A pause when I have been reading"},
    headed_field{"pause_after_heavy", "A pause when I have opened heavy posts"},
    headed_field{"late_from", "Late hours from"},
    headed_field{"late_to", "Late hours until"},
    headed_field{"late_posts", "What you wrote late"},
    headed_field{"clock", "Your clock, beside London's in winter"},
    headed_field{"zone", "Where your clock is"},
    headed_field{"no_self_harm", "Nothing about self-harm until"},
    headed_field{"no_violence", "Nothing about violence until"},
    headed_field{"no_sex", "Nothing about sex until"},
    headed_field{"no_abuse", "Nothing about abuse until"},
    headed_field{"no_hard_words", "Nothing about other hard words until"},
    headed_field{"muted", "People whose posts I hide"}};

struct choice_words {
    std::string_view value;
    std::string_view words;
};
// said
constexpr std::array<choice_words, 8> words_of_choices{
    choice_words{"active", "Going on"},
    choice_words{"archived", "Put away"},
    choice_words{"open", "Still open"},
    choice_words{"done", "Done"},
    choice_words{"let_go", "Let go"},
    choice_words{"keep", "I keep doing it"},
    choice_words{"change", "I try it another way"},
    choice_words{"own", "Something of my own"}};

std::string words_of_choice(std::string_view field, std::string_view value)
{
    if (field == "domain") return words_of_domain(value);
    if (field == "review") return words_of_rhythm(value);
    auto const* const found =
        std::find_if(words_of_choices.begin(), words_of_choices.end(), [&](auto const& one) {
            return one.value == value;
        });
    return found == words_of_choices.end() ? std::string(value) : say(found->words);
}

std::vector<headed_field> fields_shown(private_kind kind)
{
    auto const listed = [](auto const& all) { return std::vector<headed_field>(all.begin(), all.end()); };
    std::vector<headed_field> made;
    switch (kind) {
    case private_kind::journal:
        return listed(journal_fields);
    case private_kind::mood:
        return listed(mood_fields);
    case private_kind::card:
        return listed(card_fields);
    case private_kind::goal:
        return listed(goal_fields);
    case private_kind::habit:
        return listed(habit_fields);
    case private_kind::value:
        return listed(value_fields);
    case private_kind::experiment:
        return listed(experiment_fields);
    case private_kind::pacing:
        return listed(pacing_fields);
    case private_kind::plan:
    case private_kind::story: {
        auto const what = kind == private_kind::plan ? domain::share_what::plan : domain::share_what::story;
        for (auto const& section : app::share_sections(what))
            made.push_back({section.field, section.heading});
        return made;
    }
    case private_kind::waiting:
        return listed(waiting_fields);
    case private_kind::habit_note:
        break;
    }
    return made;
}

// What differs in one of them: `text` is their own, `words` are ours.
struct differing {
    std::string heading, text, words;
};
using differences = std::vector<differing>;

void add_part(differences& to, std::string_view heading, std::string const& text, std::string const& words)
{
    to.push_back({say(heading), text, words});
}

std::string lines_of(json::object const& words)
{
    std::string made;
    for (auto const& member : words) {
        if (!member.value().is_string() || member.key() == "day" || member.key() == "state") continue;
        made += (made.empty() ? "" : "\n") + std::string(member.value().get_string());
    }
    if (auto const* tries = words.if_contains("tries"); tries != nullptr && tries->is_array()) {
        for (auto const& one : tries->get_array())
            if (one.is_object()) made += "\n" + lines_of(one.get_object());
    }
    return made;
}

// Of lists of steps, values and looks back: those that the page doesn't show just so.
void add_differing(
    differences& to, std::string_view heading, json::array const& other, json::value const* newest
)
{
    for (auto const& one : other) {
        auto const is_shown = newest != nullptr && newest->is_array() &&
                              std::find(newest->get_array().begin(), newest->get_array().end(), one) !=
                                  newest->get_array().end();
        if (is_shown || !one.is_object()) continue;
        auto const state = app::text_in(one.get_object(), "state");
        add_part(
            to, heading, lines_of(one.get_object()), state.empty() ? "" : words_of_choice("state", state)
        );
    }
}

void add_value(
    differences& to,
    private_kind kind,
    headed_field const& field,
    json::value const& value,
    json::value const* newest
)
{
    if (value.is_int64()) {
        auto const level = static_cast<std::size_t>(value.get_int64());
        auto const is_level = level >= 1 && level <= app::mood_words.size();
        return add_part(to, field.heading, "", is_level ? say(app::mood_words.at(level - 1)) : "");
    }
    if (value.is_array()) {
        auto const& all = value.get_array();
        if (!all.empty() && all.front().is_object()) return add_differing(to, field.heading, all, newest);
        std::vector<std::string> names;
        for (auto const& one : all)
            if (one.is_string()) names.emplace_back(one.get_string());
        return add_part(to, field.heading, app::listed(names), "");
    }
    if (!value.is_string()) return;
    std::string const text(value.get_string());
    if (kind == private_kind::pacing)
        return add_part(to, field.heading, "", words_of_pace(field.field, text));
    constexpr std::array<std::string_view, 5> choices{"domain", "review", "state", "kind", "then"};
    auto const is_choice = std::find(choices.begin(), choices.end(), field.field) != choices.end();
    add_part(to, field.heading, is_choice ? "" : text, is_choice ? words_of_choice(field.field, text) : "");
}

differences between(private_kind kind, json::object const& other, json::object const& newest)
{
    differences made;
    for (auto const& field : fields_shown(kind)) {
        auto const* const there = other.if_contains(field.field);
        auto const* const here = newest.if_contains(field.field);
        if (there == nullptr && here != nullptr) {
            add_part(made, field.heading, "", say("Nothing stands here."));
        } else if (there != nullptr && (here == nullptr || *there != *here)) {
            if (kind == private_kind::story && field.field == "strengths") {
                add_part(made, field.heading, app::section_text(other, field.field), "");
            } else {
                add_value(made, kind, field, *there, here);
            }
        }
    }
    return made;
}

// On the page of the record stands so much of the other one; the rest on a page of its own.
constexpr std::size_t parts_shown = 16;
constexpr std::size_t words_shown_bytes = 600;
constexpr std::size_t part_bytes = 24 * 1024; // of one part of that page, if one text isn't longer

std::string parts_html(renderer::parts const& with, differences const& all, std::size_t bytes_max)
{
    view list(view::type::list);
    for (auto const& part : all) {
        view one;
        one.set("heading", part.heading);
        put_words(one, "text", cut_to(part.text, bytes_max));
        put_words(one, "words", part.words);
        list.push_back(one);
    }
    view made;
    made.set("any_parts", !all.empty());
    made.set("parts", list);
    return with.render("other_parts", made);
}

struct other_kind {
    private_kind kind;
    std::string_view path; // of the pages
    std::string_view object;
};
constexpr std::array<other_kind, 11> kinds{
    other_kind{private_kind::journal, "/me/journal", "journal_entry"},
    other_kind{private_kind::mood, "/me/moods", "mood"},
    other_kind{private_kind::card, "/me/cards", "card"},
    other_kind{private_kind::goal, "/me/goals", "goal"},
    other_kind{private_kind::habit, "/me/habits", "habit"},
    other_kind{private_kind::value, "/me/values", "value"},
    other_kind{private_kind::experiment, "/me/experiments", "experiment"},
    other_kind{private_kind::story, "/me/stories", "story"},
    other_kind{private_kind::waiting, "/me/waiting", "waiting"},
    other_kind{private_kind::plan, "/me/plan", "account"},
    other_kind{private_kind::pacing, "/me/pacing", "account"}};

// As their writer sees them today: of a story without what they put away.
task<result<std::vector<private_text>>> versions_of(context asked, private_kind kind, private_id id)
{
    auto const me = asked.session();
    if (kind == private_kind::story) {
        auto of_story = co_await asked.services.story_writing.versions(me, id);
        co_return of_story;
    }
    auto all = co_await asked.services.space.versions(me, kind, id);
    co_return all;
}

int version_in(http::fields const& form)
{
    auto const text = http::field_of(form, "number");
    auto made = 0;
    std::from_chars(text.data(), text.data() + text.size(), made);
    return made;
}

// Taken over, it is the newest, and says that it began from what it was: so the one that was newest stands
// beside it now, and nothing is lost by a press.
app::decide_change taken_over(private_kind kind, std::chrono::sys_days today)
{
    return [=](private_text const& newest, private_text const& other) -> result<app::private_change> {
        auto const is_story = kind == private_kind::story;
        auto body = is_story ? app::with_newest(other.body, newest.body, today) : other.body;
        return app::private_change{other.version, std::move(body), 0};
    };
}

app::decide_change settled_up_to(int number)
{
    return [number](private_text const& newest, private_text const&) -> result<app::private_change> {
        return app::private_change{newest.version, newest.body, number};
    };
}

std::string place_of(other_kind const& of, private_id const& record)
{
    return std::string(of.path) + (domain::is_single(of.kind) ? "" : "/" + record.text());
}

task<result<private_id>> record_in(context asked, private_kind kind)
{
    if (!domain::is_single(kind)) co_return id_in(asked);
    auto const me = asked.session();
    auto const only = co_await asked.services.space.only(me, kind);
    if (!only) co_return only.error();
    if (!*only) co_return errc::not_found;
    co_return (*only)->id;
}

task<result<void>> press(context asked, private_kind kind, private_id id, http::fields form)
{
    auto const me = asked.session();
    auto const versions = co_await asked.services.space.versions(me, kind, id);
    if (!versions) co_return versions.error();
    auto const number = version_in(form);
    auto const others = app::other_versions(*versions);
    auto const other =
        std::find_if(others.begin(), others.end(), [&](auto const& one) { return one.version == number; });
    if (other == others.end()) co_return result<void>(); // pressed before
    auto const wanted = http::field_of(form, "do");
    if (wanted != "take" && wanted != "settled") co_return errc::bad_request;
    auto const today = co_await asked.services.pace.today(me);
    auto how = wanted == "settled" ? settled_up_to(number) : taken_over(kind, today);
    auto const done = co_await asked.services.space.change_with(me, kind, id, number, std::move(how));
    if (!done) co_return done.error();
    if (kind != private_kind::pacing) co_return result<void>();
    auto const followed = co_await app::pace_changed(asked.services, me);
    co_return followed;
}

// One of them as a whole, in parts: the newest when no number is asked for. Where there is none, the page of
// the record.
task<net::response> show(context asked, renderer const& with, other_kind of)
{
    auto const kind = of.kind;
    auto const id = co_await record_in(asked, kind);
    if (!id && domain::is_single(kind)) co_return see_other(std::string(of.path));
    if (!id) co_return with.error_page()(asked, id.error());
    auto const record = *id;
    auto const versions = co_await versions_of(asked, kind, record);
    if (!versions) co_return with.error_page()(asked, versions.error());
    auto const place = place_of(of, record);
    auto const others = app::other_versions(*versions);
    auto const wanted = number_asked(asked, "number");
    auto const number = wanted == 0 && !others.empty() ? others.back().version : wanted;
    auto const other =
        std::find_if(others.begin(), others.end(), [&](auto const& one) { return one.version == number; });
    if (other == others.end()) co_return see_other(place);
    auto const all = between(kind, other->body, versions->back().body);
    std::vector<std::size_t> bytes;
    for (auto const& part : all)
        bytes.push_back(escaped(part.text).size());
    auto const part = list_part_of(asked, bytes, parts_shown, part_bytes);
    auto const clock = co_await clock_of(asked);
    view made;
    put_time(made, "when", other->saved_at, clock);
    made.set("place", place);
    made.set("number", std::to_string(number));
    made.set("shown_html", parts_html(with.get(), in_part(all, part), std::string::npos));
    made.set("parts_html", list_parts_html(with.get(), asked, part));
    co_return with.get().page(asked, 200, say("The other version"), "other_whole", made);
}

task<net::response> pressed(context asked, renderer const& with, other_kind of)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const kind = of.kind;
    auto const id = co_await record_in(asked, kind);
    if (!id && domain::is_single(kind)) co_return see_other(std::string(of.path));
    if (!id) co_return with.error_page()(asked, id.error());
    auto const record = *id;
    auto const fields = *form;
    auto const done = co_await press(asked, kind, record, fields);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other(place_of(of, record) + "?saved=1");
}
} // namespace
} // namespace holdfast::pages::other_version_pages

namespace holdfast::pages {

std::string others_html(
    renderer::parts const& with,
    domain::private_kind kind,
    std::vector<app::private_text> const& versions,
    std::string const& place,
    app::own_clock const& clock
)
{
    using namespace other_version_pages;
    auto const others = app::other_versions(versions);
    if (others.empty()) return "";
    auto const& last = others.back();
    auto all = between(kind, last.body, versions.back().body);
    auto const is_more = all.size() > parts_shown;
    if (is_more) all.resize(parts_shown);
    auto const any_long = std::any_of(all.begin(), all.end(), [](auto const& one) {
        return one.text.size() > words_shown_bytes;
    });
    view earlier(view::type::list);
    for (auto one = others.rbegin() + 1; one != others.rend(); ++one) {
        view link;
        link.set("other", std::to_string(one->version));
        put_time(link, "then", one->saved_at, clock);
        earlier.push_back(link);
    }
    view made;
    put_time(made, "when", last.saved_at, clock);
    made.set("shown_html", parts_html(with, all, words_shown_bytes));
    made.set("more", is_more || any_long);
    made.set("any_earlier", others.size() > 1);
    made.set("earlier", earlier);
    made.set("place", place);
    made.set("number", std::to_string(last.version));
    return with.render("other_version", made);
}

void add_other_version_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace other_version_pages;
    for (auto const& of : kinds) {
        auto const place = std::string(of.path) + (domain::is_single(of.kind) ? "" : "/{id}");
        auto const object = std::string(of.object);
        auto look = [of, &with](context asked) {
            auto const& spoken = with.for_reader(asked);
            return show(std::move(asked), spoken, of);
        };
        auto press = [of, &with](context asked) {
            auto const& spoken = with.for_reader(asked);
            return pressed(std::move(asked), spoken, of);
        };
        auto const path = place + "/other";
        to.push_back({method::get, path, least::member, object, http::answers::html, look, rate_kind::read});
        to.push_back({method::post, path, least::member, object, http::answers::html, press, rate_kind::write}
        );
    }
}

} // namespace holdfast::pages
