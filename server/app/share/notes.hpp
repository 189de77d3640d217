// The notes that answer a shared story, opened for a reader who may read it.
#pragma once
#include "server/app/texts.hpp"
#include "server/domain/share.hpp"
#include "server/store/tx.hpp"

#include <vector>

namespace holdfast::app {

// Pinned ones first, then oldest first. What does not open is left out.
std::vector<domain::witness_note> open_notes(store::read_tx& tx, texts& vault, store::share_row const& story);

} // namespace holdfast::app
