// The lexicon: words and phrases of our own writing, held as data with their reasons
// (moderation/lexicon/*.toml; README.md says how to add to it). Immutable once loaded; may be used from many
// threads.
#pragma once
#include "moderation/reading/vocabulary.hpp"
#include "moderation/rules/kinds.hpp"
#include "moderation/rules/phrases.hpp"
#include "moderation/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::moderation {

struct phrase_group {
    moderation::kind kind{};
    double weight = 0;
    std::string reason;
    bool aimed = false;  // counts fully only when it is said to somebody, not told of somebody
    bool answer = false; // means something only between a text and the short one that answers it
    bool plain = false;  // says enough without a grave word
};

enum class reach : std::uint8_t { sentence, near, text }; // near: a sentence and the next

// What several kinds mean together.
struct togetherness {
    std::string name;
    moderation::kind kind{}; // a label or a step of risk
    kind_set of;
    std::size_t least = 0; // so many different ones of them; by default all
    kind_set without;
    reach within = reach::sentence;
    double weight = 0;
    std::string reason;

    bool has_enough(kind_set const& here) const { return (of & here).count() >= least; }
};

// Files of other languages are read after all others; words that only they have are marked as foreign.
inline bool is_of_other_languages(std::string_view file)
{
    return file.starts_with("lexicon/other_");
}

class lexicon {
  public:
    // Reads one file. Throws std::runtime_error naming file and cause.
    void add(std::string_view name, std::string_view toml);
    void finish(); // after the last file

    vocabulary const& words() const { return words_; }
    std::vector<token> spell(view const& text, std::size_t* steps = nullptr) const
    {
        return moderation::spell(words_, text, steps);
    }
    std::vector<hit> find(std::span<token const> tokens, std::size_t* steps = nullptr) const
    {
        return phrases_.find(tokens, steps);
    }
    // The phrases of answers, which stand in ordinary talk everywhere: yes, now, do it.
    std::vector<hit> find_between(std::span<token const> tokens) const { return between_.find(tokens); }
    phrase_group const& group(std::size_t index) const { return groups_[index]; }
    std::vector<togetherness> const& together() const { return together_; }

  private:
    struct waiting { // patterns can be read when all classes are known
        std::uint32_t group = 0;
        std::string pattern;
        std::string file;
    };
    kind kind_named(std::string_view name);

    vocabulary words_;
    std::vector<std::pair<std::string, std::string>> classes_;
    phrases phrases_;
    phrases between_; // of answers
    std::vector<phrase_group> groups_;
    std::vector<togetherness> together_;
    std::vector<std::string> parts_; // names of kinds from kind::first_part on
    std::vector<waiting> waiting_;
};

} // namespace holdfast::moderation
