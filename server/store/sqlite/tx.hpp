// The store's operations on one SQLite connection, inside one transaction. One file per family of tables:
// tx_people, tx_circles, tx_notices, tx_partners, tx_policies, tx_posts, tx_private, tx_review, tx_shares,
// tx_log; and tx_facts and tx_seals, which read of them all.
#pragma once
#include "server/store/sqlite/care_tables.hpp"
#include "server/store/sqlite/connection.hpp"
#include "server/store/tx.hpp"

namespace holdfast::store::sqlite {

class tx final : public write_tx {
  public:
    explicit tx(connection& database) : database_(database), care_(database) {}

    // What the transaction did that the writer must know after the commit.
    bool appended_events() const { return appended_events_; }
    bool shredded_keys() const { return shredded_keys_; }

    std::optional<account_row> account(account_id const& id) override;
    std::optional<account_id> account_named(hash256 const& nickname_hash) override;
    std::optional<std::string> wrapped_key(key_kind kind, std::string_view owner_id_text) override;
    std::optional<session_row> session_with_token(hash256 const& token_hash) override;
    std::vector<session_row> sessions_of(account_id const& account) override;
    std::vector<circle_row> circles(std::optional<circle_id> after, std::size_t limit) override;
    std::optional<circle_row> circle(circle_id const& id) override;
    std::optional<circle_row>
    circle_made_with(account_id const& by, std::string_view idempotency_key, hash256& body_hash_out) override;
    std::vector<membership_row> memberships_of(account_id const& account) override;
    std::vector<account_id> facilitators_of(circle_id const& circle) override;
    std::vector<application_row> applications_waiting(circle_id const& circle, std::size_t limit) override;
    std::optional<application_row> application(application_id const& id) override;
    std::vector<application_row> applications_by(account_id const& account) override;
    std::optional<application_row>
    application_of(circle_id const& circle, account_id const& account) override;
    bool last_application_declined(circle_id const& circle, account_id const& account) override;
    std::optional<policy_row> policy(std::string_view id) override;
    std::vector<circle_policy_row> circle_policies_in_use() override;
    std::optional<circle_policy_row> circle_policy_in_use(circle_id const& circle) override;
    std::optional<circle_policy_row> circle_policy(circle_id const& circle, std::string_view id) override;
    std::vector<policy_row> policies(std::size_t limit) override;
    std::optional<policy_wish_row> policy_wish(circle_id const& circle) override;
    std::vector<domain::rule_change> rule_changes(std::string_view policy) override;
    rule_counts rule_counts_since(std::string_view rule, timestamp since, std::size_t limit) override;
    std::vector<visible_thread_row> threads_of(
        circle_id const& circle, std::optional<domain::thread_place> before, std::size_t limit
    ) override;
    std::optional<visible_thread_row> thread(thread_id const& id) override;
    bool thread_is_visible(thread_id const& id) override;
    std::optional<visible_post_row> visible_opening(thread_id const& id) override;
    std::vector<visible_post_row> posts_after(thread_id const& id, int number, std::size_t limit) override;
    std::vector<visible_post_row> posts_before(thread_id const& id, int number, std::size_t limit) override;
    std::optional<visible_post_row> visible_post(post_id const& id) override;
    std::vector<earlier_text_row>
    texts_before(thread_id const& id, int number, account_id const& reader, std::size_t limit) override;
    std::vector<visible_post_row>
    search(circle_id const& circle, std::vector<hash256> const& terms, std::size_t limit) override;
    std::optional<post_row> post(post_id const& id) override;
    std::optional<post_with_newest> post_with_newest_version(post_id const& id) override;
    std::vector<post_with_newest>
    posts_by(account_id const& author, std::optional<post_id> after, std::size_t limit) override;
    std::vector<post_with_newest>
    posts_by_before(account_id const& author, std::optional<post_id> before, std::size_t limit) override;
    std::optional<version_row>
    version_made_with(account_id const& author, std::string_view idempotency_key) override;
    std::optional<version_row> version(post_id const& post, int version) override;
    std::vector<numbered_version>
    versions_before_row(std::optional<std::int64_t> row, std::size_t limit) override;
    std::vector<numbered_version> versions_after_row(std::int64_t row, std::size_t limit) override;
    std::vector<decision_row> decisions_on(post_id const& post, int version) override;
    std::vector<queued_row> review_queue(
        circle_id const& circle,
        domain::lane lane,
        domain::place<review_item_id> const& after,
        std::size_t limit
    ) override;
    std::optional<review_item_row> review_item(review_item_id const& id) override;
    bool review_item_waits(review_item_id const& id) override;
    std::vector<review_item_row> review_items_waiting_for(post_id const& post) override;
    std::optional<timestamp> first_due_at(post_id const& post, int version) override;
    std::vector<domain::review_step> review_steps(review_item_id const& id) override;
    std::optional<domain::verdict> review_verdict(review_item_id const& id) override;
    store::author_counts author_counts(circle_id const& circle, account_id const& author) override;
    std::vector<note_row>
    notes_about(circle_id const& circle, account_id const& account, std::size_t limit) override;
    std::vector<account_id> looking_at_item(review_item_id const& id, timestamp since) override;
    std::int64_t last_event() override;
    std::vector<event_row> events_after(std::int64_t number, std::size_t limit) override;
    std::vector<event_row>
    events_of(topic const& of, std::int64_t after, std::int64_t upto, std::size_t limit) override;
    std::optional<hash256> write_done_with(account_id const& by, std::string_view idempotency_key) override;
    std::int64_t consumed(std::string_view consumer) override;
    std::optional<report_row>
    report_by(post_id const& post, int version, account_id const& reporter) override;
    std::vector<report_row> reports_on(review_item_id const& item) override;
    std::vector<report_row> reports_by(account_id const& reporter, std::size_t limit) override;
    reporter_record reporter(account_id const& account) override;
    std::vector<limit_row>
    limits_holding(circle_id const& circle, account_id const& account, timestamp now) override;
    std::vector<limit_row> limits_in(circle_id const& circle, timestamp now, std::size_t limit) override;
    std::vector<limit_row> limits_of(account_id const& account, timestamp now) override;
    std::vector<limit_row> locks_holding(timestamp now) override;
    std::optional<limit_row> limit(limit_id const& id, timestamp now) override;
    std::vector<strike_row> strikes_of(account_id const& account, timestamp now) override;
    std::optional<timestamp> last_post_at(circle_id const& circle, account_id const& account) override;
    bool is_newcomer(circle_id const& circle, account_id const& account, int posts) override;
    std::optional<appeal_row> appeal_on(post_id const& post, int version) override;
    std::vector<appeal_row> appeals_by(account_id const& author) override;
    std::optional<appeal_row> appeal(review_item_id const& item) override;
    std::vector<appeal_message_row> appeal_messages(review_item_id const& item) override;
    std::vector<waiting_count> waiting_counts(circle_id const& circle) override;
    std::vector<decided_row>
    decided_since(circle_id const& circle, timestamp since, std::size_t limit) override;
    post_counts posts_since(circle_id const& circle, std::int64_t day) override;
    int exposure_since(account_id const& account, std::int64_t day) override;
    exposure_today exposure(account_id const& account, std::int64_t day) override;
    store::desk_setting desk_setting(account_id const& account) override;
    bool welcomes(circle_id const& circle, account_id const& account) override;
    std::vector<thread_id>
    unanswered(circle_id const& circle, timestamp from, timestamp until, std::size_t limit) override;
    std::int64_t last_audit_number() override;
    std::int64_t first_audit_since(timestamp at) override;
    std::vector<audit_row>
    audit(audit_filter const& wanted, std::int64_t after, std::int64_t before, std::size_t limit) override;
    std::vector<audit_row>
    audit_concerning(account_id const& account, std::int64_t before, std::size_t limit) override;
    result<void> add_account(account_row const& made, hash256 const& nickname_hash) override;
    void set_country(account_id const& account, std::string_view country) override;
    void set_lead(account_id const& account, bool is_lead) override;
    void mark_seen(account_id const& account, std::int64_t week) override;
    void erase_account(account_id const& account, timestamp at) override;
    void add_wrapped_key(key_kind kind, std::string_view owner_id_text, std::string_view wrapped) override;
    void add_session(session_row const& made, hash256 const& token_hash) override;
    bool end_session(account_id const& account, session_id const& session) override;
    void
    add_circle(circle_row const& made, std::string_view idempotency_key, hash256 const& body_hash) override;
    void set_circle(circle_row const& changed) override;
    void add_membership(membership_row const& member) override;
    void set_membership(membership_row const& member) override;
    bool end_membership(circle_id const& circle, account_id const& account) override;
    result<void> add_application(application_row const& made) override;
    void decide_application(
        application_id const& id, std::string_view state, std::optional<account_id> by, timestamp at
    ) override;
    void keep_policy(policy_row const& used) override;
    void use_circle_policy(circle_policy_row const& own) override;
    void end_circle_policy(circle_id const& circle) override;
    void set_policy_wish(policy_wish_row const& wish) override;
    void end_policy_wish(circle_id const& circle) override;
    void add_rule_change(domain::rule_change const& made) override;
    bool settle_rule_change(
        rule_change_id const& id, domain::change_stage stage, account_id const& by, timestamp at
    ) override;
    void add_rule_hit(rule_hit_row const& hit) override;
    void
    add_thread(thread_id const& id, circle_id const& circle, post_id const& opening, timestamp at) override;
    int add_post(post_row const& made) override;
    void add_version(version_row const& made) override;
    void add_decision(decision_row const& made) override;
    void touch_thread(thread_id const& id, timestamp active_at) override;
    bool remove_post(post_id const& post, timestamp at) override;
    void add_review_item(domain::review_item const& made) override;
    bool claim_review_item(review_item_id const& id, account_id const& by, timestamp now, timestamp until)
        override;
    void release_review_item(review_item_id const& id, account_id const& by) override;
    void ask_a_lead(review_item_id const& id) override;
    bool close_review_item(
        review_item_id const& id,
        int revision,
        std::optional<domain::verdict> verdict,
        std::optional<account_id> by,
        timestamp at
    ) override;
    void add_review_step(
        review_item_id const& id, domain::review_step::kind what, account_id const& by, timestamp at
    ) override;
    void add_note(note_row const& made) override;
    void look_at_item(review_item_id const& id, account_id const& who, timestamp at) override;
    bool mark_author_safe(post_id const& post, timestamp at) override;
    void index_post(post_id const& post, int version, std::vector<hash256> const& terms) override;
    void unindex_post(post_id const& post) override;
    void set_consumed(std::string_view consumer, std::int64_t number) override;
    void append_audit(audit_entry const& entry) override;
    void
    keep_write(account_id const& by, std::string_view idempotency_key, hash256 const& body_hash) override;
    void append_event(event_row const& event) override;
    void count_post(circle_id const& circle, std::int64_t day, bool by_the_check) override;
    void add_report(report_row const& made) override;
    void close_reports(review_item_id const& item, bool made_a_change) override;
    void add_limit(limit_row const& made) override;
    void end_limit(limit_id const& id, timestamp at) override;
    void add_strike(strike_row const& made) override;
    void undo_measures(post_id const& post, int version, timestamp at) override;
    void settle(circle_id const& circle, account_id const& account, timestamp at) override;
    void add_appeal(appeal_row const& made) override;
    void add_appeal_message(appeal_message_row const& made) override;
    void close_appeal(review_item_id const& item, bool upheld, timestamp at) override;
    void add_exposure(
        account_id const& account, std::int64_t day, review_item_id const& item, int weight, timestamp at
    ) override;
    void set_desk_setting(account_id const& account, store::desk_setting const& wanted) override;
    bool set_welcomes(circle_id const& circle, account_id const& account, bool does) override;

