#include "moderation/evidence.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace holdfast::moderation {

namespace {

// The steps of risk, by what a phrase says. Own description after the C-SSRS screener's six questions.
double level_of(std::string_view kind)
{
    static std::map<std::string_view, double> const levels{
        {"wish", 1}, {"burden", 1}, {"self_harm", 2}, {"ideation", 2}, {"method", 3}, {"means", 4}, {"intent", 4}, {"plan", 5}, {"act", 6}
    };
    auto const found = levels.find(kind);
    return found == levels.end() ? 0 : found->second;
}

bool is_one_of(std::string const& word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool negates(std::string const& word)
{
    return is_one_of(word, {"not", "never", "dont", "didnt", "wont", "wouldnt", "isnt", "arent", "no", "without", "havent", "hasnt", "cant", "couldnt", "doesnt", "nor", "neither", "aint", "stopped", "wasnt", "nothing", "hardly"});
}

bool is_self(std::string const& word)
{
    return is_one_of(word, {"i", "im", "ive", "ill", "id", "me", "my", "myself", "mine", "we", "were"});
}

bool is_other(std::string const& word)
{
    return is_one_of(word, {"he", "she", "they", "hes", "shes", "theyre", "his", "her", "him", "them", "their", "himself", "herself", "themselves", "friend", "brother", "sister", "mum", "mom", "dad", "son", "daughter", "husband", "wife", "boyfriend", "girlfriend", "partner", "someone", "somebody", "people", "who", "mate", "cousin", "uncle", "aunt", "ex", "roommate", "colleague", "kid", "student", "client", "patient", "character", "everyone", "others"});
}

bool tells_speech(std::string const& word)
{
    return is_one_of(word, {"said", "says", "told", "called", "calls", "calling", "texted", "wrote", "messaged", "screamed", "shouted", "yelled", "saying", "telling"});
}

// One text and its hits, with what stands around each of them.
class reading {
  public:
    reading(lexicon const& phrases, view const& text) : lexicon_(phrases), text_(text), hits_(phrases.find(text))
    {
        for (auto const& one : hits_) {
            auto const& kind = lexicon_.group(one.group).kind;
            if (kind == "idiom") mark_idiom(one);
            context_[sentence_of(one)].insert(kind);
            everywhere_.insert(kind);
        }
    }

    std::vector<hit> const& hits() const { return hits_; }
    phrase_group const& group(hit const& one) const { return lexicon_.group(one.group); }
    std::size_t sentence_of(hit const& one) const { return text_.words[one.first].sentence; }
    bool sentence_has(hit const& one, std::string const& kind) const
    {
        auto const found = context_.find(sentence_of(one));
        return found != context_.end() && found->second.contains(kind);
    }
    bool text_has(std::string const& kind) const { return everywhere_.contains(kind); }
    bool is_idiom(hit const& one) const
    {
        for (auto at = one.first; at <= one.last; ++at) {
            if (idiom_.contains(at)) return true;
        }
        return false;
    }
    bool is_quoted(hit const& one) const { return text_.words[one.first].quoted; }
    bool is_disguised(hit const& one) const
    {
        return std::any_of(text_.words.begin() + static_cast<std::ptrdiff_t>(one.first), text_.words.begin() + static_cast<std::ptrdiff_t>(one.last) + 1, [](word const& each) { return each.disguised; });
    }
    bool in_question(hit const& one) const
    {
        auto const sentence = sentence_of(one);
        return sentence < text_.is_question.size() && text_.is_question[sentence];
    }

    // A "not" before it in the same breath; "but" takes it back.
    bool is_negated(hit const& one) const
    {
        for (std::size_t back = 1; back <= 4 && back <= one.first; ++back) {
            auto const& before = text_.words[one.first - back];
            if (before.sentence != text_.words[one.first].sentence) return false;
            if (is_one_of(before.text, {"but", "because", "why", "and"})) return false;
            if (negates(before.text)) return true;
        }
        return false;
    }

    // Whose story: the nearest person named before the hit, or in it.
    bool is_about_another(hit const& one) const
    {
        for (auto at = one.first; at <= one.last; ++at) {
            if (is_self(text_.words[at].text)) return speaks_for_another(one.first);
            if (is_other(text_.words[at].text)) return true;
        }
        for (std::size_t back = 1; back <= 8 && back <= one.first; ++back) {
            auto const& before = text_.words[one.first - back];
            if (before.sentence != text_.words[one.first].sentence) break;
            if (is_self(before.text) && !belongs_to_another(one.first - back)) return false;
            if (is_other(before.text)) return true;
        }
        return false;
    }

    // Said to a reader, not told of somebody's words.
    bool is_told(hit const& one) const
    {
        for (std::size_t back = 1; back <= 6 && back <= one.first; ++back) {
            auto const& before = text_.words[one.first - back];
            if (before.sentence != text_.words[one.first].sentence) return false;
            if (tells_speech(before.text)) return true;
        }
        return is_quoted(one);
    }

    text_span where(hit const& one) const
    {
        return {text_.words[one.first].where.begin, text_.words[one.last].where.end};
    }

  private:
    void mark_idiom(hit const& one)
    {
        for (auto at = one.first; at <= one.last; ++at) idiom_.insert(at);
    }
    // "my friend": the possessive belongs to the other person.
    bool belongs_to_another(std::size_t at) const
    {
        return text_.words[at].text == "my" && at + 1 < text_.words.size() &&
               (is_other(text_.words[at + 1].text) || (at + 2 < text_.words.size() && is_other(text_.words[at + 2].text)));
    }
    // "she said i want to die" is hers.
    bool speaks_for_another(std::size_t first) const
    {
        auto told = false;
        for (std::size_t back = 1; back <= 6 && back <= first; ++back) {
            auto const& before = text_.words[first - back];
            if (before.sentence != text_.words[first].sentence) return false;
            if (tells_speech(before.text)) told = true;
            if (told && is_other(before.text)) return true;
            if (told && is_self(before.text)) return false;
        }
        return false;
    }

    lexicon const& lexicon_;
    view const& text_;
    std::vector<hit> hits_;
    std::set<std::size_t> idiom_;
    std::map<std::size_t, std::set<std::string>> context_;
    std::set<std::string> everywhere_;
};

// How much a phrase of risk still says about its author where it stands.
double standing_of(reading const& text, hit const& one)
{
    if (text.is_idiom(one)) return 0;
    double weight = text.group(one).weight;
    if (text.is_negated(one)) weight *= 0.1;
    if (text.is_quoted(one)) weight *= 0.3;
    if (text.is_about_another(one)) weight *= 0.1;
    if (text.sentence_has(one, "worried") || text.sentence_has(one, "bereaved")) weight *= 0.2;
    if (text.sentence_has(one, "helping")) weight *= 0.3;
    if (text.sentence_has(one, "fiction")) weight *= 0.3;
    if (text.sentence_has(one, "past")) weight *= 0.5;
    if (text.text_has("recovered")) weight *= text.text_has("past") ? 0.4 : 0.6;
    return weight;
}

struct risk_seen {
    std::map<std::string, double> strongest; // by kind
    bool time_near = false;                  // beside a thought of dying
};

double level_after(std::string_view kind, double weight)
{
    auto const level = level_of(kind);
    if (weight >= 0.5) return level;
    if (weight >= 0.25) return std::max(1.0, level - 2);
    return 0;
}

double combined(risk_seen const& seen)
{
    double risk = 0;
    for (auto const& [kind, weight] : seen.strongest) risk = std::max(risk, level_after(kind, weight));
    auto const has = [&](char const* kind) {
        auto const found = seen.strongest.find(kind);
        return found != seen.strongest.end() && found->second >= 0.5;
    };
    auto const thinks = has("ideation") || has("intent");
    if (thinks && has("method")) risk = std::max(risk, has("intent") ? 5.0 : 3.0);
    if ((has("ideation") || has("wish") || has("burden")) && seen.time_near) risk = std::max(risk, 4.0);
    if (has("intent") && seen.time_near) risk = std::max(risk, 4.5);
    if ((has("plan") || has("means")) && (seen.time_near || thinks)) risk = std::max(risk, 5.0);
    return risk;
}

void weigh_risk(reading const& text, evidence& made)
{
    risk_seen seen;
    for (auto const& one : text.hits()) {
        auto const& group = text.group(one);
        if (level_of(group.kind) == 0) continue;
        auto const weight = standing_of(text, one);
        if (weight < 0.25) continue;
        auto& strongest = seen.strongest[group.kind];
        strongest = std::max(strongest, weight);
        if (text.sentence_has(one, "time") && weight >= 0.5) seen.time_near = true;
        auto const names_harm = is_one_of(group.kind, {"self_harm", "method", "means", "plan", "act"});
        if (names_harm) {
            auto& topic = made.scores[static_cast<std::size_t>(label::self_harm)];
            topic = std::max(topic, weight);
        }
        made.findings.push_back({"risk." + group.kind, std::nullopt, text.where(one), group.reason, weight, false});
    }
    made.risk = combined(seen);
}

void weigh_harm(reading const& text, evidence& made)
{
    for (auto const& one : text.hits()) {
        auto const& group = text.group(one);
        auto const about = label_named(group.kind);
        if (!about || *about == label::self_harm || text.is_idiom(one)) continue;
        auto weight = group.weight;
        if (text.is_negated(one)) weight *= 0.3;
        if (text.is_told(one)) weight *= group.aimed || *about != label::hate ? 0.35 : 0.6;
        if (text.sentence_has(one, "helping") || text.sentence_has(one, "fiction")) weight *= 0.5;
        if (*about == label::pro_eating_disorder && text.text_has("recovered")) weight *= 0.5;
        if (weight < 0.2) continue;
        auto& score = made.scores[static_cast<std::size_t>(*about)];
        score = 1 - (1 - score) * (1 - weight);
        made.findings.push_back({"phrase." + group.kind, about, text.where(one), group.reason, weight, false});
        if (text.is_disguised(one)) {
            made.findings.push_back({"evasion", about, text.where(one), "The spelling hides the word.", 0.2, false});
        }
    }
}

void find_nudge(reading const& text, evidence& made)
{
    for (auto const& one : text.hits()) {
        auto const& group = text.group(one);
        if (group.kind != "nudge" || text.is_told(one)) continue;
        made.nudge = true;
        made.findings.push_back({"nudge", std::nullopt, text.where(one), group.reason, 0, false});
    }
}

bool says_yes(view const& text)
{
    constexpr std::size_t short_answer = 8;
    if (text.words.empty() || text.words.size() > short_answer) return false;
    auto yes = false;
    for (auto const& one : text.words) {
        if (is_one_of(one.text, {"no", "nope", "nah", "not", "dont", "never"})) return false;
        if (is_one_of(one.text, {"yes", "yeah", "yea", "yep", "yup", "ya", "tonight", "soon", "already", "today", "maybe", "kinda", "i", "exactly", "mhm"})) yes = true;
    }
    return yes;
}

// "Yes, tonight" under "are you thinking of ending your life?" says what the question asked.
void weigh_answer(lexicon const& phrases, view const& text, std::span<std::string_view const> before, evidence& made)
{
    if (before.empty() || !says_yes(text)) return;
    auto const question = read_text(before.back());
    reading const asked(phrases, question);
    double level = 0;
    for (auto const& one : asked.hits()) {
        auto const& kind = asked.group(one).kind;
        if (asked.in_question(one)) level = std::max(level, kind == "self_harm_encouragement" ? 2.0 : level_of(kind));
    }
    if (level == 0) return;
    reading const answer(phrases, text);
    if (answer.text_has("time")) level = std::max(level, 4.0);
    made.risk = std::max(made.risk, level);
    text_span const whole{text.words.front().where.begin, text.words.back().where.end};
    made.findings.push_back({"risk.answer", std::nullopt, whole, "It answers yes to a question about dying or plans.", 0.8, false});
}

} // namespace

evidence weigh(lexicon const& phrases, view const& text, std::span<std::string_view const> before)
{
    evidence made;
    reading const whole(phrases, text);
    weigh_risk(whole, made);
    weigh_harm(whole, made);
    find_nudge(whole, made);
    weigh_answer(phrases, text, before, made);
    made.features[index_of(feature::rules_risk)] = static_cast<float>(made.risk / 6);
    for (std::size_t at = 0; at < label_count; ++at) {
        made.features[index_of(static_cast<label>(at))] = static_cast<float>(made.scores[at]);
    }
    return made;
}

} // namespace holdfast::moderation
