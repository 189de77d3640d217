#include "moderation/rules/lexicon.hpp"

#include "moderation/toml.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

namespace holdfast::moderation {

namespace {
constexpr std::array<std::string_view, trait_count> trait_names{
    "filler",
    "negator",
    "absorbs",
    "joins",
    "breaks",
    "self",
    "you",
    "other",
    "relation",
    "speech",
    "asks",
    "laughs",
    "guarded",
    "tolerant",
    "before_to",
    "before_ill",
    "known",
    "grave",
    "common",
    "foreign",
    "governs",
    "erotic",
    "explicit",
    "slur",
    "rude",
    "hurting",
};

std::string text_in(toml::table const& table, std::string_view key)
{
    auto const found = table[key].value<std::string>();
    if (!found) throw std::runtime_error("\"" + std::string(key) + "\" is missing");
    return *found;
}

reach reach_named(std::string_view name)
{
    if (name == "sentence") return reach::sentence;
    if (name == "near") return reach::near;
    if (name == "text") return reach::text;
    throw std::runtime_error("\"within\" is sentence, near or text");
}

double weight_in(toml::table const& table)
{
    auto const found = table["weight"].value<double>();
    if (!found || *found <= 0 || *found > 1) throw std::runtime_error("\"weight\" is over 0 and at most 1");
    return *found;
}

// Visits the strings of an array; nothing when the key is absent.
template <class Visit>
void each_text(toml::table const& table, std::string_view key, Visit const& visit)
{
    auto const* const list = table[key].as_array();
    if (list == nullptr) return;
    for (auto const& one : *list) {
        auto const text = one.value<std::string>();
        if (!text) throw std::runtime_error("\"" + std::string(key) + "\" holds texts only");
        visit(*text);
    }
}

template <class Visit>
void each_entry(toml::table const& file, std::string_view key, Visit const& visit)
{
    auto const* const table = file[key].as_table();
    if (table == nullptr) return;
    for (auto const& [name, node] : *table)
        visit(name.str(), node);
}

// A class or a list of words: one text with bars or spaces, or an array of texts.
std::string choices_of(toml::node const& node)
{
    if (auto const one = node.value<std::string>()) return *one;
    std::string made;
    auto const* const list = node.as_array();
    if (list == nullptr) throw std::runtime_error("a class is a text or a list of texts");
    for (auto const& each : *list) {
        if (!made.empty()) made += '|';
        made += each.value<std::string>().value_or("");
    }
    return made;
}

void add_same(vocabulary& words, std::string_view written, toml::node const& meant, bool coded)
{
    auto const text = meant.value<std::string>();
    if (!text) throw std::runtime_error("\"" + std::string(written) + "\" means a text");
    std::string bare(written);
    std::erase(bare, '\'');
    words.add_same(bare, *text, coded, bare != written);
}

void add_traits(vocabulary& words, std::string_view name, toml::node const& list)
{
    auto const found = std::find(trait_names.begin(), trait_names.end(), name);
    if (found == trait_names.end())
        throw std::runtime_error("there is no trait \"" + std::string(name) + "\"");
    auto const which = static_cast<trait>(found - trait_names.begin());
    if (list.as_array() == nullptr) throw std::runtime_error("the words of a trait are a list");
    for (auto const& word : *list.as_array())
        words.add_trait(word.value<std::string>().value_or(""), which);
}
} // namespace

kind lexicon::kind_named(std::string_view name)
{
    for (std::size_t at = 0; at < index_of(kind::first_part); ++at) {
        if (name_of(static_cast<kind>(at)) == name) return static_cast<kind>(at);
    }
    auto const known = std::find(parts_.begin(), parts_.end(), name);
    auto const index = index_of(kind::first_part) + static_cast<std::size_t>(known - parts_.begin());
    if (known == parts_.end()) parts_.emplace_back(name);
    if (index >= kinds_max) throw std::runtime_error("there are too many kinds");
    return static_cast<kind>(index);
}

void lexicon::add(std::string_view name, std::string_view text)
{
    try {
        auto const file = toml::parse(text);
        each_entry(file, "same", [&](std::string_view written, toml::node const& meant) {
            add_same(words_, written, meant, false);
        });
        each_entry(file, "coded", [&](std::string_view written, toml::node const& meant) {
            add_same(words_, written, meant, true);
        });
        each_entry(file, "traits", [&](std::string_view trait, toml::node const& list) {
            add_traits(words_, trait, list);
        });
        each_entry(file, "class", [&](std::string_view one, toml::node const& node) {
            classes_.emplace_back(one, choices_of(node));
        });
        if (auto const* const groups = file["group"].as_array()) {
            for (auto const& entry : *groups) {
                auto const& table = *entry.as_table();
                groups_.push_back(
                    {kind_named(text_in(table, "kind")),
                     weight_in(table),
                     text_in(table, "reason"),
                     table["aimed"].value_or(false),
                     table["answer"].value_or(false),
                     table["plain"].value_or(false)}
                );
                auto const index = static_cast<std::uint32_t>(groups_.size() - 1);
                each_text(table, "any", [&](std::string const& pattern) {
                    waiting_.push_back({index, pattern, std::string(name)});
                });
            }
        }
        if (auto const* const all = file["together"].as_array()) {
            for (auto const& entry : *all) {
                auto const& table = *entry.as_table();
                togetherness made;
                made.name = text_in(table, "name");
                made.kind = kind_named(text_in(table, "kind"));
                made.weight = weight_in(table);
                made.reason = text_in(table, "reason");
                made.within = reach_named(text_in(table, "within"));
                each_text(table, "of", [&](std::string const& one) {
                    made.of.set(index_of(kind_named(one)));
                });
                auto const all_of_them = static_cast<std::int64_t>(made.of.count());
                auto const least = table["least"].value_or(all_of_them);
                if (least < 1 || least > all_of_them)
                    throw std::runtime_error("\"least\" is 1 to as many as there are: " + made.name);
                made.least = static_cast<std::size_t>(least);
                each_text(table, "without", [&](std::string const& one) {
                    made.without.set(index_of(kind_named(one)));
                });
                together_.push_back(std::move(made));
            }
        }
    } catch (toml::parse_error const& broken) {
        throw std::runtime_error(
            std::string(name) + ", line " + std::to_string(broken.source().begin.line) + ": " +
            std::string(broken.description())
        );
    } catch (std::exception const& broken) {
        throw std::runtime_error(std::string(name) + ": " + broken.what());
    }
}

void lexicon::finish()
{
    choice_reader read(words_);
    for (auto& [name, choices] : classes_)
        read.add_class(name, std::move(choices));
    classes_.clear();
    std::optional<std::size_t> first_foreign;
    for (auto const& one : waiting_) {
        if (!first_foreign && is_of_other_languages(one.file)) first_foreign = words_.size();
        try {
            auto& into = groups_[one.group].answer ? between_ : phrases_;
            into.add(one.group, one.pattern, read);
        } catch (std::exception const& broken) {
            throw std::runtime_error(one.file + ": " + broken.what() + ", in the phrase: " + one.pattern);
        }
    }
    waiting_.clear();
    for (auto id = first_foreign.value_or(words_.size()); id < words_.size(); ++id)
        words_.add_trait(std::string(words_.text(static_cast<word_id>(id))), trait::foreign);
    words_.finish();
    phrases_.finish(words_);
    between_.finish(words_);
}

} // namespace holdfast::moderation
