// Passphrases (Argon2id through libsodium, INTERACTIVE: 64 MiB, about 0.1 s) and random tokens. Slow on
// purpose: call from a worker pool, never from a network thread.
#pragma once
#include "server/sealing/secret.hpp"

#include <string>
#include <string_view>

namespace holdfast::sealing {

// What it costs to try one passphrase. Less than libsodium's INTERACTIVE is for tests alone.
struct passphrase_cost {
    unsigned long long passes = 0;
    std::size_t memory = 0; // bytes
};
passphrase_cost interactive_cost();

// A key that only the passphrase gives, another one for each salt; null when memory is short, which says
// nothing about the passphrase.
secret_ptr key_of_passphrase(std::string_view passphrase, std::string_view salt, passphrase_cost cost);
std::string random_salt();
std::string nobodys_salt(); // for unknown names: trying one costs what a known one costs

std::string random_token(); // 256 bits, base64url

} // namespace holdfast::sealing
