#include "server/sealing/passphrase.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sodium.h>
#include <sys/resource.h>

using namespace holdfast::sealing;

namespace {
std::string bytes_in(secret_ptr const& key)
{
    return std::string(as_text(key->bytes()));
}
} // namespace

TEST_CASE("a passphrase gives a key by Argon2id with at least libsodium's INTERACTIVE cost, another one for "
          "each salt")
{
    auto const cost = interactive_cost();
    CHECK(cost.passes >= crypto_pwhash_OPSLIMIT_INTERACTIVE);
    CHECK(cost.memory >= crypto_pwhash_MEMLIMIT_INTERACTIVE);
    auto const salt = random_salt();
    auto const key = key_of_passphrase("seven quiet lanterns", salt, cost);
    REQUIRE(key);
    std::string wanted(secret::size, '\0');
    REQUIRE(
        crypto_pwhash(
            reinterpret_cast<unsigned char*>(wanted.data()),
            wanted.size(),
            "seven quiet lanterns",
            20,
            reinterpret_cast<unsigned char const*>(salt.data()),
            2,
            64UL << 20,
            crypto_pwhash_ALG_ARGON2ID13
        ) == 0
    );
    CHECK(bytes_in(key) == wanted);
    CHECK(bytes_in(key_of_passphrase("seven quiet lantern", salt, cost)) != wanted);
    CHECK(bytes_in(key_of_passphrase("", salt, cost)) != wanted);
    CHECK(bytes_in(key_of_passphrase("seven quiet lanterns", random_salt(), cost)) != wanted);
    CHECK_FALSE(key_of_passphrase("seven quiet lanterns", "short", cost));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("too little memory is no answer about a passphrase, and ends nothing")
{
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_AS, &before) == 0);
    rlimit const tight{48UL << 20, before.rlim_max};
    auto const salt = random_salt();
    REQUIRE(::setrlimit(RLIMIT_AS, &tight) == 0);
    auto const key = key_of_passphrase("seven quiet lanterns", salt, interactive_cost());
    auto const nobodys = key_of_passphrase("seven quiet lanterns", nobodys_salt(), interactive_cost());
    REQUIRE(::setrlimit(RLIMIT_AS, &before) == 0);
    CHECK_FALSE(key);
    CHECK_FALSE(nobodys);
}
#endif

TEST_CASE("tokens are 256 random bits in letters that a header and a cookie take")
{
    auto const token = random_token();
    CHECK(token.size() == 43);
    CHECK(std::all_of(token.begin(), token.end(), [](unsigned char one) {
        return std::isalnum(one) != 0 || one == '-' || one == '_';
    }));
    CHECK(random_token() != token);
}
