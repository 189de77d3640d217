#include "moderation/rules/statements.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace holdfast::moderation {

namespace {
constexpr std::size_t looked_back = 6; // words, so that work stays linear

template <std::size_t size>
bool is_one_of(std::string_view word, std::array<std::string_view, size> const& words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool in_one_sentence(token const& left, token const& right)
{
    return left.sentence == right.sentence;
}

// The statement that is being read, up to a place in it.
struct opened {
    std::vector<token> const& tokens;
    std::size_t begin = 0;
    std::size_t end = 0;

    bool has(std::size_t from, bool (*is_it)(token const&)) const
    {
        return std::any_of(
            tokens.begin() + static_cast<std::ptrdiff_t>(from),
            tokens.begin() + static_cast<std::ptrdiff_t>(end),
            is_it
        );
    }
};

// What only says where, when or if: "in my novel I …", "if I see that printer again I …".
bool is_opening(opened const& so_far)
{
    constexpr std::size_t longest = 6; // words
    constexpr std::size_t longest_if = 10;
    constexpr std::array<std::string_view, 6> places{"in", "during", "throughout", "at", "when", "whenever"};
    auto const is_its_own = [](token const& one) {
        return one.text == "i" || one.traits.has(trait::negator);
    };
    auto const size = so_far.end - so_far.begin;
    auto const first = so_far.tokens[so_far.begin].text;
    if (first == "if" && size <= longest_if) {
        auto const subject = size > 1 && so_far.tokens[so_far.begin + 1].text == "i" ? 2U : 1U;
        return !so_far.has(so_far.begin + subject, is_its_own);
    }
    return is_one_of(first, places) && size <= longest && !so_far.has(so_far.begin, is_its_own);
}

// "Nobody cares and …": whatever follows is said of somebody again.
bool begins_with_nobody(opened const& so_far)
{
    auto const first = so_far.tokens[so_far.begin].text;
    auto const second =
        so_far.begin + 1 < so_far.end ? so_far.tokens[so_far.begin + 1].text : std::string_view();
    return first == "nobody" || first == "none" || first == "nothing" || (first == "no" && second == "one");
}

// "I don't go out and …": a verb behind it is denied too.
bool denies_a_verb(opened const& so_far)
{
    auto const is_not = [](token const& one) { return one.text == "not" || one.text == "never"; };
    auto const from = so_far.end - so_far.begin > looked_back ? so_far.end - looked_back : so_far.begin;
    return so_far.has(from, is_not);
}

// What stands behind it is thought or said by somebody: "I don't think I …", "he told me you are …".
bool governs(std::vector<token> const& tokens, std::size_t place)
{
    constexpr std::array<std::string_view, 5> listeners{"me", "us", "him", "her", "them"};
    auto const& last = tokens[place];
    auto const tells = [](token const& one) { return one.traits.has(trait::speech); };
    if (last.traits.has(trait::governs) || tells(last)) return true;
    return place > 0 && in_one_sentence(tokens[place - 1], last) && is_one_of(last.text, listeners) &&
           tells(tokens[place - 1]);
}

// By the word before it, or by the last one that is no filler: "think maybe I …".
bool is_governed(std::vector<token> const& tokens, std::size_t at)
{
    auto before = at - 1;
    if (governs(tokens, before)) return true;
    for (std::size_t steps = 1; steps < looked_back && before > 0 && tokens[before].traits.has(trait::filler);
         ++steps)
        --before;
    return in_one_sentence(tokens[before], tokens[at]) && governs(tokens, before);
}

// "So bored I could …": what follows from it, and nothing new.
bool follows_from_so(std::vector<token> const& tokens, std::size_t at)
{
    constexpr std::array<std::string_view, 4> modals{"could", "would", "might", "can"};
    return at >= 2 && at + 1 < tokens.size() && tokens[at - 2].text == "so" &&
           is_one_of(tokens[at + 1].text, modals);
}

// "… go kill yourself": not "to go", "will go".
bool is_urge(std::vector<token> const& tokens, std::size_t at)
{
    constexpr std::array<std::string_view, 12> lead_in{
        "to", "you", "i", "we", "they", "or", "let", "will", "would", "should", "could", "can"};
    if (tokens[at].text != "go" || at + 1 == tokens.size() || !tokens[at + 1].traits.has(trait::grave))
        return false;
    auto const& before = tokens[at - 1].traits.has(trait::filler) && at > 1 ? tokens[at - 2] : tokens[at - 1];
    return !before.traits.has(trait::negator) && !is_one_of(before.text, lead_in);
}

// "… nobody cares want to die", "… gonna end it": an "I" was left out, and nothing else does it.
bool is_without_subject(std::vector<token> const& tokens, std::size_t at)
{
    constexpr std::array<std::string_view, 12> doers{
        "to", "or", "will", "might", "may", "must", "am", "was", "were", "be", "been", "we"};
    auto const& word = tokens[at];
    if (word.text != "want" && word.text != "going") return false;
    if (at + 1 == tokens.size() || tokens[at + 1].text != "to") return false;
    auto const& before = tokens[at - 1];
    constexpr std::array of_others{
        trait::negator,
        trait::filler,
        trait::self,
        trait::you,
        trait::other,
        trait::asks,
        trait::governs,
        trait::relation};
    return !is_one_of(before.text, doers) && std::none_of(of_others.begin(), of_others.end(), [&](trait one) {
        return before.traits.has(one);
    });
}

// It begins a statement without a word that joins, or a comma: "I …", "you are …".
bool opens_by_itself(std::vector<token> const& tokens, std::size_t at)
{
    constexpr std::array<std::string_view, 8> verbs{
        "are", "should", "will", "deserve", "have", "need", "can", "make"};
    auto const& word = tokens[at];
    if (word.traits.has(trait::self)) return word.text == "i" && !follows_from_so(tokens, at);
    if (!word.traits.has(trait::you)) return is_urge(tokens, at) || is_without_subject(tokens, at);
    return word.text == "you" && at + 1 < tokens.size() && is_one_of(tokens[at + 1].text, verbs);
}

// It begins a statement behind "and", "so" or a comma.
bool opens_when_joined(opened const& so_far)
{
    constexpr std::array<std::string_view, 22> subjects{
        "i",   "you", "he", "she",  "they", "we",   "it",  "there", "everyone", "everybody", "everything",
        "all", "the", "my", "your", "this", "what", "how", "now",   "today",    "tonight",   "yesterday"};
    constexpr std::array<std::string_view, 9> verbs{
        "want", "wish", "feel", "keep", "tell", "go", "just", "do", "then"};
    auto const word = so_far.tokens[so_far.end].text;
    if (is_one_of(word, subjects) || begins_with_nobody(so_far)) return true;
    return is_one_of(word, verbs) && !denies_a_verb(so_far);
}

bool begins_statement(opened const& so_far)
{
    auto const& tokens = so_far.tokens;
    auto const at = so_far.end;
    auto const& before = tokens[at - 1];
    if (before.text == "but" || before.text == "because") return true;
    if (before.traits.has(trait::joins)) return opens_when_joined(so_far);
    auto const is_new_clause = tokens[at].clause != before.clause;
    auto const may_begin = opens_by_itself(tokens, at) || (is_new_clause && opens_when_joined(so_far));
    return may_begin && !is_opening(so_far) && !is_governed(tokens, at);
}
} // namespace

std::vector<std::uint32_t> statements_in(std::vector<token> const& tokens)
{
    std::vector<std::uint32_t> made(tokens.size());
    std::size_t begin = 0;
    for (std::size_t at = 1; at < tokens.size(); ++at) {
        auto const begins =
            !in_one_sentence(tokens[at - 1], tokens[at]) || begins_statement({tokens, begin, at});
        made[at] = made[at - 1] + (begins ? 1 : 0);
        if (begins) begin = at;
    }
    return made;
}

} // namespace holdfast::moderation
