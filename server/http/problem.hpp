// Errors as RFC 9457 problem details: one shape for every error of the API. Never what a text was about.
#pragma once
#include "server/app/languages.hpp"
#include "server/base/result.hpp"
#include "server/net/http.hpp"

#include <boost/json/object.hpp>

namespace holdfast::http {

unsigned status_of(errc code);
std::string_view type_of(errc code);    // "/problems/not-found"
std::string_view title_of(errc code);   // plain words
int retry_after_s(error const& failed); // 0: trying again by itself changes nothing
// Its words are still phrases: whoever sends it puts them into a language first. The router does for routes.
boost::json::object problem_of(error const& failed);
net::response problem_response(error const& failed);
void put_into(app::language const& spoken, boost::json::value& problem);
void put_into(app::language const& spoken, net::response& answer); // no change when it is no problem

} // namespace holdfast::http
