#include "server/app/space/prompts.hpp"

#include <array>

namespace holdfast::app {

namespace {
constexpr std::array<std::string_view, 9> writing{
    "Whatever is there. It needs no order and no end.",
    "Begin with where you are sitting, and go on from there.",
    "What would you tell a friend who never judges?",
    "What went round in your head today?",
    "Begin with: what nobody saw today.",
    "Write down what you hear right now. Then let it go where it goes.",
    "What would today say, if it could write to you?",
    "Begin with: I have not said yet that…",
    "Write for as long as a cup of tea takes to cool."};
constexpr std::array<std::string_view, 9> gratitude{
    "Small things count: a warm cup, a kind look, a bus that came.",
    "Who made today a bit easier, perhaps without knowing?",
    "What did your hands or your feet do for you today?",
    "Which place did you like to be in, if only for a minute?",
    "What did you not have to do alone?",
    "Which sound, smell or taste was good?",
    "What is there today that you once wished for?",
    "What did you do for yourself that deserves a thank you?",
    "Something ordinary that would be missed if it were gone."};
constexpr std::array<std::string_view, 8> reflection{
    "What was hard, and what did you do, even something small?",
    "What does it say about you that you came this far?",
    "What would you like to keep from this month, and what may go?",
    "When did you feel most like yourself?",
    "Who was good for you, and who was too much?",
    "What did you learn that you would tell somebody in your place?",
    "What surprised you about yourself?",
    "If this month had a name, what would it be, and why?"};
constexpr std::array<std::string_view, 8> verse{
    "Three lines are a poem. They need no rhyme.",
    "Begin each line with: I remember.",
    "Write about a colour, and never say its name.",
    "Describe the weather in you, as if on the radio.",
    "Write to a thing in your room. Perhaps it answers.",
    "Five lines: what was, what is, what hurts, what holds, what comes.",
    "Begin each line with: and still.",
    "Take one word from today, and let each line begin with a letter of it."};

std::span<std::string_view const> prompts_of(std::string_view kind)
{
    if (kind == "gratitude") return gratitude;
    if (kind == "reflection") return reflection;
    if (kind == "verse") return verse;
    if (kind == "dialogue") return {};
    return writing;
}
} // namespace

std::string_view prompt_on(std::string_view kind, std::chrono::sys_days day, std::size_t further)
{
    auto const all = prompts_of(kind);
    if (all.empty()) return "";
    auto const count = static_cast<long>(all.size());
    auto const number = (day.time_since_epoch().count() % count + count) % count;
    return all[(static_cast<std::size_t>(number) + further) % all.size()];
}

} // namespace holdfast::app
