#include "server/api/decode.hpp"

#include "server/base/limits.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace holdfast::api {

result<std::string> idempotency_key(net::request const& asked)
{
    auto const key = asked.header("idempotency-key");
    auto const visible =
        std::all_of(key.begin(), key.end(), [](char one) { return one > ' ' && one < 0x7F; });
    if (key.empty() || key.size() > limits::idempotency_key_bytes_max || !visible) {
        error missing{errc::bad_request};
        missing.detail =
            "Please send an Idempotency-Key of 1 to 128 visible characters, the same for each retry.";
        return missing;
    }
    return std::string(key);
}

result<page_asked> page_of(net::request const& asked)
{
    auto const query = http::form_fields(asked.query());
    if (!query) return query.error();
    page_asked made;
    made.cursor = http::field_of(*query, "cursor");
    auto const limit = http::field_of(*query, "limit");
    if (!limit.empty()) {
        auto const [end, failed] = std::from_chars(limit.data(), limit.data() + limit.size(), made.limit);
        if (failed != std::errc() || end != limit.data() + limit.size() || made.limit == 0) {
            return invalid_field("limit", "This needs to be a number from 1 to 100.");
        }
        made.limit = std::min(made.limit, limits::page_rows_max);
    }
    return made;
}

result<std::optional<std::int64_t>> page_asked::number() const
{
    if (cursor.empty()) return std::optional<std::int64_t>();
    std::int64_t made = 0;
    auto const* const end = cursor.data() + cursor.size();
    auto const [rest, failed] = std::from_chars(cursor.data(), end, made);
    if (failed != std::errc() || rest != end || made < 0) return not_a_cursor();
    return std::optional<std::int64_t>(made);
}

int as_int(std::int64_t number)
{
    return static_cast<int>(std::clamp<std::int64_t>(number, -1, std::numeric_limits<int>::max()));
}

result<int> number_of(boost::json::object const& body, std::string_view name)
{
    auto const* const value = body.if_contains(name);
    if (value == nullptr) return 0;
    if (!value->is_int64()) return invalid_field(std::string(name), "This needs to be a whole number.");
    return as_int(value->get_int64());
}

result<int> take_version(boost::json::object& from, std::string_view name)
{
    auto const made = number_of(from, name);
    if (made) from.erase(name);
    return made;
}

error not_a_cursor()
{
    return invalid_field("cursor", "This is not a cursor from here. Start again without one.");
}

boost::json::object list_of(boost::json::array items, std::optional<std::string> next)
{
    boost::json::object made;
    made["items"] = std::move(items);
    made["next"] = next ? boost::json::value(*next) : boost::json::value(nullptr);
    return made;
}

} // namespace holdfast::api
