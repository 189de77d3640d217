// The rules that weigh what a passage says. Each takes the passage and adds to the tally; evidence.cpp calls
// them in order and concludes. What a phrase counts for where it stands is graded, never a bare keyword.
#pragma once
#include "moderation/rules/evidence.hpp"
#include "moderation/rules/passage.hpp"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

struct tally {
    explicit tally(passage const& text) : in_sentence(text.sentence_count()) {}

    void stand(kind what, std::uint32_t sentence); // it holds here, after its context was weighed
    void add_step(kind step, double weight);       // strongest counts
    void add_label(label about, std::uint32_t sentence, double weight);

    std::vector<kind_set> in_sentence; // what stands, by sentence
    kind_set in_text;
    std::array<double, kinds_max> strongest{}; // by kind
    struct two { // the strongest sentences of a label: more of them don't make a long post riskier
        double first = 0;
        double second = 0;
        std::uint32_t first_sentence = 0;
    };
    std::array<two, label_count> labels{};
    bool answers_dying = false; // it answers a text that speaks of dying: everyday words mean more there
};

// What takes a phrase about the author's own risk back, and how much of its weight is left.
struct standing {
    double weight = 0;
    taken_back why = taken_back::nothing;
};
standing standing_of_risk(passage const& text, hit const& one, bool answers_dying);
standing standing_of_harm(passage const& text, hit const& one, bool answers_dying);

void weigh_risk(passage const& text, tally& so_far, evidence& made);
void weigh_harm(passage const& text, tally& so_far, evidence& made);
void weigh_together(passage const& text, tally& so_far, evidence& made);
bool is_short_answer(passage const& text);
void weigh_answer(
    passage const& text, std::span<std::string_view const> before, tally& so_far, evidence& made
);
void describe_manner(passage const& text, feature_vector& made); // how it is written

double risk_from(tally const& so_far); // 0 … 6

} // namespace holdfast::moderation
