// A partnership as programs see it, and as it stands in the copy of one's data.
#pragma once
#include "server/domain/partner.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <vector>

namespace holdfast::app {

boost::json::object json_of(domain::partnership const& between);
boost::json::array json_of(std::vector<domain::partner_said> const& all, bool for_member);

} // namespace holdfast::app
