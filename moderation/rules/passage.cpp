#include "moderation/rules/passage.hpp"

#include <algorithm>

namespace holdfast::moderation {

namespace {
constexpr std::uint32_t negation_reach = 7; // words
constexpr std::uint32_t denial_reach = 6;
constexpr std::uint32_t subject_reach = 12;
constexpr std::uint32_t report_reach = 12;
constexpr std::uint32_t dying_reach = 12; // sentences
constexpr std::uint32_t phrase_words_max = 24;

// What people also say on an ordinary day: they write letters, have tablets, go to a bridge, do it tonight.
bool may_be_everyday(kind what)
{
    return what == kind::method || what == kind::means || what == kind::intent || what == kind::plan ||
           what == kind::act || what == kind_of(label::self_harm_encouragement) ||
           what == kind_of(label::method_info);
}

bool is_object(std::string_view word)
{
    return word == "them" || word == "him" || word == "her" || word == "his" || word == "their" ||
           word == "everyone";
}
} // namespace

passage::passage(lexicon const& phrases, view const& text, std::size_t* steps)
    : lexicon_(phrases), text_(text), tokens_(phrases.spell(text, steps)),
      hits_(phrases.find(tokens_, steps)), statement_(statements_in(tokens_)),
      in_sentence_(text.sentences.size() + 1), in_statement_(statement_.empty() ? 1 : statement_.back() + 1),
      laughs_(in_statement_.size()), idiom_(tokens_.size()), denial_(tokens_.size())
{
    std::size_t quoted = 0;
    for (auto const& one : tokens_)
        quoted += one.quoted ? 1 : 0;
    mark_laughs();
    mostly_quoted_ = quoted * 5 >= tokens_.size() * 4; // who quotes all of it quotes nobody
    std::uint32_t idiom_until = 0;                     // each token is marked once, for hits come in order
    std::uint32_t denial_until = 0;
    std::uint32_t past_until = 0;
    for (auto const& one : hits_) {
        auto const what = group(one).kind;
        if (what == kind::others && !is_of_another(one))
            continue; // "want to die" is somebody's, and may be mine
        if ((what == kind::recovered || what == kind::praise) && is_denied(one)) continue;
        // "Haven't hurt myself in years" denies by itself.
        if ((what == kind::well || what == kind::relapsed) && is_negated(one)) continue;
        // "Ten years ago today": the day of the year, and not this one.
        if (what == kind::recent && one.first > 0 && one.first == past_until &&
            tokens_[one.first - 1].text == "ago")
            continue;
        if (what == kind::past) past_until = one.last + 1;
        in_sentence_[sentence_of(one)].set(index_of(what));
        in_statement_[statement_[one.first]].set(index_of(what));
        in_statement_[statement_[one.last]].set(index_of(what));
        in_text_.set(index_of(what));
        if (what == kind::past) past_at_.push_back(one.first);
        if (what == kind::recent) recent_at_.push_back(one.first);
        if (what == kind::idiom) {
            if (statement_[one.first] != statement_[one.last]) continue; // of two things that are said
            for (auto at = std::max(one.first, idiom_until); at <= one.last; ++at)
                idiom_[at] = 1;
            idiom_until = std::max(idiom_until, one.last + 1);
        } else if (what == kind::denial) {
            auto const end = std::min<std::uint32_t>(
                one.last + denial_reach, static_cast<std::uint32_t>(tokens_.size()) - 1
            );
            for (auto at = std::max(one.first, denial_until);
                 at <= end && statement_[at] == statement_[one.first];
                 ++at) {
                if (at > one.last && tokens_[at].traits.has(trait::breaks)) break;
                denial_[at] = 1;
                denial_until = at + 1;
            }
        }
    }
    for (auto const& one : hits_) {
        auto const what = group(one).kind;
        auto const is_sign = is_step_of_risk(what) || what == kind::dying || what == kind::others ||
                             what == kind::despair || may_be_everyday(what);
        if (!is_sign || is_idiom(one)) continue;
        signs_.push_back(one);
        has_everyday_ = has_everyday_ || (may_be_everyday(what) && !says_it_itself(one));
    }
}

// In the statement of a laugh and in what follows at once: "lol I want to die", "lol and I …".
void passage::mark_laughs()
{
    constexpr std::size_t reach = 2; // words
    std::size_t left = 0;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
        auto const is_cut = at > 0 && tokens_[at].sentence != tokens_[at - 1].sentence;
        left = is_cut || left == 0 ? 0 : left - 1;
        if (tokens_[at].traits.has(trait::laughs)) left = reach + 1;
        if (left > 0) laughs_[statement_[at]] = true;
    }
}

