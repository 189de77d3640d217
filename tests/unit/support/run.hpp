// Runs one coroutine to its end, as a request would, and gives back what it made.
#pragma once
#include "server/base/task.hpp"
#include "tests/unit/support/result_text.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace holdfast::tests {

// Starts all of them on this thread before any can end, and comes back after the last. Throws what one threw.
void run_all(std::vector<task<void>> works);

template <class R>
task<void> keep(task<R> work, std::optional<R>& made)
{
    auto value = co_await std::move(work);
    made.emplace(std::move(value));
}

// Starts all of them before any can end; results in the order of the works.
template <class R>
std::vector<std::optional<R>> run_together(std::vector<task<R>> works)
{
    std::vector<std::optional<R>> made(works.size());
    std::vector<task<void>> kept;
    for (std::size_t at = 0; at < works.size(); ++at)
        kept.push_back(keep(std::move(works[at]), made[at]));
    run_all(std::move(kept));
    return made;
}

template <class R>
R run(task<R> work)
{
    std::vector<task<R>> works;
    works.push_back(std::move(work));
    return std::move(*run_together(std::move(works)).front());
}

} // namespace holdfast::tests
