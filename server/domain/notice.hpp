// What somebody is told of, each in one sentence without content.
#pragma once
#include "moderation/named.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace holdfast::domain {

enum class notice_kind : std::uint8_t {
    reply,
    note,
    story,
    decision,
    circle,
    report,
    question,
    message,
    asked,   // to keep somebody company with a goal
    answer,  // to that question
    partner, // a check-in, encouragement or another idea
    plan,    // a safety plan that somebody shared with me
    checkin  // it is one of my days for a word about a goal
};
inline constexpr std::array<std::string_view, 13> notice_kind_names{
    "reply",
    "note",
    "story",
    "decision",
    "circle",
    "report",
    "question",
    "message",
    "asked",
    "answer",
    "partner",
    "plan",
    "checkin"};

constexpr std::string_view name_of(notice_kind kind)
{
    return notice_kind_names[static_cast<std::size_t>(kind)];
}

constexpr std::optional<notice_kind> notice_kind_named(std::string_view name)
{
    return moderation::named<notice_kind>(notice_kind_names, name);
}

// Of these the day is enough: nobody learns when the other one was here.
constexpr bool is_between_partners(notice_kind kind)
{
    return kind == notice_kind::asked || kind == notice_kind::answer || kind == notice_kind::partner;
}

// That something is new, or the code that proves an address.
enum class letter_kind : std::uint8_t { news, code };

constexpr std::string_view name_of(letter_kind kind)
{
    return kind == letter_kind::news ? "news" : "code";
}

} // namespace holdfast::domain
