// toml++, with one thing mended: Debian's version asserts on some broken table names ("[" and the end of the
// line), which would end the program, or worse in a release. Here that is an exception like any other fault
// of a file. Include this, never <toml++/toml.h>.
#pragma once
#include <stdexcept>

// Where the library promises not to throw, ending is what an assertion does too.
#pragma GCC diagnostic push
#if defined(__clang__)
#pragma GCC diagnostic ignored "-Wexceptions"
#else
#pragma GCC diagnostic ignored "-Wterminate"
#endif
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expr)                                                                                    \
    ((expr) ? void() : throw std::runtime_error("the name of a table or a value can't be read"))
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")
#pragma GCC diagnostic pop
