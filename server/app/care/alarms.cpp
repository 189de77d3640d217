#include "server/app/care/alarms.hpp"

#include "server/app/circles/circles.hpp"
#include "server/base/limits.hpp"
#include "server/base/log.hpp"
#include "server/store/database.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace holdfast::app {

namespace {
constexpr auto claim_time = std::chrono::minutes(10);
constexpr int soundings_a_clock = 5;
constexpr std::size_t alarms_at_once = 100; // people's words go in between
constexpr auto notice_retry = std::chrono::seconds(30);
constexpr int notice_tries_max = 20; // ten minutes: by then the next stage was told

bool may_answer(domain::principal_ptr const& who, domain::alarm const& about)
{
    return who && looks_after(who, about.circle) && about.about != who->account;
}

review_item_id item_of(alarm_id const& alarm)
{
    return review_item_id(alarm.raw());
}

store::event_row event_about(domain::alarm const& alarm, std::string type, timestamp at)
{
    return {0, std::move(type), alarm.circle, std::nullopt, alarm.post, std::nullopt, at};
}

std::string stage_detail(domain::alarm const& alarm)
{
    boost::json::object detail;
    detail["stage"] = domain::name_of(alarm.stage);
    return boost::json::serialize(detail);
}

void sound_one(
    store::write_tx& tx, domain::alarm const& due, std::vector<std::string> const& channels, timestamp now
)
{
    auto const roster = tx.care().roster_of(due.circle, now);
    auto const made = domain::sound(due, roster, now);
    tx.care().set_alarm(made.after);
    auto event = event_about(made.after, "review.alarm", now);
    tx.append_event(event);
    event.type = "me.alarm";
    for (auto const& account : made.to) {
        event.account = account;
        tx.append_event(event);
    }
    // Outside each stage is told once, and again whenever its clock has passed: a mailbox is no bell.
    if (made.climbed || made.after.sounded % soundings_a_clock == 0) {
        for (auto const& channel : channels)
            tx.care().add_notice(made.after, channel, now);
    }
    if (!made.climbed) return;
    tx.append_audit({now, std::nullopt, "care.alarmed", due.circle, due.id.text(), stage_detail(made.after)});
    if (made.to.empty())
        log::warning("an alarm finds nobody: the circle has no facilitator and there is no lead");
}
} // namespace

struct alarms::state {
    store::database& database;
    clock const& time;
    std::vector<alarm_channel*> channels{}; // set before the timer starts

    alarm_channel* channel_named(std::string_view name) const
    {
        auto const found = std::find_if(channels.begin(), channels.end(), [&](auto const* one) {
            return one->name() == name;
        });
        return found == channels.end() ? nullptr : *found;
    }

    // At most so many in one transaction.
    task<result<std::size_t>> sound_some()
    {
        auto const now = time.now();
        auto look = [now](store::read_tx& tx) -> result<bool> {
            return !tx.care().alarms_due(now, 1).empty();
        };
        auto const any = co_await database.read(std::move(look));
        if (!any) co_return any.error();
        if (!*any) co_return std::size_t(0); // quiet: no write, no fsync
        std::vector<std::string> names;
        for (auto const* one : channels)
            names.push_back(one->name());
        auto ring = [now, names](store::write_tx& tx) -> result<std::size_t> {
            auto const due = tx.care().alarms_due(now, alarms_at_once);
            for (auto const& one : due)
                sound_one(tx, one, names, now);
            return due.size();
        };
        auto const sounded = co_await database.write(std::move(ring));
        co_return sounded;
    }

    task<result<void>> send_one(store::notice_row row)
    {
        auto* const channel = channel_named(row.channel);
        auto told = false;
        if (channel != nullptr) {
            alarm_notice const notice{row.alarm, row.circle, row.triage, row.stage, row.made_at};
            auto const done = co_await channel->tell(notice);
            told = done.has_value();
        }
        auto const now = time.now();
        // A channel that the host took away, or one that never answers, is given up: the next stage tells
        // anew.
        auto const ends = told || channel == nullptr || row.tries + 1 >= notice_tries_max;
        if (!told) log::warning("an alarm could not be told by " + row.channel);
        auto note = [row, now, ends](store::write_tx& tx) -> result<void> {
            if (ends) {
                tx.care().end_notice(row.number);
            } else {
                tx.care().put_notice_off(row.number, now + notice_retry);
            }
            return result<void>();
        };
        auto const noted = co_await database.write(std::move(note));
        co_return noted;
    }
};

