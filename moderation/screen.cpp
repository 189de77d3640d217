// The whole pipeline, top to bottom: read, weigh, find details, decide.
#include "moderation/screen.hpp"

#include "embedded/moderation_data.hpp"
#include "moderation/details.hpp"
#include "moderation/evidence.hpp"
#include "moderation/lexicon.hpp"
#include "moderation/ruling.hpp"
#include "moderation/view.hpp"

#include <algorithm>
#include <cmath>

namespace holdfast::moderation {

namespace {
constexpr std::size_t read_bytes_max = 256 * 1024; // a longer text is held: nobody read its end

std::string_view reason_for(detail_kind kind)
{
    switch (kind) {
    case detail_kind::mail: return "This looks like a mail address.";
    case detail_kind::phone: return "This looks like a phone number.";
    case detail_kind::handle: return "This looks like an account's name.";
    case detail_kind::street: return "This looks like an address.";
    case detail_kind::link: return "This is a link to another site.";
    }
    return "";
}

void weigh_details(std::string_view text, text_kind kind, evidence& made)
{
    std::size_t links = 0;
    for (auto const& detail : find_details(text)) {
        if (detail.kind == detail_kind::link) ++links;
        auto const about = detail.kind == detail_kind::link ? label::spam : label::pii;
        auto weight = detail.kind == detail_kind::handle ? 0.65 : 0.9;
        if (detail.kind == detail_kind::link) weight = kind == text_kind::name ? 0.9 : links > 3 ? 0.5 : 0.25;
        auto& score = made.scores[static_cast<std::size_t>(about)];
        score = 1 - (1 - score) * (1 - weight);
        made.findings.push_back({"detail", about, detail.where, std::string(reason_for(detail.kind)), weight, false});
    }
}
} // namespace

struct screen::parts {
    policy rules;
    lexicon phrases;
};

screen::screen(policy rules)
{
    auto made = std::make_unique<parts>();
    for (auto const& [name, content] : embedded::moderation_data()) {
        if (name.starts_with("lexicon/")) made->phrases.add(name, content);
    }
    made->phrases.finish();
    made->rules = resolved(std::move(rules));
    parts_ = std::move(made);
    read_text("a"); // the table of letters is made now, not on the time of the first text
}

screen::~screen() = default;
screen::screen(screen&&) noexcept = default;
screen& screen::operator=(screen&&) noexcept = default;

policy const& screen::rules() const { return parts_->rules; }

policy screen::resolved(policy rules) const
{
    // No calibration yet: a budget counts from an even chance on.
    for (auto& rule : rules.rules) {
        if (rule.false_holds) rule.threshold = 0.5;
    }
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

    auto const seen = read_text(std::string_view(whole).substr(0, read_bytes_max));
    if (out_of_time()) return could_not_screen("screen.timeout", "Our automatic check took too long, so a person looks first.");
    auto found = weigh(parts_->phrases, seen, text.context);
    weigh_details(std::string_view(whole).substr(0, read_bytes_max), text.kind, found);

    decision made;
    made.risk_score = std::clamp(found.risk, 0.0, 6.0);
    made.risk = static_cast<int>(std::lround(std::floor(made.risk_score)));
    made.scores = found.scores;
    made.findings = std::move(found.findings);
    made.nudge = found.nudge;
    rule_on(made, rules);
    if (whole.size() > read_bytes_max || seen.words.size() >= words_max || out_of_time()) {
        made.outcome = outcome::hold;
        made.findings.push_back({"screen.unread", std::nullopt, {}, "It is too long for our automatic check, so a person looks first.", 0, false});
    }
    // Spans are told in the text alone: what lies in the title counts from its start.
    for (auto& one : made.findings) {
        auto const shift = [&](std::size_t at) { return std::min(at > title_bytes ? at - title_bytes : 0, text.text.size()); };
        one.where = {shift(one.where.begin), shift(one.where.end)};
    }
    return made;
}

decision could_not_screen(std::string_view rule, std::string_view reason)
{
    decision made;
    made.outcome = outcome::hold;
    made.findings.push_back({std::string(rule), std::nullopt, {}, std::string(reason), 0, false});
    return made;
}

} // namespace holdfast::moderation
