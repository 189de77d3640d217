#include "moderation/phrases.hpp"

#include "moderation/pattern.hpp"

#include <algorithm>
#include <tuple>

namespace holdfast::moderation {

namespace {
constexpr std::uint32_t no_match = 0xFFFFFFFF;
constexpr std::uint32_t fillers_between = 3;
constexpr std::size_t steps_for_one = 600; // more than any real phrase needs; a text can't make one run wild

bool is_common(trait_set const& traits)
{
    return traits.has(trait::self) || traits.has(trait::you) || traits.has(trait::other) || traits.has(trait::filler) ||
           traits.has(trait::negator) || traits.has(trait::asks) || traits.has(trait::before_to);
}
} // namespace

// Reads the choices of one element; the same text is kept once, for classes stand in many phrases.
std::uint32_t phrases::element_for(std::string_view choices, vocabulary& words)
{
    if (auto const known = elements_by_text_.find(choices); known != elements_by_text_.end()) return known->second;
    std::vector<word_id> singles;
    std::vector<std::vector<word_id>> rows;
    for (auto const& row : rows_of(choices)) {
        std::vector<word_id> ids;
        for (auto const& written : row) {
            auto const id = words.intern(written);
            auto const meant = words.meant_by(id, false);
            if (meant.words.empty()) ids.push_back(id);
            else ids.insert(ids.end(), meant.words.begin(), meant.words.end());
        }
        if (ids.size() == 1) singles.push_back(ids.front());
        else rows.push_back(std::move(ids));
    }
    std::sort(singles.begin(), singles.end());
    singles.erase(std::unique(singles.begin(), singles.end()), singles.end());
    std::sort(rows.begin(), rows.end(), [](auto const& left, auto const& right) { return left.size() > right.size(); });
    auto const keep = [&](std::vector<word_id> const& ids) {
        auto const begin = static_cast<std::uint32_t>(ids_.size());
        ids_.insert(ids_.end(), ids.begin(), ids.end());
        return range{begin, static_cast<std::uint32_t>(ids_.size())};
    };
    element made;
    made.singles = keep(singles);
    made.rows.begin = static_cast<std::uint32_t>(rows_.size());
    for (auto const& row : rows) rows_.push_back(keep(row));
    made.rows.end = static_cast<std::uint32_t>(rows_.size());
    elements_.push_back(made);
    auto const index = static_cast<std::uint32_t>(elements_.size() - 1);
    elements_by_text_.emplace(choices, index);
    return index;
}

void phrases::add(std::uint32_t group, std::string_view pattern, vocabulary& words)
{
    phrase made;
    made.group = group;
    made.steps.begin = static_cast<std::uint32_t>(steps_.size());
    for (auto const& part : parts_of(pattern)) steps_.push_back({element_for(part.choices, words), part.optional, part.gap});
    made.steps.end = static_cast<std::uint32_t>(steps_.size());
    phrases_.push_back(made);
}

void phrases::finish(vocabulary const& words)
{
    std::vector<std::uint32_t> uses(words.size());
    auto const firsts_of = [&](element const& one, auto&& visit) {
        for (auto at = one.singles.begin; at < one.singles.end; ++at) visit(ids_[at]);
        for (auto row = one.rows.begin; row < one.rows.end; ++row) visit(ids_[rows_[row].begin]);
    };
    for (auto const& one : steps_) firsts_of(elements_[one.element], [&](word_id id) { ++uses[id]; });
    std::vector<std::vector<std::uint32_t>> by_word(words.size());
    for (std::uint32_t index = 0; index < phrases_.size(); ++index) {
        auto& one = phrases_[index];
        std::uint64_t least = ~std::uint64_t{0};
        for (auto at = one.steps.begin; at < one.steps.end; ++at) {
            if (steps_[at].optional) continue;
            std::uint64_t price = 0;
            firsts_of(elements_[steps_[at].element], [&](word_id id) { price += uses[id] + (is_common(words.traits(id)) ? 5000U : 0U); });
            if (price >= least) continue;
            least = price;
            one.anchor = at;
        }
        firsts_of(elements_[steps_[one.anchor].element], [&](word_id id) {
            if (by_word[id].empty() || by_word[id].back() != index) by_word[id].push_back(index);
        });
    }
    anchored_begin_.push_back(0);
    for (auto const& list : by_word) {
        anchored_.insert(anchored_.end(), list.begin(), list.end());
        anchored_begin_.push_back(static_cast<std::uint32_t>(anchored_.size()));
    }
    elements_by_text_.clear();
}

struct phrases::search {
    phrases const& all;
    std::span<token const> tokens;
    std::uint32_t low = 0;  // the sentence's tokens [low, high)
    std::uint32_t high = 0;
    std::size_t steps = 0;
    std::size_t steps_end = 0;

    bool may_pass(std::uint32_t at) const
    {
        return tokens[at].traits.has(trait::filler) || (tokens[at].emoji && tokens[at].id == no_word);
    }

    bool row_stands(range row, std::uint32_t at) const
    {
        if (high - at < row.end - row.begin) return false;
        for (auto next = row.begin; next < row.end; ++next, ++at) {
            if (tokens[at].id != all.ids_[next]) return false;
        }
        return true;
    }

