#include "server/sealing/passphrase.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sys/resource.h>

using namespace holdfast::sealing;

TEST_CASE("a passphrase is kept as Argon2id with at least libsodium's INTERACTIVE cost")
{
    auto const hash = hash_passphrase("seven quiet lanterns", interactive_cost());
    REQUIRE(hash);
    CHECK(hash->starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    CHECK(hash->find("lantern") == std::string::npos);
    CHECK(passphrase_matches(*hash, "seven quiet lanterns") == true);
    CHECK(passphrase_matches(*hash, "seven quiet lantern") == false);
    CHECK(passphrase_matches(*hash, "") == false);
    CHECK(hash_passphrase("seven quiet lanterns", interactive_cost()) != hash);
}

TEST_CASE("no passphrase opens an erased account or nobody's")
{
    CHECK(passphrase_matches("", "") == false);
    CHECK(passphrase_matches_nobody("") == false);
    CHECK(passphrase_matches_nobody("seven quiet lanterns") == false);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("too little memory is no answer about a passphrase, and ends nothing")
{
    auto const hash = hash_passphrase("seven quiet lanterns", interactive_cost());
    REQUIRE(hash);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_AS, &before) == 0);
    rlimit const tight{48UL << 20, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_AS, &tight) == 0);
    auto const hashed = hash_passphrase("seven quiet lanterns", interactive_cost());
    auto const matched = passphrase_matches(*hash, "seven quiet lanterns");
    auto const nobody = passphrase_matches_nobody("seven quiet lanterns");
    REQUIRE(::setrlimit(RLIMIT_AS, &before) == 0);
    CHECK_FALSE(hashed.has_value());
    CHECK_FALSE(matched.has_value());
    CHECK_FALSE(nobody.has_value());
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
