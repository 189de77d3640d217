#include "moderation/view.hpp"

#include "moderation/letters.hpp"

#include <algorithm>

namespace holdfast::moderation {

namespace {

char undo_leet(char32_t code)
{
    switch (code) {
    case '0': return 'o';
    case '1': return 'i';
    case '!': return 'i';
    case '|': return 'i';
    case '3': return 'e';
    case '4': return 'a';
    case '@': return 'a';
    case '5': return 's';
    case '$': return 's';
    case '7': return 't';
    case '+': return 't';
    default: return 0;
    }
}

bool opens_quote(char32_t code) { return code == 0x201C || code == 0x00AB || code == 0x201E; }
bool closes_quote(char32_t code) { return code == 0x201D || code == 0x00BB; }
bool ends_sentence(char32_t code) { return code == '.' || code == '!' || code == '?' || code == 0x3002 || code == 0x2026; }

// Reads the text once, letter by letter, and makes words as it goes.
class reader {
  public:
    explicit reader(std::string_view text) : text_(text) {}

    view read()
    {
        while (at_ < text_.size() && made_.words.size() < words_max) take(next_letter(text_.substr(at_)));
        finish_word();
        finish_sentence(text_.size(), false);
        join_spaced_letters();
        for (auto const& one : made_.words) made_.disguises += one.disguised ? 1 : 0;
        return std::move(made_);
    }

  private:
    void take(letter const& one)
    {
        auto const begin = at_;
        at_ += one.bytes;
        if (one.code == 0xFFFD) ++made_.broken_bytes;
        auto const seen = look_of(one.code);
        if (seen.kind == letter_kind::hidden) {
            if (seen.disguised && !current_.text.empty()) current_.disguised = true;
            return; // inside a word it neither breaks nor changes it
        }
        if (seen.kind == letter_kind::word || is_leet_inside(one.code)) {
            grow(one.code, seen, begin);
            return;
        }
        if (seen.kind == letter_kind::joiner && !current_.text.empty()) return; // don't, it's
        finish_word();
        if (one.code == '\n') {
            finish_sentence(at_, false);
            line_is_quote_ = text_.substr(at_).starts_with('>');
        } else if (ends_sentence(one.code)) {
            finish_sentence(at_, one.code == '?');
        } else if (one.code == '"') {
            in_quote_ = !in_quote_;
        } else if (opens_quote(one.code)) {
            in_quote_ = true;
        } else if (closes_quote(one.code)) {
            in_quote_ = false;
        } else if (one.code == '`') {
            in_code_ = !in_code_;
        } else if (one.code == '>' && begin == 0) {
            line_is_quote_ = true;
        }
    }

    // A sign such as @ or $ counts as a letter only between letters.
    bool is_leet_inside(char32_t code) const
    {
        if (undo_leet(code) == 0 || current_.text.empty() || at_ >= text_.size()) return false;
        auto const next = look_of(next_letter(text_.substr(at_)).code);
        return next.kind == letter_kind::word && code != '+';
    }

    void grow(char32_t code, look const& seen, std::size_t begin)
    {
        if (current_.text.empty()) {
            current_.where.begin = begin;
            digits_ = 0;
            letters_ = 0;
        }
        current_.where.end = at_;
        if (seen.disguised) current_.disguised = true;
        if (seen.plain == 0 && seen.kind == letter_kind::word) {
            append_code(code);
            return;
        }
        auto const plain = seen.plain != 0 ? seen.plain : undo_leet(code);
        if (seen.plain == 0) current_.disguised = true; // a sign in place of a letter
        if (plain >= '0' && plain <= '9') {
            ++digits_;
        } else {
            ++letters_;
        }
        current_.text += plain;
    }

    void append_code(char32_t code) // another script: kept as it is, in UTF-8
    {
        ++letters_;
        if (code < 0x800) {
            current_.text += static_cast<char>(0xC0 | (code >> 6));
        } else if (code < 0x10000) {
            current_.text += static_cast<char>(0xE0 | (code >> 12));
            current_.text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        } else {
            return;
        }
        current_.text += static_cast<char>(0x80 | (code & 0x3F));
    }

    void finish_word()
    {
        if (current_.text.empty()) return;
        // Digits among letters are letters in disguise (d1e, k1ll); by themselves they are numbers.
        if (digits_ > 0 && letters_ > 0 && letters_ + 2 >= digits_ && !ends_like_ordinal()) {
            for (auto& one : current_.text) {
                if (auto const plain = undo_leet(static_cast<unsigned char>(one)); plain != 0) one = plain;
            }
            current_.disguised = true;
        }
        collapse_stretched();
        current_.sentence = static_cast<std::uint32_t>(made_.sentences.size());
        current_.quoted = in_quote_ || in_code_ || line_is_quote_;
        made_.words.push_back(std::move(current_));
        current_ = word();
    }

    bool ends_like_ordinal() const // 1st, 24h, 50mg, 3am: ordinary writing
    {
        auto const first_letter = current_.text.find_first_not_of("0123456789");
        return first_letter != 0 && current_.text.find_first_of("0123456789", first_letter) == std::string::npos &&
               current_.text.size() - first_letter <= 3;
    }

    void collapse_stretched() // sooooo → so, dieeee → die: three or more of a letter are one
    {
        std::string made;
        auto const& text = current_.text;
        for (std::size_t at = 0; at < text.size();) {
            auto end = at;
            while (end < text.size() && text[end] == text[at]) ++end;
            auto const is_digit = text[at] >= '0' && text[at] <= '9';
            made.append(end - at >= 3 && !is_digit ? 1 : end - at, text[at]);
            at = end;
        }
        current_.text = std::move(made);
    }

    void finish_sentence(std::size_t end, bool question)
    {
        auto const begin = made_.sentences.empty() ? 0 : made_.sentences.back().end;
        auto const first = made_.words.empty() || made_.words.back().sentence != made_.sentences.size();
        if (first && !made_.sentences.empty()) { // nothing was said since: "?!", "..."
            made_.sentences.back().end = end;
            if (question) made_.is_question.back() = true;
            return;
        }
        made_.sentences.push_back({begin, end});
        made_.is_question.push_back(question);
    }

    // "k i l l" and "k.i.l.l": three or more single letters in a row are one word.
    void join_spaced_letters()
    {
        auto& words = made_.words;
        std::vector<word> joined;
        joined.reserve(words.size());
        for (std::size_t at = 0; at < words.size();) {
            auto end = at;
            while (end < words.size() && words[end].text.size() == 1 && words[end].text[0] >= 'a' &&
                   words[end].text[0] <= 'z' && (end == at || words[end].where.begin - words[end - 1].where.end <= 3)) {
                ++end;
            }
            if (end - at < 3) {
                joined.push_back(std::move(words[at++]));
                continue;
            }
            word one = words[at];
            for (auto next = at + 1; next < end; ++next) one.text += words[next].text;
            one.where.end = words[end - 1].where.end;
            one.disguised = true;
            joined.push_back(std::move(one));
            at = end;
        }
        words = std::move(joined);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    view made_;
    word current_;
    int digits_ = 0;
    int letters_ = 0;
    bool in_quote_ = false;
    bool in_code_ = false;
    bool line_is_quote_ = false;
};

} // namespace

view read_text(std::string_view text) { return reader(text).read(); }

} // namespace holdfast::moderation
