#include "server/app/space/values.hpp"

#include "server/app/plain_words.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/phrase.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

namespace json = boost::json;

namespace {
bool has(std::vector<std::string> const& names, std::string const& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> names_of(std::vector<chosen_value> const& chosen)
{
    std::vector<std::string> made;
    for (auto const& one : chosen)
        made.push_back(one.name);
    return made;
}

std::vector<std::string>
only_in(std::vector<std::string> const& those, std::vector<std::string> const& not_these)
{
    std::vector<std::string> made;
    for (auto const& one : those) {
        if (!has(not_these, one)) made.push_back(one);
    }
    return made;
}

void say_more_or_less_room(
    std::vector<std::string>& to, std::vector<chosen_value> const& older, chosen_value const& newer
)
{
    auto const before =
        std::find_if(older.begin(), older.end(), [&](auto const& one) { return one.name == newer.name; });
    if (before == older.end() || !before->is_told() || !newer.is_told()) return;
    blanks const value{{"value", newer.name}};
    if (newer.room > before->room) to.push_back(say("{value} has more room than before.", value));
    if (newer.room < before->room) to.push_back(say("{value} has less room just now than before.", value));
    if (newer.matters > before->matters) to.push_back(say("{value} matters more to you than before.", value));
    if (newer.matters < before->matters)
        to.push_back(say("{value} is less pressing for you than before.", value));
}

std::string word_at(std::array<std::string_view, 5> const& words, int level)
{
    return say(words.at(static_cast<std::size_t>(std::clamp(level, 1, 5) - 1)));
}
} // namespace

std::vector<value_card> const& value_cards()
{
    // said
    static std::vector<value_card> const cards{
        {"Honesty", "saying what is true, to myself too"},
        {"Kindness", "being gentle with others"},
        {"Being good to myself", "speaking to myself as to a friend"},
        {"Courage", "doing it although I am afraid"},
        {"Calm", "quiet in me and around me"},
        {"Freedom", "choosing my own way"},
        {"Safety", "being where nobody hurts me"},
        {"Family", "the people I call family, by birth or by choice"},
        {"Friendship", "people who stay"},
        {"Love", "being close, and letting somebody close"},
        {"Trust", "leaning on others, and being there to lean on"},
        {"Respect", "being treated as a person, and treating others so"},
        {"Fairness", "everybody gets their part"},
        {"Helping", "being of use to somebody"},
        {"Belonging", "having a place among people"},
        {"Being heard", "saying what I think, and somebody listens"},
        {"Learning", "getting to know something new"},
        {"Creating", "making what was not there before"},
        {"Beauty", "music, light, colours, things made well"},
        {"Nature", "trees, water, animals, weather"},
        {"Health", "looking after my body"},
        {"Rest", "sleeping, stopping, doing nothing"},
        {"Play", "laughing, and things for fun"},
        {"Work", "doing well what needs doing"},
        {"Faith", "something larger than me"},
        {"Patience", "giving things their time"},
        {"Hope", "that something can change"},
        {"My own feet", "getting by with what I have and can"},
        {"Thanks", "seeing what is good"},
        {"Order", "a home and days that hold me"}};
    return cards;
}

std::vector<chosen_value> chosen_in(json::object const& sorting)
{
    std::vector<chosen_value> made;
    auto const* const all = sorting.if_contains("chosen");
    if (all == nullptr || !all->is_array()) return made;
    for (auto const& one : all->get_array()) {
        if (!one.is_object()) continue;
        auto const& object = one.get_object();
        made.push_back(
            {text_in(object, "name"),
             number_in(object, "matters"),
             number_in(object, "room"),
             text_in(object, "step")}
        );
    }
    return made;
}

void set_chosen(json::object& sorting, std::vector<chosen_value> const& chosen)
{
    json::array all;
    for (auto const& value : chosen) {
        json::object one;
        one["name"] = value.name;
        if (value.matters != 0) one["matters"] = value.matters;
        if (value.room != 0) one["room"] = value.room;
        if (!value.step.empty()) one["step"] = value.step;
        all.push_back(std::move(one));
    }
    sorting["chosen"] = std::move(all);
}

std::vector<std::string> names_in(json::object const& sorting, std::string_view heap)
{
    std::vector<std::string> made;
    auto const* const all = sorting.if_contains(heap);
    if (all == nullptr || !all->is_array()) return made;
    for (auto const& one : all->get_array()) {
        if (one.is_string()) made.emplace_back(one.get_string());
    }
    return made;
}

std::vector<std::string> values_chosen(std::vector<private_text> const& sortings)
{
    for (auto const& one : sortings) {
        auto const chosen = chosen_in(one.body);
        if (!chosen.empty()) return names_of(chosen);
    }
    return {};
}

std::string sentence_about_value(chosen_value const& value)
{
    if (!value.is_told()) return "";
    // said
    constexpr std::array<std::string_view, 5> has_room{
        "no room yet",
        "a little room now",
        "some room now",
        "a good deal of room now",
        "as much room as you like"};
    return say(
        "{value} matters {how_much} to you, and has {room}.",
        {{"value", value.name},
         {"how_much", word_at(matters_words, value.matters)},
         {"room", word_at(has_room, value.room)}}
    );
}

std::vector<std::string> changes_between(json::object const& older, json::object const& newer)
{
    std::vector<std::string> made;
    auto const before = chosen_in(older);
    auto const now = chosen_in(newer);
    auto const came = only_in(names_of(now), names_of(before));
    auto const went = only_in(names_of(before), names_of(now));
    if (!came.empty())
        made.push_back(say("Chosen now, and not then: {values}.", {{"values", in_a_row(came)}}));
    if (!went.empty())
        made.push_back(say("Chosen then, and not now: {values}.", {{"values", in_a_row(went)}}));
    for (auto const& one : now)
        say_more_or_less_room(made, before, one);
    auto const risen = only_in(only_in(names_in(newer, "very"), names_in(older, "very")), came);
    if (!risen.empty())
        made.push_back(say("Matters very much now: {values}.", {{"values", in_a_row(risen)}}));
    return made;
}

std::optional<value_changes> changes_in(std::vector<private_text> const& sortings, own_clock const& clock)
{
    std::vector<private_text const*> done;
    for (auto const& one : sortings) {
        if (!chosen_in(one.body).empty()) done.push_back(&one);
    }
    if (done.size() < 2) return std::nullopt;
    return value_changes{day_of(*done[1], clock), changes_between(done[1]->body, done[0]->body)};
}

} // namespace holdfast::app
