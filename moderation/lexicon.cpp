#include "moderation/lexicon.hpp"

#include "moderation/toml.hpp"

#include <algorithm>
#include <stdexcept>

namespace holdfast::moderation {

namespace {
constexpr std::size_t no_match = static_cast<std::size_t>(-1);
constexpr std::size_t fillers_between = 2;
constexpr std::string_view fillers[] = {"just",  "really", "so",     "very", "fucking", "kinda", "literally", "actually",
                                        "like",  "totally", "honestly", "even", "always",  "damn",  "bloody",    "still",
                                        "probably", "maybe", "finally", "simply", "lowkey", "deadass", "fr", "tbh", "sometimes", "ever", "all"};

std::vector<std::string> words_in(std::string_view text)
{
    std::vector<std::string> made;
    while (!text.empty()) {
        auto const space = text.find(' ');
        if (space != 0) made.emplace_back(text.substr(0, space));
        text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
    }
    return made;
}

// Splits "a|b (c|d)" at its outer bars.
std::vector<std::string_view> alternatives_in(std::string_view inside)
{
    std::vector<std::string_view> made;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < inside.size(); ++at) {
        if (inside[at] == '(') ++depth;
        if (inside[at] == ')') --depth;
        if (inside[at] == '|' && depth == 0) {
            made.push_back(inside.substr(begin, at - begin));
            begin = at + 1;
        }
    }
    made.push_back(inside.substr(begin));
    return made;
}

// "looking (for|to buy)" → "looking for", "looking to buy".
std::vector<std::string> expanded(std::string_view alternative)
{
    auto const open = alternative.find('(');
    if (open == std::string_view::npos) return {std::string(alternative)};
    auto const close = alternative.find(')', open);
    std::vector<std::string> made;
    for (auto const inner : alternatives_in(alternative.substr(open + 1, close - open - 1))) {
        made.push_back(std::string(alternative.substr(0, open)) + std::string(inner) + std::string(alternative.substr(close + 1)));
    }
    return made;
}

std::size_t closing(std::string_view pattern)
{
    auto const open = pattern.front();
    auto const close = open == '(' ? ')' : ']';
    int depth = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == open) ++depth;
        if (pattern[at] == close && --depth == 0) return at;
    }
    throw std::runtime_error("a bracket is not closed in: " + std::string(pattern));
}
} // namespace

lexicon::word_id lexicon::intern(std::string const& word)
{
    auto const [entry, added] = words_.emplace(word, static_cast<word_id>(words_.size()));
    if (added) {
        filler_.push_back(std::find(std::begin(fillers), std::end(fillers), word) != std::end(fillers));
        longest_word_ = std::max(longest_word_, word.size());
    }
    return entry->second;
}

lexicon::word_id lexicon::known(std::string const& word) const
{
    auto const found = words_.find(word);
    return found == words_.end() ? -1 : found->second;
}

void lexicon::add(std::string_view name, std::string_view text)
{
    for (auto const filler : fillers) intern(std::string(filler));
    try {
        auto const file = toml::parse(text);
        auto const* const groups = file["group"].as_array();
        if (groups == nullptr) throw std::runtime_error("there is no [[group]]");
        for (auto const& entry : *groups) {
            auto const& table = *entry.as_table();
            phrase_group made;
            made.kind = table["kind"].value<std::string>().value();
            made.weight = table["weight"].value<double>().value();
            made.reason = table["reason"].value<std::string>().value();
            made.aimed = table["aimed"].value_or(false);
            groups_.push_back(std::move(made));
            for (auto const& pattern : *table["any"].as_array()) {
                add_phrase(groups_.size() - 1, pattern.value<std::string>().value());
            }
        }
    } catch (toml::parse_error const& broken) {
        throw std::runtime_error(
            std::string(name) + ", line " + std::to_string(broken.source().begin.line) + ": " + std::string(broken.description())
        );
    } catch (std::exception const& broken) {
        throw std::runtime_error(std::string(name) + ": " + broken.what());
    }
}

lexicon::element lexicon::parse_element(std::string_view& pattern)
{
    element made;
    std::vector<std::string_view> choices;
    if (pattern.front() == '(' || pattern.front() == '[') {
        auto const close = closing(pattern);
        made.optional = pattern.front() == '[';
        choices = alternatives_in(pattern.substr(1, close - 1));
        pattern.remove_prefix(close + 1);
    } else {
        auto const end = std::min(pattern.find(' '), pattern.size());
        choices.push_back(pattern.substr(0, end));
        pattern.remove_prefix(end);
    }
    for (auto const choice : choices) {
        for (auto const& alternative : expanded(choice)) {
            auto const words = words_in(alternative);
            if (words.empty()) continue;
            std::vector<word_id> rest;
            for (std::size_t at = 1; at < words.size(); ++at) rest.push_back(intern(words[at]));
            made.rest_by_first[intern(words.front())].push_back(std::move(rest));
        }
    }
    return made;
}

