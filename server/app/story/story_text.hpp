// A story's words: its sections, what its writer put away from themselves for a while, and the copy of it
// that others read, support first and what is hard to read behind a fold. Plain functions over a story's
// body.
#pragma once
#include "server/base/result.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

// What a section says, as plain text; "" when nothing is there.
std::string section_text(boost::json::object const& body, std::string_view field);

// A passage that its writer does not want to meet before a day. A mark stands in its place.
struct put_away {
    int number = 1;
    std::string section;
    std::string words;
    std::string until; // a day
};
std::vector<put_away> put_away_in(boost::json::object const& body);
// invalid names "words" or "until": the passage stands in no section, or the day has come already.
result<boost::json::object> with_put_away(
    boost::json::object body, std::string const& words, std::string const& until, std::chrono::sys_days today
);
// Back in its place, or at the end of its section when the mark is gone. not_found: there is none of that
// number.
result<boost::json::object> with_brought_back(boost::json::object body, int number);

// A version as its writer sees it today: what `newest` has put away stands in no version, and what is due is
// back in its place. Of what is still away only number, section and day are left.
boost::json::object
as_seen(boost::json::object body, boost::json::object const& newest, std::chrono::sys_days today);
// A change as it is kept: with what `before` has put away and, while the next step is the same, its goal,
// which no form carries.
boost::json::object
carried_on(boost::json::object typed, boost::json::object const& before, std::chrono::sys_days today);
// The same with what another device did meanwhile: what `newest` has put away stays away, but for the passage
// that is brought back; and its goal stays with the same next step.
boost::json::object with_newest(
    boost::json::object body,
    boost::json::object const& newest,
    std::chrono::sys_days today,
    std::string_view brought_back = {}
);

// The copy that others read, of the chosen sections of a body as it was seen. "" when they are empty.
std::string copy_of(boost::json::object const& seen, std::vector<std::string> const& chosen);

} // namespace holdfast::app
