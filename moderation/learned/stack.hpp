// How rules and heads come to one score. For a label there are up to two opinions, each a linear combination
// of all inputs that gives a calibrated chance: by what people marked in what others wrote, and by lines of
// our own that were written to be that label or to look like it. The higher one counts. These hold whatever
// was learned:
// - What the rules are sure of stands: their score is a floor from `sure` on, and half of it below, so that
//   what was learned can take a doubtful hit back but not a plain one. (In a post the chance of any harm
//   ranks plain hits too, but leaves them `within_reach` of every threshold of the shipped policy.)
// - Where people marked a label in posts, lines speak for it in lines alone.
// - Risk in a line is the higher one of what the rules and what our lines say.
// - Risk in a name or one word alone is what the rules say: what was learned, it learned of what people say.
//   Where each statement only comforts and the rules hear no risk, lines say nothing of it either.
// - In a post, what was learned from posts grades risk between the rules' findings. It sees risk where the
//   rules see none only if the text is more like people at risk than all but a few posts of others, it can't
//   say more than `thoughts` where neither the rules nor our lines hear any risk, and where the rules find
//   plain intent (in a longer one: with a time, a plan or an act) it can't bring the risk below 4, where a
//   facilitator reads first.
// - Where the rules find that somebody speaks of their own dying, they alone say what is said against others.
//   Where a known help line is the only contact they alone say whether it is advertising, and whose details
//   it has.
#pragma once
#include "moderation/learned/model.hpp"

#include <utility>
#include <vector>

namespace holdfast::moderation {

inline constexpr double sure = 0.75;
inline constexpr double within_reach = 0.75;
inline constexpr double post_words = 20; // fewer words are a line, not a post
inline constexpr double line_words = 10; // fewer say too little to be like anybody's
inline constexpr double long_post_words =
    60; // in a shorter one plain words of intent are much of what it says
inline constexpr double label_words =
    4; // fewer are a name or a sigh: the rules alone say what they hold, except of spam in a text
inline constexpr double saying_words = 2;   // fewer are a name or a word alone
inline constexpr double plain_intent = 4.5; // the risk by rules that what was learned must respect

bool is_post(input_values const& inputs); // not a line
bool is_long_post(input_values const& inputs);

// What may speak for a label: a contact detail says something of spam and nothing of hate, and what somebody
// says of their own danger speaks for no harm to others, whatever the texts were like that something was
// learned from.
class label_inputs {
  public:
    explicit label_inputs(input_values const& all);
    input_values const& about(label which) const;

  private:
    input_values of_pii_, of_spam_, of_self_harm_, of_others_;
};

// What may speak for risk: no count of a topic's words, and not that somebody has long been well, which few
// of those who were learned from are.
input_values inputs_for_risk(input_values const& all);
// What tells people at risk from others: the same, and in a longer post what would count in company only if
// the rules found some risk anywhere. An ordinary phrase says little of a long ordinary day.
input_values inputs_for_being_at_risk(input_values const& all);

// The labels that share one more opinion, below. Contact details and advertising break rules but harm nobody
// by what they say, and who is in danger is the author.
bool is_shared_harm(label about);
double highest_harm(std::array<double, label_count> const& scores);

// The score of each label. In a text that is more than a scrap the harms share one more opinion, how likely
// it holds any of them: their scores are multiplied alike, so that the highest lies half-way, in logarithms,
// to that chance. What the rules are sure of is ranked by it too, but reaches the
// thresholds of the shipped policy.
std::array<double, label_count>
stacked_scores(model const& learned, input_values const& inputs, text_kind kind = text_kind::post);
double
stacked_risk(model const& learned, input_values const& all, text_kind kind = text_kind::post); // 0.0 … 6.0

// The head that speaks most for a label, where heads do; for saying why.
std::optional<head> loudest_head(model const& learned, label about, input_values const& inputs);

// From pairs of a score and its share of the whole: for each budget the score that no larger share reaches.
budget_scores scores_by_share(std::vector<std::pair<double, double>> seen);

} // namespace holdfast::moderation
