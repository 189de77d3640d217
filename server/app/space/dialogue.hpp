// Dialogues in the journal: one question after the other, answered in turns by oneself and by another voice
// of one's own. Each turn is a version of the entry, so that one can stop after any. Pure.
#pragma once
#include "server/base/result.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace holdfast::app {

struct dialogue_turn {
    bool is_me = true; // else the other voice
    std::string_view question;
};
struct dialogue_voice {
    std::string_view name;    // as it is stored
    std::string_view speaker; // above their words
    std::string_view words;   // as it is offered
    std::span<dialogue_turn const> turns;
};
std::span<dialogue_voice const> dialogue_voices();
dialogue_voice const& voice_named(std::string_view name); // the first one when there is none

// An entry of the journal before its first turn.
boost::json::object dialogue_with(dialogue_voice const& voice);
// What an entry asks next: no question past the last turn, and the member goes on as they like.
struct next_turn {
    std::string_view speaker;
    std::string_view question;
};
next_turn next_turn_of(boost::json::object const& entry);
// The entry with one more turn, shaped. The speaker's name is the member's own word from then on, so it comes
// in their language. invalid names "turn" where there are no words or too many, "kind" where it is no
// dialogue.
result<boost::json::object>
with_turn(boost::json::object entry, std::string const& speaker, std::string const& words);

} // namespace holdfast::app
