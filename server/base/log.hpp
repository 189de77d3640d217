// The log: ids, names of rules, sizes and times; never a text, a nickname or an address. Goes to standard
// error, one line each. Thread-safe.
#pragma once
#include <string_view>

namespace holdfast::log {

void info(std::string_view what);
void warning(std::string_view what);
void error(std::string_view what);

} // namespace holdfast::log
