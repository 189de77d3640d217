#include "moderation/rules/phrases.hpp"

#include "moderation/wide.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace holdfast::moderation {

namespace {
constexpr std::uint32_t no_match = 0xFFFFFFFF;
constexpr std::uint32_t always_there = 0; // the number of no needed element
constexpr std::uint32_t fillers_between = 3;
constexpr std::uint32_t at_once = 64;      // phrases of a word that are looked at together
constexpr std::size_t steps_for_one = 600; // more than any real phrase needs; a text can't make one run wild

// How often a word stands in ordinary text, roughly: phrases are looked for by their rarest words.
std::uint64_t price_of(trait_set const& traits, std::uint32_t uses)
{
    auto const of_talk =
        traits.has(trait::self) || traits.has(trait::you); // I, my, you: a tenth of all words
    if (traits.has(trait::common)) return (of_talk ? 30000 : 4000) + uses;
    auto const frequent = traits.has(trait::self) || traits.has(trait::you) || traits.has(trait::other) ||
                          traits.has(trait::filler) || traits.has(trait::negator) ||
                          traits.has(trait::asks) || traits.has(trait::before_to);
    return frequent ? 1000 + uses : 10 + uses;
}

// A set of small numbers. A few hundred bytes for all elements: it stays near the processor.
class marks {
  public:
    static constexpr std::size_t step = 32; // bytes at once
    static constexpr std::size_t byte_of(std::size_t one) { return one / 8; }
    static constexpr std::uint8_t bit_of(std::size_t one) { return static_cast<std::uint8_t>(1U << one % 8); }
    static std::size_t bytes_for(std::size_t largest) { return (byte_of(largest) / step + 1) * step; }

    void make_room(std::size_t largest) { bytes_.assign(bytes_for(largest), 0); }
    void clear() { std::fill(bytes_.begin(), bytes_.end(), std::uint8_t{0}); }
    void add(std::uint32_t one) { bytes_[byte_of(one)] |= bit_of(one); }
    void add_all(std::uint8_t const* more) { add_to(bytes_.data(), more, bytes_.size()); }
    bool has(std::uint32_t one) const { return (bytes_[byte_of(one)] & bit_of(one)) != 0; }
    std::uint8_t const* bytes() const { return bytes_.data(); }

  private:
    HOLDFAST_WIDE static void add_to(std::uint8_t* to, std::uint8_t const* more, std::size_t size);
    std::vector<std::uint8_t> bytes_;
};

HOLDFAST_WIDE void
marks::add_to(std::uint8_t* __restrict to, std::uint8_t const* __restrict more, std::size_t size)
{
    for (; size != 0; size -= step, to += step, more += step) {
        for (std::size_t at = 0; at < step; ++at)
            to[at] |= more[at];
    }
}

template <class Small>
Small narrowed(std::size_t value)
{
    auto const made = static_cast<Small>(value);
    if (made != value) throw std::runtime_error("the lexicon has outgrown the tables of its phrases");
    return made;
}
} // namespace

