#include "server/base/phrase.hpp"

#include "server/base/id.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace holdfast {

namespace {
// A marked phrase: mark, count or nothing, then the parts, each after a bar, and the end. Phrases may stand
// in the values of others.
constexpr char bar = '\x1f';
constexpr char end = '\x03';

std::string const& mark()
{
    static std::string const made = '\x02' + hex_of(random_128());
    return made;
}

std::string
marked(std::string_view count, std::initializer_list<std::string_view> parts, blanks const& values)
{
    std::string made = mark();
    made += count;
    for (auto const part : parts)
        (made += bar) += part;
    for (auto const& [name, value] : values) {
        (made += bar) += name;
        (made += bar) += value;
    }
    return made += end;
}

// The parts of the phrase that begins at `text`, and how long all of it is; 0 when it has no end.
std::size_t parts_of(std::string_view text, std::vector<std::string_view>& to)
{
    std::size_t inside = 0;
    auto from = mark().size();
    for (auto at = from; at < text.size(); ++at) {
        if (text.substr(at).starts_with(mark())) ++inside;
        if (text[at] == end && inside-- == 0) {
            to.push_back(text.substr(from, at - from));
            return at + 1;
        }
        if (text[at] != bar || inside > 0) continue;
        to.push_back(text.substr(from, at - from));
        from = at + 1;
    }
    return 0;
}

// What {name} stands for is put in, in one go: what is put in is not looked at again.
std::string filled(std::string_view text, std::vector<std::pair<std::string_view, std::string>> const& values)
{
    std::string made;
    while (true) {
        auto const open = text.find('{');
        made += text.substr(0, open);
        if (open == std::string_view::npos) return made;
        text.remove_prefix(open);
        auto const close = text.find('}');
        auto const name = text.substr(1, close == std::string_view::npos ? close : close - 1);
        auto const known =
            std::find_if(values.begin(), values.end(), [&](auto const& one) { return one.first == name; });
        auto const is_known = close != std::string_view::npos && known != values.end();
        made += is_known ? std::string_view(known->second) : text.substr(0, 1);
        text.remove_prefix(is_known ? close + 1 : 1);
    }
}

std::string put_together(std::vector<std::string_view> const& parts, phrase_finder const& find)
{
    phrase wanted;
    wanted.is_counted = !parts.at(0).empty();
    std::size_t at = wanted.is_counted ? 2 : 1;
    if (parts.size() <= at) return "";
    std::vector<std::pair<std::string_view, std::string>> values;
    if (wanted.is_counted) {
        std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), wanted.count);
        wanted.one = parts[1];
        values.emplace_back("count", std::to_string(wanted.count));
    }
    wanted.english = parts[at];
    for (++at; at + 1 < parts.size(); at += 2)
        values.emplace_back(parts[at], spoken(parts[at + 1], find));
    return filled(find(wanted), values);
}
} // namespace

std::string say(std::string_view english, blanks values)
{
    if (english.empty() || english.starts_with(mark())) return std::string(english);
    return marked("", {english}, values);
}

std::string say_count(std::int64_t count, std::string_view one, std::string_view many, blanks values)
{
    return marked(std::to_string(count), {one, many}, values);
}

bool has_phrases(std::string_view text)
{
    return text.find(mark()) != std::string_view::npos;
}

std::string spoken(std::string_view text, phrase_finder const& find)
{
    std::string made;
    made.reserve(text.size());
    while (true) {
        auto const at = text.find(mark());
        made += text.substr(0, at);
        if (at == std::string_view::npos) return made;
        text.remove_prefix(at);
        std::vector<std::string_view> parts;
        auto const length = parts_of(text, parts);
        if (length == 0) return made; // cut off: what is left of it is not shown
        made += put_together(parts, find);
        text.remove_prefix(length);
    }
}

std::string in_english(std::string_view text)
{
    return spoken(text, [](phrase const& wanted) {
        return std::string(wanted.is_counted && wanted.count == 1 ? wanted.one : wanted.english);
    });
}

} // namespace holdfast
