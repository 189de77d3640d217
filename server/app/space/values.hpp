// Values: cards sorted onto three heaps, a few of them chosen, and for each the wish beside the room that it
// has now. Sorted again later, what changed is said in words. No card is better than another.
#pragma once
#include "server/app/space/pacing.hpp"
#include "server/app/space/space.hpp"

#include <boost/json/object.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

struct value_card {
    std::string_view name;
    std::string_view meaning;
};
std::vector<value_card> const& value_cards();

struct chosen_value {
    std::string name;
    int matters = 0; // 1 to 5; 0: not said yet
    int room = 0;
    std::string step; // a small thing that would give it room

    bool is_told() const { return matters > 0 && room > 0; }
};
std::vector<chosen_value> chosen_in(boost::json::object const& sorting);
void set_chosen(boost::json::object& sorting, std::vector<chosen_value> const& chosen);
std::vector<std::string> names_in(boost::json::object const& sorting, std::string_view heap);

// Words for the two scales, from 1 to 5.
// said all
inline constexpr std::array<std::string_view, 5> matters_words{
    "a little", "somewhat", "much", "very much", "more than most things"};
// said all
inline constexpr std::array<std::string_view, 5> room_words{
    "none yet", "a little", "some", "a good deal", "as much as I like"};

// The chosen values of the newest sorting that has some; what a goal can serve.
std::vector<std::string> values_chosen(std::vector<private_text> const& sortings);
// "Nature matters very much to you, and has a little room now."
std::string sentence_about_value(chosen_value const& value);
// What is different in the newer sorting, a sentence each; none when nothing is.
std::vector<std::string> changes_between(boost::json::object const& older, boost::json::object const& newer);
// The same of the two newest sortings that have chosen values; none while there are fewer. Newest first.
struct value_changes {
    std::chrono::sys_days since;
    std::vector<std::string> sentences;
};
std::optional<value_changes> changes_in(std::vector<private_text> const& sortings, own_clock const& clock);

} // namespace holdfast::app
