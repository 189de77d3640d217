#include "server/pages/space/journal_words.hpp"

#include "server/app/space/dialogue.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/pages/parts.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

namespace holdfast::pages {

namespace {
// said
constexpr std::array<entry_words, 5> known{
    entry_words{"writing", "Free writing", "Write freely", "Your words"},
    entry_words{"gratitude", "Thankful for", "Something I am thankful for", "What was it?"},
    entry_words{"reflection", "Looking back", "Look back on a time", "What do you see when you look back?"},
    entry_words{"verse", "Verse", "A few lines of verse", "Your lines"},
    entry_words{"dialogue", "Dialogue", "A dialogue", "The words so far"}};
} // namespace

entry_words const& words_of_entry(std::string_view kind)
{
    auto const* const found =
        std::find_if(known.begin(), known.end(), [&](auto const& one) { return one.kind == kind; });
    return found == known.end() ? known.front() : *found;
}

std::string beginning_of_entry(boost::json::object const& entry)
{
    auto const text = app::text_in(entry, "text");
    auto const first_line = text.find('\n'); // of a dialogue: whose turn it is
    auto const is_dialogue = app::text_in(entry, "kind") == "dialogue" && first_line != std::string::npos;
    return beginning_of(is_dialogue ? text.substr(first_line + 1) : text);
}

void put_next_turn(view& made, boost::json::object const& entry, std::string const& typed)
{
    made.set("next_turn", false);
    if (app::text_in(entry, "kind") != "dialogue") return;
    auto const turn = app::next_turn_of(entry);
    if (turn.question.empty()) return;
    view next;
    next.set("question", say(turn.question));
    next.set("speaker", say(turn.speaker));
    next.set("typed", typed);
    made.set("next_turn", next);
}

} // namespace holdfast::pages
