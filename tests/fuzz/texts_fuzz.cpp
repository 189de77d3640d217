// The shape of texts, and their words as search compares them: any bytes are taken.
#include "server/app/search_words.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace holdfast;
using fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    auto const words = app::search_words(text);
    must(words.size() <= 2000, "not more words than may be");
    for (auto const& one : words)
        must(app::is_utf8(one), "words are text");
    auto const post = app::validate_post({"", std::string(text)}, false);
    if (post)
        must(
            app::is_utf8(text) && app::letters_in(text) <= limits::post_letters_max,
            "a good text is UTF-8 and not too long"
        );
    auto const name = app::validate_nickname(text);
    if (name)
        must(app::is_utf8(text) && app::letters_in(text) <= limits::nickname_letters_max, "so is a name");
    must(
        app::validate_country(text).has_value() ==
            (text.empty() || (text.size() == 2 && std::islower(static_cast<unsigned char>(text[0])) != 0 &&
                              std::islower(static_cast<unsigned char>(text[1])) != 0)),
        "a country is two letters"
    );
    return 0;
}
