// Numbers of known help lines and emergency services: passing them on is help, never a contact detail.
#pragma once
#include <string_view>

namespace holdfast::moderation {

// `digits` is a number without its signs, with or without a country's code.
bool is_help_line(std::string_view digits);

// A number that only services have, never a person: free to call, or kept for charities and public bodies.
// `written` is the same number as it stands in the text: elsewhere mobiles have the same digits in a row.
bool is_service_line(std::string_view digits, std::string_view written);

} // namespace holdfast::moderation
