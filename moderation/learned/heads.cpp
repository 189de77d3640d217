#include "moderation/learned/heads.hpp"

#include "moderation/wide.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace holdfast::moderation {

namespace {
constexpr std::array<std::string_view, head_count> head_names{
    "insult",
    "hate",
    "slur",
    "sexism",
    "racism",
    "threat",
    "violence",
    "sexual",
    "self_harm",
    "crisis",
    "distress",
    "thoughts",
    "intent",
    "act",
    "spam",
    "any_harm",
    "line_at_risk",
    "line_urgent",
    "line_harassment",
    "line_hate",
    "line_threat",
    "line_violence",
    "line_sexual",
    "line_grooming",
    "line_encouragement",
    "line_method",
    "line_starving",
    "line_contact",
    "line_spam",
    "line_drugs",
    "line_medical",
    "line_danger",
};
using sums = std::array<std::int32_t, head_count>;

// Sums in 16 bits, as many rows as can't overflow, then in 32: twice as many lanes in one instruction.
HOLDFAST_WIDE void
add_rows(std::vector<heads::row> const& table, std::span<bucket_id const> buckets, sums& total)
{
    constexpr std::ptrdiff_t rows_safe = 32'767 / 128;
    constexpr auto half = head_count / 2;
    auto const* first = buckets.data();
    auto const* const last = first + buckets.size();
    while (first != last) {
        auto const* const stop = first + std::min(last - first, rows_safe);
        std::array<std::int16_t, half> low{}, high{}; // one register each
        for (; first != stop; ++first) {
            auto const& weights = table[*first];
            for (std::size_t at = 0; at < half; ++at)
                low[at] = static_cast<std::int16_t>(low[at] + weights[at]);
            for (std::size_t at = 0; at < half; ++at)
                high[at] = static_cast<std::int16_t>(high[at] + weights[half + at]);
        }
        for (std::size_t at = 0; at < half; ++at) {
            total[at] += low[at];
            total[half + at] += high[at];
        }
    }
}

HOLDFAST_WIDE void
add_words(std::vector<heads::word_row> const& rows, std::span<word_id const> words, sums& total)
{
    for (auto const word : words) {
        auto const& own = rows[word];
        for (std::size_t at = 0; at < head_count; ++at)
            total[at] += own[at];
    }
}

void add(sums& to, sums const& more)
{
    for (std::size_t at = 0; at < head_count; ++at)
        to[at] += more[at];
}

// A list whose next places are written and then kept or not: a branch would be guessed wrongly half of the
// time.
class maybe_list {
  public:
    void clear() { size_ = 0; }
    bucket_id* next(std::size_t most) // places to write to
    {
        if (all_.size() < size_ + most) all_.resize((size_ + most) * 2);
        return all_.data() + size_;
    }
    void keep_until(bucket_id const* end) { size_ = static_cast<std::size_t>(end - all_.data()); }
    std::span<bucket_id const> all() const { return {all_.data(), size_}; }

  private:
    std::vector<bucket_id> all_ = std::vector<bucket_id>(1024);
    std::size_t size_ = 0;
};

// What stands in a sentence, sorted by what has to be added up for the text as a whole, where each n-gram
// counts once, and for the sentence, where each counts as often as it stands there.
class sentence_ngrams {
  public:
    sentence_ngrams()
    {
        constexpr std::size_t of_most_sentences = 64;
        new_words.reserve(of_most_sentences);
        old_words.reserve(of_most_sentences);
    }

    void add(word_reader::word const& word)
    {
        count_ += word.own.size() + word.neighbours.size();
        if (word.known == no_word)
            add_buckets(word.own);
        else
            add_known(word);
        add_buckets(word.neighbours);
    }

    void clear()
    {
        new_words.clear();
        old_words.clear();
        fresh.clear();
        again.clear();
        to_subtract.clear();
        count_ = of_new_words_ = 0;
    }

    std::size_t count() const { return count_; }
    std::size_t fresh_count() const { return of_new_words_ + fresh.all().size() - to_subtract.all().size(); }

    std::vector<word_id> new_words, old_words; // known ones, whose own buckets are added up
    maybe_list fresh, again;                   // of all others, with those of neighbours
    maybe_list to_subtract;                    // of new words: what stood somewhere before

  private:
    void add_buckets(std::span<bucket_id const> buckets)
    {
        auto* is_fresh = fresh.next(buckets.size());
        auto* is_again = again.next(buckets.size());
        for (auto const one : buckets) {
            auto const was_there = !seen_.insert(one);
            *is_fresh = *is_again = one;
            is_fresh += was_there ? 0 : 1;
            is_again += was_there ? 1 : 0;
        }
        fresh.keep_until(is_fresh);
        again.keep_until(is_again);
    }

    // Who says a word again says nothing new by it alone.
    void add_known(word_reader::word const& word)
    {
        auto const is_new = word.known >= words_told_apart || words_seen_.insert(word.known);
        (is_new ? new_words : old_words).push_back(word.known);
        if (!is_new) return;
        of_new_words_ += word.own.size();
        auto* was_there = to_subtract.next(word.own.size());
        for (auto const one : word.own) {
            *was_there = one;
            was_there += seen_.insert(one) ? 0 : 1;
        }
        to_subtract.keep_until(was_there);
    }

    static constexpr std::size_t words_told_apart = 16'384;
    bucket_set seen_;
    seen_numbers<words_told_apart> words_seen_;
    std::size_t count_ = 0;
    std::size_t of_new_words_ = 0; // how many buckets they have
};
} // namespace

std::string_view name_of(head value)
{
    return head_names[static_cast<std::size_t>(value)];
}

