#include "moderation/learned/ngrams.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace holdfast::moderation {

namespace {
constexpr std::uint64_t prime = 0x9E3779B97F4A7C15ULL;

constexpr std::uint64_t mixed(std::uint64_t value)
{
    value ^= value >> 32;
    value *= 0xD6E8FEB86659FD93ULL;
    return value ^ (value >> 32);
}
constexpr std::uint64_t joined(std::uint64_t left, std::uint64_t right)
{
    return mixed(left * prime + right);
}
constexpr std::uint32_t bucket_of(std::uint64_t hash)
{
    return static_cast<std::uint32_t>(hash >> (64 - bucket_bits));
}

constexpr std::uint64_t hash_of(std::string_view text)
{
    std::uint64_t made = 0xCBF29CE484222325ULL;
    for (auto const each : text)
        made = (made ^ static_cast<unsigned char>(each)) * 0x100000001B3ULL;
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

constexpr std::size_t letters_max = 24; // of a longer word only its beginning
constexpr std::size_t of_one_word_max = 6 + 3 * letters_max;

// The buckets of one word after the other, in room that is made for a whole word at once.
class bucket_list {
  public:
    explicit bucket_list(std::vector<std::uint32_t>& made) : made_(made), size_(made.size()) {}
    ~bucket_list() { made_.resize(size_); }
    bucket_list(bucket_list const&) = delete;
    bucket_list& operator=(bucket_list const&) = delete;

    void make_room() // for one word
    {
        auto const wanted = size_ + of_one_word_max;
        if (made_.size() < wanted) made_.resize(std::max(wanted, made_.capacity()));
    }
    void add(std::uint64_t hash) { made_[size_++] = bucket_of(hash); }
    std::size_t size() const { return size_; }
    std::uint32_t& operator[](std::size_t at) { return made_[at]; }

  private:
    std::vector<std::uint32_t>& made_; // longer than what is in it, until the end
    std::size_t size_;
};

void add_characters(std::string_view word, bucket_list& out)
{
    std::array<char, letters_max + 2> bordered{};
    auto const length = std::min(word.size(), letters_max);
    bordered[0] = '<';
    std::copy_n(word.begin(), length, bordered.begin() + 1);
    bordered[length + 1] = '>';
    auto const end = length + 2;
    for (std::size_t begin = 0; begin + 3 <= end; ++begin) {
        std::uint64_t rolling = characters;
        for (std::size_t at = begin; at < end && at < begin + 5; ++at) {
            rolling = rolling * 0x100000001B3ULL + static_cast<unsigned char>(bordered[at]);
            if (at >= begin + 2) out.add(mixed(rolling * prime));
        }
    }
}

// What the words before one have in store for it.
struct word_window {
    std::uint64_t last = 0, before_last = 0;             // hashes; 0 at the beginning of a sentence
    std::uint64_t last_class = 0, before_last_class = 0; // the same with groups made one
    int negation_reach = 0;                              // words that a "not" still covers
};

void add_word(std::uint64_t word, std::string_view text, word_window& window, bucket_list& out)
{
    out.make_room();
    auto const is_group = names_group(word);
    auto const word_class = is_group ? any_group : word;
    out.add(joined(one_word, word));
    if (window.negation_reach > 0) out.add(joined(under_negation, word));
    auto const pair = joined(window.last, word);
    out.add(joined(two_words, pair));
    if (window.last != 0) out.add(joined(three_words, joined(window.before_last, pair)));
    auto const group_near =
        is_group || window.last_class == any_group || window.before_last_class == any_group;
    if (group_near) {
        auto const class_pair = joined(window.last_class, word_class);
        out.add(joined(group_two, class_pair));
        out.add(joined(group_three, joined(window.before_last_class, class_pair)));
    }
    add_characters(text, out);
    constexpr int reach = 4;
    window.negation_reach = negates(word) ? reach : std::max(0, window.negation_reach - 1);
    window.before_last = window.last;
    window.last = word;
    window.before_last_class = window.last_class;
    window.last_class = word_class;
}
class bucket_set {
  public:
    bool insert(std::uint32_t bucket) // false: it was there
    {
        auto& word = bits_[bucket / 64];
        auto const bit = std::uint64_t{1} << (bucket % 64);
        auto const fresh = (word & bit) == 0;
        word |= bit;
        return fresh;
    }

  private:
    std::array<std::uint64_t, bucket_count / 64> bits_{};
};

void append_all(std::span<token const> text, ngrams& made)
{
    bucket_list all(made.buckets);
    bucket_set seen;
    word_window window;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const& one = text[at];
        add_word(hash_of(one.text), one.text, window, all);
        if (at + 1 < text.size() && text[at + 1].sentence == one.sentence) continue;
        auto fresh = begin; // those not seen before go to the front
        for (auto next = begin; next < all.size(); ++next) {
            auto const bucket = all[next];
            auto const is_fresh = seen.insert(bucket);
            all[next] = is_fresh ? all[fresh] : bucket;
            all[fresh] = is_fresh ? bucket : all[fresh];
            fresh += is_fresh ? 1 : 0;
        }
        made.fresh += fresh - begin;
        begin = all.size();
        made.sentences.push_back({fresh, begin, one.sentence});
        window = word_window();
    }
}
} // namespace

ngrams ngrams_of(std::span<token const> text)
{
    constexpr std::size_t per_word = 24; // most have fewer
    ngrams made;
    made.buckets.reserve(text.size() * per_word + of_one_word_max);
    append_all(text, made);
    return made;
}

void append_word_ngrams(std::span<token const> text, std::size_t index, std::vector<std::uint32_t>& buckets)
{
    word_window window;
    std::vector<std::uint32_t> of_others;
    bucket_list before(of_others);
    for (auto at = index < 2 ? 0 : index - 2; at < index; ++at) {
        if (text[at].sentence == text[index].sentence) add_word(hash_of(text[at].text), {}, window, before);
    }
    bucket_list own(buckets);
    add_word(hash_of(text[index].text), text[index].text, window, own);
}

} // namespace holdfast::moderation
