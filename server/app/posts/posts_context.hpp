// What a reply is screened together with: the texts that it answers, as its author knows them.
#pragma once
#include "server/app/texts.hpp"
#include "server/domain/post.hpp"
#include "server/store/tx.hpp"

#include <string>
#include <vector>

namespace holdfast::app {

// Oldest first: how the thread began, and the last few texts before `number`. Others' only as far as they are
// visible, the author's own also while they wait. On a database thread.
std::vector<std::string> texts_before(
    store::read_tx& tx,
    texts& vault,
    circle_id const& circle,
    thread_id const& thread,
    int number,
    account_id const& author
);

} // namespace holdfast::app
