// A labelled text to learn from or to measure with, and which part of a set it belongs to. Reading files is
// the caller's business; see datasets.toml for what each shared set's fields mean.
#pragma once
#include "moderation/learned/heads.hpp"
#include "moderation/types.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::moderation::training {

inline constexpr std::int8_t unknown = -1;

// What may be done with a set's texts. Splits go by a hash of the text, so that a text that occurs twice
// always lands on the same side, and the order of a file means nothing.
enum class use : std::uint8_t {
    split,   // seven parts in ten train the heads, two fit the combination, one is reported
    folds,   // small: heads and combination are fitted on the other folds when a row is reported
    measure, // never learned from
};
enum class part : std::uint8_t { train, tune, report };

// What people wrote where they were, or what was written for this, by us.
enum class source : std::uint8_t {
    people,
    sentences, // of ours, made from patterns
    lines,     // of ours, each written to be what it says, with others beside it that look like it
    passages,  // the same, and such as platforms at large receive
};

struct example {
    std::string id;
    std::string text;
    std::string context;  // the text it answers, where there is one
    std::string function; // of a functional test, e.g. "negation_denial"
    std::string writer;   // where a set tells: texts of one writer always land on the same side
    std::string base;     // the plain function that this one is a disguise of
    std::size_t set = 0;
    std::array<std::int8_t, head_count> heads{}; // 0, 1 or unknown
    std::array<std::int8_t, label_count> labels{};
    std::int8_t harm = unknown; // any harm at all
    int risk = unknown;         // 0 … 6
    int risk_min = unknown;     // where a range is allowed
    int risk_max = unknown;
    float weight = 1;
};

struct example_set {
    std::string name;
    use may = use::measure;
    source from = source::people;
    bool ordinary = false;           // people's everyday writing: what is held here is a false hold
    std::vector<double> harm_shares; // of harmful texts, in samples that others' figures are from
    std::vector<example> examples;
};

std::uint64_t hash_of_text(std::string_view text); // blind to case and spaces
part part_of(std::string_view text);
part ordinary_part_of(std::string_view text
); // half of it trains: budgets need many texts that nothing has seen
std::size_t fold_of(example const& one, std::size_t folds);
std::size_t inner_fold_of(example const& one, std::size_t folds); // independent of fold_of

} // namespace holdfast::moderation::training