void lexicon::add_phrase(std::size_t group, std::string_view pattern)
{
    phrase made;
    made.group = group;
    while (!pattern.empty()) {
        if (pattern.front() == ' ') {
            pattern.remove_prefix(1);
            continue;
        }
        made.elements.push_back(parse_element(pattern));
    }
    auto const index = phrases_.size();
    for (auto const& one : made.elements) {
        for (auto const& [first, rest] : one.rest_by_first) phrases_by_first_[first].push_back(index);
        if (!one.optional) break;
    }
    phrases_.push_back(std::move(made));
}

// A word whose letters were spaced out has lost its borders: "killmyself" is read as words of the lexicon.
bool lexicon::split_joined(std::string const& joined, std::vector<word_id>& out) const
{
    constexpr std::size_t joined_max = 80;
    if (joined.size() < 5 || joined.size() > joined_max) return false;
    std::vector<std::size_t> from(joined.size() + 1, no_match);
    from[0] = 0;
    for (std::size_t end = 1; end <= joined.size(); ++end) {
        auto const longest = std::min(longest_word_, end);
        for (std::size_t length = longest; length > 0; --length) {
            if (from[end - length] == no_match) continue;
            if (known(joined.substr(end - length, length)) < 0) continue;
            from[end] = end - length;
            break;
        }
    }
    if (from[joined.size()] == no_match) return false;
    for (auto end = joined.size(); end > 0; end = from[end]) {
        out.insert(out.begin(), known(joined.substr(from[end], end - from[end])));
    }
    return true;
}

std::vector<lexicon::token> lexicon::tokens_of(view const& text) const
{
    std::vector<token> made;
    made.reserve(text.words.size());
    for (std::size_t at = 0; at < text.words.size(); ++at) {
        auto const& one = text.words[at];
        auto const id = known(one.text);
        std::vector<word_id> parts;
        if (id < 0 && one.disguised && split_joined(one.text, parts)) {
            for (auto const part : parts) made.push_back({part, at, one.sentence});
        } else {
            made.push_back({id, at, one.sentence});
        }
    }
    return made;
}

// The token after the phrase's last one, or no_match.
std::size_t lexicon::match(
    phrase const& one, std::size_t element_at, std::vector<token> const& tokens, std::size_t at, std::size_t& steps
) const
{
    if (element_at == one.elements.size()) return at;
    auto const& wanted = one.elements[element_at];
    auto best = no_match;
    auto place = at;
    for (std::size_t skipped = 0; place < tokens.size(); ++place, ++skipped) {
        ++steps;
        auto const found = wanted.rest_by_first.find(tokens[place].id);
        if (found != wanted.rest_by_first.end()) {
            for (auto const& rest : found->second) {
                if (place + 1 + rest.size() > tokens.size()) continue;
                auto const same = std::equal(rest.begin(), rest.end(), tokens.begin() + static_cast<std::ptrdiff_t>(place) + 1, [](word_id id, token const& next) {
                    return id == next.id;
                });
                if (!same) continue;
                auto const end = match(one, element_at + 1, tokens, place + 1 + rest.size(), steps);
                if (end != no_match && (best == no_match || end > best)) best = end;
            }
            if (best != no_match) return best;
        }
        auto const may_skip = element_at > 0 && skipped < fillers_between && tokens[place].id >= 0 &&
                              filler_[static_cast<std::size_t>(tokens[place].id)];
        if (!may_skip) break;
    }
    return wanted.optional ? match(one, element_at + 1, tokens, at, steps) : no_match;
}

std::vector<hit> lexicon::find(view const& text, std::size_t* steps) const
{
    auto const tokens = tokens_of(text);
    std::vector<hit> made;
    std::size_t counted = 0;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        ++counted;
        if (tokens[at].id < 0) continue;
        auto const candidates = phrases_by_first_.find(tokens[at].id);
        if (candidates == phrases_by_first_.end()) continue;
        for (auto const index : candidates->second) {
            auto const end = match(phrases_[index], 0, tokens, at, counted);
            if (end == no_match || end == at) continue;
            if (tokens[end - 1].sentence > tokens[at].sentence + 1) continue; // a phrase is one breath
            made.push_back({phrases_[index].group, tokens[at].word, tokens[end - 1].word});
        }
    }
    if (steps != nullptr) *steps = counted;
    return made;
}

} // namespace holdfast::moderation
