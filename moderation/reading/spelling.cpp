#include "moderation/reading/spelling.hpp"

#include "moderation/reading/row_of_words.hpp"

#include <algorithm>
#include <array>

namespace holdfast::moderation {

namespace {
constexpr std::size_t letters_max = row_of_words::letters_max;
constexpr std::size_t pieces_max = 12; // of one word that signs or spaces cut
constexpr std::size_t word_max = row_of_words::word_max;

char letter_for(char sign)
{
    switch (sign) {
    case '0':
        return 'o';
    case '1':
    case '!':
    case '|':
        return 'i';
    case '3':
        return 'e';
    case '4':
    case '@':
        return 'a';
    case '5':
    case '$':
        return 's';
    case '7':
    case '+':
        return 't';
    case '8':
        return 'b';
    case '9':
        return 'g';
    default:
        return 0;
    }
}
bool is_digit(char one)
{
    return one >= '0' && one <= '9';
}
bool hides_a_letter(char sign)
{
    return sign == '*' || sign == '#' || sign == '%';
}

// A few letters without allocating.
class scratch {
  public:
    void add(char one)
    {
        if (size_ < room_.size()) room_[size_++] = one;
    }
    void add(std::string_view more)
    {
        for (auto const one : more)
            add(one);
    }
    void clear() { size_ = 0; }
    std::string_view view() const { return {room_.data(), size_}; }
    char& operator[](std::size_t at) { return room_[at]; }
    std::size_t size() const { return size_; }

  private:
    std::array<char, letters_max + 16> room_{};
    std::size_t size_ = 0;
};

class speller {
  public:
    speller(vocabulary const& known, view const& text) : known_(known), view_(text)
    {
        made_.reserve(text.words.size() + text.words.size() / 4 + 8);
    }

    std::vector<token> spell()
    {
        for (std::size_t at = 0; at < view_.words.size();)
            at = take(at);
        // Who hides word after word behind digits hides the short ones too: "17" is "it" then. So with
        // vowels.
        auto const hides = [&](std::size_t many, std::size_t least) {
            return many >= least && many * 5 >= view_.words.size();
        };
        digits_are_letters_ = hides(unleeted_, 3);
        vowels_are_dropped_ = hides(unvowelled_, 2);
        if (digits_are_letters_ || vowels_are_dropped_) {
            made_.clear();
            apart_until_ = 0;
            for (std::size_t at = 0; at < view_.words.size();)
                at = take(at);
        }
        return std::move(made_);
    }

    std::size_t steps() const { return steps_ + row_of_.steps(); }

  private:
    // The word after what was read.
    std::size_t take(std::size_t at)
    {
        ++steps_;
        auto const& one = view_.words[at];
        if (one.text.size() == 1) {
            if (auto const next = take_letters(at); next > at) return next;
        }
        if (digits_are_letters_ && std::any_of(one.text.begin(), one.text.end(), is_digit) &&
            take_misspelt(at))
            return at + 1;
        auto const id = known_.find(one.text);
        auto const foreign = id != no_word && known_.has(id, trait::foreign);
        if (id != no_word && !foreign && !cut_here(at)) return add_known(at, at, id, one.disguised), at + 1;
        if (auto const next = take_cut(at); next > at) return next;
        if (foreign && take_joined(at)) return at + 1;
        if (id != no_word) return add_known(at, at, id, one.disguised), at + 1;
        if (take_misspelt(at) || take_joined(at)) return at + 1;
        add(at, at, no_word, false);
        return at + 1;
    }

    // A sign that may stand for a letter follows at once.
    bool cut_here(std::size_t at) const
    {
        if (at + 1 >= view_.words.size() || !view_.words[at + 1].glued) return false;
        auto const sign = view_.original[view_.words[at].where.end];
        return view_.words[at].text.size() == 1 || hides_a_letter(sign) || letter_for(sign) != 0;
    }

