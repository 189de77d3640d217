#include "moderation/reading/vocabulary.hpp"

#include <algorithm>
#include <tuple>

namespace holdfast::moderation {

namespace {
constexpr std::size_t word_length_max = 40;

// "killl" → "kil"; at most word_length_max letters.
std::string_view without_doubles(std::string_view word, std::array<char, word_length_max>& room)
{
    std::size_t made = 0;
    for (auto const one : word) {
        if (made > 0 && room[made - 1] == one) continue;
        if (made == room.size()) break;
        room[made++] = one;
    }
    return {room.data(), made};
}

bool is_vowel(char one)
{
    return one == 'a' || one == 'e' || one == 'i' || one == 'o' || one == 'u';
}

std::string_view without_vowels(std::string_view word, std::array<char, word_length_max>& room)
{
    std::size_t made = 0;
    for (auto const one : word) {
        if (!is_vowel(one) && made < room.size()) room[made++] = one;
    }
    return {room.data(), made};
}

// Is it the whole word but for some of its vowels?
bool drops_only_vowels(std::string_view shorter, std::string_view whole)
{
    std::size_t at = 0;
    for (auto const one : whole) {
        if (at < shorter.size() && shorter[at] == one)
            ++at;
        else if (!is_vowel(one))
            return false;
    }
    return at == shorter.size();
}

// One letter more, less, other, or two changed places.
bool is_one_off(std::string_view left, std::string_view right)
{
    if (left.size() > right.size()) std::swap(left, right);
    auto const [in_left, in_right] = std::mismatch(left.begin(), left.end(), right.begin());
    auto const same = static_cast<std::size_t>(in_left - left.begin());
    if (right.size() - left.size() == 1) return left.substr(same) == right.substr(same + 1);
    if (left.size() != right.size()) return false;
    if (same == left.size() || left.substr(same + 1) == right.substr(same + 1)) return true;
    return same + 1 < left.size() && left[same] == right[same + 1] && left[same + 1] == right[same] &&
           left.substr(same + 2) == right.substr(same + 2);
}
} // namespace

vocabulary::vocabulary() : texts_(1), traits_(1), same_(1), same_apostrophe_(1) {}

word_id vocabulary::intern(std::string_view word)
{
    auto const id = table_.add(word);
    if (id == texts_.size()) {
        texts_.emplace_back(word);
        traits_.emplace_back();
        same_.emplace_back();
        same_apostrophe_.emplace_back();
    }
    return id;
}

void vocabulary::add_same(std::string_view written, std::string_view meant, bool coded, bool needs_apostrophe)
{
    same made;
    made.first = static_cast<std::uint32_t>(meanings_.size());
    made.coded = coded;
    while (!meant.empty()) {
        auto const end = std::min(meant.find(' '), meant.size());
        meanings_.push_back(intern(meant.substr(0, end)));
        ++made.count;
        meant.remove_prefix(std::min(end + 1, meant.size()));
    }
    auto const id = intern(written);
    (needs_apostrophe ? same_apostrophe_ : same_)[id] = made;
}

void vocabulary::add_trait(std::string_view word, trait one)
{
    traits_[intern(word)].add(one);
}

void vocabulary::finish()
{
    std::array<char, word_length_max> room{};
    guarded_by_length_.assign(word_length_max, {});
    for (word_id id = 1; id < texts_.size(); ++id) {
        auto const& text = texts_[id];
        if (text.size() >= word_length_max) continue;
        if (has(id, trait::foreign)) continue; // nothing in English is a disguise of it
        bags_.add(text);
        if (has(id, trait::guarded)) {
            guarded_by_length_[text.size()].push_back(id);
            guarded_lengths_[static_cast<unsigned>(text[0] - 'a')] |= std::uint64_t{1} << text.size();
        }
        auto const slot = without_doubles_.add(without_doubles(text, room));
        word_without_doubles_.resize(std::max<std::size_t>(word_without_doubles_.size(), slot + 1));
        auto& kept = word_without_doubles_[slot];
        if (kept == no_word || (has(id, trait::guarded) && !has(kept, trait::guarded))) kept = id;
        keep_without_vowels(id);
        if (!has(id, trait::tolerant)) continue;
        bags_one_off_.add(text);
        auto const first = static_cast<unsigned>(text[0] - 'a');
        for (auto const length : {text.size() - 1, text.size(), text.size() + 1})
            tolerant_lengths_[first] |= std::uint64_t{1} << length;
        for (std::size_t at = 1; at < text.size(); ++at) {
            auto shorter = text;
            shorter.erase(at, 1);
            bags_one_off_.add(shorter);
            auto const place = without_one_.add(shorter);
            word_without_one_.resize(std::max<std::size_t>(word_without_one_.size(), place + 1));
            word_without_one_[place] = id;
        }
    }
    texts_.shrink_to_fit();
    traits_.shrink_to_fit();
    same_.shrink_to_fit();
    same_apostrophe_.shrink_to_fit();
}

// Of words that look alike without vowels the guarded one is kept, then a frequent one, then the shorter.
void vocabulary::keep_without_vowels(word_id id)
{
    std::array<char, word_length_max> room{};
    auto const bare = without_vowels(texts_[id], room);
    if (bare.size() < 2 || bare.size() == texts_[id].size() || has(id, trait::known)) return;
    auto const slot = without_vowels_.add(bare);
    word_without_vowels_.resize(std::max<std::size_t>(word_without_vowels_.size(), slot + 1));
    auto& kept = word_without_vowels_[slot];
    auto const rank = [&](word_id one) {
        return std::tuple(
            has(one, trait::guarded),
            has(one, trait::common) || has(one, trait::self) || has(one, trait::before_to),
            word_length_max - texts_[one].size()
        );
    };
    if (kept == no_word || rank(id) > rank(kept)) kept = id;
}

word_id vocabulary::with_vowels(std::string_view word, bool may_be_any) const
{
    constexpr std::size_t shortest = 3;
    if (word.size() < (may_be_any ? shortest - 1 : shortest) || word.size() >= word_length_max)
        return no_word;
    std::array<char, word_length_max> room{};
    auto const bare = without_vowels(word, room);
    auto const slot = without_vowels_.find(bare);
    if (slot == no_word) return no_word;
    auto const id = word_without_vowels_[slot];
    if (!may_be_any && (!has(id, trait::guarded) || texts_[id].size() < 4)) return no_word;
    auto const dropped = texts_[id].size() - std::min(texts_[id].size(), word.size());
    // With some vowels left it is a disguise only when several are missing; one is a slip.
    if (bare.size() < word.size() && (dropped < 2 || word.size() < 5)) return no_word;
    return dropped > 0 && drops_only_vowels(word, texts_[id]) ? id : no_word;
}

word_id vocabulary::with_starred_vowels(std::string_view pattern) const
{
    if (pattern.size() < 4 || pattern.size() >= word_length_max) return no_word;
    std::array<char, word_length_max> room{};
    std::size_t made = 0;
    for (auto const one : pattern) {
        if (!is_vowel(one) && one != '*') room[made++] = one;
    }
    auto const slot = without_vowels_.find({room.data(), made});
    if (slot == no_word) return no_word;
    auto const id = word_without_vowels_[slot];
    auto const& whole = texts_[id];
    auto const alike =
        std::equal(pattern.begin(), pattern.end(), whole.begin(), whole.end(), [](char left, char right) {
            return left == right || (left == '*' && is_vowel(right));
        });
    return alike ? id : no_word;
}

word_id vocabulary::unstretched(std::string_view word) const
{
    if (word.size() < 3) return no_word;
    auto runs = false;
    auto doubles = false;
    for (std::size_t at = 1; at < word.size(); ++at) {
        if (word[at] != word[at - 1]) continue;
        doubles = true;
        runs = runs || (at > 1 && word[at - 2] == word[at]);
    }
    if (!doubles) return no_word;
    std::array<char, 2 * word_length_max> room{};
    for (std::size_t keep = 2; runs && keep >= 1; --keep) { // sooo: "soo", then "so"
        std::size_t made = 0;
        std::size_t run = 0;
        for (std::size_t at = 0; at < word.size() && made < room.size(); ++at) {
            run = at > 0 && word[at] == word[at - 1] ? run + 1 : 1;
            if (run <= keep) room[made++] = word[at];
        }
        if (auto const id = find({room.data(), made}); id != no_word) return id;
    }
    std::array<char, word_length_max> bare{};
    auto const slot = without_doubles_.find(without_doubles(word, bare));
    if (slot == no_word) return no_word;
    auto const id = word_without_doubles_[slot];
    return runs || (has(id, trait::guarded) && texts_[id].size() < word.size()) ? id : no_word;
}

word_id vocabulary::one_letter_off(std::string_view word) const
{
    if (word.size() < 4 || word.size() >= word_length_max || word[0] < 'a' || word[0] > 'z') return no_word;
    if ((tolerant_lengths_[static_cast<unsigned>(word[0] - 'a')] >> word.size() & 1) == 0) return no_word;
    auto const candidate = [&](std::string_view shorter) -> word_id {
        auto const slot = without_one_.find(shorter);
        if (slot == no_word) return no_word;
        auto const id = word_without_one_[slot];
        return texts_[id][0] == word[0] && is_one_off(word, texts_[id]) ? id : no_word;
    };
    auto const bag = letter_bags::of(word);
    if (bags_one_off_.may_have(bag)) { // a letter is missing
        if (auto const id = candidate(word); id != no_word) return id;
    }
    std::array<char, word_length_max> room{};
    for (std::size_t out = 1; out < word.size(); ++out) { // a letter too many, or another
        if (!bags_one_off_.may_have(bag - letter_bags::of(word[out]))) continue;
        std::copy(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(out), room.begin());
        std::copy(
            word.begin() + static_cast<std::ptrdiff_t>(out) + 1,
            word.end(),
            room.begin() + static_cast<std::ptrdiff_t>(out)
        );
        std::string_view const shorter(room.data(), word.size() - 1);
        if (auto const id = find(shorter); id != no_word && has(id, trait::tolerant)) return id;
        if (auto const id = candidate(shorter); id != no_word) return id;
    }
    return no_word;
}

word_id vocabulary::with_letters_in_place(std::string_view word) const
{
    constexpr std::size_t shortest = 4;
    if (word.size() < shortest || word.size() >= word_length_max) return no_word;
    if (!bags_.may_have(letter_bags::of(word))) return no_word;
    std::array<char, word_length_max> room{};
    std::copy(word.begin(), word.end(), room.begin());
    auto made = no_word;
    for (std::size_t at = 0; at + 1 < word.size(); ++at) {
        if (room[at] == room[at + 1]) continue;
        std::swap(room[at], room[at + 1]);
        auto const id = find({room.data(), word.size()});
        std::swap(room[at], room[at + 1]);
        if (id == no_word || has(id, trait::foreign)) continue;
        if (has(id, trait::guarded)) return id;
        auto const insults = has(id, trait::slur) || has(id, trait::rude);
        auto const at_end = at + 2 == word.size();
        if (insults || (at > 0 && !(at_end && word.size() == shortest))) made = id;
    }
    return made;
}

word_id vocabulary::guarded_like(std::string_view pattern) const
{
    if (pattern.size() < 3 || pattern.size() >= word_length_max || pattern[0] == '*') return no_word;
    for (auto const id : guarded_by_length_[pattern.size()]) {
        auto const alike =
            std::equal(pattern.begin(), pattern.end(), texts_[id].begin(), [](char left, char right) {
                return left == right || left == '*';
            });
        if (alike) return id;
    }
    return no_word;
}

} // namespace holdfast::moderation
