// What the pages call the parts of a goal: of life that it belongs to, its rhythm, and what happened with it.
#pragma once
#include "server/app/space/goal_time.hpp"
#include "server/pages/view.hpp"

namespace holdfast::pages {

std::string words_of_domain(std::string_view name); // marked, for a page; "" when none is said
std::string words_of_rhythm(std::string_view name); // the same for when one looks back
view domains_view(std::string const& chosen);
view rhythms_view(std::string const& chosen); // how often one looks back
// What happened with a goal, each text cut to so many bytes.
std::string moments_html(
    renderer::parts const& with, std::vector<app::goal_moment> const& moments, std::size_t bytes_max
);
// "3 May 2026" from "2026-05-03"; "" from what is no day.
std::string words_for_day(std::string const& text);

} // namespace holdfast::pages
