// The copy of one's data as a table for spreadsheets: one line for each fact or text, of whatever kind. Pure.
#pragma once
#include "server/app/languages.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace holdfast::app {

// One cell. What a spreadsheet would take for a formula gets an apostrophe before it.
std::string csv_cell(std::string_view text);
// Columns: part, number, version, place, value; their names are spoken, what stands in them is as it is in
// `copy`, the export as programs get it.
std::string csv_of(boost::json::object const& copy, language const& spoken);

} // namespace holdfast::app
