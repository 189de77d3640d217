// Numbers of known help lines and emergency services: passing them on is help, never a contact detail.
#pragma once
#include <string_view>

namespace holdfast::moderation {

// `digits` is a number without its signs, with or without a country's code.
bool is_help_line(std::string_view digits);

} // namespace holdfast::moderation
