// What was learned, as one value: the heads, how they combine with the evidence of the rules, and what each
// score means. Read once from the bytes that `holdfast train` writes; immutable, any thread may use it.
#pragma once
#include "moderation/features.hpp"
#include "moderation/learned/curve.hpp"
#include "moderation/learned/heads.hpp"
#include "moderation/learned/meanings.hpp"
#include "moderation/types.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace holdfast::moderation {

// Everything a combination sees of a text: what the rules saw, the details found, each head's score for the
// text as a whole and for its strongest sentence, and the text's place among meanings. In this order in a
// model's file.
inline constexpr std::size_t detail_inputs = 4; // links, mail addresses, phone numbers, other contact details
inline constexpr std::size_t first_detail_input = feature_count;
inline constexpr std::size_t first_whole_input = first_detail_input + detail_inputs;
inline constexpr std::size_t first_peak_input = first_whole_input + head_count;
inline constexpr std::size_t first_meaning_input = first_peak_input + head_count;
inline constexpr std::size_t input_count = first_meaning_input + meaning_size;
using input_values = std::array<float, input_count>;

// A weighted sum of the inputs, and what its value means.
struct combination {
    float bias = 0;
    input_values weights{};
    curve meaning;

    double raw(input_values const& inputs) const;
    double of(input_values const& inputs) const { return meaning.at(raw(inputs)); }
};

// The shares of ordinary texts that a policy may set as its budget of false holds.
inline constexpr std::array budget_shares{
    .05, .03, .02, .015, .01, .007, .005, .003, .002, .0015, .001, .0007, .0005, .0003, .0002};
using budget_scores = std::array<float, budget_shares.size()>;
// Between the shares of the table it is interpolated on a logarithmic scale; beyond its ends the nearest one
// holds.
double score_at(budget_scores const& scores, double share);

struct model {
    moderation::heads heads;
    moderation::meanings meanings;
    std::array<std::optional<combination>, label_count>
        labels; // by what people marked in what others wrote; none: not enough was
    std::array<std::optional<combination>, label_count> line_labels; // by lines that were written for it
    std::optional<combination> harm; // the chance of any of the harms that a platform looks for
    combination risk;                // its meaning is a level, 0 … 6, with steps at whole numbers
    combination short_risk;          // the same as risk, for texts that are no long posts
    combination at_risk; // raw above 0: more like people at risk than all but a few posts of others
    std::array<budget_scores, label_count> budgets{};

    // The score that at most `share` of ordinary texts reach for this label.
    double threshold_for(label about, double share) const;
};

// Or what is wrong with the bytes.
std::variant<model, std::string> read_model(std::string_view bytes);
std::string write_model(model const& from);

// What is compiled into this build. A model's file doesn't hold the meanings of words, which no label of it
// taught: it says which it was trained with, and is read with those of the build.
meanings shipped_meanings();
model shipped_model();

} // namespace holdfast::moderation
