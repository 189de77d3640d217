// A policy as the text of its format, without comments and in one fixed form: what is kept and shown again of
// a policy that somebody sent in.
#pragma once
#include "moderation/policy/policy.hpp"

#include <string>

namespace holdfast::moderation {

std::string toml_of(policy const& rules);

} // namespace holdfast::moderation
