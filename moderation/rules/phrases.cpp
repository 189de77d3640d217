#include "moderation/rules/phrases.hpp"

#include "moderation/wide.hpp"

#include <algorithm>
#include <optional>
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

// A row is looked for by its rarest word: "the edge" where "edge" stands.
std::vector<std::vector<phrases::keyed>> phrases::keys_of_elements(vocabulary const& words) const
{
    auto const words_in = [&](row const& one) { return std::span(ids_).subspan(one.begin, one.length); };
    std::vector<std::uint32_t> steps_with(elements_.size());
    for (auto const& one : steps_)
        ++steps_with[one.element];
    std::vector<std::uint32_t> uses(words.size());
    for (std::size_t index = 0; index < elements_.size(); ++index) {
        auto const& one = elements_[index];
        for (auto at = one.singles().begin; at < one.singles().end; ++at)
            uses[ids_[at]] += steps_with[index];
        for (auto at = one.firsts().begin; at < one.firsts().end; ++at) {
            for (auto const id : words_in(rows_[at]))
                uses[id] += steps_with[index];
        }
    }
    std::vector<std::uint64_t> prices(words.size());
    for (word_id id = 0; id < words.size(); ++id)
        prices[id] = price_of(words.traits(id), uses[id]);
    std::vector<std::vector<keyed>> made(elements_.size());
    for (std::size_t index = 0; index < elements_.size(); ++index) {
        auto const& one = elements_[index];
        auto& keys = made[index];
        keys.reserve(one.singles_count + one.rows_count);
        for (auto at = one.singles().begin; at < one.singles().end; ++at)
            keys.push_back({ids_[at], {}, prices[ids_[at]]});
        for (auto at = one.firsts().begin; at < one.firsts().end; ++at) {
            auto const its = words_in(rows_[at]);
            std::size_t rarest = 0;
            std::size_t next = 1;
            for (std::size_t place = 1; place < its.size(); ++place) {
                if (prices[its[place]] < prices[its[rarest]])
                    next = std::exchange(rarest, place);
                else if (next != place && prices[its[place]] < prices[its[next]])
                    next = place;
            }
            anchored_row const kept{rows_[at].begin, rows_[at].length, narrowed<small>(rarest), its[next]};
            keys.push_back({its[rarest], kept, prices[its[rarest]]});
        }
        std::stable_sort(keys.begin(), keys.end(), [](keyed const& left, keyed const& right) {
            return left.key != right.key ? left.key < right.key : left.row.length > right.row.length;
        });
    }
    return made;
}

