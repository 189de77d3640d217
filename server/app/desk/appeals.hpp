// Asking for another look at what a person decided, or at what the automatic check gave back: one
// conversation, decided by somebody who has not decided about it, then closed.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/care.hpp"
#include "server/domain/review.hpp"
#include "server/store/tx.hpp"

#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;
class screener;
class help_lines;

struct appeal_message {
    bool by_author = true;
    std::string words;
    bool folded = false;
    timestamp at;
};

struct appeal_view {
    post_id post;
    std::vector<appeal_message> messages;
    std::optional<bool> upheld; // none while it is open
};

class appeals {
  public:
    appeals(
        store::database& database,
        texts& vault,
        screener& screen,
        help_lines const& lines,
        domain::review_clocks clocks,
        clock const& time
    )
        : database_(database), vault_(vault), screen_(screen), lines_(lines), clocks_(clocks), time_(time)
    {
    }

    // The author of a post whose newest version a person decided about, and didn't simply let through, or
    // that the automatic check gave back. The first words open it, later ones go on with it. conflict: it was
    // closed, or there is nothing to ask about.
    task<result<std::optional<domain::care>>>
    ask(domain::principal_ptr who, post_id post, std::string idempotency_key, std::string words);
    // A question of who looks at it. returned: the screen noticed something, since it reaches the author.
    task<result<void>>
    answer(domain::principal_ptr who, review_item_id item, std::string idempotency_key, std::string words);
    task<result<std::optional<appeal_view>>> own(domain::principal_ptr who, post_id post); // none: not asked

  private:
    store::database& database_;
    texts& vault_;
    screener& screen_;
    help_lines const& lines_;
    domain::review_clocks clocks_;
    clock const& time_;
};

// Has this person decided about this version before? Then they don't decide whether that was right.
bool decided_before(store::read_tx& tx, account_id const& who, post_id const& post, int version);
// The conversation of an appeal, opened. On a database thread.
std::vector<appeal_message>
messages_of(store::read_tx& tx, texts& vault, circle_id const& circle, store::appeal_row const& about);

} // namespace holdfast::app
