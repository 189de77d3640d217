#include "moderation/reading/view.hpp"

#include "moderation/reading/letters.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace holdfast::moderation {

namespace {
constexpr std::size_t letters_max = 64; // of one word; the rest of a longer one says no more

bool begins_clause(char32_t code)
{
    return code == ',' || code == ';' || code == ':' || code == '(' || code == ')' || code == '[' ||
           code == ']' || code == 0x2013 || code == 0x2014;
}
bool ends_sentence(char32_t code)
{
    return code == '.' || code == '!' || code == '?' || code == 0x3002 || code == 0x2026;
}

enum class mark : std::uint8_t { straight, single, curly, code };

// Reads the text once, letter by letter, and makes words as it goes.
class reader {
  public:
    explicit reader(std::string_view text) : text_(text)
    {
        made_.original = text;
        made_.letters.resize(text.size() + 8); // no letter's comparable form is longer than it was written
        made_.words.reserve(text.size() / 5 + 8);
        made_.sentences.reserve(text.size() / 50 + 8);
    }

    view read()
    {
        begin_line();
        while (at_ < text_.size() && made_.words.size() < words_max) {
            if (!in_word_ && take_link()) continue;
            if (take_plain_letters() || take_blank()) continue;
            take(next_letter(text_.substr(at_)));
        }
        finish_word();
        finish_sentence(text_.size(), false);
        made_.unread_from = at_;
        made_.letters.resize(letters_end_);
        return std::move(made_);
    }

  private:
    // Small letters as they are, and a blank: most of any English text, so they need no look at what they
    // are.
    bool take_plain_letters()
    {
        auto const is_plain = [](char one) { return one >= 'a' && one <= 'z'; };
        if (!is_plain(text_[at_])) return false;
        begin_word(at_);
        auto const* next = text_.data() + at_;
        auto const* const last = text_.data() + text_.size();
        auto* const to = made_.letters.data() + first_letter_;
        auto kept = letters_end_ - first_letter_;
        for (; next != last && is_plain(*next); ++next) {
            if (kept < letters_max) to[kept++] = *next;
        }
        letters_end_ = first_letter_ + kept;
        current_.where.end = at_ = static_cast<std::size_t>(next - text_.data());
        return true;
    }
    bool take_blank()
    {
        if (text_[at_] != ' ') return false;
        finish_word();
        glue_ = false;
        ++at_;
        return true;
    }

    void keep(char one) { made_.letters[letters_end_++] = one; }
    void keep(std::string_view more)
    {
        for (auto const one : more)
            keep(one);
    }

    void take(letter const& one)
    {
        auto const begin = at_;
        at_ += one.bytes;
        if (one.code == 0xFFFD) ++made_.broken_bytes;
        auto const seen = look_of(one.code);
        if (seen.kind == letter_kind::hidden) { // inside a word it neither breaks nor changes it
            if (seen.disguised && in_word_) current_.disguised = true;
            return;
        }
        if (seen.kind == letter_kind::word) return grow(one, seen, begin);
        if (seen.kind == letter_kind::joiner && in_word_ && next_is_letter()) { // don't, it's
            current_.apostrophe = true;
            return;
        }
        finish_word();
        if (seen.kind == letter_kind::emoji) return take_emoji(begin);
        if (seen.kind == letter_kind::space) {
            glue_ = false;
            if (one.code == '\n') finish_line();
            return;
        }
        take_sign(one.code, begin);
    }

    void take_sign(char32_t code, std::size_t begin)
    {
        if (ends_sentence(code)) {
            // "k.i.l.l", "k!ll": letters follow at once, so nothing ends here.
            if (code != '?' && code != 0x3002 && next_is_letter()) {
                if (code == '.') ++clause_;
                return;
            }
            return finish_sentence(at_, code == '?');
        }
        if (begins_clause(code)) ++clause_;
        if (code == '"' || code == 0xFF02) return toggle(mark::straight);
        if (code == 0x201C || code == 0x00AB || code == 0x201E) return open(mark::curly);
        if (code == 0x201D || code == 0x00BB) return close(mark::curly);
        if (code == '`') return toggle(mark::code);
        if (code == '\'' || code == 0x2018 || code == 0x2019) {
            if (opened(mark::single) && !next_is_letter()) return close(mark::single);
            auto const after_word =
                begin > 0 && !made_.words.empty() && made_.words.back().where.end == begin;
            if (!after_word && next_is_letter()) open(mark::single);
        }
    }

    bool next_is_letter() const
    {
        return at_ < text_.size() && look_of(next_letter(text_.substr(at_)).code).kind == letter_kind::word;
    }

    void begin_word(std::size_t begin)
    {
        if (in_word_) return;
        in_word_ = true;
        current_ = word();
        current_.where.begin = begin;
        current_.glued = glue_;
        first_letter_ = letters_end_;
        capitals_ = 0;
    }

    void grow(letter const& one, look const& seen, std::size_t begin)
    {
        begin_word(begin);
        current_.where.end = at_;
        if (seen.disguised) current_.disguised = true;
        if (letters_end_ - first_letter_ >= letters_max) return;
        if (one.code >= 'A' && one.code <= 'Z') ++capitals_;
        if (seen.plain != 0) {
            keep(seen.plain);
        } else { // another script: kept as it is
            keep(text_.substr(begin, at_ - begin));
        }
    }

