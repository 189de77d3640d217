#include "moderation/learned/ngrams.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace holdfast::moderation {

namespace {
constexpr std::uint64_t prime = 0x9E3779B97F4A7C15ULL;

constexpr std::uint64_t spread(std::uint64_t value) // enough for a bucket, which is of the upper bits
{
    return (value ^ (value >> 32)) * 0xD6E8FEB86659FD93ULL;
}
constexpr std::uint64_t mixed(std::uint64_t value)
{
    auto const made = spread(value);
    return made ^ (made >> 32);
}
constexpr std::uint64_t joined(std::uint64_t left, std::uint64_t right)
{
    return mixed(left * prime + right);
}
constexpr bucket_id bucket_of(std::uint64_t hash)
{
    return static_cast<bucket_id>(hash >> (64 - bucket_bits));
}

// One number is like another of its length: nobody meets the same phone number or sum twice.
constexpr unsigned char any_digit(char each)
{
    return each >= '0' && each <= '9' ? '0' : static_cast<unsigned char>(each);
}

constexpr std::uint64_t hash_of(std::string_view text)
{
    std::uint64_t made = 0xCBF29CE484222325ULL;
    for (auto const each : text)
        made = (made ^ any_digit(each)) * 0x100000001B3ULL;
    return mixed(made);
}

// Words that name a group of people, so that "… are" reads alike whoever they are. Own list; neutral words
// and no slurs: what a slur says is learned by itself.
constexpr std::string_view group_names[] = {
    "africans",    "arab",     "arabs",     "asian",     "asians",     "atheist",    "atheists",
    "autistic",    "bisexual", "bisexuals", "black",     "blacks",     "blind",      "buddhist",
    "buddhists",   "catholic", "catholics", "chinese",   "christian",  "christians", "deaf",
    "disabled",    "female",   "females",   "foreigner", "foreigners", "gay",        "gays",
    "gypsies",     "gypsy",    "hindu",     "hindus",    "immigrant",  "immigrants", "indian",
    "indians",     "jew",      "jewish",    "jews",      "latino",     "latinos",    "lesbian",
    "lesbians",    "lgbt",     "men",       "mexican",   "mexicans",   "migrant",    "migrants",
    "muslim",      "muslims",  "nonbinary", "pakistani", "pakistanis", "polish",     "queer",
    "refugee",     "refugees", "roma",      "sikh",      "sikhs",      "straight",   "trans",
    "transgender", "white",    "whites",    "woman",     "women",      "girls",      "homosexual",
    "homosexuals",
};
constexpr std::string_view negating_words[] = {
    "aint",   "arent", "cannot",  "cant",     "couldnt", "didnt",  "doesnt",  "dont",   "hadnt",
    "hardly", "hasnt", "havent",  "isnt",     "neither", "never",  "no",      "nobody", "none",
    "nor",    "not",   "nothing", "shouldnt", "wasnt",   "werent", "without", "wont",   "wouldnt",
};

// A fixed set of words, found by hash; made once.
class word_set {
  public:
    template <std::size_t Count>
    explicit word_set(std::string_view const (&words)[Count])
    {
        for (auto const word : words)
            insert(hash_of(word));
    }
    bool has(std::uint64_t hash) const
    {
        for (auto at = hash & mask; slots_[at] != 0; at = (at + 1) & mask) {
            if (slots_[at] == hash) return true;
        }
        return false;
    }

