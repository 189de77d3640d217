#include "server/http/problem.hpp"

#include "server/base/phrase.hpp"
#include "server/http/answers.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace holdfast::http {

namespace {
struct problem_kind {
    errc code;
    unsigned status;
    std::string_view type;
    std::string_view title;
};

constexpr problem_kind kinds[] = {
    {errc::bad_request, 400, "/problems/bad-request", "We could not read what was sent"},
    {errc::invalid, 422, "/problems/invalid", "Some fields need another look"},
    {errc::returned, 422, "/problems/returned", "A small change before this can be shared"},
    {errc::no_room, 422, "/problems/no-room", "There is no more room in your space"},
    {errc::unauthenticated, 401, "/problems/sign-in-needed", "Please sign in first"},
    {errc::wrong_credentials,
     401,
     "/problems/wrong-credentials",
     "The name and the passphrase don't fit together"},
    {errc::not_found, 404, "/problems/not-found", "We can't find this page"},
    {errc::wrong_method, 405, "/problems/wrong-method", "This address does not take this method"},
    {errc::conflict, 409, "/problems/conflict", "Something changed meanwhile"},
    {errc::nudged, 409, "/problems/nudge", "A thought before you send this"},
    {errc::key_reused, 409, "/problems/key-reused", "This Idempotency-Key came with another request before"},
    {errc::too_large, 413, "/problems/too-large", "This is too large"},
    {errc::limited, 403, "/problems/reading-only", "You can read here for now"},
    {errc::rate_limited, 429, "/problems/slow-down", "Many things came at once. Please wait a moment"},
    {errc::overloaded, 503, "/problems/busy", "We are busy right now, please try again"},
    {errc::storage_failed, 503, "/problems/storage", "This could not be saved right now, please try again"},
    {errc::forbidden_origin, 403, "/problems/other-site", "This was sent from another site"},
    {errc::damaged, 500, "/problems/damaged", "We can't open this any more"},
    {errc::internal, 500, "/problems/internal", "Something went wrong on our side"},
};

problem_kind const& kind_of(errc code)
{
    for (auto const& kind : kinds) {
        if (kind.code == code) return kind;
    }
    return kinds[std::size(kinds) - 1];
}

constexpr std::string_view problem_type = "application/problem+json";

// A sentence needs no mark; one with something in it has it already.
std::string said(std::string const& detail)
{
    return has_phrases(detail) ? detail : say(detail);
}
} // namespace

unsigned status_of(errc code)
{
    return kind_of(code).status;
}
std::string_view type_of(errc code)
{
    return kind_of(code).type;
}
std::string_view title_of(errc code)
{
    return kind_of(code).title;
}

int retry_after_s(error const& failed)
{
    if (failed.retry_after_s > 0) return failed.retry_after_s;
    auto const passes_soon = status_of(failed.code) == 429 || status_of(failed.code) == 503;
    return passes_soon ? 1 : 0;
}

boost::json::object problem_of(error const& failed)
{
    auto const& kind = kind_of(failed.code);
    boost::json::object made;
    made["type"] = kind.type;
    made["title"] = say(kind.title);
    made["status"] = kind.status;
    made["detail"] = failed.detail.empty() ? say(kind.title) + "." : said(failed.detail);
    if (!failed.fields.empty()) {
        boost::json::array errors;
        for (auto const& field : failed.fields)
            errors.push_back({{"field", field.field}, {"detail", said(field.detail)}});
        made["errors"] = std::move(errors);
    }
    return made;
}

net::response problem_response(error const& failed)
{
    auto made = json_response(status_of(failed.code), problem_of(failed), problem_type);
    auto const wait_s = retry_after_s(failed);
    if (wait_s > 0) made.headers.emplace_back("retry-after", std::to_string(wait_s));
    if (failed.code == errc::unauthenticated) made.headers.emplace_back("www-authenticate", "Bearer");
    return made;
}

void put_into(app::language const& spoken, boost::json::value& problem)
{
    if (auto* const text = problem.if_string()) {
        auto const words = spoken.text_of(std::string_view(*text));
        *text = words;
    } else if (auto* const object = problem.if_object()) {
        for (auto& member : *object)
            put_into(spoken, member.value());
    } else if (auto* const list = problem.if_array()) {
        for (auto& one : *list)
            put_into(spoken, one);
    }
}

void put_into(app::language const& spoken, net::response& answer)
{
    auto const is_problem = std::any_of(answer.headers.begin(), answer.headers.end(), [](auto const& header) {
        return header.first == "content-type" && header.second == problem_type;
    });
    if (!is_problem) return;
    auto problem = boost::json::parse(*answer.body);
    put_into(spoken, problem);
    answer.body = std::make_shared<std::string const>(boost::json::serialize(problem));
    answer.headers.emplace_back("content-language", spoken.code());
}

} // namespace holdfast::http
