// Small experiments: something to try, how it was before, how it was after, and what to do with it. A try
// that changed nothing is told as kindly as one that did.
#pragma once
#include "server/app/space/space.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace holdfast::app {

bool is_looked_back(boost::json::object const& experiment);
// "Before it was low, and after it was in between. That is a bit lighter."
std::string sentence_about_experiment(boost::json::object const& experiment);

} // namespace holdfast::app
