// The words of partners: copies of what a goal says, and the forms of what one says to the other. Plain
// functions.
#pragma once
#include "server/app/partner/partners.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace holdfast::app {

// What a copy of this kind says of a goal; "" when there is nothing.
std::string copy_of_goal(boost::json::object const& goal, domain::partner_words kind);
// As it is sent. invalid names "text", "hard" or "idea".
result<std::string> text_of(partner_word const& said);
// The goal with an idea taken over; the goal as it is when it says so already.
result<boost::json::object> with_idea(boost::json::object goal, std::string const& idea_text);

// What a member keeps about a partnership, sealed under their key.
struct partner_wishes {
    domain::partner_schedule schedule;
    std::string zone;                                // of their clock, for telling them of a day
    std::optional<std::chrono::sys_days> told_on;    // the last day that they were told of
    std::optional<std::chrono::sys_days> hard_since; // a hard week ends by itself after seven days

    std::string text() const;
    static partner_wishes from(std::string const& text);
    bool is_hard(timestamp now) const;
    // One of their days, by their clock, of which they want to be told and were not yet.
    std::optional<std::chrono::sys_days> to_tell_on(timestamp now) const;
};

} // namespace holdfast::app
