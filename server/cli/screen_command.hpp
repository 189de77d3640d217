// `holdfast screen`: one decision a line for JSONL from standard input, as documented in schema/screen.md.
#pragma once
#include "moderation/screen.hpp"

#include <istream>
#include <ostream>

namespace holdfast::cli {

// Reads {"id","text", optional "title","context"} a line. A line that can't be read gets {"id"?,"error"} and
// makes the result 1; the other lines are decided all the same.
int run_screen(moderation::screen screen, std::istream& in, std::ostream& out);

} // namespace holdfast::cli