bool passage::says_it_itself(hit const& one) const
{
    if (group(one).plain) return true;
    auto const end = std::min(one.last, one.first + phrase_words_max) + 1;
    return std::any_of(tokens_.begin() + one.first, tokens_.begin() + end, [](token const& each) {
        return each.traits.has(trait::grave);
    });
}

// It speaks of dying by itself.
bool passage::is_grave(hit const& one) const
{
    auto const what = group(one).kind;
    if (is_denied(one)) return false;
    if (may_be_everyday(what) || what == kind::goodbye) return says_it_itself(one);
    return is_step_of_risk(what) || what == kind::dying || what == kind::others;
}

bool passage::speaks_of_dying() const
{
    return std::any_of(signs_.begin(), signs_.end(), [&](hit const& one) { return is_grave(one); });
}

// One such thing alone is; beside a word of dying, or another such thing, it is not.
bool passage::is_everyday(hit const& one) const
{
    auto const what = group(one).kind;
    if (!may_be_everyday(what) || says_it_itself(one)) return false;
    // Who is put down in the same breath is not asked to jump into a pool.
    if (what == kind_of(label::self_harm_encouragement) && near(one, kind_of(label::harassment)))
        return false;
    constexpr std::ptrdiff_t looked_at = 24; // to each side: in so few sentences there are seldom more
    auto const is_before = [](hit const& left, hit const& right) { return left.first < right.first; };
    auto const here = std::lower_bound(signs_.begin(), signs_.end(), one, is_before);
    auto const begin = here - std::min(looked_at, here - signs_.begin());
    auto const end = here + std::min(looked_at, signs_.end() - here);
    return std::none_of(begin, end, [&](hit const& other) {
        if (other.first <= one.last && one.first <= other.last) return false; // the same words
        auto const distance = sentence_of(other) > sentence_of(one) ? sentence_of(other) - sentence_of(one)
                                                                    : sentence_of(one) - sentence_of(other);
        auto const other_kind = group(other).kind;
        if (other_kind == kind::despair) return distance <= 1;
        return distance <= dying_reach && (is_grave(other) || (is_step_of_risk(other_kind) &&
                                                               (other_kind != what || what == kind::intent)));
    });
}

bool passage::says_only(kind what) const
{
    return !tokens_.empty() &&
           std::all_of(in_statement_.begin(), in_statement_.end(), [&](kind_set const& one) {
               return one.test(index_of(what));
           });
}

bool passage::near(hit const& one, kind what) const
{
    auto const sentence = sentence_of(one);
    for (auto at = sentence > 0 ? sentence - 1 : 0; at <= sentence + 1 && at < in_sentence_.size(); ++at) {
        if (in_sentence_[at].test(index_of(what))) return true;
    }
    return false;
}

std::uint32_t passage::distance(std::vector<std::uint32_t> const& places, hit const& one) const
{
    auto nearest = static_cast<std::uint32_t>(-1);
    auto const after = std::lower_bound(places.begin(), places.end(), one.first);
    auto const measure = [&](std::uint32_t place) {
        if (tokens_[place].sentence != sentence_of(one)) return;
        constexpr std::uint32_t another_clause = 20; // words
        auto const far = tokens_[place].clause == tokens_[one.first].clause ? 0 : another_clause;
        nearest = std::min(nearest, far + (place > one.first ? place - one.first : one.first - place));
    };
    if (after != places.end()) measure(*after);
    if (after != places.begin()) measure(*(after - 1));
    return nearest;
}

// "In my old job I was fine, but now I want to die": what comes after the now is not of back then.
bool passage::is_after_now(hit const& one) const
{
    auto const past = std::lower_bound(past_at_.begin(), past_at_.end(), one.first);
    if (past == past_at_.begin()) return false;
    for (auto at = *(past - 1); at < one.first; ++at) {
        if (tokens_[at].sentence == sentence_of(one) && tokens_[at].text == "now") return true;
    }
    return false;
}

