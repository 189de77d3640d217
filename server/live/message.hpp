// What a live client says: one JSON object, strictly. Pure.
#pragma once
#include "server/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace holdfast::live {

struct message {
    std::string subscribe; // one of these two is set
    std::string unsubscribe;
    std::optional<std::int64_t> after; // not negative
};

result<message> parse_message(std::string const& text); // bad_request

} // namespace holdfast::live
