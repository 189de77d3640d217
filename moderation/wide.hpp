// For the few inner loops that go over all of a row: a second compiled form for processors with wider
// registers, chosen when the program starts. Both give the same results, bit for bit.
#pragma once

// Not under Clang 14, which can't call such a function from another file, nor under the thread sanitizer,
// which isn't there yet when they are chosen.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define HOLDFAST_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define HOLDFAST_WIDE
#endif
