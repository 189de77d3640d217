// What use cases ask of the store: plain synchronous functions, called on a database thread inside one
// transaction that never crosses a thread. Every query stays inside one circle or one account.
// "none" means absent; expected failures are errors; a broken database throws and ends the request.
#pragma once
#include "server/base/result.hpp"
#include "server/store/care_store.hpp"
#include "server/store/desk_tx.hpp"
#include "server/store/notice_tx.hpp"
#include "server/store/partner_tx.hpp"
#include "server/store/policy_tx.hpp"
#include "server/store/rows.hpp"
#include "server/store/share_tx.hpp"
#include "server/store/shell_tx.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace holdfast::store {

class read_tx : public desk_reads,
                public notice_reads,
                public partner_reads,
                public policy_reads,
                public share_reads,
                public shell_reads {
  public:
    // Accounts, sessions, keys
    virtual std::optional<account_row> account(account_id const& id) = 0;
    virtual std::optional<account_id> account_named(hash256 const& nickname_hash) = 0;
    virtual std::optional<std::string> wrapped_key(key_kind kind, std::string_view owner_id_text) = 0;
    virtual std::optional<session_row> session_with_token(hash256 const& token_hash) = 0;
    virtual std::vector<session_row> sessions_of(account_id const& account) = 0;

    // Circles
    virtual std::vector<circle_row> circles(std::optional<circle_id> after, std::size_t limit) = 0; // by id
    virtual std::optional<circle_row> circle(circle_id const& id) = 0;
    virtual std::optional<circle_row>
    circle_made_with(account_id const& by, std::string_view idempotency_key, hash256& body_hash_out) = 0;
    virtual std::vector<membership_row> memberships_of(account_id const& account) = 0;
    virtual std::vector<account_id> facilitators_of(circle_id const& circle) = 0;
    virtual std::vector<application_row> applications_waiting(circle_id const& circle, std::size_t limit) = 0;
    virtual std::optional<application_row> application(application_id const& id) = 0;    // waiting ones only
    virtual std::vector<application_row> applications_by(account_id const& account) = 0; // also answered ones
    virtual std::optional<application_row>
    application_of(circle_id const& circle, account_id const& account) = 0;
    virtual bool last_application_declined(circle_id const& circle, account_id const& account) = 0;

    // What readers see: only from visible_thread and visible_post
    virtual std::vector<visible_thread_row> threads_of(
        circle_id const& circle, std::optional<domain::thread_place> before, std::size_t limit
    ) = 0; // newest activity first
    virtual std::optional<visible_thread_row> thread(thread_id const& id) = 0;
    virtual bool thread_is_visible(thread_id const& id) = 0;
    virtual std::optional<visible_post_row> visible_opening(thread_id const& id) = 0;
    virtual std::vector<visible_post_row> posts_after(thread_id const& id, int number, std::size_t limit) = 0;
    virtual std::vector<visible_post_row>
    posts_before(thread_id const& id, int number, std::size_t limit) = 0; // ascending
    virtual std::optional<visible_post_row> visible_post(post_id const& id) = 0;
    // The last texts before a number that `reader` knows: others' visible versions, their own newest ones,
    // also while those wait. Ascending.
    virtual std::vector<earlier_text_row>
    texts_before(thread_id const& id, int number, account_id const& reader, std::size_t limit) = 0;
    virtual std::vector<visible_post_row> search(
        circle_id const& circle, std::vector<hash256> const& terms, std::size_t limit
    ) = 0; // all terms, newest first

    // What an author or a facilitator sees
    virtual std::optional<post_row> post(post_id const& id) = 0;
    virtual std::optional<post_with_newest> post_with_newest_version(post_id const& id) = 0;
    virtual std::vector<post_with_newest>
    posts_by(account_id const& author, std::optional<post_id> after, std::size_t limit) = 0; // oldest first
    virtual std::vector<post_with_newest> posts_by_before(
        account_id const& author, std::optional<post_id> before, std::size_t limit
    ) = 0; // newest first
    virtual std::optional<version_row>
    version_made_with(account_id const& author, std::string_view idempotency_key) = 0;
    virtual std::optional<version_row> version(post_id const& post, int version) = 0;
    // The newest first, without their texts; without a row from the end.
    virtual std::vector<numbered_version>
    versions_before_row(std::optional<std::int64_t> row, std::size_t limit) = 0;
    // Every version that has its text, in the order of the file.
    virtual std::vector<numbered_version> versions_after_row(std::int64_t row, std::size_t limit) = 0;
    virtual std::vector<decision_row> decisions_on(post_id const& post, int version) = 0;
    virtual std::vector<queued_row> review_queue(
        circle_id const& circle,
        domain::lane lane,
        domain::place<review_item_id> const& after,
        std::size_t limit
    ) = 0; // waiting, oldest due first
    virtual std::optional<review_item_row> review_item(review_item_id const& id) = 0; // in any state
    virtual bool review_item_waits(review_item_id const& id) = 0;
    virtual std::vector<review_item_row> review_items_waiting_for(post_id const& post) = 0;
    // When somebody was to have looked at it, as its author was told when it was sent; also when they did.
    virtual std::optional<timestamp> first_due_at(post_id const& post, int version) = 0;
    virtual std::vector<domain::review_step> review_steps(review_item_id const& id) = 0; // oldest first
    virtual std::optional<domain::verdict> review_verdict(review_item_id const& id
    ) = 0; // none while it waits
    virtual store::author_counts author_counts(circle_id const& circle, account_id const& author) = 0;
    virtual std::vector<note_row>
    notes_about(circle_id const& circle, account_id const& account, std::size_t limit) = 0; // newest first
    virtual std::vector<account_id> looking_at_item(review_item_id const& id, timestamp since) = 0;

    // The log
    virtual std::int64_t last_event() = 0;
    virtual std::vector<event_row> events_after(std::int64_t number, std::size_t limit) = 0;
    // Of one topic, in (after, upto], oldest first.
    virtual std::vector<event_row>
    events_of(topic const& of, std::int64_t after, std::int64_t upto, std::size_t limit) = 0;
    virtual std::int64_t consumed(std::string_view consumer) = 0;

    virtual std::optional<hash256>
    write_done_with(account_id const& by, std::string_view idempotency_key) = 0; // the hash of its body

    virtual care_reads& care() = 0;
    // A space of one's own
    virtual std::optional<member_key_row> member_key(account_id const& account) = 0;
    virtual std::optional<sealed_text> session_key(account_id const& account, session_id const& session) = 0;
    virtual std::vector<private_row>
    private_records(account_id const& account, domain::private_kind kind) = 0; // the newest version of each
    virtual std::vector<private_row> private_versions(
        account_id const& account, domain::private_kind kind, private_id const& id
    ) = 0; // oldest first; none when it isn't theirs
    virtual std::size_t private_count(account_id const& account, domain::private_kind kind) = 0;
    virtual bool
    private_is_gone(account_id const& account, private_id const& id) = 0; // it was there, and deleted
    virtual std::size_t private_bytes(account_id const& account) = 0;     // sealed, all kinds and versions
    // The audit log, newest first. `after` and `before` are numbers: only what lies between is looked at.
    virtual std::int64_t last_audit_number() = 0;
    virtual std::int64_t first_audit_since(timestamp at
    ) = 0; // the number that comes next when none is so new
    virtual std::vector<audit_row>
    audit(audit_filter const& wanted, std::int64_t after, std::int64_t before, std::size_t limit) = 0;
    virtual std::vector<audit_row>
    audit_concerning(account_id const& account, std::int64_t before, std::size_t limit) = 0;
};

