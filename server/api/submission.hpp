// What became of a text that was sent, as a program is told.
#pragma once
#include "server/app/posts/posts.hpp"
#include "server/net/http.hpp"

#include <boost/json/object.hpp>

namespace holdfast::api {

// 201 when it is visible, 202 when it waits, 422 with the decision when it came back, 409 when its author is
// asked first. Care comes with any. `more` is added to what was taken.
net::response submission_response(app::submission const& sent, boost::json::object const& more = {});

} // namespace holdfast::api
