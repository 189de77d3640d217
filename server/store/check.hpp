// Looking at and copying a database file from outside, for a host's shell.
#pragma once
#include <string>
#include <vector>

namespace holdfast::store {

// Plain sentences about what is wrong: the file's structure, its references, the audit chain. Empty: good.
std::vector<std::string> check_file(std::string const& file);
// A consistent copy, also while a server writes. Throws std::runtime_error.
void copy_file(std::string const& from, std::string const& to);

} // namespace holdfast::store
