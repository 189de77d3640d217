// The form of a story: its parts, of which long ones are opened one after the other, and its strengths.
#pragma once
#include "server/app/space/space.hpp"
#include "server/pages/view.hpp"

#include <boost/json/object.hpp>

#include <vector>

namespace holdfast::pages {

using goals = std::vector<app::private_text>;

// The body that a form says.
boost::json::object story_of(http::fields const& form);
bool has_story(http::fields const& form);
// Parts that the form did not show are as they were in the version that it showed.
http::fields with_closed_parts(http::fields form, std::vector<app::private_text> const& versions);
bool is_empty_story(boost::json::object const& typed);
// Does the form say what stands there already?
bool is_unchanged(boost::json::object const& typed, boost::json::object const& now);
// Who pauses is asked nothing: what is there is kept, and what is needed can come later.
void fill_for_pause(boost::json::object& typed, language const& spoken);
// `came_back` is the form that did not work, empty for one that is shown for the first time.
void put_form(
    view& made,
    http::context const& asked,
    boost::json::object const& body,
    goals const& all,
    http::fields const& came_back
);

} // namespace holdfast::pages
