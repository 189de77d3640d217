// Brings a database file to the schema of this build, one atomic step per file of schema/sqlite.
#pragma once
#include "server/store/sqlite/connection.hpp"

#include <string>

namespace holdfast::store::sqlite {

int newest_schema();

// Throws std::runtime_error with a plain sentence: the file is another program's, or newer than this build.
// Returns the number of steps taken.
int migrate(connection& database);

// Is the file usable at all: its kind, its pages' structure in a bounded look. Throws std::runtime_error.
void check_at_start(connection& database);

} // namespace holdfast::store::sqlite
