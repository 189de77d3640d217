#include "server/app/partner/pace_changed.hpp"

#include "server/app/partner/partners.hpp"
#include "server/app/services.hpp"
#include "server/app/space/pacing.hpp"

namespace holdfast::app {

task<result<void>> pace_changed(services const& with, member_session who)
{
    with.pace.forget(who.who->account);
    auto const followed = co_await with.partners.follow_clock(who);
    co_return followed;
}

} // namespace holdfast::app
