// How a coroutine waits for another thread: whoever does the work is given what lets the coroutine go on.
// Compiled once, for what Asio makes of a handler is made anew for each type that a template hands it.
#pragma once
#include "server/base/task.hpp"

#include <functional>

namespace holdfast {

// Called once, on any thread; the coroutine goes on where its executor says.
using resumption = std::function<void()>;

// Calls `begin` and waits until what it was given is called. `begin` sees to it that this happens.
task<void> until_resumed(std::function<void(resumption)> begin);

} // namespace holdfast
