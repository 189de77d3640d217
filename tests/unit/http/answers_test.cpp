// What requests carry: JSON bodies, forms, cookies, tokens. Strict, and silent about what was in them.
#include "server/http/answers.hpp"

#include "tests/unit/support/result_text.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::http;

namespace {
net::request with_body(std::string body, std::string type = "application/json")
{
    net::request made;
    made.headers.emplace_back("content-type", std::move(type));
    made.body = std::move(body);
    return made;
}
net::request with_header(std::string name, std::string value)
{
    net::request made;
    made.headers.emplace_back(std::move(name), std::move(value));
    return made;
}
std::vector<std::string> faults(json_body const& body)
{
    std::vector<std::string> made;
    auto const checked = body.check();
    if (!checked) {
        for (auto const& one : checked.error().fields)
            made.push_back(one.field);
    }
    return made;
}
using names = std::vector<std::string>;
} // namespace

TEST_CASE("a body is one JSON object, sent as JSON")
{
    CHECK(json_body::read(with_body("{}")));
    CHECK(json_body::read(with_body(" {\"a\":1}\n", "application/json; charset=utf-8")));
    for (auto const* bad :
         {"",
          "[]",
          "1",
          "\"a\"",
          "{",
          "{}{}",
          "{} x",
          "{'a':1}",
          "{\"a\":1,}",
          "\xEF\xBB\xBF{}",
          "{\"a\":\"\xFF\"}",
          "{\"a\":[[[[[[[[[[1]]]]]]]]]]}"}) {
        INFO(bad);
        auto const read = json_body::read(with_body(bad));
        REQUIRE_FALSE(read);
        CHECK(read.error().code == errc::bad_request);
    }
    CHECK_FALSE(json_body::read(with_body("{}", "text/plain")));
    CHECK_FALSE(json_body::read(net::request()));
}

TEST_CASE("what is missing, of the wrong kind or unknown is told together, by name")
{
    auto body = json_body::read(with_body(R"({"title":5,"count":"3","flag":1,"extra":true,"null":null})"));
    REQUIRE(body);
    CHECK(body->text("text").empty());
    CHECK_FALSE(body->maybe_text("title"));
    CHECK_FALSE(body->maybe_integer("count"));
    CHECK_FALSE(body->maybe_boolean("flag"));
    CHECK_FALSE(body->maybe_text("null"));
    auto found = faults(*body);
    std::sort(found.begin(), found.end());
    CHECK(found == names{"count", "extra", "flag", "text", "title"});
}

TEST_CASE("what fits is given as it is")
{
    auto body =
        json_body::read(with_body("{\"text\":\"a\\u0000b\",\"count\":-9223372036854775808,\"flag\":false}"));
    REQUIRE(body);
    CHECK(body->text("text") == std::string("a\0b", 3));
    CHECK(body->maybe_integer("count") == std::numeric_limits<std::int64_t>::min());
    CHECK(body->maybe_boolean("flag") == false);
    CHECK(faults(*body).empty());
}

TEST_CASE("a very long unknown name is not repeated")
{
    auto body = json_body::read(with_body("{\"" + std::string(5000, 'n') + "\":1}"));
    REQUIRE(body);
    CHECK(faults(*body) == names{"(long name)"});
}

TEST_CASE("a form's last value of a name counts, and a broken escape is refused")
{
    auto const form = form_fields("a=1&b=x+y%21&a=2&c&&=d&e=%E2%82%AC");
    REQUIRE(form);
    CHECK(field_of(*form, "a") == "2");
    CHECK(field_of(*form, "b") == "x y!");
    CHECK(field_of(*form, "c").empty());
    CHECK(field_of(*form, "e") == "\u20AC");
    CHECK(field_of(*form, "nothing").empty());
    for (auto const* bad : {"a=%", "a=%4", "a=%zz", "%G0=1"})
        CHECK_FALSE(form_fields(bad));
    CHECK(form_fields("")->empty());
}

TEST_CASE("a cookie is found by its whole name")
{
    CHECK(cookie_of(with_header("cookie", "a=1; look=day; b=2"), "look") == "day");
    CHECK(cookie_of(with_header("cookie", "look="), "look").empty());
    CHECK(cookie_of(with_header("cookie", "xlook=evil; looks=evil; =; ;look=day"), "look") == "day");
    CHECK(cookie_of(net::request(), "look").empty());
    auto const set = set_cookie(session_cookie, "token", 60);
    for (auto const* part : {"__Host-", "Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=60"})
        CHECK(set.find(part) != std::string::npos);
}

TEST_CASE("a token stands after Bearer, and nowhere else")
{
    CHECK(bearer_of(with_header("authorization", "Bearer abc")) == "abc");
    CHECK(bearer_of(with_header("authorization", "Basic abc")).empty());
    CHECK(bearer_of(with_header("authorization", "Bearer")).empty());
}
