// What the store keeps, as plain values. Texts are sealed here; app/ opens and seals them.
#pragma once
#include "moderation/types.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/sealed_text.hpp"
#include "server/domain/circle.hpp"
#include "server/domain/review.hpp"
#include "server/domain/space.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {

using hash256 = std::array<std::byte, 32>; // a keyed BLAKE2b

struct account_row {
    account_id id;
    sealed_text nickname;
    bool is_lead = false;
    std::string country;
    timestamp created_at;
    std::int64_t seen_week = 0;
    bool erased = false;
};

enum class key_kind : std::uint8_t { author, circle };

struct session_row {
    session_id id;
    account_id account;
    timestamp created_at;
    timestamp expires_at;
    sealed_text key{}; // the member's own, under the token's; empty when there was none at sign-in
};

// A member's own key, as it is wrapped.
struct member_key_row {
    account_id account;
    std::string salt;
    sealed_text by_passphrase;
    sealed_text by_code; // empty: no recovery code yet
    friend bool operator==(member_key_row const&, member_key_row const&) = default;
};

// One version of a piece of private writing.
struct private_row {
    private_id id;
    int version = 1;
    sealed_text body;
};

struct circle_row {
    circle_id id;
    sealed_text texts;
    domain::entry_mode entry = domain::entry_mode::open;
    domain::readable_by readable_by = domain::readable_by::members;
    int agreement_version = 1;
    account_id created_by;
    timestamp created_at;
};

struct membership_row {
    circle_id circle;
    account_id account;
    domain::role role = domain::role::member;
    int agreement_version = 1;
    timestamp joined_at;
};

struct application_row {
    application_id id;
    circle_id circle;
    account_id account;
    sealed_text words;
    int agreement_version = 1;
    bool folded = false;
    timestamp created_at;
};

// What readers are shown: from visible_post, of a share from let_through_post.
struct visible_post_row {
    post_id id;
    thread_id thread;
    circle_id circle;
    account_id author;
    int number = 0;
    int version = 1;
    sealed_text text;
    bool folded = false;
    moderation::label_set labels;
    timestamp created_at;
    timestamp version_at;
};

// From visible_thread. Its title is in the opening's visible version.
struct visible_thread_row {
    thread_id id;
    circle_id circle;
    post_id opening_post;
    std::optional<visible_post_row> opening; // none when its author took it down
    int visible_posts = 0;
    timestamp created_at;
    timestamp active_at;
};

// A policy's text, by the id that decisions name.
struct policy_row {
    std::string id; // "name/version"
    hash256 hash{};
    std::string text;
    timestamp at; // first used
};

struct circle_policy_row {
    circle_id circle;
    std::string id;
    hash256 hash{};
    sealed_text text;
    account_id set_by;
    timestamp set_at;
};

// One decision, the screen's or a person's.
struct decision_row {
    post_id post;
    int version = 1;
    int number = 1;
    moderation::outcome outcome = moderation::outcome::hold;
    int risk = 0;
    double risk_score = 0;
    moderation::triage triage = moderation::triage::green;
    moderation::label_set labels;
    sealed_text detail;
    std::string policy;
    std::int64_t micros = 0;
    std::optional<account_id> decided_by;
    timestamp created_at;
    std::optional<domain::verdict> verdict{}; // a person's
};

struct version_row {
    post_id post;
    int version = 1;
    account_id author;
    sealed_text text;
    std::string idempotency_key;
    hash256 body_hash{};
    timestamp created_at;
};

struct numbered_version {
    std::int64_t row = 0;
    circle_id circle;
    version_row version;
};

// A text that comes before another in its thread, as the author of that other one knows it.
struct earlier_text_row {
    post_id post;
    account_id author;
    int number = 0;
    int version = 1;
    sealed_text text;
};

struct post_row {
    post_id id;
    thread_id thread;
    circle_id circle;
    account_id author;
    int number = 0;
    std::optional<int> visible_version; // by the view, not by shown_version alone
    timestamp created_at;
    bool removed = false;
};

// A post with its newest version and that version's decisions, oldest first: for its author and for review.
struct post_with_newest {
    post_row post;
    version_row version;
    std::vector<decision_row> decisions;
    std::optional<timestamp> due_at; // of the review item that waits for it
    bool author_safe = false;
};

struct review_item_row {
    domain::review_item item;
    account_id author;
};

// An item's place among those that wait: all that a list needs before it knows what it will show.
struct queued_row {
    review_item_id id;
    domain::lane lane = domain::lane::care;
    timestamp due_at;
};

// How an author has been in a circle. Care is not in it.
struct author_counts {
    std::optional<timestamp> joined_at;
    int posts = 0;                                    // of their last 500, those that others see
    std::array<int, domain::verdict_count> decided{}; // of the last 200 decisions, by verdict
};

struct note_row {
    note_id id;
    circle_id circle;
    account_id account; // about whom
    review_item_id item;
    account_id by;
    sealed_text words;
    bool folded = false;
    timestamp at;
};

struct audit_entry {
    timestamp at;
    std::optional<account_id> actor; // none: the program or the host's shell
    std::string action;
    std::optional<circle_id> circle;
    std::string object;        // an id's text, may be empty
    std::string detail = "{}"; // JSON without content
    std::optional<account_id>
        concerns{}; // whose own record shows it: something of theirs was read or decided
};

// An entry as it was kept. `detail` names in "of" whom it concerns.
struct audit_row {
    std::int64_t number = 0;
    audit_entry entry;
};

struct audit_filter {
    std::optional<account_id> actor;
    std::optional<circle_id> circle;
    std::string action; // the beginning of its name, "" for all
    std::string object;
    std::optional<timestamp> from, until; // until: before
};

struct event_row {
    std::int64_t number = 0; // given by the store
    std::string type;        // one of schema/live.md
    std::optional<circle_id> circle;
    std::optional<thread_id> thread;
    std::optional<post_id> post;
    std::optional<account_id> account;
    timestamp at;
};

// Which events a live topic carries.
struct topic {
    enum class kind : std::uint8_t { circle, thread, me, review };
    topic::kind what = kind::circle;
    std::string object;               // circle's or thread's id text; account's for me
    std::string within{};             // of a thread: its circle's id text, whose own events it carries too
    std::vector<circle_id> circles{}; // for review: those that somebody looks after
    friend bool operator==(topic const&, topic const&) = default;
};

} // namespace holdfast::store
