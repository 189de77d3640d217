#include "server/app/partner/remove_own.hpp"

#include "server/app/partner/partners.hpp"
#include "server/app/services.hpp"
#include "server/app/share/shares.hpp"
#include "server/app/space/space.hpp"

namespace holdfast::app {

namespace {
std::optional<domain::share_what> shared_as(domain::private_kind kind)
{
    switch (kind) {
    case domain::private_kind::story:
        return domain::share_what::story;
    case domain::private_kind::plan:
        return domain::share_what::plan;
    case domain::private_kind::card:
        return domain::share_what::card;
    default:
        return std::nullopt;
    }
}
} // namespace

task<result<void>>
remove_own(services const& with, member_session who, domain::private_kind kind, private_id id)
{
    auto const what = shared_as(kind);
    result<void> taken;
    if (what) {
        auto const which = *what;
        taken = co_await with.shares.withdraw_all(who, which, id);
    } else if (kind == domain::private_kind::goal) {
        taken = co_await with.partners.end_of_goal(who, id);
    }
    if (!taken) co_return taken.error();
    auto const done = co_await with.space.remove(who, kind, id);
    co_return done;
}

} // namespace holdfast::app
