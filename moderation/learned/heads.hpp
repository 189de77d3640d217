// The learned heads: linear models that share one table of hashed n-grams. A bucket's weights for all heads
// lie side by side, as int8 with a scale for each head. Immutable once the words of a
// vocabulary were looked up, or without it; then any thread may score.
#pragma once
#include "moderation/learned/ngrams.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

// What a head tells apart. Most are proxies: what one study's annotators marked (see models/MODEL_CARD.md).
enum class head : std::uint8_t {
    insult,    // rude or demeaning towards somebody
    hate,      // against people for who they are, by contrast pairs
    slur,      // the same, in short messages
    sexism,    // the same, against women
    racism,    // the same, in a white supremacist forum
    threat,    // wishes or announces harm to others
    violence,  // tells of or wishes violence
    sexual,    // sexual content
    self_harm, // speaks of suicide or self-harm
    crisis,    // written in a community of people in crisis
    distress,  // sad, afraid or grieving
    thoughts,  // risk 2 and above by human readers
    intent,    // risk 4 and above
    act,       // risk 6
    spam,      // advertising or a scam
    any_harm,  // any category of harm on a platform
    // Told by lines of our own, each written beside others that look like it and are harmless:
    line_at_risk, // risk 1 and above
    line_urgent,  // risk 4 and above
    line_harassment,
    line_hate,
    line_threat,
    line_violence,
    line_sexual,
    line_grooming,
    line_encouragement, // of self-harm
    line_method,
    line_starving,
    line_contact,
    line_spam,
    line_drugs,
    line_medical,
    line_danger, // the author's, from others
};
inline constexpr std::size_t head_count = 32; // two rows of weights in one cache line

std::string_view name_of(head value);
std::optional<head> head_named(std::string_view name);

using head_values = std::array<float, head_count>;

struct head_scores {
    head_values whole{};                                   // log-odds for the text as a whole
    head_values peak{};                                    // for its strongest sentence
    std::array<std::uint32_t, head_count> peak_sentence{}; // which one, in the view
};

struct head_weights {
    std::vector<head_values> by_bucket = std::vector<head_values>(bucket_count);
    head_values bias{};
};

class heads {
  public:
    using row = std::array<std::int8_t, head_count>;
    using word_row = std::array<std::int16_t, head_count>; // the sum of a word's own buckets' rows

    heads() : table_(bucket_count) {}

    // Rounds to int8, one scale a head: its largest weight becomes 127.
    static heads rounded(head_weights const& exact);

    // Works out what each word of a vocabulary says by itself: most words of a text are among them.
    void find_all(vocabulary const& words);

    head_scores score(std::span<token const> text) const;
    head_scores score(ngrams const& text) const; // the same of a text's n-grams, which a trainer keeps
    // How much each word of a sentence, or of its beginning, speaks for a head.
    std::vector<double> weights_of_words(head which, std::span<token const> sentence) const;

    std::vector<row> const& table() const { return table_; }
    head_values const& scales() const { return scales_; }
    head_values const& bias() const { return bias_; }
    static heads from(std::vector<row> table, head_values const& scales, head_values const& bias);

  private:
    class text_scores;

    std::vector<row> table_;
    word_ngrams known_;
    std::vector<word_row> word_rows_; // by word of the known
    head_values scales_{};
    head_values bias_{};
};

// A text of n n-grams is scored as its sum over √n: a long text is not riskier for being long.
float length_norm(std::size_t ngram_count);

} // namespace holdfast::moderation