// "I tried to die. My brother found me. That was ten years ago": of deeds alone, for a wish may still be
// there.
bool passage::is_dated_later(hit const& one) const
{
    auto const what = group(one).kind;
    auto const is_deed = what == kind::attempt || what == kind::act || what == kind::hurting ||
                         (what == kind::ideation && sentence_has(one, kind::attempt));
    auto const is_thing = what == kind::method || what == kind::means;
    if (!is_deed && !(is_thing && tells_of_being_well())) return false;
    for (auto next = sentence_of(one) + 1; next <= sentence_of(one) + 2 && next < in_sentence_.size();
         ++next) {
        if (in_sentence_[next].test(index_of(kind::dated))) return true;
    }
    return false;
}

// By the verb behind the "I" in it or just before it; by its own where nobody is named.
tense passage::tense_of(hit const& one) const
{
    constexpr std::uint32_t reach = 3;                        // words
    auto const is_told_back_then = [&](std::uint32_t place) { // "all I thought was I want to …"
        if (place == 0 || tokens_[place - 1].sentence != tokens_[place].sentence) return false;
        auto const& before = tokens_[place - 1];
        return before.traits.has(trait::speech) || before.text == "was" || before.text == "thought" ||
               before.text == "say";
    };
    auto const of_author = [&](std::uint32_t place) {
        return is_told_back_then(place) ? tense::untold : tense_at(tokens_, place);
    };
    for (std::uint32_t back = 0; back <= reach && back <= one.first; ++back) {
        auto const at = one.first - back;
        if (statement_[at] != statement_[one.first]) break;
        if (tokens_[at].text == "i") return of_author(at);
        auto const begins = at == 0 || statement_[at - 1] != statement_[at];
        auto const of_its_own = begins ? tense_at(tokens_, at) : tense::untold;
        if (of_its_own != tense::untold) return of_its_own;
    }
    for (auto at = one.first + 1; at <= one.last; ++at) {
        if (tokens_[at].text == "i") return of_author(at);
        if (tokens_[at].text == "is") return tense::present;
    }
    return tense::untold;
}

bool passage::is_told_as_now(hit const& one) const
{
    auto const what = group(one).kind;
    auto const lasts = what == kind::intent || what == kind::plan || what == kind::means; // "I have decided"
    auto const told = tense_of(one);
    return told == tense::present || (lasts && told == tense::perfect);
}

bool passage::is_past(hit const& one) const
{
    if (is_told_as_now(one)) return false;
    if (sentence_has(one, kind::past))
        return distance(past_at_, one) <= distance(recent_at_, one) && !is_after_now(one);
    return !sentence_has(one, kind::recent) && is_dated_later(one);
}

bool passage::covered(std::vector<std::uint8_t> const& marks, hit const& one) const
{
    for (auto at = one.first; at <= one.last && at < one.first + phrase_words_max; ++at) {
        if (marks[at] != 0) return true;
    }
    return false;
}

bool passage::is_idiom(hit const& one) const
{
    return covered(idiom_, one);
}

// A "not" before it in the same breath, unless a word between takes it upon itself ("can't stop", "don't know
// if").
bool passage::is_negated(hit const& one) const
{
    auto const suggests = [&](std::uint32_t at) { // "why not …", "why don't you …"
        return (at >= 1 && tokens_[at - 1].text == "why") || (at >= 2 && tokens_[at - 2].text == "why");
    };
    auto absorbed = tokens_[one.first].traits.has(trait::absorbs);
    std::uint32_t found = 0; // how far back the nearest "not" stands
    for (std::uint32_t back = 1; back <= negation_reach && back <= one.first; ++back) {
        auto const& before = tokens_[one.first - back];
        if (statement_[one.first - back] != statement_[one.first]) break;
        if (before.clause != tokens_[one.first].clause && !before.traits.has(trait::filler) &&
            !before.traits.has(trait::negator))
            break;
        if (before.traits.has(trait::breaks)) break;
        if (before.traits.has(trait::absorbs)) absorbed = true;
        if (!before.traits.has(trait::negator) || suggests(one.first - back)) continue;
        if (absorbed) return false;
        if (found != 0 && back - found <= 2) return false; // "never not"
        if (found == 0) found = back;
    }
    return found != 0;
}

