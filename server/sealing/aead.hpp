// Sealing: XChaCha20-Poly1305 (libsodium) with associated data, so that a sealed text that was changed, cut
// or moved to another row, circle or author does not open. Form: 24 bytes nonce, ciphertext, 16 bytes tag.
#pragma once
#include "server/base/sealed_text.hpp"
#include "server/sealing/secret.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::sealing {

// The parts of the associated data are joined unambiguously: each with its length before it.
sealed_text seal(secret const& key, std::initializer_list<std::string_view> where, std::string_view text);
// none when the seal does not hold.
std::optional<std::string>
open(secret const& key, std::initializer_list<std::string_view> where, sealed_text const& sealed);

} // namespace holdfast::sealing
