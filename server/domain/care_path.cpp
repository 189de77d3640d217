#include "server/domain/care_path.hpp"

namespace holdfast::domain {

namespace {
using state = care_state;
using act = care_act;

constexpr std::array<std::string_view, care_state_count> care_states{
    "waiting", "taken", "talking", "let_through", "kept", "gone"};
constexpr std::array<std::string_view, care_act_count> acts{
    "take",
    "pass_on",
    "talk",
    "close_talk",
    "say_safe",
    "let_through",
    "fold",
    "keep",
    "write_again",
    "take_down",
    "leave_for_good",
    "record_outside_help",
    "give_back",
    "refuse",
    "strike",
    "restrict_author"};
} // namespace

std::string_view name_of(care_state value)
{
    return care_states[static_cast<std::size_t>(value)];
}
std::string_view name_of(care_act value)
{
    return acts[static_cast<std::size_t>(value)];
}

bool blames(care_act what)
{
    return what == act::give_back || what == act::refuse || what == act::strike ||
           what == act::restrict_author;
}

std::optional<care_state> after(care_state now, care_act what)
{
    if (now == state::gone) return std::nullopt;
    switch (what) {
    case act::take:
        return now == state::waiting ? state::taken : now;
    case act::pass_on:
        return now == state::taken ? state::waiting : now;
    case act::talk: // from anywhere, also long after
        return state::talking;
    case act::close_talk:
        return now == state::talking ? state::kept : now;
    case act::let_through:
    case act::fold:
        return state::let_through;
    case act::keep:
        return state::kept;
    case act::write_again: // more words are a new cry of their own, or wake this one
        return now == state::let_through || now == state::kept ? state::waiting : now;
    case act::take_down:
        return now == state::let_through ? state::kept : now;
    case act::say_safe:
    case act::record_outside_help:
        return now;
    case act::leave_for_good:
        return state::gone;
    case act::give_back:
    case act::refuse:
    case act::strike:
    case act::restrict_author:
        return std::nullopt;
    }
    return std::nullopt;
}

care_act act_of(verdict what)
{
    switch (what) {
    case verdict::publish:
        return act::let_through;
    case verdict::fold:
        return act::fold;
    case verdict::give_back:
        return act::give_back;
    case verdict::keep:
        return act::keep;
    case verdict::remove:
        break;
    }
    return act::refuse; // a verdict that nobody placed on this path has no place on it
}

} // namespace holdfast::domain
