#include "server/app/validate.hpp"

#include "server/base/limits.hpp"
#include "server/markdown/markdown.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace holdfast::app {

namespace {
// The length of a well-formed UTF-8 sequence at the front (Unicode 15, table 3-7), 0 when it is none.
std::size_t sequence_length(std::string_view text)
{
    auto const at = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    auto const continues = [&](std::size_t index, unsigned low = 0x80, unsigned high = 0xBF) {
        return index < text.size() && at(index) >= low && at(index) <= high;
    };
    auto const lead = at(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        auto const low = lead == 0xE0 ? 0xA0U : 0x80U;
        auto const high = lead == 0xED ? 0x9FU : 0xBFU;
        return continues(1, low, high) && continues(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        auto const low = lead == 0xF0 ? 0x90U : 0x80U;
        auto const high = lead == 0xF4 ? 0x8FU : 0xBFU;
        return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

bool is_blank(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](unsigned char letter) {
        return std::isspace(letter) != 0;
    });
}

bool turns_around(std::string_view text)
{
    for (auto at = text.find('\xE2'); at != std::string_view::npos; at = text.find('\xE2', at + 1)) {
        if (markdown::turns_direction(text.substr(at))) return true;
    }
    return false;
}

bool has_control(std::string_view text, bool lines_allowed)
{
    return std::any_of(text.begin(), text.end(), [&](unsigned char letter) {
        if (lines_allowed && (letter == '\n' || letter == '\r' || letter == '\t')) return false;
        return letter < 0x20 || letter == 0x7F;
    });
}

result<void> outcome_of(error found)
{
    if (found.fields.empty()) return result<void>();
    return found;
}

// With a letter or a digit, and nothing in it that is invisible or turns the line around.
bool can_be_seen(std::string_view nickname)
{
    auto const letters =
        icu::UnicodeString::fromUTF8({nickname.data(), static_cast<int32_t>(nickname.size())});
    auto has_letter = false;
    for (int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1)) {
        auto const one = letters.char32At(at);
        if (u_hasBinaryProperty(one, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_iscntrl(one)) return false;
        has_letter = has_letter || u_isalnum(one);
    }
    return has_letter;
}

bool looks_like_contact(std::string_view nickname)
{
    auto const digits = std::count_if(nickname.begin(), nickname.end(), [](unsigned char letter) {
        return std::isdigit(letter) != 0;
    });
    return nickname.find('@') != std::string_view::npos || digits >= 7;
}
} // namespace

bool is_utf8(std::string_view text)
{
    while (!text.empty()) {
        auto const length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t letters_in(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](unsigned char one) {
        return (one & 0xC0U) != 0x80U && one != '\r';
    }));
}

void check_text(error& found, std::string_view text, text_rule const& rule)
{
    auto const wrong = [&](std::string detail) {
        found.fields.push_back({std::string(rule.field), std::move(detail)});
    };
    if (rule.required && is_blank(text)) {
        wrong("Please write something here.");
    } else if (letters_in(text) > rule.letters_max) {
        wrong("This is too long. Could you make it shorter?");
    } else if (!is_utf8(text)) {
        wrong("Some letters or signs did not arrive. Could you type that part again?");
    } else if (has_control(text, rule.lines_allowed) || turns_around(text)) {
        wrong("Something in here can't be shown. Could you type that part again?");
    }
}

result<void> validate_post(domain::post_text const& content, bool needs_title)
{
    error found{errc::invalid};
    if (needs_title) check_text(found, content.title, {"title", limits::title_letters_max, true, false});
    check_text(found, content.text, {"text", limits::post_letters_max, true, true});
    return outcome_of(std::move(found));
}

result<void> validate_nickname(std::string_view nickname)
{
    error found{errc::invalid};
    check_text(found, nickname, {"nickname", limits::nickname_letters_max, true, false});
    if (found.fields.empty() && !can_be_seen(nickname)) {
        found.fields.push_back(
            {"nickname", "Please choose a name with letters or numbers, all of which can be seen."}
        );
    }
    if (found.fields.empty() && (nickname.size() < 2 || nickname.front() == ' ' || nickname.back() == ' ')) {
        found.fields.push_back(
            {"nickname", "Please choose a name of at least two letters, without spaces around it."}
        );
    }
    if (found.fields.empty() && looks_like_contact(nickname)) {
        found.fields.push_back(
            {"nickname",
             "This looks like a mail address or a phone number. Please choose a name that can't be linked to "
             "you."}
        );
    }
    return outcome_of(std::move(found));
}

result<void> validate_passphrase(std::string_view passphrase)
{
    error found{errc::invalid};
    if (passphrase.size() < limits::passphrase_bytes_min) {
        found.fields.push_back(
            {"passphrase", "Please use at least 12 characters. A few words together are easy to remember."}
        );
    } else if (passphrase.size() > limits::passphrase_bytes_max) {
        found.fields.push_back({"passphrase", "This is too long. Please choose a shorter one."});
    }
    return outcome_of(std::move(found));
}

result<void> validate_country(std::string_view country)
{
    auto const two_letters =
        country.size() == 2 && std::all_of(country.begin(), country.end(), [](char letter) {
            return letter >= 'a' && letter <= 'z';
        });
    if (country.empty() || two_letters) return result<void>();
    return invalid_field("country", "Please choose a country from the list.");
}

result<void> validate_circle(domain::circle_texts const& texts)
{
    error found{errc::invalid};
    check_text(found, texts.name, {"name", limits::title_letters_max, true, false});
    check_text(found, texts.purpose, {"purpose", limits::note_letters_max, true, true});
    check_text(found, texts.agreement, {"agreement", limits::note_letters_max, true, true});
    check_text(found, texts.hours, {"hours", limits::title_letters_max, false, false});
    return outcome_of(std::move(found));
}

result<void> validate_note(std::string_view field, std::string_view text, bool required)
{
    error found{errc::invalid};
    check_text(found, text, {field, limits::note_letters_max, required, true});
    return outcome_of(std::move(found));
}

} // namespace holdfast::app
