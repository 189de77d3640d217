// Words of ours, written in English where they are said, and put into the reader's language where they are
// shown. say() marks them; a page puts each marked phrase into its language, everything else (the API, an
// export) into English. The mark is new in each process, so that nothing that a member writes can look like
// one.
#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace holdfast {

// What stands at {name} in a phrase: a number, a nickname, another phrase. Never translated by itself.
using blanks = std::initializer_list<std::pair<std::string_view, std::string>>;

std::string say(std::string_view english, blanks values = {});
// A phrase with a number in it, at {count}: languages have up to six forms, English two.
std::string say_count(std::int64_t count, std::string_view one, std::string_view many, blanks values = {});

// A phrase as it was marked. `is_counted`: it is the form for many, and has to be found for `count`.
struct phrase {
    std::string_view english;
    bool is_counted = false;
    std::int64_t count = 0;
    std::string_view one; // in English
};
using phrase_finder = std::function<std::string(phrase const&)>;

bool has_phrases(std::string_view text);
std::string
spoken(std::string_view text, phrase_finder const& find); // each mark replaced by what `find` gives
std::string in_english(std::string_view text);

} // namespace holdfast
