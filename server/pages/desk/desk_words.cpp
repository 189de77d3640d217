#include "server/pages/desk/desk_words.hpp"
#include "server/pages/parts.hpp"

#include <array>

namespace holdfast::pages {

std::string words_of(domain::lane lane)
{
    switch (lane) {
    case domain::lane::care:
        return say("Somebody may need care");
    case domain::lane::harm:
        return say("A text that may hurt");
    case domain::lane::newcomer:
        return say("Somebody's first words here");
    case domain::lane::report:
        return say("A member told us about a post");
    case domain::lane::appeal:
        return say("Somebody asks for another look");
    }
    return "";
}

std::string words_of(moderation::triage triage)
{
    switch (triage) {
    case moderation::triage::green:
        return say("No sign of crisis");
    case moderation::triage::amber:
        return say("Low, please look within hours");
    case moderation::triage::red:
        return say("Serious, please look within the half hour");
    case moderation::triage::crisis:
        return say("Crisis, please look now");
    }
    return "";
}

std::string short_words_of(moderation::triage triage)
{
    switch (triage) {
    case moderation::triage::green:
        return say("No sign of crisis");
    case moderation::triage::amber:
        return say("Low level");
    case moderation::triage::red:
        return say("Serious");
    case moderation::triage::crisis:
        return say("Crisis");
    }
    return "";
}

std::string words_of(domain::post_state state)
{
    switch (state) {
    case domain::post_state::visible:
        return say("the circle can read it");
    case domain::post_state::folded:
        return say("the circle can read it, behind a note");
    case domain::post_state::held:
        return say("nobody else can read it yet");
    case domain::post_state::returned:
        return say("it went back to its author");
    case domain::post_state::removed:
        return say("it is not in the circle any more");
    }
    return "";
}

std::string words_of(domain::report_category category)
{
    switch (category) {
    case domain::report_category::unkind:
        return say("It is unkind to somebody");
    case domain::report_category::how:
        return say("It says how people hurt themselves");
    case domain::report_category::who:
        return say("It shows who somebody is");
    case domain::report_category::selling:
        return say("It sells something");
    case domain::report_category::other:
        return say("Something else");
    }
    return "";
}

std::string words_of(domain::limit_kind kind)
{
    switch (kind) {
    case domain::limit_kind::slow:
        return say("A pause between posts");
    case domain::limit_kind::hold_all:
        return say("A facilitator reads each post first");
    case domain::limit_kind::read_only:
        return say("Reading only");
    case domain::limit_kind::pause:
        return say("A pause from the circle");
    case domain::limit_kind::lock:
        return say("The whole circle is paused");
    }
    return "";
}

std::string words_of(moderation::rule_state state)
{
    switch (state) {
    case moderation::rule_state::live:
        return say("acts");
    case moderation::rule_state::shadow:
        return say("only watches");
    case moderation::rule_state::off:
        return say("is off");
    }
    return "";
}

void put_language_rule(view& to, moderation::language_rule const& rule)
{
    to.set("language_state", words_of(rule.state));
    to.set("language_why", say(rule.why));
}

std::string words_of(moderation::outcome what)
{
    switch (what) {
    case moderation::outcome::publish:
        return say("in the circle");
    case moderation::outcome::fold:
        return say("behind a note");
    case moderation::outcome::give_back:
        return say("given back");
    case moderation::outcome::hold:
        return say("waits for a person");
    }
    return "";
}

std::string words_of(moderation::label label)
{
    // said all
    constexpr std::array<std::string_view, moderation::label_count> words{
        "insults",
        "hate",
        "threats",
        "violence",
        "sexual words",
        "grooming",
        "self-harm as a topic",
        "telling people to hurt themselves",
        "how people hurt themselves",
        "praise of eating too little",
        "contact details",
        "advertising",
        "trading drugs",
        "medical advice that may harm",
        "somebody in danger from another person"};
    return say(words[static_cast<std::size_t>(label)]);
}

namespace {
std::string labels_in_words(moderation::label_set labels)
{
    std::vector<std::string> made;
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const label = static_cast<moderation::label>(at);
        if (labels.has(label)) made.push_back(words_of(label));
    }
    return app::listed(made);
}
} // namespace

view item_view(domain::review_item const& item)
{
    view made;
    made.set("id", item.id.text());
    made.set("lane", std::string(domain::name_of(item.lane)));
    made.set("is_care", item.lane == domain::lane::care);
    made.set("is_appeal", item.lane == domain::lane::appeal);
    made.set("lane_words", words_of(item.lane));
    made.set("triage_words", words_of(item.triage));
    made.set("state_words", words_of(item.state));
    made.set(
        "size_words",
        item.text_bytes > 1500  ? say("a long text")
        : item.text_bytes > 400 ? say("a middling text")
                                : say("a short text")
    );
    auto const labels = labels_in_words(item.labels);
    if (!labels.empty()) made.set("labels_words", labels);
    made.set("safe", item.author_safe);
    if (item.claimed_by) made.set("taken_by", item.claimed_by_name);
    made.set("comes_back", item.meant_for.has_value());
    made.set("for_lead", item.for_lead);
    made.set("revision", std::to_string(item.revision));
    put_time(made, "due", item.due_at);
    return made;
}

view labels_view(moderation::label_set chosen)
{
    view all(view::type::list);
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const label = static_cast<moderation::label>(at);
        view one;
        one.set("label", std::string(moderation::name_of(label)));
        one.set("words", words_of(label));
        one.set("chosen", chosen.has(label));
        all.push_back(one);
    }
    return all;
}

} // namespace holdfast::pages