// Reads the choices of one element; the same text is kept once, for classes stand in many phrases.
std::uint32_t phrases::element_for(std::string_view choices, choice_reader& read)
{
    if (auto const known = elements_by_text_.find(choices); known != elements_by_text_.end())
        return known->second;
    std::vector<word_id> singles;
    std::vector<word_row> rows;
    for (auto const& each : read.rows_of(choices)) {
        if (each.words().size() == 1)
            singles.push_back(each.words().front());
        else
            rows.push_back(each);
    }
    std::sort(singles.begin(), singles.end());
    singles.erase(std::unique(singles.begin(), singles.end()), singles.end());
    auto const keep = [&](std::span<word_id const> ids) {
        auto const begin = static_cast<std::uint32_t>(ids_.size());
        for (auto const id : ids)
            ids_.push_back(narrowed<small>(id));
        return begin;
    };
    element made;
    made.singles_begin = keep(singles);
    made.singles_count = narrowed<small>(singles.size());
    std::vector<row> kept;
    for (auto const& each : rows) {
        row one;
        auto const ids = each.words();
        auto const begin = keep(ids);
        one.begin = begin & 0xFFFFFF;
        one.length = narrowed<std::uint8_t>(ids.size());
        if (one.begin != begin)
            throw std::runtime_error("the lexicon has outgrown the tables of its phrases");
        one.key = ids_[begin];
        one.next = ids_[begin + 1];
        kept.push_back(one);
    }
    auto const keep_sorted = [&] {
        std::sort(kept.begin(), kept.end(), [](row const& left, row const& right) {
            return left.key != right.key ? left.key < right.key : left.length > right.length;
        });
        rows_.insert(rows_.end(), kept.begin(), kept.end());
    };
    made.rows_begin = static_cast<std::uint32_t>(rows_.size());
    made.rows_count = narrowed<small>(kept.size());
    keep_sorted();
    for (auto& one : kept) {
        one.key = ids_[one.begin + one.length - 1U];
        one.next = ids_[one.begin + one.length - 2U];
    }
    keep_sorted();
    for (auto const id : singles) {
        made.begins.add(id);
        made.ends.add(id);
    }
    for (auto const& each : rows) {
        made.begins.add(each.words().front());
        made.ends.add(each.words().back());
    }
    elements_.push_back(made);
    auto const index = static_cast<std::uint32_t>(elements_.size() - 1);
    elements_by_text_.emplace(choices, index);
    return index;
}

void phrases::add(std::uint32_t group, std::string_view pattern, choice_reader& read)
{
    phrase made;
    made.group = group;
    made.begin = narrowed<small>(steps_.size());
    for (auto const& part : parts_of(pattern))
        steps_.push_back({narrowed<small>(element_for(part.choices, read)), part.optional, part.gap});
    made.end = narrowed<small>(steps_.size());
    phrases_.push_back(made);
}

void phrases::finish(vocabulary const& words)
{
    std::vector<std::uint32_t> uses(words.size());
    auto const each_first = [&](element const& one, auto&& visit) {
        for (auto at = one.singles().begin; at < one.singles().end; ++at)
            visit(ids_[at]);
        for (auto at = one.firsts().begin; at < one.firsts().end; ++at)
            visit(rows_[at].key);
    };
    for (auto const& one : steps_)
        each_first(elements_[one.element], [&](word_id id) { ++uses[id]; });
    std::vector<std::vector<anchored>> by_word(words.size());
    std::vector<bool> is_needed(elements_.size());
    for (std::uint32_t index = 0; index < phrases_.size(); ++index) {
        auto& one = phrases_[index];
        std::vector<std::pair<std::uint64_t, small>> by_price; // its steps, the rarest first
        for (auto at = one.begin; at < one.end; ++at) {
            if (steps_[at].optional) continue;
            std::uint64_t price = 0;
            each_first(elements_[steps_[at].element], [&](word_id id) {
                price += price_of(words.traits(id), uses[id]);
            });
            by_price.emplace_back(price, at);
        }
        std::stable_sort(by_price.begin(), by_price.end(), [](auto const& left, auto const& right) {
            return left.first < right.first;
        });
        one.anchor = by_price.empty() ? one.begin : by_price.front().second;
        anchored made{index, {always_there, always_there}};
        for (std::size_t at = 0; at < made.needs.size() && at + 1 < by_price.size(); ++at) {
            made.needs[at] = steps_[by_price[at + 1].second].element;
            is_needed[made.needs[at]] = true;
        }
        each_first(elements_[steps_[one.anchor].element], [&](word_id id) {
            if (by_word[id].empty() || by_word[id].back().phrase != index) by_word[id].push_back(made);
        });
    }
    std::vector<std::uint32_t> numbers(elements_.size(), always_there); // of the needed ones
    std::uint32_t count = always_there;
    std::vector<std::vector<small>> needed_by_word(words.size());
    for (std::uint32_t index = 0; index < elements_.size(); ++index) {
        if (!is_needed[index]) continue;
        auto const number = narrowed<small>(++count);
        numbers[index] = number;
        each_first(elements_[index], [&](word_id id) {
            auto& list = needed_by_word[id];
            if (list.empty() || list.back() != number) list.push_back(number);
        });
    }
    for (auto& list : by_word) {
        for (auto& one : list)
            one.needs = {numbers[one.needs[0]], numbers[one.needs[1]]};
    }
    lay_out_candidates(by_word);
    for (auto const& list : needed_by_word) {
        needed_begin_.push_back(static_cast<std::uint32_t>(needed_.size()));
        needed_.insert(needed_.end(), list.begin(), list.end());
    }
    needed_begin_.push_back(static_cast<std::uint32_t>(needed_.size()));
    lay_out_bits(count);
    elements_by_text_.clear();
}

