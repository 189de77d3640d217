#include "server/sealing/secret.hpp"

#include <algorithm>
#include <cstdint>
#include <sodium.h>
#include <stdexcept>

namespace holdfast::sealing {

namespace {
unsigned char const* unsigned_bytes(std::byte const* bytes)
{
    return reinterpret_cast<unsigned char const*>(bytes);
}
unsigned char const* unsigned_bytes(char const* bytes)
{
    return reinterpret_cast<unsigned char const*>(bytes);
}

hash256 hash(std::span<std::byte const> key, std::initializer_list<std::string_view> parts)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, unsigned_bytes(key.data()), key.size(), 32);
    for (auto const part : parts) {
        std::uint64_t const length = part.size();
        crypto_generichash_update(&state, reinterpret_cast<unsigned char const*>(&length), sizeof length);
        crypto_generichash_update(&state, unsigned_bytes(part.data()), part.size());
    }
    hash256 made;
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(made.data()), made.size());
    return made;
}
} // namespace

secret::secret(std::span<std::byte const, size> bytes)
{
    std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

secret::~secret()
{
    sodium_memzero(bytes_.data(), bytes_.size());
}

std::shared_ptr<secret const> secret::random()
{
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    std::array<std::byte, size> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    auto made = std::make_shared<secret const>(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return made;
}

hash256 keyed_hash(secret const& key, std::initializer_list<std::string_view> parts)
{
    return hash(key.bytes(), parts);
}

hash256 plain_hash(std::initializer_list<std::string_view> parts)
{
    return hash({}, parts);
}

secret_ptr derive(secret const& from, std::initializer_list<std::string_view> purpose)
{
    auto bytes = keyed_hash(from, purpose);
    auto made = std::make_shared<secret const>(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return made;
}

std::string_view as_text(std::span<std::byte const> bytes)
{
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

} // namespace holdfast::sealing
