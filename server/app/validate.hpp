// The shape of what people send: present, not too long, valid UTF-8. Errors name fields, never values.
#pragma once
#include "server/base/result.hpp"
#include "server/domain/circle.hpp"
#include "server/domain/post.hpp"

#include <cstddef>
#include <string_view>

namespace holdfast::app {

bool is_utf8(std::string_view text);
// Code points; a line end that came as two counts as one, as it does in the form.
std::size_t letters_in(std::string_view text);

struct text_rule {
    std::string_view field;
    std::size_t letters_max;
    bool required;
    bool lines_allowed;
};
// Adds what is wrong with the text to `found`. Signs that turn the direction of a line are refused: the way
// in left them out already.
void check_text(error& found, std::string_view text, text_rule const& rule);

// invalid with "title" and "text" named. Control bytes other than line breaks and tabs are refused too.
result<void> validate_post(domain::post_text const& content, bool needs_title);
// 2 to 40 letters, one line, no control characters, neither a mail address nor a phone number in shape.
result<void> validate_nickname(std::string_view nickname);
result<void> validate_passphrase(std::string_view passphrase);
result<void> validate_country(std::string_view country);
result<void> validate_circle(domain::circle_texts const& texts);
result<void> validate_note(std::string_view field, std::string_view text, bool required);

} // namespace holdfast::app
