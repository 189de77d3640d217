// Errors as RFC 9457 problem details: one shape for every error of the API. Never what a text was about.
#pragma once
#include "server/base/result.hpp"
#include "server/net/http.hpp"

#include <boost/json/object.hpp>

namespace holdfast::http {

unsigned status_of(errc code);
std::string_view type_of(errc code);    // "/problems/not-found"
std::string_view title_of(errc code);   // plain words
int retry_after_s(error const& failed); // 0: trying again by itself changes nothing
boost::json::object problem_of(error const& failed);
net::response problem_response(error const& failed);

} // namespace holdfast::http
