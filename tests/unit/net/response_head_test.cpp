#include "server/net/response_head.hpp"

#include <catch2/catch.hpp>

using namespace holdfast::net;

TEST_CASE("an answer says what it is, when, and how long")
{
    response answer;
    answer.status = 201;
    answer.headers.emplace_back("location", "/circles/1");
    answer.body = std::make_shared<std::string const>("made");
    std::string head;
    REQUIRE(write_head(head, answer, {}));
    CHECK(head.starts_with("HTTP/1.1 201 Created\r\nDate: "));
    CHECK(head.find(" GMT\r\nlocation: /circles/1\r\nContent-Length: 4\r\n\r\n") != std::string::npos);
}

TEST_CASE("an answer without a body by its nature gives no length")
{
    for (auto const status : {204U, 304U}) {
        response answer;
        answer.status = status;
        std::string head;
        REQUIRE(write_head(head, answer, {}));
        CHECK(head.find("Content-Length") == std::string::npos);
    }
}

TEST_CASE("HTTP/1.0 is told aloud that the connection stays")
{
    std::string head;
    REQUIRE(write_head(head, response(), {true, false}));
    CHECK(head.find("\r\nConnection: keep-alive\r\n") != std::string::npos);
    head.clear();
    REQUIRE(write_head(head, response(), {true, true}));
    CHECK(head.find("\r\nConnection: close\r\n") != std::string::npos);
}

TEST_CASE("a field can't smuggle a second one in")
{
    for (auto const& value :
         {std::string("a\r\nset-cookie: b"),
          std::string("a\nb"),
          std::string("a\rb"),
          std::string("a\0b", 3)}) {
        response answer;
        answer.headers.emplace_back("location", value);
        std::string head = "before";
        CHECK_FALSE(write_head(head, answer, {}));
        CHECK(head == "before");
    }
}
