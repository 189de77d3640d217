// The command line, as documented in the README.
#pragma once

namespace holdfast::cli {

int run(int argc, char** argv); // the exit status; throws for what a host must mend

} // namespace holdfast::cli