void phrases::finish(vocabulary const& words)
{
    auto const keys = keys_of_elements(words);
    std::vector<std::vector<anchored>> by_word(words.size());
    std::vector<bool> is_needed(elements_.size());
    for (std::uint32_t index = 0; index < phrases_.size(); ++index) {
        auto& one = phrases_[index];
        std::vector<std::pair<std::uint64_t, small>> by_price; // its steps, the rarest first
        for (auto at = one.begin; at < one.end; ++at) {
            if (steps_[at].optional) continue;
            std::uint64_t price = 0;
            for (auto const& choice : keys[steps_[at].element])
                price += choice.price;
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
        for (auto const& choice : keys[steps_[one.anchor].element]) {
            auto& list = by_word[choice.key];
            if (list.empty() || list.back().phrase != index) list.push_back(made);
        }
    }
    std::vector<std::uint32_t> numbers(elements_.size(), always_there); // of the needed ones
    std::uint32_t count = always_there;
    std::vector<std::vector<small>> needed_by_word(words.size());
    for (std::uint32_t index = 0; index < elements_.size(); ++index) {
        if (!is_needed[index]) continue;
        auto const number = narrowed<small>(++count);
        numbers[index] = number;
        for (auto const& choice : keys[index]) {
            auto& list = needed_by_word[choice.key];
            if (list.empty() || list.back() != number) list.push_back(number);
        }
    }
    for (auto& list : by_word) {
        for (auto& one : list)
            one.needs = {numbers[one.needs[0]], numbers[one.needs[1]]};
    }
    lay_out_candidates(by_word, keys);
    for (auto const& list : needed_by_word) {
        needed_begin_.push_back(static_cast<std::uint32_t>(needed_.size()));
        needed_.insert(needed_.end(), list.begin(), list.end());
    }
    needed_begin_.push_back(static_cast<std::uint32_t>(needed_.size()));
    lay_out_bits(count);
    elements_by_text_.clear();
    ids_.shrink_to_fit();
    rows_.shrink_to_fit();
    elements_.shrink_to_fit();
    steps_.shrink_to_fit();
    phrases_.shrink_to_fit();
    candidates_begin_.shrink_to_fit();
    needs_.shrink_to_fit();
    candidates_.shrink_to_fit();
    anchored_rows_.shrink_to_fit();
    needed_.shrink_to_fit();
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

void phrases::lay_out_candidates(
    std::vector<std::vector<anchored>> const& by_word, std::vector<std::vector<keyed>> const& keys
)
{
    // Where the choices of an element with a key were kept: classes are the anchors of many phrases.
    std::map<std::pair<std::uint32_t, word_id>, candidate> known;
    auto const with_choices = [&](std::uint32_t of, word_id key) {
        auto const [place, is_new] = known.try_emplace({of, key});
        auto& made = place->second;
        if (!is_new) return made;
        made.rows_begin = anchored_rows_.size() & 0x7FFFFFFF; // far fewer than that: their counts are 16 bits
        auto const& all = keys[of];
        auto at = std::lower_bound(all.begin(), all.end(), key, [](keyed const& one, word_id wanted) {
            return one.key < wanted;
        });
        for (; at != all.end() && at->key == key; ++at) {
            if (at->row.length == 0)
                made.is_single = 1;
            else
                anchored_rows_.push_back(at->row);
        }
        made.rows_count = narrowed<small>(anchored_rows_.size() - made.rows_begin);
        return made;
    };
    auto const place = [](std::uint32_t number) -> need {
        return {narrowed<small>(marks::byte_of(number)), marks::bit_of(number)};
    };
    for (std::size_t id = 0; id < by_word.size(); ++id) {
        candidates_begin_.push_back(static_cast<std::uint32_t>(candidates_.size()));
        for (auto const& one : by_word[id]) {
            auto made = with_choices(steps_[phrases_[one.phrase].anchor].element, static_cast<word_id>(id));
            made.phrase = narrowed<small>(one.phrase);
            candidates_.push_back(made);
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

    // The tokens of a row of words whose word at `position` stands at `at`, fillers between them passed over.
    std::optional<range> around(std::span<small const> words, std::size_t position, std::uint32_t at) const
    {
        std::uint32_t fillers = 0;
        range made{at, at + 1};
        for (auto next = position + 1; next < words.size(); ++made.end) {
            if (made.end >= high) return std::nullopt;
            if (tokens[made.end].id == words[next])
                ++next;
            else if (!may_pass(made.end) || ++fillers > fillers_between)
                return std::nullopt;
        }
        for (auto next = position; next > 0; --made.begin) {
            if (made.begin <= low) return std::nullopt;
            if (tokens[made.begin - 1].id == words[next - 1])
                --next;
            else if (!may_pass(made.begin - 1) || ++fillers > fillers_between)
                return std::nullopt;
        }
        return made;
    }
    template <class Row>
    std::span<small const> words_of(Row const& one) const
    {
        return {all.ids_.data() + one.begin, one.length};
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
                    auto const stands = around(words_of(all.rows_[choice]), 0, place);
                    if (!stands) continue;
                    auto const found = forward(next + 1, end, stands->end);
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
                    auto const words = words_of(all.rows_[choice]);
                    auto const stands = around(words, words.size() - 1, place - 1);
                    if (!stands) continue;
                    auto const found = backward(next - 1, begin, stands->begin, wanted.gap);
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

    // The tables are too large to stay near the processor: what soon is asked for comes while others are
    // looked for.
    void fetch_ahead(std::uint32_t at) const
    {
        constexpr std::uint32_t ahead = 2;
        if (at + ahead >= tokens.size()) return;
        auto const id = tokens[at + ahead].id;
        if (id == no_word || id + 1 >= all.candidates_begin_.size()) return;
        auto const first = all.candidates_begin_[id];
        __builtin_prefetch(all.needs_.data() + first);
        __builtin_prefetch(all.candidates_.data() + first);
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
        auto const* const rows = all.anchored_rows_.data() + which.rows_begin;
        for (std::size_t choice = 0; choice < which.rows_count; ++choice) {
            ++steps;
            if (!words_here.has(rows[choice].other)) continue;
            auto const stands = around(words_of(rows[choice]), rows[choice].position, at);
            if (stands && look_around(one, *stands, made)) return;
        }
        if (which.is_single != 0) look_around(one, {at, at + 1}, made);
    }

    bool look_around(phrase const& one, range anchor, std::vector<hit>& made)
    {
        auto const end = forward(one.anchor + 1U, one.end, anchor.end);
        if (end == no_match) return false;
        auto const begin = backward(one.anchor, one.begin, anchor.begin, all.steps_[one.anchor].gap);
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
        at_work.fetch_ahead(at);
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
