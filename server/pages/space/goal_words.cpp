#include "server/pages/space/goal_words.hpp"

#include "server/app/space/private_shape.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>
#include <array>

namespace holdfast::pages {

namespace {
struct named_words {
    std::string_view name;
    std::string_view words;
};
// said
constexpr std::array<named_words, 6> life_domains{
    named_words{"education", "Learning"},
    named_words{"work", "Work"},
    named_words{"relationships", "People I am close to"},
    named_words{"community", "People around me"},
    named_words{"health", "Body and mind"},
    named_words{"home", "Home"}};
// said
constexpr std::array<named_words, 4> rhythms{
    named_words{"week", "After a week"},
    named_words{"month", "After a month"},
    named_words{"season", "After three months"},
    named_words{"never", "Not at all"}};
// said
constexpr std::array<std::string_view, 7> event_words{
    "You began",
    "You changed its words",
    "You did a step",
    "You tried a step, and learned from it",
    "You looked back",
    "You put it away",
    "You took it up again"};

template <std::size_t Size>
view choices_view(std::array<named_words, Size> const& all, std::string_view chosen)
{
    view made(view::type::list);
    for (auto const& one : all) {
        view choice;
        choice.set("name", std::string(one.name));
        choice.set("words", say(one.words));
        choice.set("chosen", one.name == chosen);
        made.push_back(choice);
    }
    return made;
}

template <std::size_t Size>
std::string words_among(std::array<named_words, Size> const& all, std::string_view name)
{
    auto const* const found =
        std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.name == name; });
    return found == all.end() ? std::string() : say(found->words);
}
} // namespace

std::string words_of_domain(std::string_view name)
{
    return words_among(life_domains, name);
}

std::string words_of_rhythm(std::string_view name)
{
    return words_among(rhythms, name);
}

view domains_view(std::string const& chosen)
{
    return choices_view(life_domains, chosen);
}

view rhythms_view(std::string const& chosen)
{
    return choices_view(rhythms, chosen.empty() ? "never" : std::string_view(chosen));
}

std::string
moments_html(renderer::parts const& with, std::vector<app::goal_moment> const& moments, std::size_t bytes_max)
{
    auto const put = [&](view& to, std::string const& name, std::string const& text) {
        put_words(to, name, cut_to(text, bytes_max));
    };
    view all(view::type::list);
    for (auto const& moment : moments) {
        view one;
        one.set("day_words", words_for(moment.day));
        one.set("event", say(event_words.at(static_cast<std::size_t>(moment.what))));
        put(one, "about", moment.about);
        put(one, "tried_what", moment.tried.what);
        put(one, "tried_next", moment.tried.next);
        put(one, "celebrate", moment.review.celebrate);
        put(one, "reframe", moment.review.reframe);
        put(one, "recalibrate", moment.review.recalibrate);
        all.push_back(one);
    }
    view made;
    made.set("moments", all);
    return with.render("goal_moments", made);
}

std::string words_for_day(std::string const& text)
{
    auto const day = app::day_from(text);
    return day ? words_for(*day) : std::string();
}

} // namespace holdfast::pages
