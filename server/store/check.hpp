// Looking at and copying a database file from outside, for a host's shell.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::store {

// Whether a server may have the file open meanwhile. A copy at rest is read without a trace, also where
// nothing can be written; with a log beside it, it is read as one in use, so that nothing in the log is lost.
enum class file_state : std::uint8_t { in_use, at_rest };

// Plain sentences about what is wrong: the file's structure, its references, the audit chain. Empty: good.
std::vector<std::string> check_file(std::string const& file, file_state state);
// A consistent copy, also while a server writes. Throws std::runtime_error.
void copy_file(std::string const& from, std::string const& to, file_state state);

} // namespace holdfast::store
