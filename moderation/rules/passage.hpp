// A text that was read: its words, the phrases found in it, and what stands around each of them. The rules
// ask here whether something is denied, whose story it is, whether it is quoted, and so on.
#pragma once
#include "moderation/reading/view.hpp"
#include "moderation/rules/lexicon.hpp"
#include "moderation/rules/statements.hpp"
#include "moderation/rules/tense.hpp"

#include <cstdint>
#include <vector>

namespace holdfast::moderation {

// Why a phrase says less than its words. The order is that of asking: the first that holds is told.
enum class taken_back : std::uint8_t {
    nothing,
    idiom,
    denied,
    of_another,
    fiction,
    news,
    quoted,
    helping,
    recovered,
    past,
    accident,
    joking,
    everyday
};

class passage {
  public:
    passage(lexicon const& phrases, view const& text, std::size_t* steps = nullptr);

    view const& text() const { return text_; }
    std::vector<token> const& tokens() const { return tokens_; }
    std::vector<hit> const& hits() const { return hits_; }
    phrase_group const& group(hit const& one) const { return lexicon_.group(one.group); }
    lexicon const& phrases() const { return lexicon_; }

    std::uint32_t sentence_of(hit const& one) const { return tokens_[one.first].sentence; }
    std::size_t sentence_count() const { return in_sentence_.size(); }
    kind_set const& kinds_in(std::uint32_t sentence) const { return in_sentence_[sentence]; }
    bool sentence_has(hit const& one, kind what) const
    {
        return in_sentence_[sentence_of(one)].test(index_of(what));
    }
    bool statement_has(hit const& one, kind what) const
    {
        return in_statement_[statement_[one.first]].test(index_of(what));
    }
    bool near(hit const& one, kind what) const; // in its sentence or one beside it
    bool says_only(kind what) const;            // each of its statements
    bool has(kind what) const { return in_text_.test(index_of(what)); }
    bool asks(hit const& one) const { return text_.sentences[sentence_of(one)].question; }

    // Its author has long been well, says so, and nothing of it having come back or of an ending.
    bool tells_of_being_well() const
    {
        return has(kind::well) && !has(kind::relapsed) && !has(kind::despair);
    }
    // It is said as what is so now: "I want", "I am going to".
    bool is_told_as_now(hit const& one) const;
    // It happened long ago: a time past is told nearer to it than a recent one, or soon after it.
    bool is_past(hit const& one) const;
    bool is_idiom(hit const& one) const;
    bool is_everyday(hit const& one) const; // its words are, and nothing near speaks of dying
    bool has_everyday() const { return has_everyday_; }
    bool speaks_of_dying() const;             // in whatever words
    bool is_denied(hit const& one) const;     // by a "not" before it or by a denial
    bool is_negated(hit const& one) const;    // by a "not" before it
    bool is_of_another(hit const& one) const; // somebody who is neither the author nor the reader
    bool is_reported(hit const& one) const;   // "she said …", in whoever's mouth
    bool is_quoted(hit const& one) const;
    bool is_disguised(hit const& one) const;
    bool is_laughed_at(hit const& one) const { return laughs_[statement_[one.first]]; }
    bool names_author(hit const& one) const;     // I, me, myself in it
    bool is_no_joke(hit const& one) const;       // suicidal, thinking of …, not alive any more
    bool speaks_of_self(hit const& one) const;   // I, me, my in it or just before it
    bool speaks_to_reader(hit const& one) const; // you, your in it

    text_span where(hit const& one) const;

  private:
    std::uint32_t distance(std::vector<std::uint32_t> const& places, hit const& one) const; // in its sentence
    void mark_laughs();
    bool is_after_now(hit const& one) const;
    bool is_dated_later(hit const& one) const;
    tense tense_of(hit const& one) const;
    bool covered(std::vector<std::uint8_t> const& marks, hit const& one) const;
    bool says_it_itself(hit const& one) const;
    bool is_grave(hit const& one) const;

    lexicon const& lexicon_;
    view const& text_;
    std::vector<token> tokens_;
    std::vector<hit> hits_;
    std::vector<std::uint32_t> statement_; // by token
    std::vector<kind_set> in_sentence_;
    std::vector<kind_set> in_statement_;
    std::vector<bool> laughs_; // by statement
    kind_set in_text_;
    std::vector<std::uint32_t> past_at_; // tokens, in order
    std::vector<std::uint32_t> recent_at_;
    std::vector<std::uint8_t> idiom_;  // by token
    std::vector<std::uint8_t> denial_; // by token: a denial reaches here
    std::vector<hit> signs_;           // what speaks of dying, or may, in order
    bool has_everyday_ = false;
    bool mostly_quoted_ = false;
};

} // namespace holdfast::moderation
