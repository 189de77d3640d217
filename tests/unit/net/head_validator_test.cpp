// What a proxy in front and this server could read differently is refused before anything else looks at it.
#include "server/net/head_validator.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace holdfast::net;
using namespace std::string_literals;

namespace {
unsigned status_of(std::string const& head)
{
    return validate_head(head).status;
}
std::string with(std::string const& fields)
{
    return "POST /x HTTP/1.1\r\nHost: a.example\r\n" + fields + "\r\n";
}
std::string asking(std::string const& line)
{
    return line + "\r\nHost: a.example\r\n\r\n";
}
} // namespace

TEST_CASE("ordinary requests pass")
{
    for (auto const& head : {
             asking("GET / HTTP/1.1"),
             asking("GET /a/b%20c?d=e&f=%C3%A9 HTTP/1.1"),
             asking("GET /a?b=c/d?e:@!$&'()*+,;=-._~[] HTTP/1.1"),
             asking("DELETE /x HTTP/1.1"),
             asking("OPTIONS * HTTP/1.1"),
             asking("GET http://a.example/x?y HTTP/1.1"),
             asking("GET HTTP://A.Example HTTP/1.1"),
             "GET / HTTP/1.0\r\n\r\n"s,
             "GET / HTTP/1.1\r\nhOsT: [::1]:8080\r\n\r\n"s,
             "GET / HTTP/1.1\r\nHost:127.0.0.1:80\r\n\r\n"s,
             with("Content-Length: 0\r\n"),
             with("Content-Length:\t 12 \r\n"),
             with("Transfer-Encoding: Chunked\r\n"),
             with("Expect: 100-Continue\r\n"),
             with("X: \xC3\xA9 and a\ttab\r\nEmpty:\r\n"),
             with("Cookie: a=b\r\nCookie: c=d\r\n"),
         }) {
        INFO(head);
        CHECK(status_of(head) == 0);
    }
}

TEST_CASE("a head whose lines could be counted in two ways is refused")
{
    for (auto const& head : {
             "GET / HTTP/1.1\nHost: a\n\n"s,
             "GET / HTTP/1.1\r\nHost: a\n\r\n"s,
             with("A: b\rB: c\r\n"),
             with("A: b\r\r\n"),
             with("A: b\nTransfer-Encoding: chunked\r\n"),
             with("A: b\0c\r\n"s),
             "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"s,
             with("A: b\r\n folded\r\n"),
             with("A: b\r\n\tfolded\r\n"),
             "GET / HTTP/1.1\r\n Host: a\r\n\r\n"s,
             with("\r\nA: b\r\n"),
             "\r\n\r\n"s,
             "GET / HTTP/1.1\r\nHost: a"s,
             ""s,
         }) {
        INFO(head);
        CHECK(status_of(head) == 400);
    }
}

TEST_CASE("a request line has one shape")
{
    for (auto const& line :
         {"GET /",
          "GET  / HTTP/1.1",
          "GET / HTTP/1.1 ",
          " GET / HTTP/1.1",
          "GET\t/\tHTTP/1.1",
          "GET / x HTTP/1.1",
          "GE(T / HTTP/1.1",
          "GET x HTTP/1.1",
          "GET /a#b HTTP/1.1",
          "GET /\xC3\xA9 HTTP/1.1",
          "GET /% HTTP/1.1",
          "GET /%2 HTTP/1.1",
          "GET /%zz HTTP/1.1",
          "GET /\"a HTTP/1.1",
          "GET /a\\b HTTP/1.1",
          "GET /<script> HTTP/1.1",
          "GET * HTTP/1.1",
          "GET a.example:80 HTTP/1.1",
          "GET ftp://a.example/ HTTP/1.1",
          "GET http:///x HTTP/1.1",
          "GET http://other.example/ HTTP/1.1",
          "GET http://me@a.example/ HTTP/1.1",
          "GET http://a.example?x HTTP/1.1",
          "GET / http/1.1",
          "GET / HTTP/1.1x",
          "GET / HTTP/11",
          "GET / HTTP/1,1",
          "GET / HTTPS/1.1",
          "GET / HTTP /1.1"}) {
        INFO(line);
        CHECK(status_of(asking(line)) == 400);
    }
}

