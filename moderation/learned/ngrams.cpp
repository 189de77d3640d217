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

word_ngrams::entry entry_of(std::string_view text)
{
    word_ngrams::entry made;
    made.hash = hash_of(text);
    made.group = names_group(made.hash);
    made.negates = negates(made.hash);
    return made;
}
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

void word_reader::add_neighbours(word_ngrams::entry const& one)
{
    auto const hash = one.hash;
    auto const class_hash = one.group ? any_group : hash;
    if (window_.negation_reach > 0) neighbours_.add(bucket_of(joined(under_negation, hash)));
    auto const pair = joined(window_.last, hash);
    neighbours_.add(bucket_of(joined(two_words, pair)));
    if (window_.last != 0) neighbours_.add(bucket_of(joined(three_words, joined(window_.before_last, pair))));
    auto const group_near =
        one.group || window_.last_class == any_group || window_.before_last_class == any_group;
    if (group_near) {
        auto const class_pair = joined(window_.last_class, class_hash);
        neighbours_.add(bucket_of(joined(group_two, class_pair)));
        neighbours_.add(bucket_of(joined(group_three, joined(window_.before_last_class, class_pair))));
    }
    constexpr int reach = 4;
    window_.negation_reach = one.negates ? reach : std::max(0, window_.negation_reach - 1);
    window_.before_last = window_.last;
    window_.last = hash;
    window_.before_last_class = window_.last_class;
    window_.last_class = class_hash;
}

word_reader::word word_reader::next(token const& one)
{
    neighbours_.clear();
    if (auto const* const entry = one.id != no_word ? known_.find(one.id) : nullptr) {
        add_neighbours(*entry);
        return {one.id, known_.buckets(*entry), neighbours_.all()};
    }
    auto const fresh = entry_of(one.text);
    add_neighbours(fresh);
    own_.clear();
    add_word(fresh.hash, one.text, own_);
    return {no_word, own_.all(), neighbours_.all()};
}

ngrams ngrams_of(std::span<token const> text)
{
    ngrams made;
    bucket_set seen;
    std::vector<bucket_id> again; // those of the sentence that stood somewhere before
    word_ngrams const none;
    word_reader reader(none);
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const read = reader.next(text[at]);
        for (auto const part : {read.own, read.neighbours}) {
            for (auto const one : part) {
                if (seen.insert(one)) {
                    made.buckets.push_back(one);
                    ++made.fresh;
                } else {
                    again.push_back(one);
                }
            }
        }
        if (at + 1 < text.size() && text[at + 1].sentence == text[at].sentence) continue;
        auto const fresh_end = made.buckets.size();
        made.buckets.insert(made.buckets.end(), again.begin(), again.end());
        made.sentences.push_back({fresh_end, made.buckets.size(), text[at].sentence});
        again.clear();
        reader.end_sentence();
    }
    return made;
}

} // namespace holdfast::moderation
