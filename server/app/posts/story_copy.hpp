// How a shared story stands in a post: parts under headings of ours, support first, what is hard to read
// last. Its writer's own lines never pass for a heading. Pure.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::app {

// In the order in which they are read.
struct story_section {
    std::string_view field; // of the private story
    std::string_view heading;
    bool is_hard; // readers open it when they choose to
};
std::span<story_section const> story_sections();

struct story_part {
    std::string heading; // "" for what stands under none, after its writer changed the copy by hand
    std::string text;
    bool is_hard = true;
};
// Without the parts that are empty; "" when all are.
std::string copy_with(std::vector<story_part> const& parts);
std::vector<story_part> parts_of(std::string_view copy);
// What its writer wrote, each word where it stands in the copy: our headings are spaces. They are always the
// same, and would speak to the screen in their place.
std::string own_words_in(std::string_view copy);

} // namespace holdfast::app