    std::optional<member_key_row> member_key(account_id const& account) override;
    std::optional<sealed_text> session_key(account_id const& account, session_id const& session) override;
    std::vector<private_row> private_records(account_id const& account, domain::private_kind kind) override;
    std::vector<private_row>
    private_versions(account_id const& account, domain::private_kind kind, private_id const& id) override;
    std::size_t private_count(account_id const& account, domain::private_kind kind) override;
    bool private_is_gone(account_id const& account, private_id const& id) override;
    std::size_t private_bytes(account_id const& account) override;
    void set_member_key(member_key_row const& key) override;
    void add_private_version(account_id const& account, domain::private_kind kind, private_row const& made)
        override;
    void remove_private_version(private_id const& id, int version) override;
    bool remove_private(account_id const& account, domain::private_kind kind, private_id const& id) override;
    void erase_private(account_id const& account) override;

    std::optional<share_row> share(post_id const& id) override;
    std::optional<share_row> share_in(thread_id const& thread) override;
    std::optional<share_row> share_by_link(hash256 const& link) override;
    std::vector<share_row> shares_of(account_id const& owner) override;
    std::vector<share_row>
    shares_for(account_id const& reader, domain::share_what what, timestamp now) override;
    std::vector<post_id> shares_ended(timestamp now) override;
    std::vector<account_id> share_readers(post_id const& id) override;
    std::optional<visible_post_row> let_through_post(post_id const& id) override;
    std::vector<witness_row> witness_notes(thread_id const& thread) override;
    void add_share(share_row const& made, std::vector<account_id> const& readers) override;
    void add_share_reader(post_id const& id, account_id const& reader) override;
    bool withdraw_share(post_id const& id, timestamp at) override;
    void count_opening(post_id const& id) override;
    void add_witness(post_id const& post, domain::witness_kind kind) override;
    void pin_witness(post_id const& post, std::optional<timestamp> at) override;