    void add(std::size_t first, std::size_t last, word_id id, bool disguised, bool coded = false)
    {
        auto const& one = view_.words[first];
        auto& next = made_.emplace_back();
        next.id = id;
        if (id != no_word) next.traits = known_.traits(id);
        next.text = id != no_word ? known_.text(id) : one.text;
        next.first_word = static_cast<std::uint32_t>(first);
        next.last_word = static_cast<std::uint32_t>(last);
        next.sentence = one.sentence;
        next.clause = one.clause;
        next.quoted = one.quoted;
        next.disguised = disguised && (id != no_word);
        next.coded = coded;
        next.emoji = one.emoji;
    }

    void add_known(std::size_t first, std::size_t last, word_id id, bool disguised)
    {
        auto const& one = view_.words[first];
        if (!one.apostrophe && ambiguous(id)) {
            auto const meant = known_.meant_by(id, true);
            for (auto const each : meant.words)
                add(first, last, each, disguised);
            return;
        }
        auto const meant = known_.meant_by(id, one.apostrophe);
        if (meant.words.empty()) return add(first, last, as_to(id), disguised);
        for (auto const each : meant.words)
            add(first, last, each, disguised, meant.coded);
    }

    // "ill" and "id" without their apostrophe are "I will" and "I would", but after "mentally" or "my".
    bool ambiguous(word_id id) const
    {
        if (id == no_word || (id != ill_ && id != id_)) return false;
        return made_.empty() || !made_.back().traits.has(trait::before_ill);
    }

    word_id as_to(word_id id) const // "want too die", "going 2 do it"
    {
        if ((id != two_ && id != too_) || made_.empty() || !made_.back().traits.has(trait::before_to))
            return id;
        return known_.find("to");
    }

    // ---- letters that stand apart: "k i l l", "s.u.i.c.i.d.e"

    std::size_t take_letters(std::size_t at)
    {
        if (at < apart_until_) return at;
        scratch row;
        auto end = at;
        auto const& words = view_.words;
        while (end < words.size() && words[end].text.size() == 1 && row.size() < letters_max &&
               (end == at || words[end].where.begin - words[end - 1].where.end <= 3)) {
            auto const one = words[end++].text[0];
            auto const meant = letter_for(one);
            row.add(meant != 0 ? meant : one);
        }
        if (end - at < 3) return at;
        apart_until_ = end; // a row without a word in it is not looked at again
        // A row that is nothing but words, one of them long, was taken apart to hide them too.
        constexpr std::size_t long_word = 4;
        auto const hides = (row_of_.read(row.view(), true) && row_of_.has_guarded()) ||
                           (row_of_.read(row.view(), false) && row_of_.longest() >= long_word);
        if (!hides) return at;
        add_parts(at, true);
        return end;
    }

    void add_parts(std::size_t first, bool letter_each)
    {
        auto const& parts = row_of_.parts();
        for (auto one = parts.rbegin(); one != parts.rend(); ++one) {
            auto const from = letter_each ? first + one->begin : first;
            auto const to = letter_each ? first + one->end - 1 : first;
            if (one->id == no_word) {
                add(from, to, no_word, false);
            } else {
                add_known(from, to, one->id, true);
            }
        }
    }

    // ---- words cut by signs or a space: "k!ll", "su*cide", "su icide"