    bool single_stands(element const& one, word_id id) const
    {
        auto const begin = all.ids_.begin();
        return std::binary_search(begin + one.singles.begin, begin + one.singles.end, id);
    }

    // The token after the phrase whose step `next` has to match at `at` or a little later; no_match.
    std::uint32_t forward(std::uint32_t next, std::uint32_t end, std::uint32_t at)
    {
        if (next == end) return at;
        auto const& wanted = all.steps_[next];
        auto const& one = all.elements_[wanted.element];
        std::uint32_t fillers = 0;
        std::uint32_t passed = 0;
        for (auto place = at; place < high; ++place) {
            if (++steps > steps_end) return no_match;
            if (tokens[place].id != no_word) {
                for (auto row = one.rows.begin; row < one.rows.end; ++row) {
                    if (!row_stands(all.rows_[row], place)) continue;
                    auto const found = forward(next + 1, end, place + all.rows_[row].end - all.rows_[row].begin);
                    if (found != no_match) return found;
                }
                if (single_stands(one, tokens[place].id)) {
                    auto const found = forward(next + 1, end, place + 1);
                    if (found != no_match) return found;
                }
            }
            if (may_pass(place) && fillers < fillers_between) ++fillers;
            else if (passed < wanted.gap) ++passed;
            else break;
        }
        return wanted.optional ? forward(next + 1, end, at) : no_match;
    }

    // The first token of the phrase whose step before `next` has to end before `at`; no_match.
    std::uint32_t backward(std::uint32_t next, std::uint32_t begin, std::uint32_t at, std::uint8_t gap)
    {
        if (next == begin) return at;
        auto const& wanted = all.steps_[next - 1];
        auto const& one = all.elements_[wanted.element];
        std::uint32_t fillers = 0;
        std::uint32_t passed = 0;
        for (auto place = at; place > low; --place) {
            if (++steps > steps_end) return no_match;
            if (tokens[place - 1].id != no_word) {
                for (auto row = one.rows.begin; row < one.rows.end; ++row) {
                    auto const length = all.rows_[row].end - all.rows_[row].begin;
                    if (place - low < length || !row_stands(all.rows_[row], place - length)) continue;
                    auto const found = backward(next - 1, begin, place - length, wanted.gap);
                    if (found != no_match) return found;
                }
                if (single_stands(one, tokens[place - 1].id)) {
                    auto const found = backward(next - 1, begin, place - 1, wanted.gap);
                    if (found != no_match) return found;
                }
            }
            if (may_pass(place - 1) && fillers < fillers_between) ++fillers;
            else if (passed < gap) ++passed;
            else break;
        }
        return wanted.optional ? backward(next - 1, begin, at, gap) : no_match;
    }

    void look_for(phrase const& one, std::uint32_t at, std::vector<hit>& made)
    {
        auto const& anchor = all.steps_[one.anchor];
        auto const& wanted = all.elements_[anchor.element];
        steps_end = steps + steps_for_one;
        auto const try_with = [&](std::uint32_t length) {
            auto const end = forward(one.anchor + 1, one.steps.end, at + length);
            if (end == no_match) return false;
            auto const begin = backward(one.anchor, one.steps.begin, at, anchor.gap);
            if (begin == no_match) return false;
            made.push_back({one.group, begin, end - 1});
            return true;
        };
        ++steps;
        for (auto row = wanted.rows.begin; row < wanted.rows.end; ++row) {
            auto const length = all.rows_[row].end - all.rows_[row].begin;
            if (row_stands(all.rows_[row], at) && try_with(length)) return;
        }
        if (single_stands(wanted, tokens[at].id)) try_with(1);
    }
};

std::vector<hit> phrases::find(std::span<token const> tokens, std::size_t* steps) const
{
    std::vector<hit> made;
    search at_work{*this, tokens};
    for (std::uint32_t at = 0; at < tokens.size(); ++at) {
        if (at >= at_work.high) {
            at_work.low = at;
            while (at_work.high < tokens.size() && tokens[at_work.high].sentence == tokens[at].sentence) ++at_work.high;
        }
        auto const id = tokens[at].id;
        if (id == no_word || id + 1 >= anchored_begin_.size()) continue;
        for (auto next = anchored_begin_[id]; next < anchored_begin_[id + 1]; ++next) {
            at_work.look_for(phrases_[anchored_[next]], at, made);
        }
    }
    std::sort(made.begin(), made.end(), [](hit const& left, hit const& right) {
        return std::tie(left.first, left.last, left.group) < std::tie(right.first, right.last, right.group);
    });
    made.erase(std::unique(made.begin(), made.end(), [](hit const& left, hit const& right) {
        return left.group == right.group && left.first == right.first && left.last == right.last;
    }), made.end());
    if (steps != nullptr) *steps += at_work.steps + tokens.size();
    return made;
}

std::size_t phrases::bytes() const
{
    return ids_.size() * sizeof(word_id) + rows_.size() * sizeof(range) + elements_.size() * sizeof(element) +
           steps_.size() * sizeof(step) + phrases_.size() * sizeof(phrase) + (anchored_.size() + anchored_begin_.size()) * 4;
}

} // namespace holdfast::moderation
