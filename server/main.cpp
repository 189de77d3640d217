// The command line of `holdfast`. Each command is one function elsewhere; this file only names them.
#include "server/base/log.hpp"
#include "server/cli/commands.hpp"

#include <cstdio>
#include <exception>
#include <sys/prctl.h>

int main(int argc, char** argv)
{
    ::prctl(PR_SET_DUMPABLE, 0); // no image of a crash may hold people's words and keys
    try {
        return holdfast::cli::run(argc, argv);
    } catch (std::exception const& failed) {
        std::fprintf(stderr, "holdfast: %s\n", failed.what());
        return 1;
    }
}
