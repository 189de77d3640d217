#include "server/sealing/passphrase.hpp"

#include <array>
#include <sodium.h>

namespace holdfast::sealing {

passphrase_cost interactive_cost()
{
    return {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
}

secret_ptr key_of_passphrase(std::string_view passphrase, std::string_view salt, passphrase_cost cost)
{
    if (salt.size() != crypto_pwhash_SALTBYTES) return nullptr;
    std::array<std::byte, secret::size> bytes;
    auto const failed = crypto_pwhash(
        reinterpret_cast<unsigned char*>(bytes.data()),
        bytes.size(),
        passphrase.data(),
        passphrase.size(),
        reinterpret_cast<unsigned char const*>(salt.data()),
        cost.passes,
        cost.memory,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0) return nullptr;
    auto made = std::make_shared<secret const>(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return made;
}

std::string random_salt()
{
    std::string made(crypto_pwhash_SALTBYTES, '\0');
    randombytes_buf(made.data(), made.size());
    return made;
}

std::string nobodys_salt()
{
    return std::string(crypto_pwhash_SALTBYTES, '\0');
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
