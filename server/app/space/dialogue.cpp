#include "server/app/space/dialogue.hpp"

#include "server/app/space/private_shape.hpp"

#include <algorithm>
#include <array>

namespace holdfast::app {

namespace json = boost::json;
using domain::private_kind;

namespace {
constexpr std::array<dialogue_turn, 6> with_friend{
    {{true, "What weighs on you right now? Say it as you would to somebody who likes you."},
     {false, "Now be the friend. What do they say first? Perhaps only: I hear you."},
     {true, "What is the hardest part of it? Tell them."},
     {false, "What does your friend see in you that you can't see today?"},
     {true, "What would you like to ask them?"},
     {false, "Let them answer. What do they wish for you tonight?"}}};
constexpr std::array<dialogue_turn, 6> with_younger{
    {{true, "How old is the younger you? Say hello, and tell them where you are now."},
     {false, "What does the younger one say, or ask?"},
     {true, "What do you want them to know that nobody told them?"},
     {false, "What do they need to hear once more?"},
     {true, "Say it to them. Then tell them of something that is better now, even a small thing."},
     {false, "What do they give you to take along?"}}};
constexpr std::array<dialogue_turn, 6> with_older{
    {{true, "Write to yourself in ten years. What is it like now?"},
     {false, "Ten years on, you read this at a table. What do you write back?"},
     {true, "What would you like to know from them?"},
     {false, "What helped, when they look back? It may be small."},
     {true, "What are you afraid of?"},
     {false, "What do they say to that? And what is the next small thing?"}}};
// said
constexpr std::array<dialogue_voice, 3> voices{
    dialogue_voice{"kind_friend", "My kind friend", "With a kind friend", with_friend},
    dialogue_voice{"younger_self", "The younger me", "With a younger me", with_younger},
    dialogue_voice{"older_self", "The older me", "With an older me", with_older}};

std::size_t turns_in(json::object const& entry)
{
    return static_cast<std::size_t>(std::max(measure_in(entry, "turns").value_or(0), 0.0));
}
} // namespace

std::span<dialogue_voice const> dialogue_voices()
{
    return voices;
}

dialogue_voice const& voice_named(std::string_view name)
{
    auto const* const found =
        std::find_if(voices.begin(), voices.end(), [&](auto const& one) { return one.name == name; });
    return found == voices.end() ? voices.front() : *found;
}

json::object dialogue_with(dialogue_voice const& voice)
{
    json::object made;
    made["kind"] = "dialogue";
    made["voice"] = voice.name;
    return made;
}

next_turn next_turn_of(json::object const& entry)
{
    auto const& voice = voice_named(text_in(entry, "voice"));
    auto const at = turns_in(entry);
    if (at >= voice.turns.size()) return {"Me", ""}; // said
    auto const& turn = voice.turns[at];
    return {turn.is_me ? "Me" : voice.speaker, turn.question}; // said
}

result<json::object> with_turn(json::object entry, std::string const& speaker, std::string const& words)
{
    if (text_in(entry, "kind") != "dialogue")
        return invalid_field("kind", "This entry is no dialogue, so it has no turns.");
    if (words.find_first_not_of(" \n\t") == std::string::npos)
        return invalid_field("turn", "Please write a few words, or stop here.");
    auto const so_far = text_in(entry, "text");
    entry["text"] = (so_far.empty() ? "" : so_far + "\n\n") + speaker + ":\n" + words;
    entry["turns"] = turns_in(entry) + 1;
    auto made = shaped(private_kind::journal, entry);
    if (!made) {
        auto failed = made.error();
        for (auto& field : failed.fields)
            field.field = "turn";
        return failed;
    }
    return made;
}

} // namespace holdfast::app
