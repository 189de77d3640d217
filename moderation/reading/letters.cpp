#include "moderation/reading/letters.hpp"

#include <array>
#include <memory>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>
#include <utility>

namespace holdfast::moderation {

letter next_letter_beyond_ascii(std::string_view text)
{
    auto const at = [&](std::size_t index) -> unsigned { return static_cast<unsigned char>(text[index]); };
    auto const continues = [&](std::size_t index) {
        return index < text.size() && (at(index) & 0xC0) == 0x80;
    };
    auto const lead = at(0);
    if (lead >= 0xC2 && lead <= 0xDF && continues(1)) return {((lead & 0x1F) << 6) | (at(1) & 0x3F), 2};
    if (lead >= 0xE0 && lead <= 0xEF && continues(1) && continues(2)) {
        char32_t const code = ((lead & 0x0F) << 12) | ((at(1) & 0x3F) << 6) | (at(2) & 0x3F);
        if (code >= 0x800 && (code < 0xD800 || code > 0xDFFF)) return {code, 3};
    }
    if (lead >= 0xF0 && lead <= 0xF4 && continues(1) && continues(2) && continues(3)) {
        char32_t const code =
            ((lead & 0x07) << 18) | ((at(1) & 0x3F) << 12) | ((at(2) & 0x3F) << 6) | (at(3) & 0x3F);
        if (code >= 0x10000 && code <= 0x10FFFF) return {code, 4};
    }
    return {0xFFFD, 1};
}

namespace {
struct spoof_closer {
    void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};

bool is_plain(UChar32 code)
{
    return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9');
}

char first_plain(icu::UnicodeString const& text)
{
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        auto const code = text.char32At(at);
        if (is_plain(code)) return static_cast<char>(code);
        if (u_charType(code) != U_NON_SPACING_MARK) return 0;
    }
    return 0;
}

// Letters up to U+FFFF and the mathematical alphabets are looked up; all else is another script or a sign.
class table {
  public:
    table()
    {
        for (auto const& [from, to] : other_scripts) {
            for (auto code = from; code <= to; ++code)
                low_[code].kind = letter_kind::word;
        }
        auto failed = U_ZERO_ERROR;
        auto const* const fold = icu::Normalizer2::getNFKCCasefoldInstance(failed);
        auto const* const decompose = icu::Normalizer2::getNFKDInstance(failed);
        std::unique_ptr<USpoofChecker, spoof_closer> const spoof(uspoof_open(&failed));
        if (U_FAILURE(failed)) return; // then only ASCII is known: everything else of these reads as a sign
        for (auto const& [from, to] : looked_up) {
            for (auto code = from; code <= to; ++code)
                set(code, made(static_cast<UChar32>(code), *fold, *decompose, *spoof));
        }
    }
    look find(char32_t code) const
    {
        if (code < low_.size()) return low_[code];
        if (code >= 0x1D400 && code < 0x1D800) return high_[code - 0x1D400];
        if (auto const plain = letter_in_a_box(code); plain != 0) return {letter_kind::word, plain, true};
        if (code >= 0x1F3FB && code <= 0x1F3FF) return {letter_kind::hidden, 0, false}; // skin tones
        if (code >= 0x1F300 && code <= 0x1FAFF) return {letter_kind::emoji, 0, false};
        if (code >= 0xE0000 && code <= 0xE01EF) return {letter_kind::hidden, 0, true};
        return {code >= 0x20000 && code <= 0x3FFFF ? letter_kind::word : letter_kind::other, 0, false};
    }

  private:
    using range = std::pair<char32_t, char32_t>;
    // Ideographs, Yi and Hangul: letters that look like no Latin letter.
    static constexpr std::array<range, 3> other_scripts{
        range{0x3400, 0x4DBF}, {0x4E00, 0xA4CF}, {0xAC00, 0xD7A3}};
    static constexpr std::array<range, 4> looked_up{
        range{0x80, 0x33FF}, {0xA4D0, 0xABFF}, {0xF900, 0xFFFF}, {0x1D400, 0x1D7FF}};

    // Look-alikes to a reader that Unicode's table keeps apart: Greek, Cyrillic, small capitals.
    static char drawn_alike(UChar32 code)
    {
        constexpr std::u32string_view like = U"κĸкᴋτтᴛмᴍнʜʰвʙᴃνυᴜηпηωѡᴡχεєᴇβγуɪıιʟᴅᴀᴄᴏᴘꜱѕɢғɴʀгᴠʏᴢᴊςσµμ";
        constexpr std::string_view plain = "kkkktttmmhhhbbbvuunnnwwwxeeebyyiiilda"
                                           "copssgfnrrvyzjsouu";
        auto const found = like.find(static_cast<char32_t>(code));
        return found == like.npos || found >= plain.size() ? 0 : plain[found];
    }
    void set(char32_t code, look const& seen)
    {
        (code < 0x10000 ? low_[code] : high_[code - 0x1D400]) = seen;
    }

    static char letter_in_a_box(char32_t code) // circled, squared, and the letters that flags are made of
    {
        for (char32_t const first :
             {U'\U0001F110', U'\U0001F130', U'\U0001F150', U'\U0001F170', U'\U0001F1E6'}) {
            if (code >= first && code < first + 26) return static_cast<char>('a' + (code - first));
        }
        return 0;
    }

    static look made(
        UChar32 code,
        icu::Normalizer2 const& fold,
        icu::Normalizer2 const& decompose,
        USpoofChecker const& spoof
    )
    {
        auto const type = u_charType(code);
        if (code == 0x2018 || code == 0x2019 || code == 0x02BC) return {letter_kind::joiner, '\'', false};
        if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) return {letter_kind::hidden, 0, false};
        if (type == U_FORMAT_CHAR || code == 0x034F || code == 0x115F || code == 0x3164)
            return {letter_kind::hidden, 0, true};
        if (u_isUWhiteSpace(code)) return {letter_kind::space, 0, false};
        if (code >= 0x2600 && code <= 0x27BF && !u_isalnum(code)) return {letter_kind::emoji, 0, false};
        auto const circled = code >= 0x24B6 && code <= 0x24E9; // signs to Unicode, letters to a reader
        if (!u_isalnum(code) && !circled) return {letter_kind::other, 0, false};
        auto failed = U_ZERO_ERROR;
        icu::UnicodeString const one(code);
        if (auto const plain = first_plain(decompose.normalize(fold.normalize(one, failed), failed))) {
            auto const odd =
                code >= 0x1D400 || (code >= 0x2100 && code < 0x2190) || (code >= 0x2460 && code < 0x2500);
            return {letter_kind::word, plain, odd};
        }
        if (auto const plain = drawn_alike(code)) return {letter_kind::word, plain, true};
        icu::UnicodeString skeleton;
        uspoof_getSkeletonUnicodeString(&spoof, 0, one, skeleton, &failed);
        if (U_SUCCESS(failed)) {
            if (auto const plain = first_plain(fold.normalize(skeleton, failed)))
                return {letter_kind::word, plain, true};
        }
        return {letter_kind::word, 0, false};
    }

    std::array<look, 0x10000> low_{};
    std::array<look, 0x400> high_{};
};
} // namespace

look look_of_beyond_ascii(char32_t code)
{
    static std::unique_ptr<table const> const made = std::make_unique<table const>();
    return made->find(code);
}

} // namespace holdfast::moderation
