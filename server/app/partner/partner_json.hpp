// A partnership as programs see it, and as it stands in the copy of one's data.
#pragma once
#include "server/domain/partner.hpp"

#include <boost/json/object.hpp>

namespace holdfast::app {

boost::json::object json_of(domain::partnership const& between);

} // namespace holdfast::app
