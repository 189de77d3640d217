#include "server/app/search/search_words.hpp"

#include <algorithm>
#include <libstemmer.h>
#include <memory>
#include <set>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace holdfast::app {

namespace {
constexpr std::size_t words_max = 2000;

struct stemmer_closer {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

std::string stemmed(sb_stemmer* stemmer, std::string const& word)
{
    auto const* const made = sb_stemmer_stem(
        stemmer, reinterpret_cast<sb_symbol const*>(word.data()), static_cast<int>(word.size())
    );
    if (made == nullptr) return word;
    return {reinterpret_cast<char const*>(made), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
}

icu::UnicodeString folded(std::string_view text)
{
    auto failed = U_ZERO_ERROR;
    auto const* const fold = icu::Normalizer2::getNFKCCasefoldInstance(failed);
    auto const raw = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
    return U_SUCCESS(failed) ? fold->normalize(raw, failed) : raw;
}
} // namespace

std::vector<std::string> search_words(std::string_view text)
{
    static thread_local std::unique_ptr<sb_stemmer, stemmer_closer> const stemmer(
        sb_stemmer_new("english", nullptr)
    );
    auto failed = U_ZERO_ERROR;
    static thread_local std::unique_ptr<icu::BreakIterator> const words(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), failed)
    );
    if (!words) return {};
    auto const letters = folded(text);
    words->setText(letters);
    std::set<std::string> made;
    auto begin = words->first();
    for (auto end = words->next(); end != icu::BreakIterator::DONE && made.size() < words_max;
         end = words->next()) {
        if (words->getRuleStatus() != UBRK_WORD_NONE) {
            std::string word;
            letters.tempSubStringBetween(begin, end).toUTF8String(word);
            made.insert(stemmed(stemmer.get(), word));
        }
        begin = end;
    }
    return {made.begin(), made.end()};
}

} // namespace holdfast::app