    std::size_t take_cut(std::size_t at)
    {
        auto const& words = view_.words;
        if (leading_sign(at)) return at + 1;
        if (at + 1 < apart_until_) return at; // a row of single letters, looked at already
        auto last = at;
        std::size_t letters = words[at].text.size();
        while (last + 1 < words.size() && words[last + 1].glued && last + 1 - at < pieces_max && letters < 24)
            letters += words[++last].text.size();
        for (auto end = last; end > at; letters -= words[end--].text.size()) {
            ++steps_;
            auto const starred = hides_a_letter(view_.original[words[at].where.end]);
            if (!starred && !may_be_guarded(at, letters, letters + 2 * (end - at))) continue;
            steps_ += 4 * (end - at);
            if (auto const id = joined_by_signs(at, end); id != no_word) {
                add_known(at, end, id, true);
                return end + 1;
            }
        }
        for (std::size_t more = 2; more >= 1; --more) { // a space inside
            auto const end = at + more;
            if (end >= words.size() || words[end].sentence != words[at].sentence) continue;
            auto const length =
                words[at].text.size() + words[at + 1].text.size() + (more == 2 ? words[end].text.size() : 0);
            if (!known_.has_guarded(words[at].text.front(), length, length)) continue;
            row_.clear();
            for (auto piece = at; piece <= end; ++piece)
                row_.add(words[piece].text);
            auto const id = row_.size() <= word_max ? known_.find(row_.view()) : no_word;
            if (id == no_word || row_.size() < 4 || !known_.has(id, trait::guarded)) continue;
            add_known(at, end, id, true);
            return end + 1;
        }
        return at;
    }

    // Some guarded word begins so and is about as long: most joins end here.
    bool may_be_guarded(std::size_t at, std::size_t least, std::size_t most) const
    {
        auto const one = view_.words[at].text.front();
        auto const first = is_digit(one) && letter_for(one) != 0 ? letter_for(one) : one;
        return known_.has_guarded(first, least, most) || (one == '1' && known_.has_guarded('l', least, most));
    }

    bool leading_sign(std::size_t at) // "$uicide", "@buse"
    {
        auto const begin = view_.words[at].where.begin;
        if (begin == 0 || view_.words[at].glued) return false;
        auto const sign = letter_for(view_.original[begin - 1]);
        if (sign == 0 || is_digit(view_.original[begin - 1])) return false;
        row_.clear();
        row_.add(sign);
        row_.add(view_.words[at].text);
        auto const id = guarded(unleeted());
        if (id != no_word) add_known(at, at, id, true);
        return id != no_word;
    }

    word_id joined_by_signs(std::size_t first, std::size_t last)
    {
        auto const& words = view_.words;
        auto const may_hide = last - first <= 2; // "k_ll": names of files have more of them
        auto const fill = [&](bool signs_are_letters) {
            row_.clear();
            for (auto piece = first; piece <= last; ++piece) {
                if (piece > first && signs_are_letters) {
                    auto const from = words[piece - 1].where.end;
                    for (auto const sign : view_.original.substr(
                             from, std::min<std::size_t>(words[piece].where.begin - from, 4)
                         )) {
                        if (hides_a_letter(sign) || (sign == '_' && may_hide))
                            row_.add('*');
                        else if (auto const meant = letter_for(sign); meant != 0)
                            row_.add(meant);
                    }
                }
                row_.add(words[piece].text);
            }
        };
        fill(true);
        if (row_.view().find('*') != std::string_view::npos) {
            if (auto const id = known_.guarded_like(row_.view()); id != no_word) return id;
            if (auto const id = known_.with_starred_vowels(row_.view()); id != no_word) return id;
        } else if (auto const id = guarded(unleeted()); id != no_word) {
            return id;
        }
        fill(false);
        return guarded(unleeted());
    }

    word_id guarded(word_id id) const
    {
        return id != no_word && known_.has(id, trait::guarded) ? id : no_word;
    }

    // ---- one word by itself

    // The word that row_ hides behind digits, if any.
    word_id unleeted()
    {
        if (auto const id = known_.find(row_.view()); id != no_word && !digits_are_letters_) return id;
        auto const ones = std::count(row_.view().begin(), row_.view().end(), '1');
        auto const kept = row_;
        for (auto const first : {'i', 'l'}) { // a 1 is an i or an l; "k111" is both
            for (auto const rest : {'i', 'l'}) {
                row_ = kept;
                auto seen = 0;
                for (std::size_t at = 0; at < row_.size(); ++at) {
                    if (row_[at] == '1')
                        row_[at] = seen++ == 0 ? first : rest;
                    else if (is_digit(row_[at]) && letter_for(row_[at]) != 0)
                        row_[at] = letter_for(row_[at]);
                }
                if (auto const id = known_.find(row_.view()); id != no_word) return id;
                if (auto const id = known_.unstretched(row_.view()); id != no_word) return id;
                if (ones < 2) break;
            }
            if (ones == 0) break;
        }
        return no_word;
    }

