// Which of one's own records a share is of, sealed under the member's key: the file doesn't tell.
#pragma once
#include "server/app/texts.hpp"
#include "server/base/id.hpp"
#include "server/sealing/secret.hpp"
#include "server/store/tx.hpp"

#include <optional>
#include <string_view>

namespace holdfast::app {

struct share_source {
    private_id record;
    int version = 1;
};

sealed_text seal_source(
    sealing::secret const& key, account_id const& owner, post_id const& share, share_source const& from
);
std::optional<share_source> open_source(sealing::secret const& key, store::share_row const& row);

// Somebody else in that circle by their nickname; none otherwise, whoever else has that name.
std::optional<account_id> member_named(
    store::read_tx& tx,
    texts const& vault,
    circle_id const& circle,
    std::string_view nickname,
    account_id const& asking
);

} // namespace holdfast::app
