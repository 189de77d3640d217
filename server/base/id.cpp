#include "server/base/id.hpp"

#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <sys/random.h>

namespace holdfast {

std::array<std::byte, 16> random_128()
{
    std::array<std::byte, 16> made;
    std::size_t filled = 0;
    while (filled < made.size()) {
        auto const got = getrandom(made.data() + filled, made.size() - filled, 0);
        if (got < 0 && errno != EINTR) throw std::runtime_error("the system gives no random bytes");
        if (got > 0) filled += static_cast<std::size_t>(got);
    }
    return made;
}

std::array<std::byte, 16> random_128_at(timestamp when)
{
    auto made = random_128();
    auto const millis = static_cast<std::uint64_t>(when.time_since_epoch().count());
    for (std::size_t at = 0; at < 6; ++at)
        made[at] = static_cast<std::byte>(millis >> (8 * (5 - at)));
    return made;
}

std::string hex_of(std::span<std::byte const> bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (auto const byte : bytes) {
        auto const value = std::to_integer<unsigned>(byte);
        text += digits[value >> 4];
        text += digits[value & 15];
    }
    return text;
}

namespace {
int value_of(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}
} // namespace

bool bytes_of_hex(std::string_view hex, std::span<std::byte> out)
{
    if (hex.size() != out.size() * 2) return false;
    for (std::size_t at = 0; at < out.size(); ++at) {
        auto const high = value_of(hex[2 * at]);
        auto const low = value_of(hex[2 * at + 1]);
        if (high < 0 || low < 0) return false;
        out[at] = static_cast<std::byte>(high << 4 | low);
    }
    return true;
}

} // namespace holdfast