    bool take_misspelt(std::size_t at)
    {
        auto const& one = view_.words[at];
        if (one.text.size() > word_max * 2 || one.emoji) return false;
        auto const digits = std::count_if(one.text.begin(), one.text.end(), is_digit);
        auto id = no_word;
        auto disguised = one.disguised;
        if (digits == 0) {
            id = known_.unstretched(one.text);
            if (id == no_word) id = known_.one_letter_off(one.text);
            if (id == no_word) {
                id = known_.with_letters_in_place(one.text);
                // In a word that everybody uses every day it is a slip of the finger.
                disguised = disguised || (guarded(id) != no_word && !known_.has(id, trait::common));
            }
            if (id == no_word && one.disguised) { // a look-alike of l is one of i too
                row_.clear();
                for (auto const each : one.text)
                    row_.add(each == 'i' ? '1' : each);
                id = unleeted();
            }
            if (id == no_word) {
                id = known_.with_vowels(one.text, vowels_are_dropped_);
                disguised = disguised || id != no_word;
                unvowelled_ += id != no_word ? 1 : 0;
            }
        } else if (digits_are_letters_ || (static_cast<std::size_t>(digits) < one.text.size() && one.text.size() >= 3)) {
            row_.clear();
            row_.add(one.text);
            id = unleeted();
            auto const at_end = is_digit(one.text.front()) || is_digit(one.text.back());
            auto const ordinary = one.text.size() <= 3 && digits == 1 && at_end; // as5, 4th
            if (id != no_word && ordinary && !digits_are_letters_ && !known_.has(id, trait::guarded))
                id = no_word;
            if (id != no_word && one.text.size() >= 3) ++unleeted_;
            disguised = true;
        }
        if (id == no_word) return false;
        add_known(at, at, id, disguised);
        return true;
    }

    // "killmyself": only where something guarded and something about a person meet.
    bool take_joined(std::size_t at)
    {
        auto const text = view_.words[at].text;
        if (text.size() < 6 || text.size() > 40) return false;
        constexpr std::array<std::string_view, 6> cores{"self", "die", "kill", "life", "dead", "alive"};
        if (std::none_of(cores.begin(), cores.end(), [&](auto core) { return text.find(core) != text.npos; }))
            return false;
        if (!row_of_.read(text, false) || !row_of_.has_guarded() || row_of_.parts().size() < 2) return false;
        auto const& parts = row_of_.parts();
        auto const about_somebody = std::any_of(parts.begin(), parts.end(), [&](auto const& each) {
            return known_.has(each.id, trait::self) || known_.has(each.id, trait::you) ||
                   known_.has(each.id, trait::before_to);
        });
        if (!about_somebody) return false;
        add_parts(at, false);
        return true;
    }

    vocabulary const& known_;
    view const& view_;
    std::vector<token> made_;
    word_id const ill_ = known_.find("ill");
    word_id const id_ = known_.find("id");
    word_id const two_ = known_.find("2");
    word_id const too_ = known_.find("too");
    row_of_words row_of_{known_};
    scratch row_;
    std::size_t apart_until_ = 0;
    std::size_t unleeted_ = 0;
    std::size_t steps_ = 0;
    std::size_t unvowelled_ = 0;
    bool digits_are_letters_ = false;
    bool vowels_are_dropped_ = false;
};
} // namespace

std::vector<token> spell(vocabulary const& known, view const& text, std::size_t* steps)
{
    speller at_work(known, text);
    auto made = at_work.spell();
    if (steps != nullptr) *steps += at_work.steps();
    return made;
}

} // namespace holdfast::moderation
