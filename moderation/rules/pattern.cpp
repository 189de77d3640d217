#include "moderation/rules/pattern.hpp"

#include "moderation/reading/view.hpp"
#include <algorithm>
#include <stdexcept>

namespace holdfast::moderation {

namespace {
constexpr std::size_t rows_max = 2000;

[[noreturn]] void fail(std::string_view cause, std::string_view pattern)
{
    throw std::runtime_error(std::string(cause) + " in: " + std::string(pattern));
}

std::size_t closing(std::string_view pattern)
{
    int depth = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '(' || pattern[at] == '[') ++depth;
        if ((pattern[at] == ')' || pattern[at] == ']') && --depth == 0) return at;
    }
    fail("a bracket is not closed", pattern);
}

// Splits "a|b (c|d)" at its outer bars.
std::vector<std::string_view> choices_in(std::string_view inside)
{
    std::vector<std::string_view> made;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < inside.size(); ++at) {
        if (inside[at] == '(' || inside[at] == '[') ++depth;
        if (inside[at] == ')' || inside[at] == ']') --depth;
        if (inside[at] != '|' || depth != 0) continue;
        made.push_back(inside.substr(begin, at - begin));
        begin = at + 1;
    }
    made.push_back(inside.substr(begin));
    return made;
}

void append(word_row& row, std::span<word_id const> words, std::string_view pattern)
{
    if (!row.add(words)) fail("more than " + std::to_string(word_row::most) + " words in a row", pattern);
}

std::vector<word_row>
joined(std::vector<word_row> const& left, std::vector<word_row> const& right, std::string_view pattern)
{
    std::vector<word_row> made;
    if (left.size() * right.size() > rows_max) fail("too many ways to read it", pattern);
    made.reserve(left.size() * right.size());
    for (auto const& one : left) {
        for (auto const& other : right) {
            made.push_back(one);
            append(made.back(), other.words(), pattern);
        }
    }
    return made;
}

bool is_word(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char one) {
        return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') ||
               static_cast<unsigned char>(one) >= 0x80;
    });
}
bool is_ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char one) {
        return static_cast<unsigned char>(one) < 0x80;
    });
}

// Letters beyond ASCII as a text's are read: without accents, and look-alikes as what they look like.
std::string as_read(std::string_view word)
{
    auto const seen = read_text(word);
    if (seen.words.size() != 1) fail("this is not one word", word);
    return std::string(seen.words.front().text);
}
} // namespace

std::vector<pattern_part> parts_of(std::string_view pattern)
{
    std::vector<pattern_part> made;
    std::uint8_t gap = 0;
    auto const whole = pattern;
    while (!pattern.empty()) {
        if (pattern.front() == ' ') {
            pattern.remove_prefix(1);
            continue;
        }
        if (pattern.starts_with("..")) {
            if (pattern.size() < 4 || pattern[2] < '1' || pattern[2] > '8' || pattern[3] != ' ')
                fail("a gap is ..1 to ..8", whole);
            gap = static_cast<std::uint8_t>(pattern[2] - '0');
            pattern.remove_prefix(3);
            continue;
        }
        pattern_part one;
        one.gap = gap;
        gap = 0;
        if (pattern.front() == '(' || pattern.front() == '[') {
            auto const close = closing(pattern);
            one.optional = pattern.front() == '[';
            one.choices = pattern.substr(1, close - 1);
            pattern.remove_prefix(close + 1);
        } else {
            auto const end = std::min(pattern.find(' '), pattern.size());
            one.choices = pattern.substr(0, end);
            pattern.remove_prefix(end);
        }
        made.push_back(std::move(one));
    }
    if (std::all_of(made.begin(), made.end(), [](auto const& one) { return one.optional; }))
        fail("nothing must be there", whole);
    return made;
}

void choice_reader::add_class(std::string_view name, std::string choices)
{
    classes_[std::string(name)] = std::move(choices);
}

std::vector<word_row> const& choice_reader::rows_of_class(std::string_view name)
{
    if (auto const known = rows_by_class_.find(name); known != rows_by_class_.end()) return known->second;
    auto const found = classes_.find(name);
    if (found == classes_.end()) fail("there is no such class", name);
    auto rows = rows_of(found->second);
    return rows_by_class_.emplace(name, std::move(rows)).first->second;
}

word_row choice_reader::spelled(std::string_view word, std::string_view whole)
{
    if (!is_word(word)) fail("this is no word", word);
    auto const id = is_ascii(word) ? words_.intern(word) : words_.intern(as_read(word));
    auto const meant = words_.meant_by(id, false);
    word_row made;
    append(made, meant.words.empty() ? std::span(&id, 1) : meant.words, whole);
    return made;
}

std::vector<word_row> choice_reader::rows_of_choice(std::string_view choice, std::string_view whole)
{
    std::vector<word_row> rows(1);
    while (!choice.empty()) {
        if (choice.front() == ' ') {
            choice.remove_prefix(1);
        } else if (choice.front() == '(' || choice.front() == '[') {
            auto const close = closing(choice);
            auto inner = rows_of(choice.substr(1, close - 1));
            if (choice.front() == '[') inner.emplace_back();
            rows = joined(rows, inner, whole);
            choice.remove_prefix(close + 1);
        } else if (choice.front() == '<') {
            auto const close = choice.find('>');
            if (close == choice.npos) fail("'<' is not closed", whole);
            rows = joined(rows, rows_of_class(choice.substr(1, close - 1)), whole);
            choice.remove_prefix(close + 1);
        } else {
            auto const end = std::min(choice.find_first_of(" ([<"), choice.size());
            auto const word = spelled(choice.substr(0, end), whole);
            for (auto& row : rows)
                append(row, word.words(), whole);
            choice.remove_prefix(end);
        }
    }
    return rows;
}

std::vector<word_row> choice_reader::rows_of(std::string_view choices)
{
    std::vector<word_row> made;
    for (auto const choice : choices_in(choices)) {
        for (auto const& row : rows_of_choice(choice, choices)) {
            if (!row.words().empty()) made.push_back(row);
        }
    }
    return made;
}

} // namespace holdfast::moderation
