// What follows when somebody changed, took over or removed what they chose for their pace.
#pragma once
#include "server/app/people/member_session.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"

namespace holdfast::app {

struct services;

// It counts from the next request on, and the days that they told a partner follow their clock.
task<result<void>> pace_changed(services const& with, member_session who);

} // namespace holdfast::app