  private:
    static constexpr std::size_t mask = 255;
    void insert(std::uint64_t hash)
    {
        auto at = hash & mask;
        while (slots_[at] != 0)
            at = (at + 1) & mask;
        slots_[at] = hash;
    }
    std::array<std::uint64_t, mask + 1> slots_{};
};

bool names_group(std::uint64_t word)
{
    static word_set const set(group_names);
    return set.has(word);
}
bool negates(std::uint64_t word)
{
    static word_set const set(negating_words);
    return set.has(word);
}

enum salt : std::uint64_t {
    one_word = 1,
    two_words,
    three_words,
    characters,
    under_negation,
    group_two,
    group_three
};
constexpr std::uint64_t any_group = 0x1234567ULL;
constexpr std::size_t words_seen_max = 16'384; // words of a vocabulary that are told apart for that

// Its own bucket, and those of its characters.
void add_word(std::uint64_t word, std::string_view text, word_buckets& out)
{
    out.add(bucket_of(joined(one_word, word)));
    std::array<unsigned char, word_buckets::letters_max + 2> bordered{};
    auto const length = std::min(text.size(), word_buckets::letters_max);
    bordered[0] = '<';
    std::transform(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length), &bordered[1], any_digit);
    bordered[length + 1] = '>';
    auto const with = [&](std::uint64_t rolling, std::size_t at) {
        return rolling * 0x100000001B3ULL + bordered[at];
    };
    auto const end = length + 2;
    for (std::size_t begin = 0; begin + 3 <= end; ++begin) {
        auto const three = with(with(with(characters, begin), begin + 1), begin + 2);
        out.add(bucket_of(spread(three * prime)));
        if (begin + 4 > end) break;
        auto const four = with(three, begin + 3);
        out.add(bucket_of(spread(four * prime)));
        if (begin + 5 <= end) out.add(bucket_of(spread(with(four, begin + 4) * prime)));
    }
}

// What the words before one have in store for it.
struct word_window {
    std::uint64_t last = 0, before_last = 0;             // hashes; 0 at the beginning of a sentence
    std::uint64_t last_class = 0, before_last_class = 0; // the same with groups made one
    int negation_reach = 0;                              // words that a "not" still covers
};

// The buckets of a word with those before it.
void add_neighbours(word_ngrams::entry const& one, word_window& window, word_buckets& out)
{
    auto const word = one.hash;
    auto const word_class = one.group ? any_group : word;
    if (window.negation_reach > 0) out.add(bucket_of(joined(under_negation, word)));
    auto const pair = joined(window.last, word);
    out.add(bucket_of(joined(two_words, pair)));
    if (window.last != 0) out.add(bucket_of(joined(three_words, joined(window.before_last, pair))));
    auto const group_near =
        one.group || window.last_class == any_group || window.before_last_class == any_group;
    if (group_near) {
        auto const class_pair = joined(window.last_class, word_class);
        out.add(bucket_of(joined(group_two, class_pair)));
        out.add(bucket_of(joined(group_three, joined(window.before_last_class, class_pair))));
    }
    constexpr int reach = 4;
    window.negation_reach = one.negates ? reach : std::max(0, window.negation_reach - 1);
    window.before_last = window.last;
    window.last = word;
    window.before_last_class = window.last_class;
    window.last_class = word_class;
}

word_ngrams::entry entry_of(std::string_view text)
{
    word_ngrams::entry made;
    made.hash = hash_of(text);
    made.group = names_group(made.hash);
    made.negates = negates(made.hash);
    return made;
}

// Small numbers that were seen.
template <std::size_t Count>
class seen_numbers {
  public:
    bool insert(std::size_t number) // false: it was there
    {
        auto& word = bits_[number / 64];
        auto const bit = std::uint64_t{1} << (number % 64);
        auto const fresh = (word & bit) == 0;
        word |= bit;
        return fresh;
    }

  private:
    std::array<std::uint64_t, Count / 64> bits_{};
};

// Those of a text's buckets that a sentence is the first to hold, at once behind the sentence before; those
// that stood there already wait until it ends. Each goes to both places and is kept in one: a branch would be
// guessed wrongly half of the time.
class sorted_buckets {
  public:
    sorted_buckets(ngrams& made, std::size_t words) : made_(made)
    {
        constexpr std::size_t per_word = 16; // about as many as most have
        made_.buckets.resize(words * per_word + word_buckets::most);
        again_.resize(word_buckets::most);
    }

