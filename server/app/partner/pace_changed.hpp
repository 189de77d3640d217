// What follows when somebody changed, took over or removed what they chose for their pace.
#pragma once
#include "server/app/people/identity.hpp"

namespace holdfast::app {

struct services;

// It counts from the next request on, and the days that they told a partner follow their clock.
task<result<void>> pace_changed(services const& with, signed_in who);

} // namespace holdfast::app
