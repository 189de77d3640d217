// Care's tables on one SQLite connection: care_alarms.cpp, care_cards.cpp, care_talks.cpp,
// care_follow_ups.cpp, care_concerns.cpp.
#pragma once
#include "server/store/care_store.hpp"
#include "server/store/sqlite/connection.hpp"

namespace holdfast::store::sqlite {

class care_tables final : public care_writes {
  public:
    explicit care_tables(connection& database) : database_(database) {}

    std::optional<domain::alarm> alarm(alarm_id const& id) override;
    std::vector<domain::alarm> alarms_due(timestamp now, std::size_t limit) override;
    std::vector<domain::alarm> alarms_open(std::optional<circle_id> circle, std::size_t limit) override;
    std::optional<domain::alarm> newest_alarm_of(post_id const& post) override;
    domain::roster roster_of(circle_id const& circle, timestamp now) override;
    std::optional<timestamp> next_duty(circle_id const& circle, timestamp after) override;
    std::optional<duty_row> duty(duty_id const& id) override;
    std::vector<duty_row> duties_with_note(account_id const& account) override;
    std::vector<duty_row> duties(circle_id const& circle, timestamp from, std::size_t limit) override;
    std::optional<domain::care_card> card(post_id const& post) override;
    std::optional<domain::care_card> last_whole_card(account_id const& author) override;
    std::optional<talk_row> talk(talk_id const& id) override;
    std::optional<talk_row> open_talk(circle_id const& circle, account_id const& member) override;
    std::vector<talk_row> talks_of(account_id const& member, std::size_t limit) override;
    std::vector<talk_row> talks_open(std::optional<circle_id> circle, std::size_t limit) override;
    std::vector<message_row> messages_after(talk_id const& talk, int number, std::size_t limit) override;
    std::optional<message_row>
    message_made_with(account_id const& writer, std::string_view idempotency_key) override;
    bool has_follow_up(
        domain::follow_up_kind kind,
        circle_id const& circle,
        std::optional<account_id> account,
        timestamp since
    ) override;
    std::optional<domain::follow_up> follow_up(follow_up_id const& id) override;
    std::vector<domain::follow_up> follow_ups_for(account_id const& account, timestamp now) override;
    std::vector<domain::follow_up> follow_ups_of(circle_id const& circle, timestamp now) override;
    std::vector<domain::follow_up> follow_ups_untold(timestamp now, std::size_t limit) override;
    std::vector<domain::follow_up> wishes_to_talk(std::size_t limit) override;
    std::optional<concern_row> concern(concern_id const& id) override;
    std::optional<concern_row>
    concern_made_with(account_id const& by, std::string_view idempotency_key) override;
    std::vector<domain::concern>
    concerns_by(account_id const& by, circle_id const& circle, std::size_t limit) override;
    std::vector<concern_row> concern_rows_by(account_id const& by) override;
    domain::concern_record concerns_of(account_id const& by, timestamp lately_since) override;
    std::vector<answer_time> answer_times(timestamp since) override;
    tally helped_since(timestamp since) override;
    tally answers_since(timestamp since) override;
    tally concerns_since(timestamp since) override;
    std::vector<notice_row> notices_due(timestamp now, std::size_t limit) override;

    void set_alarm(domain::alarm const& changed) override;
    void add_duty(duty_row const& made) override;
    void end_duty(duty_id const& id) override;
    void set_duty_note(duty_id const& id, sealed_text const& note) override;
    void add_card(account_id const& author, int version, domain::care_card const& made) override;
    bool mark_cards_safe(post_id const& post, timestamp at); // false: none was shown
    void add_talk(talk_row const& made) override;
    void reopen_talk(talk_id const& id) override;
    void close_talk(talk_id const& id, account_id const& by, timestamp at) override;
    void add_message(message_row const& made) override;
    void add_follow_up(domain::follow_up const& made, timestamp at) override;
    void mark_follow_up_told(follow_up_id const& id, timestamp at) override;
    void answer_follow_up(
        follow_up_id const& id, domain::follow_up_answer answer, domain::helped helped, timestamp at
    ) override;
    void add_concern(concern_row const& made) override;
    void answer_concern(concern_id const& id, domain::concern_state what, account_id const& by, timestamp at)
        override;
    void add_notice(domain::alarm const& of, std::string_view channel, timestamp at) override;
    void put_notice_off(std::int64_t number, timestamp until) override;
    void end_notice(std::int64_t number) override;

  private:
    connection& database_;
};

} // namespace holdfast::store::sqlite
