// How what was shared stands in a post: parts under headings of ours, of a story support first and what is
// hard to read last. Its writer's own lines never pass for a heading. Pure.
#pragma once
#include "server/domain/share_what.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

// In the order in which they are read. A card has none.
struct share_section {
    std::string_view field; // of the private text, or of what is said between partners
    std::string_view heading;
    bool is_hard; // readers open it when they choose to
};
std::span<share_section const> share_sections(domain::share_what what);
std::string_view heading_of(domain::share_what what, std::string_view field);

struct share_part {
    std::string heading; // "" for what stands under none, after its writer changed the copy by hand
    std::string text;
    bool is_hard = true;
};
// Without the parts that are empty; "" when all are.
std::string copy_with(domain::share_what what, std::vector<share_part> const& parts);
std::vector<share_part> parts_of(domain::share_what what, std::string_view copy);
// The text under one heading, "" when it isn't there.
std::string part_in(domain::share_what what, std::string_view copy, std::string_view field);
// What its writer wrote, each word where it stands in the copy: our headings are spaces. They are always the
// same, and would speak to the screen in their place.
std::string own_words_in(domain::share_what what, std::string_view copy);

} // namespace holdfast::app
