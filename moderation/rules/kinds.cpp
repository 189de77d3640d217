#include "moderation/rules/kinds.hpp"

#include <array>

namespace holdfast::moderation {

namespace {
constexpr std::array<std::string_view, index_of(kind::first_part) - label_count> names{
    "wish",     "burden",    "hopeless",    "ideation",     "hurting",       "method",         "means",
    "intent",   "plan",      "act",         "attempt",      "goodbye",       "time",           "recent",
    "past",     "recovered", "well",        "relapsed",     "dated",         "denial",         "idiom",
    "fiction",  "news",      "others",      "helping",      "worried",       "bereaved",       "distress",
    "hopeful",  "disclosed", "accident",    "counter",      "dying",         "despair",        "praise",
    "friendly", "nudge",     "asked_means", "asked_plan",   "asked_act",     "asked_everyday", "asked_safe",
    "plea",     "agrees",    "echoes",      "answers_when", "answers_means", "answers_done",   "answers_help",
    "pushes",
};
static_assert(names.back() == "pushes");
} // namespace

std::string_view name_of(kind one)
{
    if (is_label(one)) return name_of(static_cast<label>(one));
    return one < kind::first_part ? names[index_of(one) - label_count] : "part";
}

} // namespace holdfast::moderation