    void finish_word()
    {
        if (!in_word_) return;
        in_word_ = false;
        auto const length = letters_end_ - first_letter_;
        current_.shouted = capitals_ >= 2 && capitals_ == length;
        add(first_letter_, length);
    }

    void add(std::size_t first, std::size_t length)
    {
        current_.text = {made_.letters.data() + first, length};
        current_.sentence = static_cast<std::uint32_t>(made_.sentences.size());
        current_.clause = clause_;
        current_.quoted = line_is_quote_;
        made_.words.push_back(current_);
        glue_ = true;
    }

    void take_emoji(std::size_t begin)
    {
        current_ = word();
        current_.where = {begin, at_};
        current_.emoji = true;
        auto const first = letters_end_;
        keep(text_.substr(begin, at_ - begin));
        add(first, at_ - begin);
        glue_ = false;
    }

    bool take_link() // one word, whatever stands in it
    {
        if (text_[at_] != 'h' && text_[at_] != 'w') return false;
        auto const rest = text_.substr(at_);
        if (!rest.starts_with("http://") && !rest.starts_with("https://") && !rest.starts_with("www."))
            return false;
        current_ = word();
        current_.where.begin = at_;
        while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) > ' ')
            ++at_;
        current_.where.end = at_;
        constexpr std::string_view name = "link";
        auto const first = letters_end_;
        keep(name);
        add(first, name.size());
        glue_ = false;
        return true;
    }

    void begin_line()
    {
        auto const rest = text_.substr(at_);
        line_is_quote_ = rest.starts_with("> ") || rest.starts_with(">>") ||
                         (rest.size() > 1 && rest[0] == '>' && rest[1] >= 'A');
        auto const digits = rest.find_first_not_of("0123456789");
        line_is_listed_ = rest.starts_with("- ") || rest.starts_with("* ") ||
                          rest.starts_with("\xE2\x80\xA2") ||
                          (digits > 0 && digits <= 2 && (rest[digits] == '.' || rest[digits] == ')'));
    }

    // A line that goes on in small letters is the same sentence: verse, or a word a line.
    void finish_line()
    {
        auto const was_quote = line_is_quote_;
        auto const was_listed = line_is_listed_;
        begin_line();
        auto const goes_on = at_ < text_.size() && text_[at_] >= 'a' && text_[at_] <= 'z' &&
                             was_quote == line_is_quote_ && !was_listed && !line_is_listed_;
        ++clause_;
        if (goes_on) return;
        auto const now_listed = std::exchange(line_is_listed_, was_listed);
        finish_sentence(at_, false);
        line_is_listed_ = now_listed;
        if (at_ < text_.size() && text_[at_] == '\n')
            opened_.fill(0); // quotation marks don't reach over paragraphs
    }

    void finish_sentence(std::size_t end, bool question)
    {
        ++clause_;
        glue_ = false;
        auto& sentences = made_.sentences;
        auto const begin = sentences.empty() ? 0 : sentences.back().where.end;
        auto const said = made_.words.size() - sentence_first_word_;
        if (said == 0 && !sentences.empty()) { // nothing was said since: "?!", "..."
            sentences.back().where.end = end;
            sentences.back().question = sentences.back().question || question;
            return;
        }
        if (said == 1 && word_by_word_ && !question && !sentences.empty()) { // I. Want. To. Go.
            made_.words.back().sentence = static_cast<std::uint32_t>(sentences.size() - 1);
            sentences.back().where.end = end;
        } else {
            sentences.push_back({{begin, end}, question, line_is_listed_});
        }
        word_by_word_ = said == 1;
        sentence_first_word_ = made_.words.size();
    }

    std::size_t& slot(mark kind) { return opened_[static_cast<std::size_t>(kind)]; }
    bool opened(mark kind) { return slot(kind) != 0; }
    void open(mark kind) { slot(kind) = made_.words.size() + 1; }
    void toggle(mark kind) { opened(kind) ? close(kind) : open(kind); }
    // Only what is closed again was a quotation; each word is marked at most once for each kind of mark.
    void close(mark kind)
    {
        if (!opened(kind)) return;
        for (auto at = slot(kind) - 1; at < made_.words.size(); ++at)
            made_.words[at].quoted = true;
        slot(kind) = 0;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    view made_;
    word current_;
    bool in_word_ = false;
    bool glue_ = false;
    std::size_t letters_end_ = 0; // of what is kept of them
    std::size_t first_letter_ = 0;
    std::size_t capitals_ = 0;
    std::size_t sentence_first_word_ = 0;
    std::uint32_t clause_ = 0;
    bool word_by_word_ = false;
    bool line_is_quote_ = false;
    bool line_is_listed_ = false;
    std::array<std::size_t, 4> opened_{}; // the word after each kind of open mark, plus one
};

} // namespace

view read_text(std::string_view text)
{
    return reader(text).read();
}

} // namespace holdfast::moderation
