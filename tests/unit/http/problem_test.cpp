// Errors have one shape (RFC 9457), the same status inside and outside, and no word of what was sent.
#include "embedded/web.hpp"
#include "server/http/answers.hpp"
#include "server/http/problem.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace holdfast;
using namespace holdfast::http;

namespace {
constexpr errc all[] = {
    errc::bad_request,
    errc::invalid,
    errc::returned,
    errc::unauthenticated,
    errc::wrong_credentials,
    errc::not_found,
    errc::wrong_method,
    errc::conflict,
    errc::key_reused,
    errc::too_large,
    errc::rate_limited,
    errc::overloaded,
    errc::storage_failed,
    errc::forbidden_origin,
    errc::damaged,
    errc::internal};

std::string header_of(net::response const& answer, std::string_view name)
{
    auto const found = std::find_if(answer.headers.begin(), answer.headers.end(), [&](auto const& one) {
        return one.first == name;
    });
    return found == answer.headers.end() ? std::string() : found->second;
}
} // namespace

TEST_CASE("every error has its own type, a plain title and the status it is sent with")
{
    std::set<std::string> types;
    for (auto const code : all) {
        auto const answer = problem_response(error{code});
        auto const body = boost::json::parse(*answer.body).as_object();
        CHECK(header_of(answer, "content-type") == "application/problem+json");
        CHECK(body.at("status").to_number<unsigned>() == answer.status);
        CHECK(body.at("type").as_string().starts_with("/problems/"));
        CHECK_FALSE(body.at("title").as_string().empty());
        CHECK_FALSE(body.at("detail").as_string().empty());
        types.insert(std::string(body.at("type").as_string()));
        for (auto const* word : {"violation", "flagged", "rejected", "inappropriate", "!"})
            CHECK(answer.body->find(word) == std::string::npos);
    }
    CHECK(types.size() == std::size(all));
}

TEST_CASE("an error speaks the language of who reads it")
{
    auto answer = problem_response(invalid_field("title", "Please write something here."));
    put_into(app::language("de", embedded::web()), answer);
    auto const body = boost::json::parse(*answer.body);
    CHECK(body.at("title").as_string() == "Manche Felder brauchen noch einen Blick");
    CHECK(body.at("errors").at(0).at("field").as_string() == "title");
    CHECK(body.at("type").as_string() == "/problems/invalid");
    CHECK(header_of(answer, "content-language") == "de");
    auto plain = json_response(200, {{"title", say("Sign in")}});
    auto const before = *plain.body;
    put_into(app::language("de", embedded::web()), plain);
    CHECK(*plain.body == before);
}

TEST_CASE("what passes by itself says when to try again")
{
    for (auto const code : all) {
        auto const answer = problem_response(error{code});
        auto const passes = answer.status == 429 || answer.status == 503;
        CHECK(header_of(answer, "retry-after") == (passes ? "1" : ""));
    }
    error slow{errc::rate_limited};
    slow.retry_after_s = 17;
    CHECK(header_of(problem_response(slow), "retry-after") == "17");
}

TEST_CASE("fields are named with what is wrong about them")
{
    auto answer = problem_response(invalid_field("title", "Please write something here."));
    put_into(app::language("en", embedded::web()), answer);
    auto const errors = boost::json::parse(*answer.body).at("errors").as_array();
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].at("field").as_string() == "title");
    CHECK(errors[0].at("detail").as_string() == "Please write something here.");
}
