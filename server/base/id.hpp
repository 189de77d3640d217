// Public ids: 128 bits, made by the program, printed as 32 hex digits. One type per kind of thing, so that a
// post's id can't be passed where a circle's is meant.
#pragma once
#include "server/base/clock.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace holdfast {

std::array<std::byte, 16> random_128();
std::array<std::byte, 16> random_128_at(timestamp when);

template <class Kind>
class id {
  public:
    using bytes = std::array<std::byte, 16>;

    id() = default; // all zero: no thing has it
    explicit id(bytes const& value) : bytes_(value) {}
    static id random() { return id(random_128()); }
    // For what is made often and shows when it was made anyway: the milliseconds first, 80 random bits after
    // them, so that the store's indices grow at their end (the idea of RFC 9562's version 7).
    static id random_at(timestamp when) { return id(random_128_at(when)); }
    static std::optional<id> parse(std::string_view hex); // 32 lower-case hex digits, else none
    static std::optional<id> from(std::span<std::byte const> raw)
    {
        if (raw.size() != 16) return std::nullopt;
        id made;
        std::memcpy(made.bytes_.data(), raw.data(), 16);
        return made;
    }

    std::string text() const;
    bytes const& raw() const { return bytes_; }
    bool is_set() const { return bytes_ != bytes{}; }
    friend auto operator<=>(id const&, id const&) = default;

  private:
    bytes bytes_{};
};

std::string hex_of(std::span<std::byte const> bytes);
bool bytes_of_hex(std::string_view hex, std::span<std::byte> out); // lower case only; sizes must fit

template <class Kind>
std::optional<id<Kind>> id<Kind>::parse(std::string_view hex)
{
    id made;
    if (!bytes_of_hex(hex, made.bytes_)) return std::nullopt;
    return made;
}

template <class Kind>
std::string id<Kind>::text() const
{
    return hex_of(bytes_);
}

using account_id = id<struct account_kind>;
using session_id = id<struct session_kind>;
using circle_id = id<struct circle_kind>;
using thread_id = id<struct thread_kind>;
using post_id = id<struct post_kind>;
using version_id = id<struct version_kind>;
using decision_id = id<struct decision_kind>;
using review_item_id = id<struct review_item_kind>;
using application_id = id<struct application_kind>;
using alarm_id = id<struct alarm_kind>; // the same bits as the review item's that it is about
using duty_id = id<struct duty_kind>;
using talk_id = id<struct talk_kind>;
using concern_id = id<struct concern_kind>;
using follow_up_id = id<struct follow_up_kind>;
using private_id = id<struct private_text_kind>;
using note_id = id<struct note_kind>;
using limit_id = id<struct limit_kind>;
using rule_change_id = id<struct rule_change_kind>;
using notice_id = id<struct notice_kind_tag>;
using about_id = id<struct about_kind>; // the bits of whatever a notice is about

} // namespace holdfast

template <class Kind>
struct std::hash<holdfast::id<Kind>> {
    std::size_t operator()(holdfast::id<Kind> const& value) const noexcept
    {
        std::size_t taken; // the last bytes are random, so they are a hash
        std::memcpy(&taken, value.raw().data() + 16 - sizeof taken, sizeof taken);
        return taken;
    }
};
