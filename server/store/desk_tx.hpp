// What the desk asks of the store, beside what stands in tx.hpp; the same rules.
#pragma once
#include "server/store/desk_rows.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace holdfast::store {

class desk_reads {
  public:
    virtual ~desk_reads() = default;

    // Reports
    virtual std::optional<report_row>
    report_by(post_id const& post, int version, account_id const& reporter) = 0;
    virtual std::vector<report_row> reports_on(review_item_id const& item) = 0; // oldest first
    virtual std::vector<report_row>
    reports_by(account_id const& reporter, std::size_t limit) = 0; // newest first
    virtual reporter_record reporter(account_id const& account) = 0;

    // Strikes and limits
    virtual std::vector<limit_row> limits_holding(
        circle_id const& circle, account_id const& account, timestamp now
    ) = 0; // also the circle's own
    virtual std::vector<limit_row> limits_in(circle_id const& circle, timestamp now, std::size_t limit) = 0;
    virtual std::vector<limit_row> limits_of(account_id const& account, timestamp now) = 0;
    virtual std::vector<limit_row> locks_holding(timestamp now) = 0; // of all circles, for the start
    virtual std::optional<limit_row> limit(limit_id const& id, timestamp now) = 0; // while it holds
    virtual std::vector<strike_row> strikes_of(account_id const& account, timestamp now) = 0; // not faded
    virtual std::optional<timestamp> last_post_at(circle_id const& circle, account_id const& account) = 0;
    virtual bool is_newcomer(circle_id const& circle, account_id const& account, int posts) = 0;

    // Appeals
    virtual std::optional<appeal_row> appeal_on(post_id const& post, int version) = 0;
    virtual std::vector<appeal_row> appeals_by(account_id const& author) = 0;
    virtual std::optional<appeal_row> appeal(review_item_id const& item) = 0;
    virtual std::vector<appeal_message_row> appeal_messages(review_item_id const& item) = 0;

    // Figures
    virtual std::vector<waiting_count> waiting_counts(circle_id const& circle) = 0;
    virtual std::vector<decided_row>
    decided_since(circle_id const& circle, timestamp since, std::size_t limit) = 0; // newest first
    virtual post_counts posts_since(circle_id const& circle, std::int64_t day) = 0;
    virtual int exposure_since(account_id const& account, std::int64_t day) = 0;

    // A facilitator's day, and those who welcome
    virtual exposure_today exposure(account_id const& account, std::int64_t day) = 0;
    virtual store::desk_setting desk_setting(account_id const& account) = 0;
    virtual bool welcomes(circle_id const& circle, account_id const& account) = 0;
    virtual std::vector<thread_id> unanswered(
        circle_id const& circle, timestamp from, timestamp until, std::size_t limit
    ) = 0; // oldest first
};

class desk_writes {
  public:
    virtual ~desk_writes() = default;

    virtual void count_post(circle_id const& circle, std::int64_t day, bool by_the_check) = 0;
    virtual void add_report(report_row const& made) = 0;
    // Tells all reports on it, and counts for those who made them.
    virtual void close_reports(review_item_id const& item, bool made_a_change) = 0;
    virtual void add_limit(limit_row const& made) = 0;
    virtual void end_limit(limit_id const& id, timestamp at) = 0;
    virtual void add_strike(strike_row const& made) = 0;
    // All that followed from items about this version.
    virtual void undo_measures(post_id const& post, int version, timestamp at) = 0;
    virtual void settle(circle_id const& circle, account_id const& account, timestamp at) = 0;
    virtual void add_appeal(appeal_row const& made) = 0;
    virtual void add_appeal_message(appeal_message_row const& made) = 0;
    virtual void close_appeal(review_item_id const& item, bool upheld, timestamp at) = 0;
    virtual void add_exposure(
        account_id const& account, std::int64_t day, review_item_id const& item, int weight, timestamp at
    ) = 0;
    virtual void set_desk_setting(account_id const& account, store::desk_setting const& wanted) = 0;
    virtual bool set_welcomes(circle_id const& circle, account_id const& account, bool does) = 0;
};

} // namespace holdfast::store
