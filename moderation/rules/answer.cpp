// What a short answer takes from the text before it: "yes, tonight" under a question says what was asked, and
// "do it then" under a cry for help is the cruellest thing that can be said there.
#include "moderation/rules/rules.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace holdfast::moderation {

namespace {
constexpr std::size_t short_answer_max = 18; // words
constexpr std::size_t plain_answer_max = 12; // a longer one says yes in so many words, or nothing

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

// A text with the phrases that only count between a question and its answer.
struct turn {
    passage const& text;
    std::vector<hit> hits;
    kind_set said;

    explicit turn(passage const& read) : text(read), hits(read.phrases().find_between(read.tokens()))
    {
        for (auto const& one : hits)
            said.set(index_of(read.group(one).kind));
    }
    std::vector<token> const& tokens() const { return text.tokens(); }
    bool has(kind what) const { return said.test(index_of(what)) || text.has(what); }
};

bool is_yes(token const& one)
{
    return is_one_of(one.text, {"yes", "yeah", "yea", "yep", "yup", "ya", "yh", "aye", "mhm", "ye", "yess"});
}

bool has_no(turn const& text)
{
    auto const& tokens = text.tokens();
    for (auto one = tokens.begin(); one != tokens.end(); ++one) {
        if (is_one_of(one->text, {"nope", "nah"})) return true;
        if (!one->traits.has(trait::negator)) continue;
        // "I don't remember how many" and "I won't lie" deny nothing.
        auto const next = one + 1;
        if (next == tokens.end() || !is_one_of(next->text, {"remember", "recall", "count", "lie"}))
            return true;
    }
    return false;
}

// Does a short answer say yes? What it begins with counts most: "yes, but not today" is a yes.
bool says_yes(turn const& text)
{
    auto const& tokens = text.tokens();
    if (is_yes(tokens.front())) return true;
    if (has_no(text)) return false;
    if (std::any_of(tokens.begin(), tokens.end(), is_yes)) return true;
    if (tokens.size() > plain_answer_max) return false; // of many words some may sound like one
    if (tokens.front().text == "i" && tokens.size() > 1 &&
        is_one_of(tokens[1].text, {"am", "do", "have", "did", "was", "think", "guess", "might"}))
        return tokens.size() == 2 || !tokens[2].traits.has(trait::negator);
    return text.has(kind::time) || text.has(kind::agrees);
}

// "Are you thinking of killing yourself?" as the one who is asked would say it of themselves: the phrases
// about risk are written in the first person.
std::string as_asked(std::string_view question)
{
    constexpr std::pair<std::string_view, std::string_view> turns[] = {
        {"you", "i"},
        {"u", "i"},
        {"ya", "i"},
        {"your", "my"},
        {"ur", "my"},
        {"yourself", "myself"},
        {"urself", "myself"},
        {"youre", "im"}};
    std::string made;
    std::string word;
    auto const flush = [&] {
        std::string low(word);
        std::transform(low.begin(), low.end(), low.begin(), [](char one) {
            return one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one;
        });
        auto const turned = std::find_if(std::begin(turns), std::end(turns), [&](auto const& one) {
            return one.first == low;
        });
        made += turned == std::end(turns) ? std::string_view(word) : turned->second;
        word.clear();
    };
    for (auto const one : question) {
        auto const letter = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
        if (letter) {
            word += one;
            continue;
        }
        flush();
        made += one;
    }
    flush();
    return made;
}

// How far somebody is who says yes to it.
double level_of_question(kind what)
{
    switch (what) {
    case kind::wish:
        return 1;
    case kind::ideation:
    case kind::hurting:
    case kind::others:
        return 2;
    case kind::method:
        return 3;
    case kind::means:
    case kind::intent:
    case kind::asked_means:
    case kind::asked_plan:
        return 4;
    case kind::plan:
        return 5;
    case kind::act:
    case kind::asked_act:
        return 6;
    default:
        return 0;
    }
}

struct question {
    double level = 0; // of a yes; 0: it asked nothing of the kind
    bool about_safety = false;
    bool pleads = false;
    bool only_plan = false; // it asks for a plan, whatever for

