// What the journal asks: another question each day, the same for the whole day. Every one may be left aside.
#pragma once
#include <chrono>
#include <cstddef>
#include <string_view>

namespace holdfast::app {

// The question of a day for a kind of entry. `further` asks for the next ones. "" for a kind without any.
std::string_view prompt_on(std::string_view kind, std::chrono::sys_days day, std::size_t further = 0);

} // namespace holdfast::app
