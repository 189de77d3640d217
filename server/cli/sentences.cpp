#include "server/cli/sentences.hpp"

#include "moderation/training/random.hpp"
#include "server/cli/marks.hpp"

#include <functional>
#include <map>
#include <set>

namespace holdfast::cli {

namespace training = moderation::training;

namespace {
using slots = std::map<std::string, std::vector<std::string>, std::less<>>;

std::string filled(
    std::string_view pattern, slots const& words, training::random_numbers& numbers, std::string const& where
)
{
    std::string made;
    while (!pattern.empty()) {
        auto const open = pattern.find('{');
        made += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        auto const close = pattern.find('}', open);
        auto const name = pattern.substr(open + 1, close - open - 1);
        auto const choices = words.find(name);
        if (close == std::string_view::npos || choices == words.end())
            throw std::runtime_error(where + ": no slot for {" + std::string(name) + "}");
        made += choices->second[numbers.below(choices->second.size())];
        pattern.remove_prefix(close + 1);
    }
    return made;
}
} // namespace

training::example_set read_sentences(std::filesystem::path const& file)
{
    auto const where = file.string();
    auto const content = toml::parse_file(where);
    slots words;
    if (auto const* const all = content["slots"].as_table()) {
        for (auto const& [name, choices] : *all) {
            for (auto const& one : *choices.as_array())
                words[std::string(name.str())].push_back(one.value_or(std::string()));
        }
    }
    training::example_set made;
    made.name = "own sentences";
    made.may = training::use::split;
    made.from = training::source::sentences;
    training::random_numbers numbers(1);
    std::set<std::string> seen;
    for (auto const& entry : *content["sentences"].as_array()) {
        auto const& table = *entry.as_table();
        training::example meaning;
        read_marks(
            toml::node_view<toml::node const>(table["heads"].node()),
            moderation::head_named,
            meaning.heads,
            where
        );
        read_marks(
            toml::node_view<toml::node const>(table["labels"].node()),
            moderation::label_named,
            meaning.labels,
            where
        );
        meaning.risk = table["risk"].value_or(int{training::unknown});
        meaning.weight = table["weight"].value_or(1.0F);
        auto const each = table["each"].value_or(std::int64_t{20});
        for (auto const& pattern : *table["any"].as_array()) {
            for (std::int64_t count = 0; count < each; ++count) {
                auto one = meaning;
                one.text = filled(pattern.value_or(std::string()), words, numbers, where);
                one.id = "own-" + std::to_string(made.examples.size());
                if (seen.insert(one.text).second) made.examples.push_back(std::move(one));
            }
        }
    }
    return made;
}

} // namespace holdfast::cli
