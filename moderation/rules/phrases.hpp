// Phrases over words, and the matcher that finds them. In a pattern "(a|b c)" is one of them, "[a]" may be
// missing, "..3" lets up to three words stand between; filler words may always stand between. A phrase is
// looked for only where its rarest word stands, and never reaches over the end of a sentence. Work is linear
// in the text (no pattern looks further than its own length), nothing is allocated but the hits.
#pragma once
#include "moderation/reading/spelling.hpp"
#include "moderation/reading/vocabulary.hpp"
#include "moderation/rules/pattern.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

struct hit {
    std::uint32_t group = 0;
    std::uint32_t first = 0; // tokens [first, last]
    std::uint32_t last = 0;
};

class phrases {
  public:
    // Throws std::runtime_error for a pattern that can't be read.
    void add(std::uint32_t group, std::string_view pattern, choice_reader& read);
    void finish(vocabulary const& words); // after the last phrase: chooses where each is looked for

    // All hits, in order of their first token. `steps` counts comparisons, for the test that work stays
    // linear.
    std::vector<hit> find(std::span<token const> tokens, std::size_t* steps = nullptr) const;

    std::size_t count() const { return phrases_.size(); }
    std::size_t bytes() const;

  private:
    struct range {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    struct row {               // of two words or more, in ids_
        word_id key = no_word; // its first word, or its last
        range words;
    };
    struct element {
        range singles; // in ids_, sorted
        range firsts;  // in rows_, sorted by their first word, the longest first
        range lasts;   // the same rows in rows_, sorted by their last word
    };
    struct step {
        std::uint32_t element = 0;
        bool optional = false;
        std::uint8_t gap = 0; // words that may stand before it
    };
    struct phrase {
        std::uint32_t group = 0;
        range steps;
        std::uint32_t anchor = 0; // the step it is looked for by
    };
    // Most phrases are ruled out because another of their elements is nowhere in the sentence.
    struct candidate { // kept side by side for each word, for this is what is read most
        std::uint32_t phrase = 0;
        std::array<std::uint32_t, 2> needs{}; // its next rarest elements; always_there
    };
    struct search; // one find() at work

    std::uint32_t element_for(std::string_view choices, choice_reader& read);

    std::vector<word_id> ids_;
    std::vector<row> rows_;
    std::vector<element> elements_{element{}}; // the first is none
    std::vector<step> steps_;
    std::vector<phrase> phrases_;
    std::vector<std::uint32_t> anchored_begin_; // by word: where its phrases begin in anchored_
    std::vector<candidate> anchored_;
    std::vector<std::uint32_t>
        needed_begin_; // by word: where the needed elements that it may begin are in needed_
    std::vector<std::uint32_t> needed_;
    std::map<std::string, std::uint32_t, std::less<>> elements_by_text_; // while loading
};

} // namespace holdfast::moderation
