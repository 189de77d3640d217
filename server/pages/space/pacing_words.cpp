#include "server/pages/space/pacing_words.hpp"

#include "server/app/space/pacing.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace holdfast::pages {

namespace {
struct choice {
    std::string_view value;
    std::string_view words;
};
// said
constexpr std::array<choice, 5> pauses{
    choice{"", "Never"},
    choice{"20", "After 20 minutes"},
    choice{"30", "After half an hour"},
    choice{"45", "After 45 minutes"},
    choice{"60", "After an hour"}};
// said
constexpr std::array<choice, 4> heavy_pauses{
    choice{"", "Never"},
    choice{"3", "After two or three"},
    choice{"6", "After about five"},
    choice{"10", "After about eight"}};
// said
constexpr std::array<choice, 2> late_posts{
    choice{"draft", "Stays a draft until I look for it"},
    choice{"wait", "Waits, and I am asked when the hours are over"}};

view choices_view(std::span<choice const> all, std::string const& chosen)
{
    view made(view::type::list);
    for (auto const& each : all) {
        view one;
        one.set("value", std::string(each.value));
        one.set("words", say(each.words));
        one.set("chosen", chosen == each.value);
        made.push_back(one);
    }
    return made;
}

std::span<choice const> choices_of(std::string_view field)
{
    if (field == "pause_after") return pauses;
    if (field == "pause_after_heavy") return heavy_pauses;
    if (field == "late_posts") return late_posts;
    return {};
}
} // namespace

view pauses_view(std::string const& chosen)
{
    return choices_view(pauses, chosen);
}

view heavy_pauses_view(std::string const& chosen)
{
    return choices_view(heavy_pauses, chosen);
}

view hours_view(std::string const& chosen)
{
    view made(view::type::list);
    for (int half = 0; half < 48; ++half) {
        auto const words = app::end_in_words(app::late_hours{0, half * 30});
        view one;
        one.set("value", words);
        one.set("chosen", chosen == words);
        made.push_back(one);
    }
    return made;
}

std::string words_of_pace(std::string_view field, std::string_view value)
{
    auto const all = choices_of(field);
    auto const found =
        std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.value == value; });
    if (found != all.end()) return say(found->words);
    auto const day = app::day_from(std::string(value));
    return day ? words_for(*day) : std::string(value);
}

} // namespace holdfast::pages
