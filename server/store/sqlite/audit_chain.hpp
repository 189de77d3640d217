// Whether the audit log is whole, and the witness: where its end was when the file beside the database was
// last written. What was cut from the log and from audit_head alike still shows against the witness.
#pragma once
#include "server/store/sqlite/connection.hpp"

#include <string>
#include <vector>

namespace holdfast::store::sqlite {

// After a checkpoint, so that the witness is never ahead of what the disk holds. Throws std::runtime_error.
void write_witness(connection& database, std::string const& database_file);
// Adds a plain sentence for the first thing that is wrong with the chain, its end, its witness or the entries
// that members are shown.
void check_audit(connection& database, std::string const& database_file, std::vector<std::string>& problems);

} // namespace holdfast::store::sqlite
