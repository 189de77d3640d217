// What a browser, a program or an attacker at the other end of a socket can rely on.
#include "server/base/limits.hpp"
#include "tests/unit/net/server_under_test.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace holdfast;
using namespace holdfast::net;
using namespace holdfast::net::test;
using namespace std::chrono_literals;

namespace {
server_options impatient(server_times times)
{
    auto made = on_any_port();
    made.times = times;
    return made;
}

task<response> fail(std::shared_ptr<request>)
{
    throw std::runtime_error("a secret detail");
    co_return response();
}

task<response> break_out(std::shared_ptr<request>)
{
    response made;
    made.headers.emplace_back("location", "/a\r\nset-cookie: b=c");
    co_return made;
}

task<response> no_content(std::shared_ptr<request>)
{
    response made;
    made.status = 204;
    co_return made;
}

task<response> shared_between(std::shared_ptr<request>)
{
    response made;
    made.lead = "mine, ";
    made.body = std::make_shared<std::string const>("everybody's");
    made.tail = ", mine again";
    co_return made;
}

void check_refused(answer const& refused, unsigned status)
{
    CHECK(refused.status == status);
    CHECK(refused.has("content-type: application/problem+json\r\n"));
    CHECK(refused.has("Connection: close\r\n"));
    CHECK(refused.body.find("\"status\":" + std::to_string(status)) != std::string::npos);
}
} // namespace

TEST_CASE("one connection carries many requests, in order, however they are cut")
{
    running_server server;
    raw_client client(server.port());
    SECTION("one after another")
    {
        for (auto const& target : {"/a", "/b?c", "/d"}) {
            client.send(get(target));
            auto const made = client.read_answer();
            CHECK(made.status == 200);
            CHECK(made.has("echo-target: " + std::string(target) + "\r\n"));
            CHECK(made.has("\r\nDate: "));
        }
    }
    SECTION("all at once")
    {
        client.send(
            get("/a") + "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" +
            "PUT /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n" + get("/d")
        );
        CHECK(client.read_answer().has("echo-target: /a"));
        auto const second = client.read_answer();
        CHECK(second.has("echo-method: POST"));
        CHECK(second.body == "hello");
        CHECK(client.read_answer().body == "hi");
        CHECK(client.read_answer().has("echo-target: /d"));
    }
    SECTION("byte by byte")
    {
        client.send_byte_by_byte(
            get("/a") + "POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" +
            "5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n" + get("/c")
        );
        CHECK(client.read_answer().has("echo-target: /a"));
        CHECK(client.read_answer().body == "hello");
        CHECK(client.read_answer().has("echo-target: /c"));
    }
    SECTION("with an empty line between")
    {
        client.send("\r\n" + get("/a") + "\r\n" + get("/b"));
        CHECK(client.read_answer().has("echo-target: /a"));
        CHECK(client.read_answer().has("echo-target: /b"));
    }
}

TEST_CASE("a connection ends when it was agreed, and not before")
{
    running_server server;
    raw_client client(server.port());
    SECTION("HTTP/1.1 asks to close")
    {
        client.send(get("/a", "Connection: close\r\n"));
        CHECK(client.read_answer().has("Connection: close\r\n"));
        CHECK(client.is_closed());
    }
    SECTION("HTTP/1.0 closes")
    {
        client.send("GET /a HTTP/1.0\r\n\r\n");
        CHECK(client.read_answer().has("Connection: close\r\n"));
        CHECK(client.is_closed());
    }
    SECTION("HTTP/1.0 asks to stay")
    {
        client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        CHECK(client.read_answer().has("Connection: keep-alive\r\n"));
        client.send("GET /b HTTP/1.0\r\n\r\n");
        CHECK(client.read_answer().has("echo-target: /b"));
    }
    SECTION("the client stops sending after its request")
    {
        client.send(get("/a"));
        client.finish_sending();
        CHECK(client.read_answer().status == 200);
        CHECK(client.is_closed());
    }
}

TEST_CASE("HEAD gets the fields of GET and no body")
{
    auto serve = echoes();
    serve.on_request = [](std::shared_ptr<request>) -> task<response> {
        response made;
        made.body = std::make_shared<std::string const>("twelve bytes");
        co_return made;
    };
    running_server server(on_any_port(), serve);
    raw_client client(server.port());
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"));
    auto const head = client.read_answer(true);
    CHECK(head.has("Content-Length: 12\r\n"));
    CHECK(client.read_answer().body == "twelve bytes");
}

