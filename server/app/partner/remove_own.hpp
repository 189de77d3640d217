// Taking a private text out, with all that others could see of it.
#pragma once
#include "server/app/people/member_session.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/space.hpp"

namespace holdfast::app {

struct services;

// What was shared of it is taken back first, and a partner's company with it ends. not_found: none of theirs.
task<result<void>>
remove_own(services const& with, member_session who, domain::private_kind kind, private_id id);

} // namespace holdfast::app
