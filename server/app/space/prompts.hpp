// What the journal asks: another question each day, the same for the whole day, and dialogues that go from
// one voice to the other. Every question may be left aside.
#pragma once
#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace holdfast::app {

// The question of a day for a kind of entry. `further` asks for the next ones. "" for a kind without any.
std::string_view prompt_on(std::string_view kind, std::chrono::sys_days day, std::size_t further = 0);

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

// Who speaks in a turn.
std::string_view speaker_in(dialogue_voice const& voice, std::size_t turn);
// The dialogue so far with one more turn. The speaker's name is the member's own word from then on.
std::string with_turn(std::string const& so_far, std::string const& speaker, std::string const& words);

} // namespace holdfast::app
