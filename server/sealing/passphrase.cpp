#include "server/sealing/passphrase.hpp"

#include <array>
#include <new>
#include <sodium.h>

namespace holdfast::sealing {

std::string hash_passphrase(std::string_view passphrase)
{
    std::array<char, crypto_pwhash_STRBYTES> made{};
    auto const failed = crypto_pwhash_str_alg(
        made.data(),
        passphrase.data(),
        passphrase.size(),
        crypto_pwhash_OPSLIMIT_INTERACTIVE,
        crypto_pwhash_MEMLIMIT_INTERACTIVE,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0) throw std::bad_alloc();
    return made.data();
}

bool passphrase_matches(std::string const& hash, std::string_view passphrase)
{
    return crypto_pwhash_str_verify(hash.c_str(), passphrase.data(), passphrase.size()) == 0;
}

bool passphrase_matches_nobody(std::string_view passphrase)
{
    static auto const nobody = hash_passphrase(random_token());
    passphrase_matches(nobody, passphrase);
    return false;
}

std::string random_token()
{
    std::array<unsigned char, 32> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text;
    sodium_bin2base64(
        text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING
    );
    return text.data();
}

} // namespace holdfast::sealing
