// What is shared, whatever it is: one's own shares, what others share with one, taking one back.
#pragma once
#include "server/api/decode.hpp"
#include "server/app/share/shares.hpp"

#include <boost/json/object.hpp>

namespace holdfast::api {

boost::json::object json_of(domain::shared_copy const& copy);
boost::json::object json_of(app::own_share const& share);
std::string path_of_link(std::string const& secret);

task<net::response> own_shares_of(http::context asked, domain::share_what what);
task<net::response> shares_for_me_of(http::context asked, domain::share_what what);
task<net::response> shared_of(http::context asked, domain::share_what what);
task<net::response> withdraw_share(http::context asked);

template <domain::share_what what>
task<net::response> own_shares(http::context asked)
{
    return own_shares_of(std::move(asked), what);
}

template <domain::share_what what>
task<net::response> shares_for_me(http::context asked)
{
    return shares_for_me_of(std::move(asked), what);
}

template <domain::share_what what>
task<net::response> shared(http::context asked)
{
    return shared_of(std::move(asked), what);
}

} // namespace holdfast::api
