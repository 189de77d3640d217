// From rows of the store to what people read. Runs on database threads, inside the read that found the rows.
#pragma once
#include "server/app/texts.hpp"
#include "server/domain/post.hpp"
#include "server/store/tx.hpp"

#include <optional>
#include <vector>

namespace holdfast::app {

// One visible post, opened. damaged when its seal does not hold; not_found when its author's key is gone.
result<domain::post> open_visible(store::read_tx& tx, texts& vault, store::visible_post_row const& row);

// Many of one circle. A row that does not open is left out and logged by id, so that one damaged row
// doesn't take a whole page from everybody.
std::vector<domain::post>
open_all_visible(store::read_tx& tx, texts& vault, std::vector<store::visible_post_row> const& rows);

// The screen's decision as it was stored, with its findings opened. Without findings when the seal fails.
moderation::decision open_decision(
    store::read_tx& tx,
    texts& vault,
    circle_id const& circle,
    account_id const& author,
    store::decision_row const& row
);

// A post with its newest version, for its author.
result<domain::own_post> open_own(store::read_tx& tx, texts& vault, store::post_with_newest const& row);

} // namespace holdfast::app
