// Passphrases (Argon2id through libsodium, INTERACTIVE: 64 MiB, about 0.1 s) and random tokens. Slow on
// purpose: call from a worker pool, never from a network thread.
#pragma once
#include <string>
#include <string_view>

namespace holdfast::sealing {

std::string hash_passphrase(std::string_view passphrase); // libsodium's string form; throws when memory is short
bool passphrase_matches(std::string const& hash, std::string_view passphrase);
// For unknown names: costs what a real check costs, and is always false.
bool passphrase_matches_nobody(std::string_view passphrase);

std::string random_token(); // 256 bits, base64url

} // namespace holdfast::sealing
