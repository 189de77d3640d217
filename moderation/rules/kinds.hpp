// What a group of phrases speaks of. The first are the contract's labels, in their order; then the steps of
// risk; then what changes the meaning of its neighbours. Any other name in the lexicon is a part, which means
// something only together with other parts ([[together]]).
#pragma once
#include "moderation/types.hpp"

#include <bitset>
#include <cstdint>
#include <string_view>

namespace holdfast::moderation {

enum class kind : std::uint8_t {
    first_step = label_count,
    wish = first_step,
    burden,
    hopeless,
    ideation,
    hurting, // oneself, without a wish to die
    method,
    means,
    intent,
    plan,
    act,
    attempt,
    goodbye,
    last_step = goodbye,
    time,   // soon
    recent, // hours or days ago
    past,
    recovered,
    well,     // has long been: told by somebody who looks back
    relapsed, // and is not any more
    dated,    // "that was ten years ago": when what was told before it happened
    denial,
    idiom,
    fiction,
    news,
    others, // risk of somebody else
    helping,
    worried,
    bereaved,
    distress,
    hopeful,
    disclosed, // what was done to the author: no offence
    accident,  // a hurt that nobody meant
    counter,   // speaks against what it names: slurs, myths, promises of cures
    dying,     // names it, whoever's
    despair,   // sounds like an ending: sorry everyone, nothing left
    praise,    // speaks well of a group of people
    friendly,  // brings cake, hugs, sends love
    nudge,
    // between a text and the short one that answers it
    asked_means,
    asked_plan,
    asked_act,
    asked_everyday, // "when will you visit?"
    asked_safe,     // "can you keep yourself safe?": here a no is what is at risk
    plea,           // "please don't"
    agrees,
    echoes, // "same"
    answers_when,
    answers_means,
    answers_done,
    answers_help, // "I'll ring the doctor"
    pushes,       // "do it then"
    first_part,
};
inline constexpr std::size_t kinds_max = 192;
using kind_set = std::bitset<kinds_max>;

constexpr std::size_t index_of(kind one)
{
    return static_cast<std::size_t>(one);
}
constexpr kind kind_of(label one)
{
    return static_cast<kind>(one);
}
constexpr bool is_label(kind one)
{
    return index_of(one) < label_count;
}
constexpr bool is_step_of_risk(kind one)
{
    return one >= kind::first_step && one <= kind::last_step;
}

std::string_view name_of(kind one); // of a label, a step or a context; "part" for others

} // namespace holdfast::moderation
