// For sources that wait on Asio, never for headers. What a wait gives, with its error first and as a value:
// auto const [failed, size] = co_await …
#pragma once
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace holdfast {

inline constexpr auto to_tuple = boost::asio::as_tuple(boost::asio::use_awaitable);

} // namespace holdfast