void phrases::lay_out_bits(std::uint32_t needed_count)
{
    bits_width_ = marks::bytes_for(needed_count);
    bits_row_.assign(needed_begin_.size(), 0);
    needed_bits_.assign(bits_width_, 0); // the row of those without one
    for (std::size_t id = 0; id + 1 < needed_begin_.size(); ++id) {
        auto const begin = needed_begin_[id];
        auto const end = needed_begin_[id + 1];
        if (end - begin <= bits_width_ / 16) continue; // a list of them is as quick
        bits_row_[id] = static_cast<std::uint32_t>(needed_bits_.size() / bits_width_);
        needed_bits_.resize(needed_bits_.size() + bits_width_, 0);
        auto* const bits = needed_bits_.data() + needed_bits_.size() - bits_width_;
        for (auto at = begin; at < end; ++at)
            bits[marks::byte_of(needed_[at])] |= marks::bit_of(needed_[at]);
    }
}

void phrases::lay_out_candidates(std::vector<std::vector<anchored>> const& by_word)
{
    for (std::size_t id = 0; id < by_word.size(); ++id) {
        candidates_begin_.push_back(static_cast<std::uint32_t>(candidates_.size()));
        for (auto const& one : by_word[id]) {
            auto const& anchor = elements_[steps_[phrases_[one.phrase].anchor].element];
            auto const word = static_cast<word_id>(id);
            auto const rows = rows_with(anchor.firsts(), word);
            sieve nexts;
            for (auto at = rows.begin; at < rows.end; ++at)
                nexts.add(rows_[at].next);
            candidates_.push_back(
                {narrowed<small>(one.phrase),
                 narrowed<small>(rows.end - rows.begin),
                 rows.begin,
                 single_stands(anchor, word),
                 nexts}
            );
            auto const place = [](std::uint32_t number) -> need {
                return {narrowed<small>(marks::byte_of(number)), marks::bit_of(number)};
            };
            needs_.push_back({place(one.needs[0]), place(one.needs[1])});
        }
    }
    candidates_begin_.push_back(static_cast<std::uint32_t>(candidates_.size()));
}

phrases::range phrases::rows_with(range rows, word_id key) const
{
    auto const begin = rows_.begin() + rows.begin;
    auto const end = rows_.begin() + rows.end;
    auto const first =
        std::lower_bound(begin, end, key, [](row const& one, word_id wanted) { return one.key < wanted; });
    auto last = first;
    while (last != end && last->key == key)
        ++last;
    return {
        static_cast<std::uint32_t>(first - rows_.begin()), static_cast<std::uint32_t>(last - rows_.begin())};
}

bool phrases::single_stands(element const& one, word_id id) const
{
    auto const begin = ids_.begin() + one.singles_begin;
    return std::binary_search(begin, begin + one.singles_count, id);
}

