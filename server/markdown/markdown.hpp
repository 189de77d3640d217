// Markdown of members. One reading of it makes both what a page shows and what the screen hears, so that what
// people read is what was screened. Pure.
#pragma once
#include <string>
#include <string_view>

namespace holdfast::markdown {

// Made safe: no raw HTML, no images, links that don't tell where one came from.
std::string html_of(std::string_view markdown);

// The words that a reader of that page sees, without their marks: letters written as numbers, words cut by
// tags, comments, pictures, emphasis or backslashes are whole again. A quoted line begins with "> ", a listed
// one with
// "- ".
std::string visible_text(std::string_view markdown);
// False for nearly every text: no sign in it could make its page read otherwise than it was written.
bool may_read_otherwise(std::string_view markdown);

// Does the text begin with a sign that turns the direction of what follows (U+202A to U+202E, U+2066 to
// U+2069)? Then a line that stands one way in memory is read the other way round; no page shows one. The
// marks that Arabic and Hebrew need (LRM, RLM) are not among them.
bool turns_direction(std::string_view text);
std::string without_turning(std::string text);

} // namespace holdfast::markdown