class write_tx : public read_tx,
                 public desk_writes,
                 public notice_writes,
                 public partner_writes,
                 public policy_writes,
                 public share_writes {
  public:
    // Accounts, sessions, keys. errc::conflict when the nickname is taken.
    virtual result<void> add_account(account_row const& made, hash256 const& nickname_hash) = 0;
    virtual void set_country(account_id const& account, std::string_view country) = 0;
    virtual void set_lead(account_id const& account, bool is_lead) = 0;
    virtual void mark_seen(account_id const& account, std::int64_t week) = 0;
    // Ends every session and membership, empties every text of theirs, forgets nickname and passphrase and
    // destroys their key. The checkpoint that removes the key's bytes from the log follows the commit.
    virtual void erase_account(account_id const& account, timestamp at) = 0;
    virtual void add_wrapped_key(key_kind kind, std::string_view owner_id_text, std::string_view wrapped) = 0;
    virtual void add_session(session_row const& made, hash256 const& token_hash) = 0;
    virtual bool
    end_session(account_id const& account, session_id const& session) = 0; // false: no such session

    // Circles
    virtual void
    add_circle(circle_row const& made, std::string_view idempotency_key, hash256 const& body_hash) = 0;
    virtual void set_circle(circle_row const& changed) = 0; // texts, entry, readable_by, agreement_version
    virtual void add_membership(membership_row const& member) = 0; // keeps the role of one who has one
    virtual void set_membership(membership_row const& member) = 0; // adds or replaces
    virtual bool end_membership(circle_id const& circle, account_id const& account) = 0;
    virtual result<void> add_application(application_row const& made) = 0; // errc::conflict when one waits
    virtual void decide_application(
        application_id const& id, std::string_view state, std::optional<account_id> by, timestamp at
    ) = 0;

    // Posts. A version is seen by nobody until add_decision lets it through, in the same transaction.
    virtual void
    add_thread(thread_id const& id, circle_id const& circle, post_id const& opening, timestamp at) = 0;
    virtual int add_post(post_row const& made) = 0; // gives its number; touches the thread when it shows
    virtual void add_version(version_row const& made) = 0;
    virtual void add_decision(decision_row const& made) = 0;
    virtual void touch_thread(thread_id const& id, timestamp active_at) = 0;
    virtual bool
    remove_post(post_id const& post, timestamp at) = 0; // empties its versions; false: was removed

    // Review
    virtual void add_review_item(domain::review_item const& made) = 0;
    virtual bool
    claim_review_item(review_item_id const& id, account_id const& by, timestamp now, timestamp until) = 0;
    virtual void release_review_item(review_item_id const& id, account_id const& by) = 0; // their claim ends
    virtual void ask_a_lead(review_item_id const& id) = 0;
    // Without a verdict it is withdrawn. false: it changed or was closed meanwhile.
    virtual bool close_review_item(
        review_item_id const& id,
        int revision,
        std::optional<domain::verdict> verdict,
        std::optional<account_id> by,
        timestamp at
    ) = 0;
    virtual void add_review_step(
        review_item_id const& id, domain::review_step::kind what, account_id const& by, timestamp at
    ) = 0; // gives the item its next revision, but for passing on and notes
    virtual void add_note(note_row const& made) = 0;
    virtual void look_at_item(review_item_id const& id, account_id const& who, timestamp at) = 0;
    // On the cards that they were shown and on what waits in the care lane; false: no care was due.
    virtual bool mark_author_safe(post_id const& post, timestamp at) = 0;

    // Search, the log, the outbox
    // Does nothing unless that version is what readers see now. A post is taken out before it is put in
    // again.
    virtual void index_post(post_id const& post, int version, std::vector<hash256> const& terms) = 0;
    virtual void unindex_post(post_id const& post) = 0;
    virtual void set_consumed(std::string_view consumer, std::int64_t number) = 0;
    virtual void append_audit(audit_entry const& entry) = 0;
    virtual void append_event(event_row const& event) = 0;
    virtual void
    keep_write(account_id const& by, std::string_view idempotency_key, hash256 const& body_hash) = 0;

    care_writes& care() override = 0;
    // A space of one's own
    virtual void set_member_key(member_key_row const& key) = 0; // adds or replaces
    virtual void
    add_private_version(account_id const& account, domain::private_kind kind, private_row const& made) = 0;
    virtual void remove_private_version(private_id const& id, int version) = 0;
    virtual bool
    remove_private(account_id const& account, domain::private_kind kind, private_id const& id) = 0;
    virtual void erase_private(account_id const& account) = 0; // the key too; part of erase_account
};

} // namespace holdfast::store