struct phrases::search {
    phrases const& all;
    std::span<token const> tokens;
    std::uint32_t low = 0; // the sentence's tokens [low, high)
    std::uint32_t high = 0;
    std::size_t steps = 0;
    std::size_t steps_end = 0;
    marks needed_here{}; // the needed elements that may stand in this sentence
    marks words_here{};

    bool may_pass(std::uint32_t at) const
    {
        return tokens[at].traits.has(trait::filler) || (tokens[at].emoji && tokens[at].id == no_word);
    }

    // The token after a row of words that begins at `at`, fillers between them passed over; no_match.
    std::uint32_t end_of_row(row const& one, std::uint32_t at) const
    {
        std::uint32_t fillers = 0;
        std::uint32_t const begin = one.begin;
        for (auto next = begin; next < begin + one.length;) {
            if (at >= high) return no_match;
            if (tokens[at].id == all.ids_[next])
                ++next;
            else if (next == begin || !may_pass(at) || ++fillers > fillers_between)
                return no_match;
            ++at;
        }
        return at;
    }

    // The first token of a row of words that ends before `at`.
    std::uint32_t begin_of_row(row const& one, std::uint32_t at) const
    {
        std::uint32_t fillers = 0;
        std::uint32_t const end = one.begin + one.length;
        for (auto next = end; next > one.begin;) {
            if (at <= low) return no_match;
            if (tokens[at - 1].id == all.ids_[next - 1])
                --next;
            else if (next == end || !may_pass(at - 1) || ++fillers > fillers_between)
                return no_match;
            --at;
        }
        return at;
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
            auto const id = tokens[place].id;
            if (id != no_word && one.begins.may_have(id)) {
                auto const choices = all.rows_with(one.firsts(), id);
                for (auto choice = choices.begin; choice < choices.end; ++choice) {
                    if (!words_here.has(all.rows_[choice].next)) continue;
                    auto const behind = end_of_row(all.rows_[choice], place);
                    if (behind == no_match) continue;
                    auto const found = forward(next + 1, end, behind);
                    if (found != no_match) return found;
                }
                if (all.single_stands(one, id)) {
                    auto const found = forward(next + 1, end, place + 1);
                    if (found != no_match) return found;
                }
            }
            if (may_pass(place) && fillers < fillers_between)
                ++fillers;
            else if (passed < wanted.gap)
                ++passed;
            else
                break;
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
            auto const id = tokens[place - 1].id;
            if (id != no_word && one.ends.may_have(id)) {
                auto const choices = all.rows_with(one.lasts(), id);
                for (auto choice = choices.begin; choice < choices.end; ++choice) {
                    if (!words_here.has(all.rows_[choice].next)) continue;
                    auto const before = begin_of_row(all.rows_[choice], place);
                    if (before == no_match) continue;
                    auto const found = backward(next - 1, begin, before, wanted.gap);
                    if (found != no_match) return found;
                }
                if (all.single_stands(one, id)) {
                    auto const found = backward(next - 1, begin, place - 1, wanted.gap);
                    if (found != no_match) return found;
                }
            }
            if (may_pass(place - 1) && fillers < fillers_between)
                ++fillers;
            else if (passed < gap)
                ++passed;
            else
                break;
        }
        return wanted.optional ? backward(next - 1, begin, at, gap) : no_match;
    }

    // All phrases that are looked for by the word at `at`. What may be there is written down first, and each
    // time kept or not: a branch would be guessed wrongly too often.
    void look_for_all(std::uint32_t at, std::vector<hit>& made)
    {
        auto const id = tokens[at].id;
        auto const end = all.candidates_begin_[id + 1];
        auto const* const needs = all.needs_.data();
        auto const* const here = needed_here.bytes();
        auto const is_here = [here](need one) { return (here[one.byte] & one.bit) != 0; };
        std::array<std::uint32_t, at_once> found; // only what was written is read
        for (auto first = all.candidates_begin_[id]; first < end;) {
            std::size_t count = 0;
            auto const stop = std::min(end, first + at_once);
            steps += stop - first;
            for (; first < stop; ++first) {
                found[count] = first;
                count += static_cast<unsigned>(is_here(needs[first][0])) &
                         static_cast<unsigned>(is_here(needs[first][1]));
            }
            steps += count;
            for (std::size_t one = 0; one < count; ++one)
                look_for(all.candidates_[found[one]], at, made);
        }
    }

    void look_for(candidate const& which, std::uint32_t at, std::vector<hit>& made)
    {
        auto const& one = all.phrases_[which.phrase];
        steps_end = steps + steps_for_one;
        if (which.rows_count > 0 && look_for_rows(one, which, at, made)) return;
        if (which.is_single) look_around(one, at, at + 1, made);
    }

    bool look_for_rows(phrase const& one, candidate const& which, std::uint32_t at, std::vector<hit>& made)
    {
        if (at + 1 == high) return false;
        auto const next = tokens[at + 1].id;
        auto const any = may_pass(at + 1); // else the row's second word stands there, or the row is not here
        if (!any && !which.nexts.may_have(next)) return false;
        auto const* const rows = all.rows_.data() + which.rows_begin;
        for (std::size_t choice = 0; choice < which.rows_count; ++choice) {
            if (rows[choice].next != next && !(any && words_here.has(rows[choice].next))) continue;
            auto const behind = end_of_row(rows[choice], at);
            if (behind != no_match && look_around(one, at, behind, made)) return true;
        }
        return false;
    }

    bool look_around(phrase const& one, std::uint32_t at, std::uint32_t behind, std::vector<hit>& made)
    {
        auto const end = forward(one.anchor + 1U, one.end, behind);
        if (end == no_match) return false;
        auto const begin = backward(one.anchor, one.begin, at, all.steps_[one.anchor].gap);
        if (begin == no_match) return false;
        made.push_back({one.group, begin, end - 1});
        return true;
    }

    void enter_sentence(std::uint32_t at)
    {
        low = at;
        needed_here.clear();
        needed_here.add(always_there);
        words_here.clear();
        for (; high < tokens.size() && tokens[high].sentence == tokens[at].sentence; ++high) {
            auto const id = tokens[high].id;
            if (id == no_word || id + 1 >= all.needed_begin_.size() || words_here.has(id)) continue;
            words_here.add(id);
            auto const begin = all.needed_begin_[id];
            auto const end = all.needed_begin_[id + 1];
            steps += end - begin;
            if (auto const place = all.bits_row_[id]; place != 0) {
                needed_here.add_all(all.needed_bits_.data() + place * all.bits_width_);
                continue;
            }
            for (auto next = begin; next < end; ++next)
                needed_here.add(all.needed_[next]);
        }
    }
};

std::vector<hit> phrases::find(std::span<token const> tokens, std::size_t* steps) const
{
    std::vector<hit> made;
    made.reserve(tokens.size() / 4);
    search at_work{*this, tokens};
    at_work.needed_here.make_room(bits_width_ * 8 - 1);
    at_work.words_here.make_room(needed_begin_.size());
    for (std::uint32_t at = 0; at < tokens.size(); ++at) {
        if (at >= at_work.high) at_work.enter_sentence(at);
        auto const id = tokens[at].id;
        if (id != no_word && id + 1 < candidates_begin_.size()) at_work.look_for_all(at, made);
    }
    std::sort(made.begin(), made.end(), [](hit const& left, hit const& right) {
        return std::tie(left.first, left.last, left.group) < std::tie(right.first, right.last, right.group);
    });
    made.erase(
        std::unique(
            made.begin(),
            made.end(),
            [](hit const& left, hit const& right) {
                return left.group == right.group && left.first == right.first && left.last == right.last;
            }
        ),
        made.end()
    );
    if (steps != nullptr) *steps += at_work.steps + tokens.size();
    return made;
}

} // namespace holdfast::moderation
