// The command line of `holdfast`. Each command is one function elsewhere; this file only names them.
#include "server/base/log.hpp"
#include "server/cli/commands.hpp"

#include <cstdio>
#include <exception>

int main(int argc, char** argv)
{
    try {
        return holdfast::cli::run(argc, argv);
    } catch (std::exception const& failed) {
        std::fprintf(stderr, "holdfast: %s\n", failed.what());
        return 1;
    }
}
