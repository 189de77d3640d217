// The lexicon: phrases of our own writing, held as data with their reasons (moderation/lexicon/*.toml), and
// the matcher that finds them in a view. A phrase is a row of words; "(a|b)" is one of them, "[a]" may be
// missing; filler words may stand between. Immutable after construction; work is linear in the text.
#pragma once
#include "moderation/types.hpp"
#include "moderation/view.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace holdfast::moderation {

struct phrase_group {
    std::string kind; // a risk kind, a context kind or a label's name
    double weight = 0;
    std::string reason;
    bool aimed = false; // counts fully only when it is said to somebody, not told of somebody
};

struct hit {
    std::size_t group = 0;
    std::size_t first = 0; // words [first, last] of the view
    std::size_t last = 0;
};

class lexicon {
  public:
    // Reads files in the format of moderation/lexicon/README.md. Throws std::runtime_error naming file and cause.
    void add(std::string_view name, std::string_view toml);

    phrase_group const& group(std::size_t index) const { return groups_[index]; }
    // All hits, in order of their first word. `steps` counts comparisons, for the test that work stays linear.
    std::vector<hit> find(view const& text, std::size_t* steps = nullptr) const;

  private:
    using word_id = std::int32_t;
    struct element {
        bool optional = false;
        std::unordered_map<word_id, std::vector<std::vector<word_id>>> rest_by_first;
    };
    struct phrase {
        std::size_t group = 0;
        std::vector<element> elements;
    };
    struct token {
        word_id id = -1; // -1: not a word of the lexicon
        std::size_t word = 0;
        std::uint32_t sentence = 0;
    };

    word_id intern(std::string const& word);
    word_id known(std::string const& word) const;
    element parse_element(std::string_view& pattern);
    void add_phrase(std::size_t group, std::string_view pattern);
    std::vector<token> tokens_of(view const& text) const;
    bool split_joined(std::string const& joined, std::vector<word_id>& out) const;
    std::size_t match(phrase const& one, std::size_t element, std::vector<token> const& tokens, std::size_t at, std::size_t& steps) const;

    std::vector<phrase_group> groups_;
    std::vector<phrase> phrases_;
    std::unordered_map<std::string, word_id> words_;
    std::vector<bool> filler_;
    std::unordered_map<word_id, std::vector<std::size_t>> phrases_by_first_;
    std::size_t longest_word_ = 0;
};

} // namespace holdfast::moderation
