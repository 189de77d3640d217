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

  private:
    struct range {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    // The tables hold small numbers: half as many bytes are half as many that don't stay near the processor.
    using small = std::uint16_t;
    struct row {              // of two words or more, in ids_
        small key = no_word;  // its first word, or its last
        small next = no_word; // the one beside that: most rows are ruled out because the sentence lacks it
        std::uint32_t begin : 24 = 0;
        std::uint32_t length : 8 = 0;
    };
    // A few words tell most others that they are not among them, without a search.
    struct sieve {
        std::uint64_t bits = 0;
        static std::uint64_t bit(word_id id) { return std::uint64_t{1} << (id * 0x9E3779B1U >> 26); }
        void add(word_id id) { bits |= bit(id); }
        bool may_have(word_id id) const { return (bits & bit(id)) != 0; }
    };
    struct element {
        std::uint32_t singles_begin = 0; // in ids_, sorted
        std::uint32_t rows_begin = 0;    // in rows_
        small singles_count = 0;
        small rows_count = 0;
        sieve begins; // with all words that it may begin with
        sieve ends;   // … end with

        range singles() const { return {singles_begin, singles_begin + singles_count}; }
        // Sorted by their first word, the longest first; behind them the same rows, sorted by their last
        // word.
        range firsts() const { return {rows_begin, rows_begin + rows_count}; }
        range lasts() const { return {rows_begin + rows_count, rows_begin + 2U * rows_count}; }
    };
    struct step {
        small element = 0;
        bool optional = false;
        std::uint8_t gap = 0; // words that may stand before it
    };
    struct phrase {
        std::uint32_t group = 0;
        small begin = 0; // its steps [begin, end)
        small end = 0;
        small anchor = 0; // the step it is looked for by
    };
    // A row that is looked for where its rarest word stands.
    struct anchored_row {
        std::uint32_t begin : 24 = 0;
        std::uint32_t length : 8 = 0;
        small position = 0;    // of that word
        small other = no_word; // its next rarest: most rows are ruled out because the sentence lacks it
    };
    // A phrase at a word it is looked for by.
    struct candidate {
        small phrase = 0;
        small rows_count = 0; // rows of its anchor whose rarest word this is, the longest first
        std::uint32_t rows_begin : 31 = 0;
        std::uint32_t is_single : 1 = 0; // the word alone is one of the anchor's choices
    };
    // Most are ruled out because another of their elements is nowhere in the sentence: the second and the
    // third rarest, by their numbers among the needed; always_there.
    struct need {
        small byte = 0; // of a set's bits
        std::uint8_t bit = 0;
    };
    using needs = std::array<need, 2>;
    struct anchored { // while loading
        std::uint32_t phrase = 0;
        std::array<std::uint32_t, 2> needs{};
    };
    // Where each choice of an element is looked for, while loading.
    struct keyed {
        word_id key = no_word; // the word itself, or a row's rarest
        anchored_row row;      // of no length for a word alone
        std::uint64_t price = 0;
    };
    struct search; // one find() at work

    std::uint32_t element_for(std::string_view choices, choice_reader& read);
    std::vector<std::vector<keyed>> keys_of_elements(vocabulary const& words) const;
    void lay_out_candidates(
        std::vector<std::vector<anchored>> const& by_word, std::vector<std::vector<keyed>> const& keys
    );
    void lay_out_bits(std::uint32_t needed_count);
    range rows_with(range rows, word_id key) const; // those of them in rows_ with the key
    bool single_stands(element const& one, word_id id) const;

    std::vector<small> ids_;
    std::vector<row> rows_;
    std::vector<element> elements_{element{}}; // the first is none
    std::vector<step> steps_;
    std::vector<phrase> phrases_;
    std::vector<std::uint32_t> candidates_begin_; // by word: where its own are in the next two
    std::vector<needs> needs_;
    std::vector<candidate> candidates_;
    std::vector<anchored_row> anchored_rows_; // of candidates
    // By word: where the needed elements that it is a choice of, or the rarest word of one, are in needed_.
    // Words that begin many have them as bits too: all at once into those of a sentence.
    std::vector<std::uint32_t> needed_begin_;
    std::vector<small> needed_;
    std::size_t bits_width_ = 0;          // of a row of needed_bits_
    std::vector<std::uint32_t> bits_row_; // by word: its row in needed_bits_; 0: none
    std::vector<std::uint8_t> needed_bits_;
    std::map<std::string, std::uint32_t, std::less<>> elements_by_text_; // while loading
};

} // namespace holdfast::moderation
