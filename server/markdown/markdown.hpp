// Markdown of members, made safe: no raw HTML, no images, links that don't tell where one came from. Pure.
#pragma once
#include <string>
#include <string_view>

namespace holdfast::pages {

std::string html_of(std::string_view markdown);

} // namespace holdfast::pages
