// Keys: one per owner, wrapped by the host key, and gone for good when they are shredded.
#include "server/sealing/keyring.hpp"

#include "tests/unit/support/folder.hpp"

#include <catch2/catch.hpp>
#include <sys/stat.h>

using namespace holdfast;
using namespace holdfast::sealing;

namespace {
std::string bytes_of(secret_ptr const& key)
{
    return key ? std::string(as_text(key->bytes())) : std::string();
}
} // namespace

TEST_CASE("a wrapped key is unwrapped by the same host key, for the same owner, and by no other")
{
    auto const host = secret::random();
    keyring keys(host);
    auto const wrapped = keys.create("author", "one");
    auto const key = bytes_of(keys.find("author", "one"));
    CHECK(wrapped.find(key) == std::string::npos);

    keyring after_restart(host);
    CHECK_FALSE(after_restart.find("author", "one"));
    CHECK(bytes_of(after_restart.unwrap("author", "one", wrapped)) == key);
    CHECK(bytes_of(after_restart.find("author", "one")) == key);
    CHECK_FALSE(after_restart.unwrap("author", "two", wrapped));
    CHECK_FALSE(after_restart.unwrap("circle", "one", wrapped));
    CHECK_FALSE(after_restart.unwrap("author", "one", wrapped.substr(1)));
    keyring elsewhere(secret::random());
    CHECK_FALSE(elsewhere.unwrap("author", "one", wrapped));
}

TEST_CASE(
    "a forgotten key can be unwrapped again; a shredded one can't, though somebody still holds it wrapped"
)
{
    keyring keys(secret::random());
    auto const wrapped = keys.create("author", "one");
    keys.forget("author", "one");
    CHECK_FALSE(keys.find("author", "one"));
    CHECK(keys.unwrap("author", "one", wrapped));
    keys.shred("author", "one");
    CHECK_FALSE(keys.find("author", "one"));
    CHECK_FALSE(keys.unwrap("author", "one", wrapped));
    CHECK_FALSE(keys.find("author", "one"));
}

TEST_CASE("look-up hashes differ by purpose and by host")
{
    auto const host = secret::random();
    keyring const keys(host);
    CHECK(keys.hash("token", {"x"}) == keyring(host).hash("token", {"x"}));
    CHECK(keys.hash("token", {"x"}) != keys.hash("nickname", {"x"}));
    CHECK(keys.hash("token", {"x"}) != keyring(secret::random()).hash("token", {"x"}));
}

TEST_CASE("the host key is made once, for its owner's eyes alone, and read again")
{
    tests::folder const here;
    auto const path = here / "host.key";
    CHECK_THROWS_WITH(load_host_key(path, false), Catch::Contains("is missing"));
    auto const made = bytes_of(load_host_key(path, true));
    CHECK(bytes_of(load_host_key(path, false)) == made);
    struct stat about {};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    ::chmod(path.c_str(), 0644);
    CHECK_THROWS_WITH(load_host_key(path, false), Catch::Contains("Others can read"));
}

TEST_CASE("a file that is no host key is refused in plain words")
{
    tests::folder const here;
    for (auto const& content : {std::string(), std::string(63, 'a'), std::string(64, 'G')}) {
        auto const path = here / "bad.key";
        std::ofstream(path) << content;
        ::chmod(path.c_str(), 0600);
        CHECK_THROWS_WITH(load_host_key(path, true), Catch::Contains("not 64 hex digits"));
    }
}
