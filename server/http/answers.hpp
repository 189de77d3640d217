// Making answers and reading what requests carry: JSON, forms, cookies, query strings.
#pragma once
#include "moderation/types.hpp"
#include "server/base/result.hpp"
#include "server/net/http.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::http {

net::response
json_response(unsigned status, boost::json::value const& body, std::string_view type = "application/json");
net::response csv_response(std::string_view file_name, std::string body); // offered as a file
net::response empty_response(unsigned status);
net::response redirect(std::string location); // 303

// The session cookie: __Host- means this host alone, over HTTPS (or to this machine itself).
inline constexpr std::string_view session_cookie = "__Host-holdfast";
std::string cookie_of(net::request const& asked, std::string_view name);
std::string
set_cookie(std::string_view name, std::string_view value, long max_age_s, bool script_may_read = false);
std::string set_session_cookie(std::string_view token); // as long as the session; "" takes it away
// From "Authorization: Bearer …", or "".
std::string bearer_of(net::request const& asked);

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);
std::string percent_encoded(std::string_view text); // for a value in a query
using fields = std::map<std::string, std::string, std::less<>>;
// "a=b&c=d" from a query or a form body; the last of a name counts; a broken escape is bad_request.
result<fields> form_fields(std::string_view text);
std::string field_of(fields const& from, std::string_view name); // or ""

// The object that a body holds, or bad_request.
result<boost::json::object> json_object(net::request const& asked);
// "harassment, self_harm": names of labels, comma separated. invalid: which is none.
result<moderation::label_set> labels_of(std::string_view names);

// An object of the given string, integer and boolean members, or bad_request/invalid naming the field.
class json_body {
  public:
    static result<json_body> read(net::request const& asked);

    std::string text(std::string_view name); // required; "" after a fault
    std::optional<std::string> maybe_text(std::string_view name);
    std::optional<std::int64_t> maybe_integer(std::string_view name);
    std::optional<bool> maybe_boolean(std::string_view name);
    std::vector<std::string> maybe_texts(std::string_view name); // none when it isn't there
    std::vector<std::int64_t> maybe_integers(std::string_view name);
    // Read the same way; its faults are told with these, as "name.member".
    json_body& maybe_object(std::string_view name);
    // All faults together, naming unknown members too. Call once everything was asked for.
    result<void> check() const;

  private:
    boost::json::object object_;
    std::map<std::string, bool, std::less<>> asked_;
    std::map<std::string, std::unique_ptr<json_body>, std::less<>> inner_;
    error faults_{errc::invalid};
};

} // namespace holdfast::http
