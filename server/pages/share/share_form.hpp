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
std::vector<std::string> names_between_commas(std::string_view typed);
std::string state_words(app::own_share const& share);
// What of one record is shared, newest first.
view shares_view(std::vector<app::own_share> const& all, private_id const& record);

} // namespace holdfast::pages