bool passage::is_denied(hit const& one) const
{
    return covered(denial_, one) || is_negated(one);
}

bool passage::is_reported(hit const& one) const
{
    for (std::uint32_t back = 1; back <= report_reach && back <= one.first; ++back) {
        auto const at = one.first - back;
        if (tokens_[at].sentence != tokens_[one.first].sentence) return false;
        if (!tokens_[at].traits.has(trait::speech)) continue;
        // "I told you …" and "just saying …" report nobody.
        if (at == 0 || (tokens_[at - 1].text != "i" && tokens_[at - 1].text != "just")) return true;
    }
    return false;
}

// Whose words or deeds: the nearest person named in it, or before it in the sentence.
bool passage::is_of_another(hit const& one) const
{
    auto const belongs_to_other = [&](std::uint32_t at) { // "my friend" is the friend
        for (auto next = at + 1; next <= at + 2 && next < tokens_.size(); ++next) {
            if (tokens_[next].traits.has(trait::relation)) return true;
        }
        return false;
    };
    auto self_inside = false;
    auto object_inside = false;
    for (auto at = one.first; at <= one.last; ++at) {
        auto const& word = tokens_[at];
        if (is_object(word.text)) { // "took them all" says nothing about who took them
            object_inside = true;
            continue;
        }
        if (word.traits.has(trait::self) && !belongs_to_other(at)) {
            self_inside = true;
            break;
        }
        if (word.traits.has(trait::other)) return true;
    }
    auto told = false;
    for (std::uint32_t back = 1; back <= subject_reach && back <= one.first; ++back) {
        auto const at = one.first - back;
        auto const& before = tokens_[at];
        if (before.sentence != tokens_[one.first].sentence) break;
        if (before.traits.has(trait::breaks) && self_inside) break;
        if (before.traits.has(trait::speech)) told = true;
        auto const is_listener = at > 0 && tokens_[at - 1].traits.has(trait::speech); // "she told me …"
        auto const is_self = before.traits.has(trait::self) && !belongs_to_other(at) && !is_listener;
        if (self_inside && !told) { // "I want to die" is mine, but in "she said I want to die" it is hers
            if (is_self || back > negation_reach) break;
            continue;
        }
        if (is_self) return false;
        auto const includes_me = tokens_[at + 1].text == "else"; // "does anyone else …?"
        if (before.traits.has(trait::other) && !includes_me) return true;
    }
    return object_inside && !self_inside;
}

bool passage::names_author(hit const& one) const
{
    return std::any_of(tokens_.begin() + one.first, tokens_.begin() + one.last + 1, [](token const& each) {
        return each.text == "i" || each.text == "me" || each.text == "myself";
    });
}

bool passage::is_no_joke(hit const& one) const
{
    return std::any_of(tokens_.begin() + one.first, tokens_.begin() + one.last + 1, [](token const& each) {
        auto const word = each.text;
        return word == "suicide" || word == "suicidal" || word == "think" || word == "thinking" ||
               word == "thoughts" || word == "alive" || word == "wake";
    });
}

bool passage::speaks_of_self(hit const& one) const
{
    for (auto at = one.first; at <= one.last; ++at) {
        if (tokens_[at].traits.has(trait::self)) return true;
    }
    for (std::uint32_t back = 1; back <= 4 && back <= one.first; ++back) {
        auto const& before = tokens_[one.first - back];
        if (before.sentence != tokens_[one.first].sentence) break;
        if (before.traits.has(trait::self)) return true;
    }
    return false;
}

bool passage::speaks_to_reader(hit const& one) const
{
    return std::any_of(tokens_.begin() + one.first, tokens_.begin() + one.last + 1, [](token const& each) {
        return each.traits.has(trait::you);
    });
}

bool passage::is_quoted(hit const& one) const
{
    return !mostly_quoted_ && tokens_[one.first].quoted;
}

bool passage::is_disguised(hit const& one) const
{
    return std::any_of(tokens_.begin() + one.first, tokens_.begin() + one.last + 1, [](token const& each) {
        return each.disguised || each.coded;
    });
}

text_span passage::where(hit const& one) const
{
    return {
        text_.words[tokens_[one.first].first_word].where.begin,
        text_.words[tokens_[one.last].last_word].where.end};
}

} // namespace holdfast::moderation
