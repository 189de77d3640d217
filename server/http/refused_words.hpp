// Words that came with a request which was refused, whatever for: because of what they are, of who asks, or
// because they must wait. Nobody keeps them; but a cry for help among them is heard, and whoever wrote it is
// shown care with the refusal.
#pragma once
#include "server/domain/care.hpp"
#include "server/http/router.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::http {

struct refused_words {
    std::string all;     // what the screen hears
    std::string longest; // of the fields: what a person would miss
};
// Without passphrases and codes. Of a longer text its beginning.
refused_words words_of(net::request const& asked, std::size_t heard_max);

std::optional<domain::care> care_for_refused(context const& asked, refused_words const& words);
void put_care(net::response& problem, domain::care const& care);

} // namespace holdfast::http
