// Expected failures are values. A result<T> holds a T or an error; nothing in the project throws for
// what a person or a program sent. Exceptions are for the unexpected and end one request, not the server.
#pragma once
#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace holdfast {

// Each value maps to one HTTP status and one live error, in server/http/problem.cpp.
enum class errc {
    bad_request,       // 400: the shape is wrong, nothing more can be said
    invalid,           // 422: fields are named in error::fields
    returned,          // 422: the screen gave the text back
    no_room,           // 422: one's own space holds as much as it may; error::detail says what to do
    unauthenticated,   // 401: no valid session or token
    wrong_credentials, // 401: nickname and passphrase do not match (same for unknown names)
    not_found,         // 404: absent, or not for you; the two look the same
    wrong_method,      // 405: the address takes other methods
    conflict,          // 409: exists already, or changed meanwhile
    nudged,            // 409: nothing was taken yet; the author is asked whether to send it as it is
    key_reused,        // 409: the idempotency key came with another body before
    too_large,         // 413
    limited,           // 403: this member may only read here for now; error::detail says until when
    rate_limited,      // 429: error::retry_after_s says when
    overloaded,        // 503: a queue is full or a deadline passed; try again
    storage_failed,    // 503: the store cannot take writes (disk full, failed fsync)
    forbidden_origin,  // 403: a browser sent this from another site
    damaged,           // 500: a sealed row did not open: changed outside the program, or the wrong key
    internal,          // 500
};

struct field_error {
    std::string field;
    std::string detail; // plain words; never the value itself
};

struct error {
    errc code = errc::internal;
    std::vector<field_error> fields{};
    int retry_after_s = 0;
    std::string detail{}; // plain words for the person who asked; never content
};

[[noreturn]] inline void throw_exception_from_error(error const& failed, boost::source_location const&)
{
    throw std::logic_error("result::value() on error " + std::to_string(static_cast<int>(failed.code)));
}

// boost::system::result in 1.81 may be dropped silently; ours may not.
template <class T>
struct [[nodiscard]] result : boost::system::result<T, error> {
    using boost::system::result<T, error>::result;
    result(errc code) : boost::system::result<T, error>(error{code}) {}
};

inline error invalid_field(std::string field, std::string detail)
{
    error made{errc::invalid};
    made.fields.push_back({std::move(field), std::move(detail)});
    return made;
}

} // namespace holdfast
