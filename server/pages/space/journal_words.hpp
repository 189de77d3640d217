// What the pages of the journal call each kind of entry, and the dialogue in one.
#pragma once
#include "server/app/space/space.hpp"
#include "server/pages/view.hpp"

#include <string_view>

namespace holdfast::pages {

struct entry_words {
    std::string_view kind;
    std::string_view words; // in lists
    std::string_view heading;
    std::string_view label; // of its words
};
entry_words const& words_of_entry(std::string_view kind); // free writing when there is no such kind

// Enough of an entry to know which one it is.
std::string beginning_of_entry(boost::json::object const& entry);

// The question that comes next in a dialogue, and who is asked; nothing when it is no dialogue, or at its
// end.
void put_next_turn(view& made, boost::json::object const& entry, std::string const& typed);

} // namespace holdfast::pages
