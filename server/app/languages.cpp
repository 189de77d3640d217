#include "server/app/languages.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace holdfast::app {

namespace {
// CLDR's plural forms for whole numbers, of the languages that we have.
std::string_view plural_of(std::string_view code, std::int64_t count)
{
    if (code != "ar") return count == 1 ? "_one" : "_other";
    if (count == 0) return "_zero";
    if (count == 1) return "_one";
    if (count == 2) return "_two";
    auto const rest = count % 100;
    if (rest >= 3 && rest <= 10) return "_few";
    return rest >= 11 ? "_many" : "_other";
}
} // namespace

std::string_view known_code(std::string_view wanted)
{
    auto const* const found =
        std::find_if(known_languages.begin(), known_languages.end(), [&](auto const& one) {
            return one.code == wanted;
        });
    return found == known_languages.end() ? std::string_view() : found->code;
}

language::language(std::string_view code, language_files files) : code_(code)
{
    auto const name = "locales/" + std::string(code) + ".json";
    for (auto const& [file, content] : files) {
        if (file != name) continue;
        auto const read = boost::json::parse(boost::json::string_view(content.data(), content.size()));
        for (auto const& [english, words] : read.as_object())
            words_.emplace(std::string(english), std::string(words.as_string()));
    }
}

std::string language::words_for(phrase const& wanted) const
{
    if (!wanted.is_counted) {
        auto const found = words_.find(wanted.english);
        return found == words_.end() ? std::string(wanted.english) : found->second;
    }
    auto const found = words_.find(std::string(wanted.english) + std::string(plural_of(code_, wanted.count)));
    if (found != words_.end()) return found->second;
    return std::string(wanted.count == 1 ? wanted.one : wanted.english);
}

std::string language::text_of(std::string_view said) const
{
    return spoken(said, [this](phrase const& wanted) { return words_for(wanted); });
}

languages::languages(language_files files)
{
    for (auto const& one : known_languages)
        all_.emplace_back(one.code, files);
}

language const& languages::in(std::string_view code) const
{
    auto const found =
        std::find_if(all_.begin(), all_.end(), [&](auto const& one) { return one.code() == code; });
    return found == all_.end() ? all_.front() : *found;
}

} // namespace holdfast::app
