// What each kind of private writing is made of, in one table: for what programs send, what forms send and
// what is stored alike.
#pragma once
#include "server/base/limits.hpp"
#include "server/base/result.hpp"
#include "server/domain/space.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace holdfast::app {

enum class field_type : std::uint8_t {
    line,      // a text of one line
    words,     // a text
    choice,    // one of `choices`
    level,     // a whole number from 1 to 5
    number,    // such as 7.5; 0 to 1000
    day,       // "2026-05-01"
    month,     // "2026-05"
    clock,     // "21:30"; also "+02:00", an offset from UTC
    zone,      // "Europe/London", "GMT+02:00"
    record,    // the id of another record of one's own
    lines,     // a list of texts of one line
    steps,     // a goal's: {"text", "state", "milestone", "done": [day], "tries": [{"day", "what", "next"}]}
    reviews,   // a goal's: {"day", "celebrate", "reframe", "recalibrate"}
    strengths, // a story's: {"name", "shows", "goal"}
    chosen,    // of values: {"name", "matters", "room", "step"}
    put_away,  // a story's: {"number", "section", "words", "until"}; never from outside
};

struct field_rule {
    std::string_view name;
    field_type type = field_type::line;
    std::size_t letters_max = 0;
    bool required = false;
    std::span<std::string_view const> choices = {};
    std::size_t count_max = 12; // of `lines`
};

inline constexpr std::size_t line_letters = limits::title_letters_max;
inline constexpr std::size_t note_letters = limits::note_letters_max;

std::span<field_rule const> fields_of(domain::private_kind kind);

// The body as it is stored: every field known, of its type and not too long; empty ones left out. invalid
// names what is not.
result<boost::json::object> shaped(domain::private_kind kind, boost::json::object const& given);

// All that somebody wrote in it themselves, for the look for care and for search.
std::string words_in(domain::private_kind kind, boost::json::object const& body);

// "" or 0 when it isn't there.
std::string text_in(boost::json::object const& body, std::string_view name);
int number_in(boost::json::object const& body, std::string_view name);
std::optional<double> measure_in(boost::json::object const& body, std::string_view name); // of `number`

std::optional<std::chrono::sys_days> day_from(std::string_view text); // "2026-05-01"
std::string text_of(std::chrono::sys_days day);

} // namespace holdfast::app