    void add(std::span<bucket_id const> buckets)
    {
        make_room(made_.buckets, end_ + buckets.size());
        make_room(again_, again_end_ + buckets.size());
        auto* fresh = made_.buckets.data() + end_;
        auto* again = again_.data() + again_end_;
        for (auto const one : buckets) {
            auto const is_fresh = seen_.insert(one);
            *fresh = *again = one;
            fresh += is_fresh ? 1 : 0;
            again += is_fresh ? 0 : 1;
        }
        end_ = static_cast<std::size_t>(fresh - made_.buckets.data());
        again_end_ = static_cast<std::size_t>(again - again_.data());
    }

    void add_again(std::span<bucket_id const> buckets) // all of them were seen
    {
        make_room(again_, again_end_ + buckets.size());
        std::copy(buckets.begin(), buckets.end(), again_.data() + again_end_);
        again_end_ += buckets.size();
    }

    void end_sentence(std::uint32_t index)
    {
        auto const fresh_end = end_;
        made_.fresh += fresh_end - begin_;
        make_room(made_.buckets, end_ + again_end_);
        std::copy_n(again_.begin(), again_end_, made_.buckets.begin() + static_cast<std::ptrdiff_t>(end_));
        end_ += again_end_;
        again_end_ = 0;
        begin_ = end_;
        made_.sentences.push_back({fresh_end, end_, index});
    }

    void finish() { made_.buckets.resize(end_); }

  private:
    static void make_room(std::vector<bucket_id>& in, std::size_t size)
    {
        if (in.size() < size) in.resize(size * 2);
    }

    ngrams& made_;
    seen_numbers<bucket_count> seen_;
    std::vector<bucket_id> again_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t again_end_ = 0;
};
} // namespace

word_ngrams::word_ngrams(vocabulary const& words) : entries_(words.size())
{
    word_buckets room;
    for (word_id id = 1; id < words.size(); ++id) {
        auto& made = entries_[id] = entry_of(words.text(id));
        room.clear();
        add_word(made.hash, words.text(id), room);
        made.begin = static_cast<std::uint32_t>(buckets_.size());
        made.count = static_cast<std::uint8_t>(room.all().size());
        buckets_.insert(buckets_.end(), room.all().begin(), room.all().end());
    }
}

ngrams ngrams_of(std::span<token const> text, word_ngrams const& known)
{
    ngrams made;
    sorted_buckets sorted(made, text.size());
    seen_numbers<words_seen_max> words_seen; // who says a word again says nothing new by it alone
    word_buckets of_word;
    word_buckets neighbours;
    word_window window;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const& one = text[at];
        auto const* const entry = one.id != no_word ? known.find(one.id) : nullptr;
        neighbours.clear();
        if (entry != nullptr) {
            add_neighbours(*entry, window, neighbours);
            auto const own = known.buckets(*entry);
            if (one.id < words_seen_max && !words_seen.insert(one.id))
                sorted.add_again(own);
            else
                sorted.add(own);
        } else {
            of_word.clear();
            auto const fresh = entry_of(one.text);
            add_neighbours(fresh, window, neighbours);
            add_word(fresh.hash, one.text, of_word);
            sorted.add(of_word.all());
        }
        sorted.add(neighbours.all());
        if (at + 1 < text.size() && text[at + 1].sentence == one.sentence) continue;
        sorted.end_sentence(one.sentence);
        window = word_window();
    }
    sorted.finish();
    return made;
}

word_buckets buckets_of_word(std::span<token const> text, std::size_t index)
{
    word_window window;
    word_buckets made;
    for (auto at = index < 2 ? 0 : index - 2; at < index; ++at) {
        if (text[at].sentence == text[index].sentence) add_neighbours(entry_of(text[at].text), window, made);
        made.clear();
    }
    auto const own = entry_of(text[index].text);
    add_word(own.hash, text[index].text, made);
    add_neighbours(own, window, made);
    return made;
}

} // namespace holdfast::moderation
