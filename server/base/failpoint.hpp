// Named failure points, so that tests can make the server fail where it hurts. Compiled in only with
// HOLDFAST_FAILPOINTS; driven by libfiu (fiu-run -x -c 'enable name=screen/error' holdfast serve …).
#pragma once
#if defined(HOLDFAST_FAILPOINTS)
#include <fiu.h>
#endif

namespace holdfast {

// Names in use: screen/timeout screen/error screen/crash store/before_commit
// store/after_commit_before_ack outbox/send migrate/step.
inline bool failpoint([[maybe_unused]] char const* name)
{
#if defined(HOLDFAST_FAILPOINTS)
    return fiu_fail(name) != 0;
#else
    return false;
#endif
}

} // namespace holdfast
