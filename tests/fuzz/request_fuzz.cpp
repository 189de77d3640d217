// What a request carries besides its head: JSON, forms, cookies, keys, cursors. Refusals never repeat it.
#include "server/api/decode.hpp"
#include "server/domain/post.hpp"
#include "server/http/multipart.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace holdfast;
using fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto rest = fuzz::text_of(data, size);
    net::request asked;
    asked.target = "/?" + std::string(fuzz::take(rest));
    asked.headers = {{"content-type", "application/json"}};
    for (auto const* name : {"cookie", "authorization", "idempotency-key"})
        asked.headers.emplace_back(name, fuzz::take(rest));
    asked.body = rest;

    auto body = http::json_body::read(asked);
    if (body) {
        body->text("text");
        body->maybe_text("title");
        body->maybe_integer("revision");
        body->maybe_boolean("flag");
        auto const checked = body->check();
        if (!checked) must(http::problem_response(checked.error()).status == 422, "faults are told by field");
    } else {
        must(
            body.error().code == errc::bad_request && body.error().fields.empty(),
            "a broken body is only that"
        );
    }
    auto const form = http::form_fields(asked.body);
    if (form) {
        for (auto const& [name, value] : *form)
            must(name.size() + value.size() <= asked.body.size(), "decoding never grows");
    }
    net::request with_file = asked;
    with_file.headers = {{"content-type", "multipart/form-data; boundary=" + asked.body.substr(0, 3)}};
    auto const parts = http::multipart_fields(with_file);
    if (parts) {
        for (auto const& [name, value] : *parts)
            must(name.size() + value.size() <= asked.body.size(), "parts come from the body");
    }
    http::cookie_of(asked, http::session_cookie);
    http::bearer_of(asked);
    auto const key = api::idempotency_key(asked);
    if (key)
        must(
            !key->empty() && key->size() <= 128 && key->find_first_of(" \r\n") == std::string::npos,
            "a key is short and visible"
        );
    auto const page = api::page_of(asked);
    if (page) {
        must(page->limit >= 1 && page->limit <= 100, "a page has an end");
        auto const number = page->number();
        if (number && *number) {
            must(**number >= 0, "a cursor is not negative");
            must(api::as_int(**number) >= 0, "nor as an int");
        }
        auto const place = domain::thread_place::parse(page->cursor);
        if (place)
            must(
                domain::thread_place::parse(place->text())->text() == place->text(),
                "a place is read as it was written"
            );
    }
    return 0;
}
