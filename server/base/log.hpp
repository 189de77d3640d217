// The log: ids, names of rules, sizes and times; never a text, a nickname or an address. Goes to standard
// error, one line each. Thread-safe, and waits for nobody: while whoever reads standard error doesn't, lines
// are dropped and counted, and the next one that gets through is preceded by how many.
#pragma once
#include <cstdint>
#include <string_view>

namespace holdfast::log {

void info(std::string_view what);
void warning(std::string_view what);
void error(std::string_view what);

// Lines since the start that nobody took.
std::uint64_t dropped();

} // namespace holdfast::log
