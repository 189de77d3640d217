#include "server/sealing/aead.hpp"

#include <cstdint>
#include <cstring>
#include <sodium.h>

namespace holdfast::sealing {

namespace {
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char* raw(char* bytes)
{
    return reinterpret_cast<unsigned char*>(bytes);
}
unsigned char const* raw(char const* bytes)
{
    return reinterpret_cast<unsigned char const*>(bytes);
}
unsigned char const* raw(secret const& key)
{
    return reinterpret_cast<unsigned char const*>(key.bytes().data());
}

std::string joined(std::initializer_list<std::string_view> where)
{
    std::string made;
    for (auto const part : where) {
        std::uint64_t const length = part.size();
        made.append(reinterpret_cast<char const*>(&length), sizeof length);
        made.append(part);
    }
    return made;
}
} // namespace

sealed_text seal(secret const& key, std::initializer_list<std::string_view> where, std::string_view text)
{
    auto const data = joined(where);
    sealed_text made;
    made.bytes.resize(nonce_size + text.size() + tag_size);
    randombytes_buf(made.bytes.data(), nonce_size);
    unsigned long long written = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        raw(made.bytes.data() + nonce_size),
        &written,
        raw(text.data()),
        text.size(),
        raw(data.data()),
        data.size(),
        nullptr,
        raw(made.bytes.data()),
        raw(key)
    );
    made.bytes.resize(nonce_size + written);
    return made;
}

std::optional<std::string>
open(secret const& key, std::initializer_list<std::string_view> where, sealed_text const& sealed)
{
    if (sealed.bytes.size() < nonce_size + tag_size) return std::nullopt;
    auto const data = joined(where);
    std::string text(sealed.bytes.size() - nonce_size - tag_size, '\0');
    unsigned long long written = 0;
    auto const failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        raw(text.data()),
        &written,
        nullptr,
        raw(sealed.bytes.data() + nonce_size),
        sealed.bytes.size() - nonce_size,
        raw(data.data()),
        data.size(),
        raw(sealed.bytes.data()),
        raw(key)
    );
    if (failed != 0) return std::nullopt;
    return text;
}

} // namespace holdfast::sealing
