// What the screen hears in words between a person and those who look after them. That somebody is in distress
// is what such words are for: it never stands in their way. What may hurt the one who reads them is told.
#pragma once
#include "moderation/types.hpp"
#include "server/base/id.hpp"

#include <string_view>

namespace holdfast::app {

class screener;

struct heard {
    moderation::triage triage = moderation::triage::green;
    bool may_hurt = false; // something besides distress and danger, such as an insult or a contact detail
    bool unheard = false;  // the screen failed, was too slow or can't read it: treated as what may hurt
    bool other_language = false; // it is the last of these
    bool is_plain() const { return !may_hurt && !unheard; }
};

heard listen(
    screener const& screen, std::string_view words, circle_id const& circle, moderation::text_kind kind
);

} // namespace holdfast::app