alarms::alarms(store::database& database, clock const& time)
    : state_(std::make_unique<state>(state{database, time}))
{
}

alarms::~alarms() = default;

void alarms::tell_also(alarm_channel* channel)
{
    if (channel != nullptr) state_->channels.push_back(channel);
}

task<result<std::vector<domain::alarm>>> alarms::open(domain::principal_ptr who)
{
    if (!who) co_return errc::not_found;
    auto list = [who](store::read_tx& tx) -> result<std::vector<domain::alarm>> {
        std::vector<domain::alarm> made;
        auto const take_those_of = [&](std::optional<circle_id> circle) {
            for (auto& one : tx.care().alarms_open(circle, limits::page_rows_max)) {
                if (may_answer(who, one)) made.push_back(std::move(one));
            }
        };
        if (who->is_lead) {
            take_those_of(std::nullopt);
            return made;
        }
        for (auto const& [circle, role] : who->roles) {
            if (role == domain::role::facilitator) take_those_of(circle);
        }
        std::sort(made.begin(), made.end(), [](auto const& left, auto const& right) {
            return left.created_at < right.created_at;
        });
        return made;
    };
    auto found = co_await state_->database.read(std::move(list));
    co_return found;
}

task<result<domain::alarm>> alarms::take(domain::principal_ptr who, alarm_id alarm)
{
    auto const now = state_->time.now();
    auto take = [who, alarm, now](store::write_tx& tx) -> result<domain::alarm> {
        auto const before = tx.care().alarm(alarm);
        if (!before || !may_answer(who, *before)) return errc::not_found;
        auto const others = before->taken_by && *before->taken_by != who->account && before->next_at > now;
        if (before->ended_at || others) return errc::conflict;
        auto const item = item_of(alarm);
        if (tx.review_item_waits(item) && !tx.claim_review_item(item, who->account, now, now + claim_time)) {
            return errc::conflict;
        }
        auto const after = domain::taken(*before, who->account, now);
        tx.care().set_alarm(after);
        tx.append_audit({now, who->account, "care.taken", after.circle, alarm.text(), "{}"});
        tx.append_event(event_about(after, "review.changed", now));
        return after;
    };
    auto done = co_await state_->database.write(std::move(take));
    co_return done;
}

task<result<void>> alarms::pass_on(domain::principal_ptr who, alarm_id alarm)
{
    auto const now = state_->time.now();
    auto pass = [who, alarm, now](store::write_tx& tx) -> result<void> {
        auto const before = tx.care().alarm(alarm);
        if (!before || !may_answer(who, *before)) return errc::not_found;
        auto const others = before->taken_by && *before->taken_by != who->account;
        if (before->ended_at || others) return errc::conflict;
        tx.release_review_item(item_of(alarm), who->account);
        tx.care().set_alarm(domain::passed_on(*before, now));
        tx.append_audit({now, who->account, "care.passed_on", before->circle, alarm.text(), "{}"});
        tx.append_event(event_about(*before, "review.changed", now));
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(pass));
    co_return done;
}

task<result<void>> alarms::record_outside_help(domain::principal_ptr who, alarm_id alarm)
{
    if (!who || !who->is_lead) co_return errc::not_found;
    auto const now = state_->time.now();
    auto record = [who, alarm, now](store::write_tx& tx) -> result<void> {
        auto found = tx.care().alarm(alarm);
        if (!found || !may_answer(who, *found)) return errc::not_found;
        if (found->outside_help_at) return result<void>();
        found->outside_help_by = who->account;
        found->outside_help_at = now;
        tx.care().set_alarm(*found);
        tx.append_audit(
            {now, who->account, "care.outside_help", found->circle, alarm.text(), "{}", found->about}
        );
        tx.append_event(event_about(*found, "review.changed", now));
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(record));
    co_return done;
}

task<result<std::size_t>> alarms::sound_due()
{
    std::size_t all = 0;
    for (;;) {
        auto const some = co_await state_->sound_some();
        if (!some) co_return some.error();
        all += *some;
        if (*some < alarms_at_once) co_return all;
    }
}

task<result<std::size_t>> alarms::send_notices()
{
    auto const now = state_->time.now();
    auto look = [now](store::read_tx& tx) -> result<std::vector<store::notice_row>> {
        return tx.care().notices_due(now, alarms_at_once);
    };
    auto const due = co_await state_->database.read(std::move(look));
    if (!due) co_return due.error();
    for (auto const& row : *due) {
        auto const done = co_await state_->send_one(row);
        if (!done) co_return done.error();
    }
    co_return due->size();
}

} // namespace holdfast::app
