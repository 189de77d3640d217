#include "server/app/search_words.hpp"

#include <algorithm>
#include <libstemmer.h>
#include <memory>
#include <set>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace holdfast::app {

namespace {
struct stemmer_closer {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

bool is_plain(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char one) {
        return static_cast<unsigned char>(one) < 0x80;
    });
}

icu::UnicodeString folded(std::string_view text)
{
    if (is_plain(text)) { // most are, and then it is only the case
        std::string small(text);
        for (auto& one : small)
            one = one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one;
        return icu::UnicodeString::fromUTF8(small);
    }
    auto failed = U_ZERO_ERROR;
    auto const* const fold = icu::Normalizer2::getNFKCCasefoldInstance(failed);
    auto const raw = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
    return U_SUCCESS(failed) ? fold->normalize(raw, failed) : raw;
}
} // namespace

std::string stem_of(std::string const& word)
{
    static thread_local std::unique_ptr<sb_stemmer, stemmer_closer> const stemmer(
        sb_stemmer_new("english", nullptr)
    );
    auto const* const made = sb_stemmer_stem(
        stemmer.get(), reinterpret_cast<sb_symbol const*>(word.data()), static_cast<int>(word.size())
    );
    if (made == nullptr) return word;
    return {reinterpret_cast<char const*>(made), static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

void each_word(std::string_view text, std::function<bool(std::string const&)> const& visit)
{
    auto failed = U_ZERO_ERROR;
    static thread_local std::unique_ptr<icu::BreakIterator> const words(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), failed)
    );
    if (!words) return;
    auto const letters = folded(text);
    words->setText(letters);
    std::string word;
    auto begin = words->first();
    for (auto end = words->next(); end != icu::BreakIterator::DONE; end = words->next()) {
        if (words->getRuleStatus() != UBRK_WORD_NONE) {
            word.clear();
            letters.tempSubStringBetween(begin, end).toUTF8String(word);
            if (!visit(word)) return;
        }
        begin = end;
    }
}

std::vector<std::string> search_words(std::string_view text)
{
    std::set<std::string> made;
    each_word(text, [&made](std::string const& word) {
        made.insert(stem_of(word));
        return made.size() < search_words_max;
    });
    return {made.begin(), made.end()};
}

} // namespace holdfast::app