    explicit question(passage const& asked)
    {
        auto const note = [&](hit const& one) {
            auto const what = asked.group(one).kind;
            pleads = pleads || what == kind::plea;
            if (!asked.asks(one)) return;
            about_safety = about_safety || what == kind::asked_safe;
            level = std::max(level, level_of_question(what));
        };
        std::for_each(asked.hits().begin(), asked.hits().end(), note);
        turn const read(asked);
        // "Have you decided when you'll visit?"
        auto const of_everyday = read.has(kind::asked_everyday) && !asked.speaks_of_dying();
        for (auto const& one : read.hits) {
            if (!of_everyday || asked.group(one).kind != kind::asked_plan) note(one);
        }
        only_plan = !asked.speaks_of_dying() && !read.has(kind::asked_act) && !read.has(kind::asked_means);
    }
};

// The risk that the answer tells of; 0 when it tells of none.
double level_answered(turn const& text, question const& asked)
{
    if (text.has(kind::helping)) return 0; // it answers for somebody else, or asks back
    if (asked.only_plan && text.has(kind::answers_help) && !text.has(kind::answers_done)) return 0;
    constexpr double means_it = 4;
    constexpr double has_done_it = 6;
    if (asked.about_safety && !says_yes(text) && has_no(text)) return means_it;
    if (asked.about_safety) return 0;
    if (has_no(text) && !says_yes(text)) return 0;
    if (text.has(kind::answers_done) && !has_no(text) && (asked.pleads || asked.level >= means_it))
        return has_done_it;
    if (asked.level == 0) return 0;
    if (text.tokens().size() > plain_answer_max) return says_yes(text) ? asked.level : 0;
    if (text.has(kind::answers_when) || text.has(kind::time)) return std::max(asked.level, means_it);
    if (text.has(kind::answers_means)) return std::max(asked.level, means_it);
    return says_yes(text) ? asked.level : 0;
}

text_span whole_of(passage const& text)
{
    auto const& words = text.text().words;
    return {words.front().where.begin, words.back().where.end};
}

void weigh_yes(turn const& text, std::span<std::string_view const> before, tally& so_far, evidence& made)
{
    // What was asked may lie a few texts back, with others' words between.
    double level = 0;
    for (auto asked = before.rbegin(); asked != before.rend() && level == 0; ++asked) {
        auto const turned = as_asked(*asked);
        auto const read = read_text(turned);
        level = level_answered(text, question(passage(text.text.phrases(), read)));
    }
    if (level == 0) return;
    made.risk = std::max(made.risk, level);
    so_far.stand(kind::ideation, 0);
    made.features[index_of(feature::answers_yes)] = static_cast<float>(level / 6);
    made.findings.push_back(
        {"risk.answer",
         std::nullopt,
         whole_of(text.text),
         "It answers yes to a question about dying or plans.",
         0.8,
         false}
    );
}

// Most of the answer is a push or an echo: "do it with me, breathe in" is neither.
bool is_mostly(turn const& text, kind what)
{
    auto const& tokens = text.tokens();
    std::vector<bool> said(tokens.size());
    for (auto const& one : text.hits) {
        if (text.text.group(one).kind != what || text.text.is_negated(one)) continue;
        for (auto at = one.first; at <= one.last; ++at)
            said[at] = true;
    }
    auto const count = static_cast<std::size_t>(std::count(said.begin(), said.end(), true));
    return count > 0 && count * 2 >= tokens.size();
}

void weigh_reply(turn const& text, std::string_view answered, tally& so_far, evidence& made)
{
    auto const pushes = is_mostly(text, kind::pushes);
    auto const echoes = is_mostly(text, kind::echoes);
    if ((!pushes && !echoes) || text.has(kind::helping)) return;
    auto const read = read_text(answered);
    auto const risk = weigh(text.text.phrases(), read, {}).risk;
    if (risk < 1) return;
    if (pushes) {
        so_far.add_label(label::self_harm_encouragement, 0, 0.9);
        made.findings.push_back(
            {"answer.push",
             label::self_harm_encouragement,
             whole_of(text.text),
             "It cheers on somebody who speaks of dying.",
             0.9,
             false}
        );
    } else {
        made.risk = std::max(made.risk, std::min(risk, 2.0));
        made.findings.push_back(
            {"risk.answer", std::nullopt, whole_of(text.text), "It says the same of itself.", 0.6, false}
        );
    }
}
} // namespace

bool is_short_answer(passage const& text)
{
    return !text.tokens().empty() && text.tokens().size() <= short_answer_max;
}

void weigh_answer(
    passage const& text, std::span<std::string_view const> before, tally& so_far, evidence& made
)
{
    if (before.empty() || !is_short_answer(text)) return;
    turn const answer(text);
    weigh_yes(answer, before, so_far, made);
    weigh_reply(answer, before.back(), so_far, made);
}

} // namespace holdfast::moderation
