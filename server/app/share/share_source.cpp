#include "server/app/share/share_source.hpp"

#include "server/sealing/aead.hpp"

#include <algorithm>
#include <cstdlib>

namespace holdfast::app {

sealed_text seal_source(
    sealing::secret const& key, account_id const& owner, post_id const& share, share_source const& from
)
{
    return sealing::seal(
        key,
        {"story_share", share.text(), owner.text()},
        from.record.text() + " " + std::to_string(from.version)
    );
}

std::optional<share_source> open_source(sealing::secret const& key, store::share_row const& row)
{
    auto const opened = sealing::open(key, {"story_share", row.id.text(), row.owner.text()}, row.source);
    if (!opened || opened->size() < 34) return std::nullopt;
    auto const record = private_id::parse(std::string_view(*opened).substr(0, 32));
    if (!record) return std::nullopt;
    return share_source{*record, std::atoi(opened->c_str() + 33)};
}

std::optional<account_id> member_named(
    store::read_tx& tx,
    texts const& vault,
    circle_id const& circle,
    std::string_view nickname,
    account_id const& asking
)
{
    auto const found = tx.account_named(vault.nickname_hash(nickname));
    if (!found || *found == asking) return std::nullopt;
    auto const circles = tx.memberships_of(*found);
    auto const is_here =
        std::any_of(circles.begin(), circles.end(), [&](auto const& one) { return one.circle == circle; });
    return is_here ? found : std::nullopt;
}

} // namespace holdfast::app
