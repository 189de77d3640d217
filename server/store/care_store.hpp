// What care asks of the store, inside the same transactions as everything else: tx.care() gives it. Alarms
// are made by the schema itself, with the review item that they are about.
#pragma once
#include "server/base/sealed_text.hpp"
#include "server/domain/aftercare.hpp"
#include "server/domain/alarm.hpp"
#include "server/domain/care.hpp"
#include "server/store/rows.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::store {

struct duty_row {
    duty_id id;
    circle_id circle;
    account_id account;
    int place = 1;
    timestamp starts_at;
    timestamp ends_at;
    sealed_text note; // empty: none
};

struct talk_row {
    talk_id id;
    circle_id circle;
    account_id member;
    post_id post;
    alarm_id alarm;
    account_id opened_by;
    timestamp opened_at;
    std::optional<timestamp> closed_at;
    int last_number = 0;
    // For those who look after the circle: the member wrote last, or asked and nobody wrote yet.
    bool waits = false;
    timestamp last_at; // the last message, or the opening
};

struct message_row {
    talk_id talk;
    int number = 0;
    account_id writer;
    bool from_member = false;
    bool folded = false;
    sealed_text words;
    std::string idempotency_key;
    hash256 body_hash{};
    timestamp at;
};

struct concern_row {
    domain::concern concern; // without names and words
    sealed_text words;
    std::chrono::milliseconds clock{};
    std::string idempotency_key;
    hash256 body_hash{};
};

// One alarm, for figures: no person in it.
struct answer_time {
    moderation::triage triage = moderation::triage::crisis;
    std::chrono::milliseconds clock{};
    std::optional<std::chrono::milliseconds> answered_after; // none: nobody did
    bool over = false;                                       // it ended, also unanswered
};
// How many chose what, by name.
using tally = std::vector<std::pair<std::string, std::int64_t>>;

// Something to tell outside: that an alarm sounds at a stage.
struct notice_row {
    std::int64_t number = 0;
    alarm_id alarm;
    circle_id circle;
    moderation::triage triage = moderation::triage::crisis;
    domain::alarm_stage stage = domain::alarm_stage::first;
    std::string channel;
    timestamp made_at;
    int tries = 0;
};

class care_reads {
  public:
    virtual ~care_reads() = default;

    virtual std::optional<domain::alarm> alarm(alarm_id const& id) = 0;
    virtual std::vector<domain::alarm> alarms_due(timestamp now, std::size_t limit) = 0; // longest due first
    // That have not ended, oldest first: of one circle, or of all.
    virtual std::vector<domain::alarm> alarms_open(std::optional<circle_id> circle, std::size_t limit) = 0;

    virtual std::optional<domain::alarm> newest_alarm_of(post_id const& post) = 0;

    virtual domain::roster roster_of(circle_id const& circle, timestamp now) = 0;
    virtual std::optional<timestamp> next_duty(circle_id const& circle, timestamp after) = 0;
    virtual std::optional<duty_row> duty(duty_id const& id) = 0;
    // That end after `from`, by their beginning.
    virtual std::vector<duty_row> duties_with_note(account_id const& account) = 0;
    virtual std::vector<duty_row> duties(circle_id const& circle, timestamp from, std::size_t limit) = 0;

    virtual std::optional<domain::care_card> card(post_id const& post) = 0; // of its newest text
    virtual std::optional<domain::care_card> last_whole_card(account_id const& author) = 0;

    virtual std::optional<talk_row> talk(talk_id const& id) = 0;
    virtual std::optional<talk_row> open_talk(circle_id const& circle, account_id const& member) = 0;
    virtual std::vector<talk_row> talks_of(account_id const& member, std::size_t limit) = 0; // newest first
    // Those that wait for an answer first, the longest waiting before the others; then the last answered.
    virtual std::vector<talk_row> talks_open(std::optional<circle_id> circle, std::size_t limit) = 0;
    virtual std::vector<message_row>
    messages_after(talk_id const& talk, int number, std::size_t limit) = 0; // ascending
    virtual std::optional<message_row>
    message_made_with(account_id const& writer, std::string_view idempotency_key) = 0;

    virtual bool has_follow_up(
        domain::follow_up_kind kind,
        circle_id const& circle,
        std::optional<account_id> account,
        timestamp since
    ) = 0; // made since then
    virtual std::optional<domain::follow_up> follow_up(follow_up_id const& id) = 0;
    // Due, unanswered and not over, of one person; of a circle as a whole.
    virtual std::vector<domain::follow_up> follow_ups_for(account_id const& account, timestamp now) = 0;
    virtual std::vector<domain::follow_up> follow_ups_of(circle_id const& circle, timestamp now) = 0;
    virtual std::vector<domain::follow_up> follow_ups_untold(timestamp now, std::size_t limit) = 0;
    virtual std::vector<domain::follow_up> wishes_to_talk(std::size_t limit) = 0; // of facilitators

    virtual std::optional<concern_row> concern(concern_id const& id) = 0;
    virtual std::optional<concern_row>
    concern_made_with(account_id const& by, std::string_view idempotency_key) = 0;
    virtual std::vector<domain::concern>
    concerns_by(account_id const& by, circle_id const& circle, std::size_t limit) = 0; // newest first
    virtual std::vector<concern_row> concern_rows_by(account_id const& by) = 0; // about others, everywhere
    virtual domain::concern_record concerns_of(account_id const& by, timestamp lately_since) = 0;

    virtual std::vector<answer_time> answer_times(timestamp since) = 0;
    virtual tally helped_since(timestamp since) = 0;
    virtual tally answers_since(timestamp since) = 0;  // of authors
    virtual tally concerns_since(timestamp since) = 0; // by what came of them

    virtual std::vector<notice_row> notices_due(timestamp now, std::size_t limit) = 0;
};

class care_writes : public care_reads {
  public:
    virtual void set_alarm(domain::alarm const& changed) = 0; // all but what it is about and its clock
    virtual void add_duty(duty_row const& made) = 0;
    virtual void end_duty(duty_id const& id) = 0;
    virtual void set_duty_note(duty_id const& id, sealed_text const& note) = 0;

    virtual void add_card(account_id const& author, int version, domain::care_card const& made) = 0;

    virtual void add_talk(talk_row const& made) = 0;
    virtual void reopen_talk(talk_id const& id) = 0;
    virtual void close_talk(talk_id const& id, account_id const& by, timestamp at) = 0;
    virtual void add_message(message_row const& made) = 0; // the next of its talk

    virtual void add_follow_up(domain::follow_up const& made, timestamp at) = 0;
    virtual void mark_follow_up_told(follow_up_id const& id, timestamp at) = 0;
    virtual void answer_follow_up(
        follow_up_id const& id, domain::follow_up_answer answer, domain::helped helped, timestamp at
    ) = 0;
    virtual void add_concern(concern_row const& made) = 0;
    virtual void
    answer_concern(concern_id const& id, domain::concern_state what, account_id const& by, timestamp at) = 0;

    virtual void
    add_notice(domain::alarm const& of, std::string_view channel, timestamp at) = 0; // to be told outside
    virtual void put_notice_off(std::int64_t number, timestamp until) = 0;
    virtual void end_notice(std::int64_t number) = 0;
};

} // namespace holdfast::store
