// 256 bits that are wiped when nobody needs them any more, and keyed hashes made with them.
#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace holdfast::sealing {

using hash256 = std::array<std::byte, 32>;

// Not copied by accident: shared by pointer, wiped by its destructor.
class secret {
  public:
    static constexpr std::size_t size = 32;
    explicit secret(std::span<std::byte const, size> bytes);
    ~secret();
    secret(secret const&) = delete;
    secret& operator=(secret const&) = delete;

    static std::shared_ptr<secret const> random();
    std::span<std::byte const, size> bytes() const { return bytes_; }

  private:
    std::array<std::byte, size> bytes_;
};
using secret_ptr = std::shared_ptr<secret const>;

// BLAKE2b-256 of the parts, keyed. Each part is preceded by its length, so that parts can't run together.
hash256 keyed_hash(secret const& key, std::initializer_list<std::string_view> parts);
hash256 plain_hash(std::initializer_list<std::string_view> parts); // without a key: the audit chain
secret_ptr derive(secret const& from, std::initializer_list<std::string_view> purpose);

std::string_view as_text(std::span<std::byte const> bytes);

} // namespace holdfast::sealing
