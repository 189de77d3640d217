// What notices ask of the store, beside what stands in tx.hpp; the same rules.
#pragma once
#include "server/domain/notice.hpp"
#include "server/store/rows.hpp"

#include <optional>
#include <vector>

namespace holdfast::store {

struct news_row {
    notice_id id;
    account_id account;
    domain::notice_kind kind = domain::notice_kind::reply;
    about_id about;
    std::optional<post_id> post;
    timestamp at;
    std::optional<timestamp> seen_at;
    std::int64_t number = 0; // given by the store
};

struct letter_row {
    account_id account;
    domain::letter_kind what = domain::letter_kind::news;
    int wanted = 1;
    int tries = 0;
};

class notice_reads {
  public:
    virtual ~notice_reads() = default;

    virtual std::vector<news_row> notices_of(
        account_id const& account, std::optional<std::int64_t> before, std::size_t limit
    ) = 0; // newest first
    virtual std::optional<news_row> notice(account_id const& account, notice_id const& id) = 0;
    virtual std::size_t unseen_notices(account_id const& account) = 0;
    virtual std::optional<sealed_text> notice_wish(account_id const& account) = 0;
    virtual std::vector<letter_row> letters_due(timestamp now, std::size_t limit) = 0;
    virtual std::vector<account_id> members_of(circle_id const& circle) = 0;
};

class notice_writes {
  public:
    virtual ~notice_writes() = default;

    // false: one of that kind about the same thing waits to be seen. Of those that were seen the newest are
    // kept.
    virtual bool add_notice(news_row const& made, int seen_max) = 0;
    virtual void see_notice(account_id const& account, notice_id const& id, timestamp at) = 0;
    virtual void see_all_notices(account_id const& account, timestamp at) = 0;
    // Of what is gone nobody is told any more. Gives whose notices went.
    virtual std::vector<account_id> remove_notices_about(about_id const& about) = 0;
    virtual void set_notice_wish(account_id const& account, sealed_text const& wish) = 0;
    // Due then, but not within `pause` of the last one of its kind; one that waits already stays as it is.
    virtual void want_letter(
        account_id const& account, domain::letter_kind what, timestamp due, std::chrono::milliseconds pause
    ) = 0;
    // It was sent, or given up. Asked for again meanwhile, another follows after `pause`.
    virtual void end_letter(letter_row const& letter, timestamp at, std::chrono::milliseconds pause) = 0;
    virtual void put_letter_off(letter_row const& letter, timestamp until, int tries) = 0;
    virtual void drop_letters(account_id const& account) = 0;
};

} // namespace holdfast::store