TEST_CASE("an answer without a body leaves the connection in step")
{
    auto serve = echoes();
    serve.on_request = no_content;
    running_server server(on_any_port(), serve);
    raw_client client(server.port());
    client.send(get("/") + get("/"));
    CHECK(client.read_answer().status == 204);
    CHECK(client.read_answer().status == 204);
}

TEST_CASE("what an answer has of its own stands around what it shares")
{
    auto serve = echoes();
    serve.on_request = shared_between;
    running_server server(on_any_port(), serve);
    raw_client client(server.port());
    for (int again = 0; again < 2; ++again) {
        client.send(get("/"));
        CHECK(client.read_answer().body == "mine, everybody's, mine again");
    }
}

TEST_CASE("an odd head is answered with why, and the connection closes")
{
    running_server server;
    raw_client client(server.port());
    auto const [bytes, status] = GENERATE(table<std::string, unsigned>({
        {"GET / HTTP/1.1\nHost: a\n\n", 400U},
        {"\n", 400U},
        {"GET / HTTP/1.1\r\n\r\n", 400U},
        {"GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505U},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400U},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501U},
        {"POST / HTTP/1.1\r\nHost: a\r\nExpect: the-moon\r\nContent-Length: 1\r\n\r\n", 417U},
        {"GET /" + std::string(20'000, 'a'), 414U},
        {"GET / HTTP/1.1\r\nHost: a\r\nA: " + std::string(20'000, 'a'), 431U},
    }));
    INFO(bytes.substr(0, 100));
    client.send(bytes + get("/smuggled"));
    check_refused(client.read_answer(), status);
    CHECK(client.is_closed());
}

TEST_CASE("a body is read whole up to its limit")
{
    running_server server;
    raw_client client(server.port());
    std::string const largest(limits::body_bytes_max, 'x');
    SECTION("the largest, by its length")
    {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048576\r\n\r\n" + largest);
        CHECK(client.read_answer().body == largest);
        client.send(get("/next"));
        CHECK(client.read_answer().status == 200);
    }
    SECTION("the largest, in a chunk")
    {
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" + largest +
            "\r\n0\r\n\r\n"
        );
        CHECK(client.read_answer().body == largest);
    }
    SECTION("one byte more, which is all sent before the answer is read")
    {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n" + largest);
        check_refused(client.read_answer(), 413);
        client.finish_sending();
        CHECK(client.is_closed());
    }
    SECTION("one byte more, in chunks")
    {
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" + largest +
            "\r\n1\r\n"
        );
        check_refused(client.read_answer(), 413);
    }
}

TEST_CASE("strangers' large bodies share a little memory; small ones and those of known people are always read")
{
    auto options = on_any_port();
    options.strangers_bodies_bytes_max = 100'000;
    auto serve = echoes();
    serve.on_large_body = [](std::shared_ptr<request> asked) -> task<body_allowance> {
        co_return body_allowance{limits::body_bytes_max, asked->path() == "/known"};
    };
    running_server server(options, serve);
    auto const post = [](std::string const& path, std::size_t size) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
    };
    std::string const large(60'000, 'x');
    std::string const small(limits::small_body_bytes_max, 'x');
    raw_client first(server.port());
    first.send(post("/", large.size() + 1) + large); // its last byte is still to come
    raw_client second(server.port());
    auto const when_full = [&] { // how much of the first was read by now is the server's business
        for (;;) {
            raw_client next(server.port());
            next.send(post("/", large.size()) + large);
            auto const made = next.read_answer();
            if (made.status != 200) return made;
        }
    };
    check_refused(when_full(), 503);
    second.send(post("/", small.size()) + small);
    CHECK(second.read_answer().body == small);
    second.send(post("/known", large.size()) + large);
    CHECK(second.read_answer().body == large);
    first.send("y");
    CHECK(first.read_answer().body == large + "y");
    raw_client third(server.port());
    third.send(post("/", large.size()) + large);
    CHECK(third.read_answer().body == large);
}

TEST_CASE("only where the handler says so a body may be larger, and there too it has an end")
{
    auto serve = echoes();
    serve.on_large_body = [](std::shared_ptr<request> asked) -> task<body_allowance> {
        auto const usual = limits::body_bytes_max;
        co_return body_allowance{asked->path() == "/import" ? 2 * usual : usual, true};
    };
    running_server server(on_any_port(), serve);
    raw_client client(server.port());
    std::string const large(limits::body_bytes_max + 1, 'x');
    SECTION("by its length")
    {
        client.send("POST /import HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n" + large);
        CHECK(client.read_answer().body == large);
    }
    SECTION("in a chunk")
    {
        client.send(
            "POST /import HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n" + large +
            "\r\n0\r\n\r\n"
        );
        CHECK(client.read_answer().body == large);
    }
    SECTION("elsewhere not")
    {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n" + large);
        check_refused(client.read_answer(), 413);
    }
    SECTION("there not without end")
    {
        client.send("POST /import HTTP/1.1\r\nHost: a\r\nContent-Length: 2097153\r\n\r\n");
        check_refused(client.read_answer(), 413);
    }
}

TEST_CASE("a chunked body with a second meaning is refused")
{
    running_server server;
    raw_client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;a\nb\r\nhi\r\n0\r\n\r\n");
    check_refused(client.read_answer(), 400);
    CHECK(client.is_closed());
}

TEST_CASE("a trailer never becomes a field of the request")
{
    running_server server;
    raw_client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nCookie: stolen\r\n\r\n"
    );
    auto const made = client.read_answer();
    CHECK(made.status == 200);
    CHECK(made.has("echo-cookie: \r\n"));
}

TEST_CASE("who waits for a go-ahead gets one, unless the body can't be taken")
{
    running_server server;
    raw_client client(server.port());
    SECTION("it can")
    {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        CHECK(client.read_exactly(25) == "HTTP/1.1 100 Continue\r\n\r\n");
        client.send("hi");
        CHECK(client.read_answer().body == "hi");
    }
    SECTION("the body is here already")
    {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi");
        CHECK(client.read_answer().status == 200);
    }
    SECTION("it is too large")
    {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
        check_refused(client.read_answer(), 413);
    }
    SECTION("HTTP/1.0 does not know it")
    {
        client.send("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        client.send("hi");
        CHECK(client.read_answer().status == 200);
    }
}

TEST_CASE("slow peers are let go, politely where they began to ask")
{
    server_times times;
    SECTION("a head that does not end")
    {
        times.head = 50ms;
        running_server server(impatient(times));
        raw_client client(server.port());
        client.send("GET / HTTP/1.1\r\nHost: a\r\n");
        check_refused(client.read_answer(), 408);
    }
    SECTION("a body that does not end")
    {
        times.body = 50ms;
        running_server server(impatient(times));
        raw_client client(server.port());
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
        check_refused(client.read_answer(), 408);
    }
    SECTION("nothing at all")
    {
        times.idle = 50ms;
        running_server server(impatient(times));
        raw_client client(server.port());
        CHECK(client.is_closed());
        raw_client second(server.port());
        second.send(get("/a"));
        CHECK(second.read_answer().status == 200);
        CHECK(second.is_closed());
    }
    SECTION("an answer that nobody reads")
    {
        times.write = 50ms;
        auto serve = echoes();
        serve.on_request = [](std::shared_ptr<request>) -> task<response> {
            response made;
            made.body = std::make_shared<std::string const>(64 * 1024 * 1024, 'x');
            co_return made;
        };
        running_server server(impatient(times), serve);
        raw_client client(server.port());
        client.send(get("/"));
        CHECK(server.becomes([](server_load load) { return load.connections == 1; }));
        CHECK(server.becomes([](server_load load) { return load.connections == 0; }));
    }
}

TEST_CASE("a handler that fails says nothing about why, and the next request is served")
{
    auto serve = echoes();
    serve.on_request = GENERATE(as<task<response> (*)(std::shared_ptr<request>)>(), fail, break_out);
    running_server server(on_any_port(), serve);
    raw_client client(server.port());
    client.send(get("/"));
    auto const made = client.read_answer();
    CHECK(made.status == 500);
    CHECK(made.body.find("secret") == std::string::npos);
    CHECK_FALSE(made.has("set-cookie"));
    raw_client other(server.port());
    other.send(get("/"));
    CHECK(other.read_answer().status == 500);
}

TEST_CASE("the peer's address is the socket's, or the trusted proxy's last word")
{
    auto options = on_any_port();
    options.trusts_proxy = GENERATE(false, true);
    running_server server(options);
    raw_client client(server.port());
    std::string const own = "echo-address: 127.0.0.1\r\n";
    client.send(get("/", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 198.51.100.1,192.0.2.7 \r\n"));
    CHECK(client.read_answer().has(options.trusts_proxy ? "echo-address: 192.0.2.7\r\n" : own));
    client.send(get("/", "X-Forwarded-For: not an address\r\n"));
    CHECK(client.read_answer().has(own));
    client.send(get("/"));
    CHECK(client.read_answer().has(own));
}

TEST_CASE("a target with the server's own host in it is served as its path")
{
    running_server server;
    raw_client client(server.port());
    client.send("GET http://a.example/b?c HTTP/1.1\r\nHost: a.example\r\n\r\n");
    CHECK(client.read_answer().has("echo-target: /b?c\r\n"));
}
