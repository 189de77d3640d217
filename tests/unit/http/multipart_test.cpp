// Forms with a file, as browsers send them, and what is no such form.
#include "server/http/multipart.hpp"
#include "tests/unit/support/result_text.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;

namespace {
result<http::fields> read(std::string body, std::string type = "multipart/form-data; boundary=b1")
{
    net::request asked;
    asked.headers = {{"content-type", std::move(type)}};
    asked.body = std::move(body);
    return http::multipart_fields(asked);
}

std::string part(std::string const& head, std::string const& content)
{
    return "--b1\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
}
} // namespace

TEST_CASE("a file's bytes come as they are, beside the other fields")
{
    auto const made = read(
        part(R"(name="title")", "Hello") +
        part(
            "name=\"file\"; filename=\"a name=b.json\"\r\nContent-Type: application/json", "{\r\n--b2\r\n}"
        ) +
        "--b1--\r\n"
    );
    REQUIRE(made);
    CHECK(http::field_of(*made, "title") == "Hello");
    CHECK(http::field_of(*made, "file") == "{\r\n--b2\r\n}");
}

TEST_CASE("a boundary may stand in quotes; nothing in a file is nothing")
{
    auto const made =
        read(part(R"(name="file"; filename="")", "") + "--b1--", "multipart/form-data; boundary=\"b1\"");
    REQUIRE(made);
    CHECK(http::field_of(*made, "file").empty());
    CHECK(read("--b1--"));
}

TEST_CASE("what is no such form is refused")
{
    for (auto const* body :
         {"", "--b1", "--b1\r\n", "--b2--", "--b1\r\n\r\n", "--b1\r\nx: y\r\n\r\nnever ends", "hello --b1--"})
        CHECK_FALSE(read(body));
    CHECK_FALSE(read("--b1--", "application/x-www-form-urlencoded"));
    CHECK_FALSE(read("----", "multipart/form-data; boundary="));
    std::string many;
    for (int number = 0; number < 40; ++number)
        many += part("name=\"n\"", "x");
    CHECK_FALSE(read(many + "--b1--"));
}
