// A sealed text opens only as it was sealed: in its row, whole, by the key of its author and circle.
#include "server/sealing/aead.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::sealing;

TEST_CASE("what was sealed opens with the same key in the same place")
{
    auto const key = secret::random();
    for (auto const& text :
         {std::string(), std::string("words"), std::string(100'000, 'x'), std::string("a\0b", 3)}) {
        CHECK(open(*key, {"post", "1"}, seal(*key, {"post", "1"}, text)) == text);
    }
}

TEST_CASE("it shows nothing of the text but its length, and never looks the same twice")
{
    auto const key = secret::random();
    auto const one = seal(*key, {"post"}, "the very same words");
    auto const two = seal(*key, {"post"}, "the very same words");
    CHECK(one != two);
    CHECK(one.bytes.find("same") == std::string::npos);
    CHECK(one.bytes.size() == 24 + 19 + 16);
}

TEST_CASE("moved to another row, circle, author or version it does not open")
{
    auto const key = secret::random();
    auto const sealed = seal(*key, {"post_version", "post", "circle", "author", "1"}, "words");
    CHECK(open(*key, {"post_version", "post", "circle", "author", "1"}, sealed));
    CHECK_FALSE(open(*key, {"decision", "post", "circle", "author", "1"}, sealed));
    CHECK_FALSE(open(*key, {"post_version", "other", "circle", "author", "1"}, sealed));
    CHECK_FALSE(open(*key, {"post_version", "post", "other", "author", "1"}, sealed));
    CHECK_FALSE(open(*key, {"post_version", "post", "circle", "other", "1"}, sealed));
    CHECK_FALSE(open(*key, {"post_version", "post", "circle", "author", "2"}, sealed));
    CHECK_FALSE(open(*key, {"post_version", "post", "circle", "author"}, sealed));
}

TEST_CASE("the parts of the place can't run together")
{
    auto const key = secret::random();
    auto const sealed = seal(*key, {"ab", "c"}, "words");
    CHECK_FALSE(open(*key, {"a", "bc"}, sealed));
    CHECK_FALSE(open(*key, {"abc"}, sealed));
    CHECK_FALSE(open(*key, {"ab", "c", ""}, sealed));
}

TEST_CASE("cut anywhere or with any bit flipped it does not open")
{
    auto const key = secret::random();
    auto const sealed = seal(*key, {"post"}, "a few words");
    for (std::size_t size = 0; size < sealed.bytes.size(); ++size) {
        CHECK_FALSE(open(*key, {"post"}, sealed_text{sealed.bytes.substr(0, size)}));
    }
    for (std::size_t bit = 0; bit < sealed.bytes.size() * 8; ++bit) {
        auto flipped = sealed;
        flipped.bytes[bit / 8] = static_cast<char>(flipped.bytes[bit / 8] ^ (1 << bit % 8));
        CHECK_FALSE(open(*key, {"post"}, flipped));
    }
    CHECK_FALSE(open(*key, {"post"}, sealed_text{sealed.bytes + '\0'}));
}

TEST_CASE("another key does not open it")
{
    auto const sealed = seal(*secret::random(), {"post"}, "words");
    CHECK_FALSE(open(*secret::random(), {"post"}, sealed));
}

TEST_CASE("derived keys and keyed hashes differ by key, purpose and how the parts are cut")
{
    auto const key = secret::random();
    CHECK(keyed_hash(*key, {"a", "b"}) == keyed_hash(*key, {"a", "b"}));
    CHECK(keyed_hash(*key, {"a", "b"}) != keyed_hash(*key, {"ab"}));
    CHECK(keyed_hash(*key, {"a"}) != keyed_hash(*secret::random(), {"a"}));
    CHECK(as_text(derive(*key, {"search"})->bytes()) != as_text(derive(*key, {"text"})->bytes()));
}