TEST_CASE("what is well formed but not spoken here has its own answer")
{
    CHECK(status_of(asking("GET / HTTP/2.0")) == 505);
    CHECK(status_of(asking("GET / HTTP/0.9")) == 505);
    CHECK(status_of(asking("GET / HTTP/1.2")) == 505);
    CHECK(status_of("PRI * HTTP/2.0\r\n\r\n") == 505);
    CHECK(status_of(asking("CONNECT a.example:443 HTTP/1.1")) == 501);
    CHECK(status_of(asking("TRACE / HTTP/1.1")) == 501);
    CHECK(status_of(asking(std::string(21, 'A') + " / HTTP/1.1")) == 501);
    CHECK(status_of(asking("GET /" + std::string(9000, 'a') + " HTTP/1.1")) == 414);
    CHECK(status_of(with("Expect: 200-ok\r\n")) == 417);
    std::string many;
    for (int made = 0; made < 101; ++made)
        many += "A: b\r\n";
    CHECK(status_of(with(many)) == 431);
}

TEST_CASE("there is one host, and it looks like one")
{
    CHECK(status_of("GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(status_of(with("Host: a.example\r\n")) == 400);
    CHECK(status_of("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n") == 400);
    for (auto const& host :
         {"",
          "a b",
          "a/b",
          "a@b",
          "a,b",
          "a:b",
          "a:1:2",
          "a:123456",
          ":80",
          "[::1",
          "[]",
          "[::1]x",
          "[g]",
          "a?b",
          "a\\b",
          "a%41"}) {
        INFO(host);
        CHECK(status_of("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n") == 400);
    }
    CHECK(status_of("GET / HTTP/1.1\r\nHost: " + std::string(300, 'a') + "\r\n\r\n") == 400);
}

TEST_CASE("a field is a name, a colon and a value")
{
    for (auto const& field :
         {"A",
          "A b",
          ": x",
          "A : x",
          "A\t: x",
          "A(: x",
          "\"A\": x",
          "A\xC3\xA9: x",
          "A: \x7F",
          "A: \x01",
          "A: \x1b[0m",
          "A@: x",
          "A/: x"}) {
        INFO(field);
        CHECK(status_of(with(std::string(field) + "\r\n")) == 400);
    }
}

TEST_CASE("the body's length is given once, in one way")
{
    for (auto const& fields :
         {"Content-Length: 5\r\nContent-Length: 5\r\n",
          "Content-Length: 5\r\nContent-Length: 6\r\n",
          "Content-Length: 5, 5\r\n",
          "Content-Length: +5\r\n",
          "Content-Length: -5\r\n",
          "Content-Length: 0x5\r\n",
          "Content-Length: 5.0\r\n",
          "Content-Length: 5 5\r\n",
          "Content-Length:\r\n",
          "Content-Length: five\r\n",
          "Content-Length: 18446744073709551617\r\n",
          "Content-Length : 5\r\n",
          "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding : chunked\r\n",
          "Transfer-Encoding:\x0b"
          "chunked\r\n"}) {
        INFO(fields);
        CHECK(status_of(with(fields)) == 400);
    }
    for (auto const& coding :
         {"",
          "identity",
          "gzip",
          "xchunked",
          "chunked, chunked",
          "gzip, chunked",
          "chunked, gzip",
          "chunked;q=1",
          "\"chunked\"",
          "chunked,",
          ",chunked",
          "chunked identity"}) {
        INFO(coding);
        CHECK(status_of(with("Transfer-Encoding: " + std::string(coding) + "\r\n")) == 501);
    }
    CHECK(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == 400);
}

TEST_CASE("fields that decide who asks and what for come once")
{
    for (auto const& name :
         {"Authorization", "Origin", "Sec-Fetch-Site", "Idempotency-Key", "Content-Type"}) {
        INFO(name);
        auto const field = std::string(name) + ": a\r\n";
        CHECK(status_of(with(field)) == 0);
        CHECK(status_of(with(field + field)) == 400);
    }
}

TEST_CASE("the end of a head is found wherever it is cut")
{
    auto const head = with("A: b\r\n");
    for (std::size_t cut = 0; cut < head.size(); ++cut) {
        auto const first = find_head_end(head.substr(0, cut), 0);
        CHECK(first.length == 0);
        CHECK_FALSE(first.is_broken);
        auto const second = find_head_end(head + "next", cut);
        CHECK(second.length == head.size());
    }
}

TEST_CASE("a line that can't end well any more is noticed at once")
{
    CHECK(find_head_end("GET / HTTP/1.1\n", 0).is_broken);
    CHECK(find_head_end("\n", 0).is_broken);
    CHECK(find_head_end("GET / HTTP/1.1\r\nA: b\n", 16).is_broken);
}

TEST_CASE("a target with a host in it is read as its path")
{
    CHECK(origin_form("/a?b") == "/a?b");
    CHECK(origin_form("*") == "*");
    CHECK(origin_form("http://a.example/b?c") == "/b?c");
    CHECK(origin_form("https://a.example") == "/");
    CHECK(origin_form("/http://a.example/b") == "/http://a.example/b");
}
