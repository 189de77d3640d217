// The whole pipeline, top to bottom: read, weigh, score, explain, rule.
#include "moderation/screen.hpp"

#include "moderation/explain.hpp"
#include "moderation/language.hpp"
#include "moderation/learned/stack.hpp"
#include "moderation/policy/ruling.hpp"
#include "moderation/signals.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation {

namespace {
constexpr std::size_t read_bytes_max = 256 * 1024; // a longer text is held: nobody read its end

void resolve(policy& rules, model const& learned)
{
    for (auto& rule : rules.rules) {
        if (rule.false_holds)
            rule.threshold = std::min(learned.threshold_for(rule.about, *rule.false_holds), within_reach);
    }
}

// Somebody's name is in no list of words.
void note_language(decision& made, signals const& known, model const& learned, text_kind kind)
{
    if (kind == text_kind::name) return;
    auto const unread = part_not_read(known.seen, known.words, learned.meanings);
    if (unread) made.findings.push_back({std::string(unread_language), std::nullopt, *unread, "", 0, false});
}

// Spans are told in the text alone: what lies in the title counts from its start.
void leave_title_out(decision& made, std::size_t title_bytes, std::size_t text_bytes)
{
    auto const shift = [&](std::size_t at) {
        return std::min(at > title_bytes ? at - title_bytes : 0, text_bytes);
    };
    for (auto& one : made.findings)
        one.where = {shift(one.where.begin), shift(one.where.end)};
}
} // namespace

struct screen::parts {
    policy rules;
    lexicon phrases;
    model learned;
};

screen::screen(policy rules) : screen(std::move(rules), shipped_model()) {}

screen::screen(policy rules, model learned)
{
    resolve(rules, learned);
    auto phrases = shipped_lexicon();
    learned.heads.find_all(phrases.words());
    learned.meanings.find_all(phrases.words());
    parts_ = std::make_shared<parts const>(parts{std::move(rules), std::move(phrases), std::move(learned)});
    read_text("\xC3\xA9"); // the table of letters is made now, not on the time of the first text
}

policy const& screen::rules() const
{
    return parts_->rules;
}

policy screen::resolved(policy rules) const
{
    resolve(rules, parts_->learned);
    return rules;
}

decision screen::decide(input const& text, keep_going const& time_left) const
{
    return decide(text, parts_->rules, time_left);
}

decision screen::decide(input const& text, policy const& rules, keep_going const& time_left) const
{
    auto const out_of_time = [&] { return time_left && !time_left(); };
    std::string whole(text.title);
    if (!whole.empty()) whole += "\n";
    auto const title_bytes = whole.size();
    whole += text.text;
    auto const in_reach = std::string_view(whole).substr(0, read_bytes_max);

    auto known = read_signals(parts_->phrases, in_reach, text.kind, text.context);
    auto const scores = parts_->learned.heads.score(known.words);
    auto const inputs = inputs_from(known, parts_->learned, scores);

    decision made;
    made.risk_score = stacked_risk(parts_->learned, inputs, text.kind);
    made.risk = static_cast<int>(std::floor(made.risk_score));
    made.scores = stacked_scores(parts_->learned, inputs, text.kind);
    made.findings = std::move(known.found.findings);
    made.nudge = known.found.nudge;
    made.hinges_on_context = known.found.hinges_on_context;
    explain(parts_->learned, known, scores, inputs, made);
    note_language(made, known, parts_->learned, text.kind);
    rule_on(made, rules);
    // Whatever was read still counts: a cry for help is one also where nobody heard its end.
    if (whole.size() > read_bytes_max || known.seen.words.size() >= words_max)
        leave_unread(
            made, "screen.unread", "It is too long for our automatic check, so a person looks first."
        );
    if (out_of_time())
        leave_unread(made, "screen.timeout", "Our automatic check took too long, so a person looks first.");
    leave_title_out(made, title_bytes, text.text.size());
    return made;
}

decision could_not_screen(std::string_view rule, std::string_view reason)
{
    decision made;
    leave_unread(made, rule, reason);
    return made;
}

} // namespace holdfast::moderation