    std::optional<partnership_row> partnership(post_id const& id) override;
    std::vector<partnership_row> partnerships_of(account_id const& account) override;
    std::vector<partnership_row> partnerships_that_last() override;
    std::vector<post_id> questions_over(timestamp now, timestamp declined_before) override;
    bool refuses_asks(account_id const& account, account_id const& from) override;
    std::optional<partner_text_row> partner_text(post_id const& post) override;
    std::vector<partner_said_row> partner_copies(thread_id const& thread) override;
    std::vector<partner_said_row> partner_said_before(
        thread_id const& thread, std::optional<account_id> const& author, int number, std::size_t limit
    ) override;
    std::vector<partner_said_row> partner_said_after(
        thread_id const& thread, std::optional<account_id> const& author, int number, std::size_t limit
    ) override;
    std::optional<post_id> partner_copy(thread_id const& thread, domain::partner_words kind) override;
    int partner_texts_since(thread_id const& thread, account_id const& author, timestamp since) override;
    bool add_partnership(partnership_row const& made) override;
    void set_partnership(partnership_row const& changed) override;
    void add_partner_text(post_id const& post, domain::partner_words kind) override;
    bool settle_proposal(post_id const& post, timestamp at) override;
    void refuse_asks(account_id const& account, account_id const& from) override;
    void set_share_end(post_id const& id, std::optional<timestamp> at) override;

