// Passphrases (Argon2id through libsodium, INTERACTIVE: 64 MiB, about 0.1 s) and random tokens. Slow on
// purpose: call from a worker pool, never from a network thread.
#pragma once
#include "server/sealing/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace holdfast::sealing {

// What it costs to try one passphrase. Less than libsodium's INTERACTIVE is for tests alone.
struct passphrase_cost {
    unsigned long long passes = 0;
    std::size_t memory = 0; // bytes
};
passphrase_cost interactive_cost();

// Libsodium's string form. None when memory is short, here and below: that says nothing about a passphrase.
std::optional<std::string> hash_passphrase(std::string_view passphrase, passphrase_cost cost);
std::optional<bool> passphrase_matches(std::string const& hash, std::string_view passphrase);
// For unknown names: costs what a real check costs, and is never true.
std::optional<bool> passphrase_matches_nobody(std::string_view passphrase);

// A key that only the passphrase gives, another one for each salt; null when memory is short. It has nothing
// in common with the hash above.
secret_ptr key_of_passphrase(std::string_view passphrase, std::string_view salt, passphrase_cost cost);
std::string random_salt();

std::string random_token(); // 256 bits, base64url

} // namespace holdfast::sealing
