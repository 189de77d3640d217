#include "server/sealing/passphrase.hpp"

#include <array>
#include <cstdlib>
#include <sodium.h>

namespace holdfast::sealing {

passphrase_cost interactive_cost()
{
    return {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
}

std::optional<std::string> hash_passphrase(std::string_view passphrase, passphrase_cost cost)
{
    std::array<char, crypto_pwhash_STRBYTES> made{};
    auto const failed = crypto_pwhash_str_alg(
        made.data(),
        passphrase.data(),
        passphrase.size(),
        cost.passes,
        cost.memory,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0) return std::nullopt;
    return std::string(made.data());
}

namespace {
// Libsodium says "another passphrase" also when it gets no memory, so that is asked for first.
bool memory_is_short()
{
    constexpr std::size_t needed = crypto_pwhash_MEMLIMIT_INTERACTIVE + 1024 * 1024;
    void* const volatile tried = std::malloc(needed); // untouched, so it costs next to nothing
    auto const failed = tried == nullptr;
    std::free(tried);
    return failed;
}
} // namespace

std::optional<bool> passphrase_matches(std::string const& hash, std::string_view passphrase)
{
    if (memory_is_short()) return std::nullopt;
    return crypto_pwhash_str_verify(hash.c_str(), passphrase.data(), passphrase.size()) == 0;
}

std::optional<bool> passphrase_matches_nobody(std::string_view passphrase)
{
    // Of a random passphrase that nobody kept, ready-made so that the first unknown name costs no more than
    // the next.
    static std::string const nobody =
        "$argon2id$v=19$m=65536,t=2,p=1$/nqb5+UNMkGbTZt4IbQXmg$fMugGaWLc6bMcuDoz/+bKdq8sUHWvbtKBN4ADmElWtc";
    auto const checked = passphrase_matches(nobody, passphrase);
    if (!checked) return std::nullopt;
    return false;
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
