#include "server/app/space/experiments.hpp"

#include "server/app/plain_words.hpp"
#include "server/app/space/moods.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/phrase.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

namespace {
std::string mood_word(int level)
{
    return say(mood_words_inside.at(static_cast<std::size_t>(std::clamp(level, 1, 5) - 1)));
}
} // namespace

bool is_looked_back(boost::json::object const& experiment)
{
    return number_in(experiment, "after") > 0;
}

std::string sentence_about_experiment(boost::json::object const& experiment)
{
    auto const before = number_in(experiment, "before");
    if (!is_looked_back(experiment)) return say("Before it was {before}.", {{"before", mood_word(before)}});
    auto const after = number_in(experiment, "after");
    auto const both = say("Before it was {before}, and after it was {after}.",
                          {{"before", mood_word(before)}, {"after", mood_word(after)}}) +
                      " ";
    if (after > before) return both + say("It was a bit lighter then.");
    if (after < before) return both + say("It was heavier then. Now you know, and you tried.");
    return both + say("It stayed as it was. Now you know, and you tried.");
}

} // namespace holdfast::app
