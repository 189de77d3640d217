// What the rules, and the whole screen, say about a text, for tests.
#pragma once
#include "moderation/policy/policy.hpp"
#include "moderation/rules/evidence.hpp"
#include "moderation/screen.hpp"
#include "moderation/signals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

inline lexicon const& shipped()
{
    static lexicon const made = shipped_lexicon();
    return made;
}

inline evidence weighed(std::string_view text, std::vector<std::string_view> const& before = {})
{
    auto const seen = read_text(text);
    return weigh(shipped(), seen, before);
}

inline int risk_of(std::string_view text)
{
    return static_cast<int>(weighed(text).risk);
}
inline double score_of(std::string_view text, label about)
{
    return weighed(text).scores[static_cast<std::size_t>(about)];
}

// The words of the vocabulary that a text is read as; unknown words as they are written.
inline std::string read_as(std::string_view text)
{
    auto const seen = read_text(text);
    std::string made;
    for (auto const& one : shipped().spell(seen))
        made += (made.empty() ? "" : " ") + std::string(one.text);
    return made;
}

// By the shipped policy and model; `before` are the texts that it answers.
inline decision decided(std::string_view text, std::span<std::string_view const> before = {})
{
    static screen const whole(shipped_policy());
    input said;
    said.text = text;
    said.context = before;
    return whole.decide(said);
}

// The circle reads it without a person before it.
inline void is_read_at_once(std::string_view text)
{
    INFO(text);
    auto const seen = decided(text);
    CHECK(seen.outcome != outcome::hold);
    CHECK(seen.outcome != outcome::give_back);
    CHECK(seen.risk <= 2);
}

// How many of these wait for a person; they are named when a check of the number fails.
inline std::size_t waiting_among(std::vector<std::string> const& texts)
{
    std::size_t waiting = 0;
    for (auto const& text : texts) {
        if (!stops(decided(text).outcome)) continue;
        UNSCOPED_INFO(text);
        ++waiting;
    }
    return waiting;
}

inline bool has_finding(evidence const& seen, std::string_view rule)
{
    return std::any_of(seen.findings.begin(), seen.findings.end(), [&](finding const& one) {
        return one.rule == rule;
    });
}

} // namespace holdfast::moderation
