#include "server/app/care/listening.hpp"

#include "moderation/policy/ruling.hpp"
#include "server/app/screener.hpp"

namespace holdfast::app {

heard listen(
    screener const& screen, std::string_view words, circle_id const& circle, moderation::text_kind kind
)
{
    moderation::input input;
    input.text = words;
    input.kind = kind;
    auto const decided = screen.screen(input, circle).decision;
    heard made;
    // Words that nobody could read yet ring nothing here: a person reads them anyway.
    made.triage = moderation::is_only_unread(decided) ? moderation::triage::green : decided.triage;
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const label = static_cast<moderation::label>(at);
        // Survivors tell of violence, also of what they might do to themselves; a threat is another label.
        auto const is_distress = label == moderation::label::self_harm ||
                                 label == moderation::label::abuse_danger ||
                                 label == moderation::label::violence;
        if (!is_distress && decided.labels.has(label)) made.may_hurt = true;
    }
    made.unheard = moderation::is_unread(decided);
    made.other_language = moderation::is_only_in_another_language(decided);
    return made;
}

} // namespace holdfast::app
