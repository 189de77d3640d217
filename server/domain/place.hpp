// A place in a list that goes by time: what comes next is found from it, also when what stood there is gone.
#pragma once
#include "server/base/clock.hpp"

#include <algorithm>
#include <charconv>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::domain {

template <class Id>
struct place {
    timestamp at;
    Id id; // several can have the same millisecond

    std::string text() const { return std::to_string(at.time_since_epoch().count()) + "." + id.text(); }
    static std::optional<place> parse(std::string_view text)
    {
        auto const dot = std::min(text.find('.'), text.size());
        std::int64_t at = 0;
        auto const [rest, failed] = std::from_chars(text.data(), text.data() + dot, at);
        auto const id = Id::parse(text.substr(std::min(dot + 1, text.size())));
        if (failed != std::errc() || rest != text.data() + dot || at < 0 || !id) return std::nullopt;
        return place{timestamp(std::chrono::milliseconds(at)), *id};
    }
    friend auto operator<=>(place const&, place const&) = default;
};

} // namespace holdfast::domain
