// The words that the lexicon knows, each with a number and its traits, and how else people write them. Words
// are looked up in one flat table, once each; nothing is allocated for a lookup. Immutable once loaded.
#pragma once
#include "moderation/reading/letter_bags.hpp"
#include "moderation/reading/word_table.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

// What a word does to its neighbours. Listed by word in moderation/lexicon/words.toml.
enum class trait : std::uint8_t {
    filler,  // may stand inside any phrase: really, just, so
    negator, // not, never, without
    absorbs, // takes a "not" upon itself: can't stop, don't know whether
    joins,   // and, so: another thing that is said may follow
    breaks,  // begins a new thought: but, because, when
    self,    // I, me, my
    you,
    other,      // he, people, friend: somebody who is neither
    relation,   // friend, sister, ex: after "my" it is them
    speech,     // said, told, texted
    asks,       // how, do, should: begins a question
    laughs,     // lol, haha
    guarded,    // people hide it: k!ll, s u i c i d e
    tolerant,   // long and important enough to be known with one letter wrong
    before_to,  // want, going: then "2" and "too" are "to"
    before_ill, // am, mentally, my: then "ill" and "id" are no "I will" and "I would"
    known,      // ordinary, and not to be taken for another word's misspelling
    grave,      // of dying: a phrase with it says by itself what it means
    common,     // among the most frequent words of English: nothing is looked for by it alone
    foreign,    // a word of another language, and none of English
    governs,    // think, that, where: what stands behind it is a part of it
    // What a text with many such words is about (topics.toml): alone they hold nothing.
    erotic,
    explicit_sex,
    slur,
    rude,
    hurting, // oneself
};
inline constexpr std::size_t trait_count = 26;

class trait_set {
  public:
    void add(trait one) { bits_ |= bit(one); }
    bool has(trait one) const { return (bits_ & bit(one)) != 0; }
    bool empty() const { return bits_ == 0; }
    bool has_topic() const { return bits_ >> static_cast<unsigned>(trait::erotic) != 0; }

  private:
    static std::uint32_t bit(trait one) { return std::uint32_t{1} << static_cast<unsigned>(one); }
    std::uint32_t bits_ = 0;
};

class vocabulary {
  public:
    vocabulary();

    word_id intern(std::string_view word);
    // Reads [same], [coded] and [traits] of a lexicon file: words.toml.
    void add_same(std::string_view written, std::string_view meant, bool coded, bool needs_apostrophe);
    void add_trait(std::string_view word, trait one);
    void finish(); // after the last word: makes the tables for misspellings

    std::size_t size() const { return texts_.size(); }
    std::string_view text(word_id id) const { return texts_[id]; }
    trait_set traits(word_id id) const { return traits_[id]; }
    bool has(word_id id, trait one) const { return traits_[id].has(one); }

    word_id find(std::string_view word) const { return table_.find(word); }
    word_id find(std::string_view word, letter_hash const& letters) const
    {
        return table_.find(word, letters);
    }

    struct meaning {
        std::span<word_id const> words; // how the lexicon says it
        bool coded = false;             // it is written so to slip past: unalive
    };
    // None in `words` when it is written like that or unknown.
    meaning meant_by(word_id written, bool apostrophe) const
    {
        auto const& one =
            apostrophe && same_apostrophe_[written].count > 0 ? same_apostrophe_[written] : same_[written];
        return {std::span(meanings_).subspan(one.first, one.count), one.coded};
    }

    // Whether some guarded word begins with the letter and has `least` to `most` letters.
    bool has_guarded(char first, std::size_t least, std::size_t most) const
    {
        if (first < 'a' || first > 'z' || least > 40) return false;
        auto const lengths = guarded_lengths_[static_cast<unsigned>(first - 'a')];
        return (lengths >> least) << least << (63 - std::min<std::size_t>(most, 63)) != 0;
    }

    // A word for a misspelling; no_word when there is none. All work in time linear in the word.
    word_id unstretched(std::string_view word) const;     // killlll
    word_id one_letter_off(std::string_view word) const;  // suicde
    word_id guarded_like(std::string_view pattern) const; // k*ll, where '*' is any letter
    // Two neighbours changed places, in a word of four letters or more: htae, cancre. It keeps its first
    // letter, and a short one its last, but for words that people hide or insult with.
    word_id with_letters_in_place(std::string_view word) const;
    // kll, myslf: a guarded word without its vowels, or any word that `may_be_any`.
    word_id with_vowels(std::string_view word, bool may_be_any) const;
    word_id with_starred_vowels(std::string_view pattern) const; // l*ar, where '*' is a vowel

  private:
    void keep_without_vowels(word_id id);

    struct same {
        std::uint32_t first = 0;
        std::uint16_t count = 0;
        bool coded = false;
    };

    word_table table_;
    std::vector<std::string> texts_;
    std::vector<trait_set> traits_;
    std::vector<same> same_;            // by word
    std::vector<same> same_apostrophe_; // by word, where an apostrophe tells
    std::vector<word_id> meanings_;
    std::vector<std::vector<word_id>> guarded_by_length_;
    word_table without_doubles_; // "kil" → kill
    std::vector<word_id> word_without_doubles_;
    word_table without_one_; // "suicde" → suicide
    std::vector<word_id> word_without_one_;
    letter_bags bags_;         // of all words of English
    letter_bags bags_one_off_; // of tolerant words, whole and without one
    word_table without_vowels_; // "kll" → kill
    std::vector<word_id> word_without_vowels_;
    std::array<std::uint64_t, 26> tolerant_lengths_{};
    std::array<std::uint64_t, 26> guarded_lengths_{};
};

} // namespace holdfast::moderation
