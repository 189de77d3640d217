// The page that shows a recovery code, once.
#pragma once
#include "server/app/people/identity.hpp"
#include "server/pages/view.hpp"

namespace holdfast::pages {

// Signs in when `made` has a token.
net::response
code_page(http::context const& asked, renderer const& with, unsigned status, app::signed_in const& made);

} // namespace holdfast::pages
