// The one coroutine type. House rule (GCC 12 miscompiles the rest, see server/README.md): a statement
// with co_await is one call with named arguments, and its result goes into a named variable.
#pragma once
#include <boost/asio/awaitable.hpp>

namespace holdfast {

template <class T>
using task = boost::asio::awaitable<T>;

} // namespace holdfast