    std::vector<news_row>
    notices_of(account_id const& account, std::optional<std::int64_t> before, std::size_t limit) override;
    std::optional<news_row> notice(account_id const& account, notice_id const& id) override;
    std::size_t unseen_notices(account_id const& account) override;
    std::optional<sealed_text> notice_wish(account_id const& account) override;
    std::vector<letter_row> letters_due(timestamp now, std::size_t limit) override;
    std::vector<account_id> members_of(circle_id const& circle) override;
    bool add_notice(news_row const& made, int seen_max) override;
    void see_notice(account_id const& account, notice_id const& id, timestamp at) override;
    void see_all_notices(account_id const& account, timestamp at) override;
    std::vector<account_id> remove_notices_about(about_id const& about) override;
    void set_notice_wish(account_id const& account, sealed_text const& wish) override;
    void want_letter(
        account_id const& account, domain::letter_kind what, timestamp due, std::chrono::milliseconds pause
    ) override;
    void end_letter(letter_row const& letter, timestamp at, std::chrono::milliseconds pause) override;
    void put_letter_off(letter_row const& letter, timestamp until, int tries) override;
    void drop_letters(account_id const& account) override;

    std::vector<readable_facts> facts_about(account_id const& account) override;
    void each_sealed(sealed_column what, std::function<void(sealed_row const&)> const& look) override;

    care_tables& care() override { return care_; }

  private:
    std::vector<event_row> circle_events(
        circle_id const& circle, bool review, std::int64_t after, std::int64_t upto, std::size_t limit
    );
    void note_step(
        review_item_id const& id, domain::review_step::kind what, std::optional<account_id> by, timestamp at
    );

    connection& database_;
    care_tables care_;
    bool appended_events_ = false;
    bool shredded_keys_ = false;
};

} // namespace holdfast::store::sqlite
