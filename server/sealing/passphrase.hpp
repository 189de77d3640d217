// Passphrases (Argon2id through libsodium, INTERACTIVE: 64 MiB, about 0.1 s) and random tokens. Slow on
// purpose: call from a worker pool, never from a network thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::sealing {

// Libsodium's string form. None when memory is short, here and below: that says nothing about a passphrase.
std::optional<std::string> hash_passphrase(std::string_view passphrase);
std::optional<bool> passphrase_matches(std::string const& hash, std::string_view passphrase);
// For unknown names: costs what a real check costs, and is never true.
std::optional<bool> passphrase_matches_nobody(std::string_view passphrase);

std::string random_token(); // 256 bits, base64url

} // namespace holdfast::sealing
