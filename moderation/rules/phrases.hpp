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
#include <functional>
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
    struct row {                // of two words or more, in ids_
        word_id key = no_word;  // its first word, or its last
        word_id next = no_word; // the one beside that: most rows are ruled out because the sentence lacks it
        range words;
    };
    // A few words tell most others that they are not among them, without a search.
    struct sieve {
        std::uint64_t bits = 0;
        static std::uint64_t bit(word_id id) { return std::uint64_t{1} << (id * 0x9E3779B1U >> 26); }
        void add(word_id id) { bits |= bit(id); }
        bool may_have(word_id id) const { return (bits & bit(id)) != 0; }
    };
    struct element {
        range singles; // in ids_, sorted
        range firsts;  // in rows_, sorted by their first word, the longest first
        range lasts;   // the same rows in rows_, sorted by their last word
        sieve begins;  // with all words that it may begin with
        sieve ends;    // … end with
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
    // Most phrases are ruled out because another of their elements is nowhere in the sentence. The phrases of
    // a word that need the same one lie side by side, so that one look rules all of them out.
    struct candidate {
        std::uint32_t phrase = 0;
        std::uint32_t also_needs =
            0;                  // its third rarest element, by its number among the needed; always_there
        range rows;             // of its anchor that begin with the word
        bool is_single = false; // the word alone is one of the anchor's choices too
    };
    struct run {
        std::uint32_t needs = 0; // the second rarest element of all of them, likewise; always_there
        std::uint32_t end = 0;   // in candidates_, where the next run begins
    };
    struct anchored { // a phrase at a word it is looked for by, while loading
        std::uint32_t phrase = 0;
        std::array<std::uint32_t, 2> needs{};
    };
    struct search; // one find() at work

    std::uint32_t element_for(std::string_view choices, choice_reader& read);
    void lay_out_runs(std::vector<std::vector<anchored>>& by_word);
    void lay_out_bits(std::uint32_t needed_count);
    range rows_with(range rows, word_id key) const; // those of them in rows_ with the key
    bool single_stands(element const& one, word_id id) const;

    std::vector<word_id> ids_;
    std::vector<row> rows_;
    std::vector<element> elements_{element{}}; // the first is none
    std::vector<step> steps_;
    std::vector<phrase> phrases_;
    std::vector<std::uint32_t> runs_begin_; // by word: where its runs begin in runs_
    std::vector<run> runs_;                 // one after the other, as their candidates are
    std::vector<candidate> candidates_;
    // By word: where the needed elements that it may begin are in needed_. Words that begin many have them as
    // bits too: all at once into those of a sentence.
    std::vector<std::uint32_t> needed_begin_;
    std::vector<std::uint32_t> needed_;
    std::size_t bits_width_ = 0;          // of a row of needed_bits_
    std::vector<std::uint32_t> bits_row_; // by word: its row in needed_bits_; 0: none
    std::vector<std::uint64_t> needed_bits_;
    std::map<std::string, std::uint32_t, std::less<>> elements_by_text_; // while loading
};

} // namespace holdfast::moderation
