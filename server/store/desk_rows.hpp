// What the store keeps for the desk, as plain values.
#pragma once
#include "server/base/sealed_text.hpp"
#include "server/domain/measures.hpp"

#include <optional>

namespace holdfast::store {

struct report_row {
    post_id post;
    int version = 1;
    account_id reporter;
    review_item_id item;
    circle_id circle;
    domain::report_category category = domain::report_category::other;
    sealed_text words;
    bool folded = false;
    sealed_text snapshot; // of the post, on the first report of a version
    double weight = 1;
    timestamp at;
    std::optional<bool> made_a_change{};
};

struct reporter_record {
    int right = 0;
    int wrong = 0;
};

struct limit_row {
    limit_id id;
    circle_id circle;
    std::optional<account_id> account;
    std::optional<review_item_id> item;
    domain::limit_kind kind = domain::limit_kind::slow;
    int minutes = 0;
    sealed_text reason;
    account_id by;
    timestamp begins_at;
    timestamp ends_at;
};

struct strike_row {
    review_item_id item;
    circle_id circle;
    account_id account;
    post_id post; // the item's
    int weight = 1;
    account_id by;
    timestamp at;
    timestamp expires_at;
};

struct appeal_row {
    review_item_id item;
    post_id post;
    int version = 1;
    account_id author;
    timestamp at;
    std::optional<timestamp> closed_at{};
    std::optional<bool> upheld{};
};

struct appeal_message_row {
    review_item_id item;
    int number = 1;
    account_id by;
    sealed_text words;
    bool folded = false;
    timestamp at;
};

struct waiting_count {
    domain::lane lane = domain::lane::care;
    int count = 0;
    timestamp oldest_due;
};

struct decided_row {
    domain::lane lane = domain::lane::care;
    timestamp created_at;
    timestamp due_at;
    timestamp decided_at;
    domain::verdict verdict = domain::verdict::keep;
    std::optional<account_id> by;
};

struct post_counts {
    int all = 0;
    int by_the_check = 0; // that waited for nobody
};

struct exposure_today {
    int weight = 0;
    std::optional<timestamp> last_at;
};

struct desk_setting {
    moderation::label_set opt_outs;
    std::optional<timestamp> paused_until;
};

} // namespace holdfast::store
