// A list of one's own private writing, a part at a time.
#pragma once
#include "server/api/decode.hpp"
#include "server/app/space/space.hpp"

#include <optional>
#include <string>
#include <vector>

namespace holdfast::api {

struct private_part {
    std::vector<app::private_text> texts;
    std::optional<std::string> next;
};
// Of what is newest first: a cursor stays good when the record that it names was deleted. invalid: no cursor
// of ours.
result<private_part> part_of(std::vector<app::private_text> const& all, page_asked const& page);

} // namespace holdfast::api
