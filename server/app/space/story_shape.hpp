// What a private story is made of: the part of private_shape that is its own.
#pragma once
#include "server/app/space/private_shape.hpp"

#include <boost/json/value.hpp>

namespace holdfast::app {

std::span<field_rule const> story_fields();
bool are_strengths(boost::json::value const& value);
bool are_put_away(boost::json::value const& value);

} // namespace holdfast::app