std::optional<head> head_named(std::string_view name)
{
    auto const found = std::find(head_names.begin(), head_names.end(), name);
    if (found == head_names.end()) return std::nullopt;
    return static_cast<head>(found - head_names.begin());
}

float length_norm(std::size_t ngram_count)
{
    return ngram_count == 0 ? 0.0F : 1.0F / std::sqrt(static_cast<float>(ngram_count));
}

heads heads::rounded(head_weights const& exact)
{
    heads made;
    auto const& weights = exact.by_bucket;
    made.bias_ = exact.bias;
    head_values largest{};
    for (auto const& each : weights) {
        for (std::size_t at = 0; at < head_count; ++at)
            largest[at] = std::max(largest[at], std::abs(each[at]));
    }
    constexpr float most = 127;
    for (std::size_t at = 0; at < head_count; ++at)
        made.scales_[at] = largest[at] > 0 ? largest[at] / most : 0;
    for (std::size_t bucket = 0; bucket < weights.size(); ++bucket) {
        for (std::size_t at = 0; at < head_count; ++at) {
            auto const steps = made.scales_[at] > 0 ? weights[bucket][at] / made.scales_[at] : 0;
            made.table_[bucket][at] = static_cast<std::int8_t>(std::lround(steps));
        }
    }
    return made;
}

heads heads::from(std::vector<row> table, head_values const& scales, head_values const& bias)
{
    heads made;
    made.table_ = std::move(table);
    made.scales_ = scales;
    made.bias_ = bias;
    return made;
}

void heads::find_all(vocabulary const& words)
{
    known_ = word_ngrams(words);
    word_rows_.assign(known_.size(), {});
    static_assert(word_buckets::most * 128 < 32'767);
    for (word_id id = 1; id < known_.size(); ++id) {
        sums own{};
        add_rows(table_, known_.buckets(*known_.find(id)), own);
        std::transform(own.begin(), own.end(), word_rows_[id].begin(), [](std::int32_t one) {
            return static_cast<std::int16_t>(one);
        });
    }
}

// A text's scores, put together sentence by sentence.
class heads::text_scores {
  public:
    explicit text_scores(heads const& from) : from_(from) { made_.whole = made_.peak = from.bias_; }

    struct part {
        sums all{};   // of the sentence's n-grams, each as often as it stands there
        sums fresh{}; // of those that stood nowhere before
        std::size_t count = 0;
        std::size_t fresh_count = 0;
    };
    void add(part const& sentence, std::uint32_t index)
    {
        holdfast::moderation::add(whole_, sentence.fresh);
        fresh_ += sentence.fresh_count;
        auto const norm = length_norm(sentence.count);
        for (std::size_t at = 0; at < head_count; ++at) {
            auto const value =
                from_.bias_[at] + static_cast<float>(sentence.all[at]) * from_.scales_[at] * norm;
            if (!is_first_ && value <= made_.peak[at]) continue;
            made_.peak[at] = value;
            made_.peak_sentence[at] = index;
        }
        is_first_ = false;
    }
    head_scores finish()
    {
        auto const norm = length_norm(fresh_);
        for (std::size_t at = 0; at < head_count; ++at)
            made_.whole[at] += static_cast<float>(whole_[at]) * from_.scales_[at] * norm;
        return made_;
    }

  private:
    heads const& from_;
    head_scores made_;
    sums whole_{};
    std::size_t fresh_ = 0;
    bool is_first_ = true;
};

head_scores heads::score(std::span<token const> text) const
{
    text_scores made(*this);
    word_reader reader(known_);
    sentence_ngrams here;
    for (std::size_t at = 0; at < text.size(); ++at) {
        here.add(reader.next(text[at]));
        if (at + 1 < text.size() && text[at + 1].sentence == text[at].sentence) continue;
        text_scores::part sentence;
        add_words(word_rows_, here.new_words, sentence.fresh);
        add_rows(table_, here.fresh.all(), sentence.fresh);
        sentence.all = sentence.fresh;
        add_words(word_rows_, here.old_words, sentence.all);
        add_rows(table_, here.again.all(), sentence.all);
        sums said_before{};
        add_rows(table_, here.to_subtract.all(), said_before);
        for (std::size_t one = 0; one < head_count; ++one)
            sentence.fresh[one] -= said_before[one];
        sentence.count = here.count();
        sentence.fresh_count = here.fresh_count();
        made.add(sentence, text[at].sentence);
        here.clear();
        reader.end_sentence();
    }
    return made.finish();
}

head_scores heads::score(ngrams const& text) const
{
    text_scores made(*this);
    std::size_t begin = 0;
    for (auto const& one : text.sentences) {
        auto const all = std::span(text.buckets).subspan(begin, one.end - begin);
        text_scores::part sentence;
        sentence.count = all.size();
        sentence.fresh_count = one.fresh_end - begin;
        add_rows(table_, all.first(sentence.fresh_count), sentence.fresh);
        sentence.all = sentence.fresh;
        add_rows(table_, all.subspan(sentence.fresh_count), sentence.all);
        made.add(sentence, one.index);
        begin = one.end;
    }
    return made.finish();
}

std::vector<double> heads::weights_of_words(head which, std::span<token const> sentence) const
{
    auto const at = static_cast<std::size_t>(which);
    std::vector<double> made;
    made.reserve(sentence.size());
    word_reader reader(known_);
    for (auto const& one : sentence) {
        auto const word = reader.next(one);
        std::int32_t sum = 0;
        if (word.known != no_word) {
            sum = word_rows_[word.known][at];
        } else {
            for (auto const bucket : word.own)
                sum += table_[bucket][at];
        }
        for (auto const bucket : word.neighbours)
            sum += table_[bucket][at];
        made.push_back(static_cast<double>(sum) * scales_[at]);
    }
    return made;
}

} // namespace holdfast::moderation
