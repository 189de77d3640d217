// What the forms for sharing something of one's own have alike.
#pragma once
#include "server/app/share/shares.hpp"
#include "server/pages/view.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::pages {

// The circles of whoever asks, to choose one.
task<view> own_circles_view(http::context asked, std::string chosen);
// When a share ends by itself, in days: one of people may go on until its writer takes it back.
view link_ends_view(std::string const& chosen);
view ends_view(std::string const& chosen);
int number_in(http::fields const& form, std::string_view name); // 0 for what is no number
std::string state_words(app::own_share const& share);
// What each form has beside its own fields: the circles, what of the record is shared now, key and errors.
task<result<view>> share_form_view(
    http::context asked,
    renderer const& with,
    http::fields typed,
    error failed,
    domain::share_what what,
    private_id record
);
using share_page = task<net::response> (*)(http::context, renderer const&, http::fields, error);
// Shares; then back to `place` when the copy stands there plainly, else to what became of it, else `again`.
task<net::response> shared_or_again(
    http::context asked,
    renderer const& with,
    http::fields form,
    domain::share_what what,
    private_id record,
    app::share_wish wish,
    std::string place,
    share_page again
);

} // namespace holdfast::pages
