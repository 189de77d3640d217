#include "server/app/space/pacing.hpp"

#include "server/app/help/opening_hours.hpp"
#include "server/app/space/private_shape.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace holdfast::app {

namespace json = boost::json;
using namespace std::chrono_literals;

namespace {
constexpr auto pause_itself = 15min; // so long without a page is a pause
constexpr auto day_minutes = 24 * 60;

int whole_number(std::string const& text)
{
    int made = 0;
    std::from_chars(text.data(), text.data() + text.size(), made);
    return made;
}

std::chrono::minutes offset_in(std::string const& text)
{
    if (text.size() != 6) return 0min;
    auto const minutes = std::chrono::minutes(std::max(0, minute_named(text.substr(1))));
    return text.front() == '-' ? -minutes : minutes;
}

std::optional<late_hours> late_in(json::object const& settings)
{
    late_hours made;
    made.from = minute_named(text_in(settings, "late_from"));
    made.to = minute_named(text_in(settings, "late_to"));
    if (made.from < 0 || made.to < 0 || made.from == made.to) return std::nullopt;
    made.offset = offset_in(text_in(settings, "clock"));
    made.waits = text_in(settings, "late_posts") == "wait";
    return made;
}

// Minutes after midnight where the member is.
int local_minute(late_hours const& hours, timestamp now)
{
    auto const local = now + hours.offset;
    auto const day = std::chrono::floor<std::chrono::days>(local);
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(local - day).count());
}

std::string text_of_minutes(int minutes)
{
    std::array<char, 32> text{};
    auto const length = std::snprintf(text.data(), text.size(), "%02d:%02d", minutes / 60, minutes % 60);
    return {text.data(), static_cast<std::size_t>(length)};
}

// In the order of shield_topics. A folded post that names none of them is of the last.
std::array<bool, shield_topics.size()> topics_of(moderation::label_set labels, bool folded)
{
    using moderation::label;
    std::array<bool, shield_topics.size()> made{
        labels.has(label::self_harm),
        labels.has(label::violence) || labels.has(label::threat),
        labels.has(label::sexual),
        labels.has(label::abuse_danger),
        false};
    made.back() = folded && std::none_of(made.begin(), made.end(), [](bool one) { return one; });
    return made;
}
} // namespace

pacing pacing_in(json::object const& settings)
{
    pacing made;
    made.pause_after = std::chrono::minutes(whole_number(text_in(settings, "pause_after")));
    made.pause_after_heavy = whole_number(text_in(settings, "pause_after_heavy"));
    made.late = late_in(settings);
    made.zone = text_in(settings, "zone");
    for (std::size_t at = 0; at < shield_topics.size(); ++at)
        made.shields.at(at) = day_from(text_in(settings, shield_topics.at(at).field));
    auto const* const muted = settings.if_contains("muted");
    if (muted != nullptr && muted->is_array()) {
        for (auto const& one : muted->get_array()) {
            if (one.is_string()) made.muted.emplace_back(one.get_string());
        }
    }
    return made;
}

namespace {
std::vector<std::string> muted_in(json::object const& settings)
{
    return pacing_in(settings).muted;
}

bool has(std::vector<std::string> const& names, std::string const& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

void keep_put_aside(json::object& wanted, json::object const& newest, json::object const& seen)
{
    for (auto const& topic : shield_topics) {
        auto const until = text_in(newest, topic.field);
        auto const is_new = until != text_in(seen, topic.field);
        if (is_new && until > text_in(wanted, topic.field)) wanted[topic.field] = until; // days sort as text
    }
    auto const seen_muted = muted_in(seen);
    auto muted = muted_in(wanted);
    for (auto const& name : muted_in(newest)) {
        if (!has(seen_muted, name) && !has(muted, name)) muted.push_back(name);
    }
    if (!muted.empty()) wanted["muted"] = json::array(muted.begin(), muted.end());
}
} // namespace

decide_change pace_change(private_change wanted)
{
    return [wanted = std::move(wanted
            )](private_text const& newest, private_text const& seen) -> result<private_change> {
        auto made = wanted;
        keep_put_aside(made.body, newest.body, seen.body);
        auto body = shaped(domain::private_kind::pacing, made.body);
        if (!body) return body.error();
        made.body = std::move(*body);
        return made;
    };
}

timestamp own_time(pacing const& chosen, timestamp now)
{
    if (!chosen.zone.empty()) return local_time(chosen.zone, now).value_or(now);
    return chosen.late ? now + chosen.late->offset : now;
}

std::string zone_of(pacing const& chosen)
{
    if (!chosen.zone.empty() || !chosen.late) return chosen.zone;
    return "GMT" + text_of_offset(chosen.late->offset);
}

std::optional<late_hours> late_now(pacing const& chosen, timestamp now)
{
    auto made = chosen.late;
    if (made) made->offset = std::chrono::duration_cast<std::chrono::minutes>(own_time(chosen, now) - now);
    return made;
}

bool is_late(late_hours const& hours, timestamp now)
{
    auto const minute = local_minute(hours, now);
    if (hours.from < hours.to) return minute >= hours.from && minute < hours.to;
    return minute >= hours.from || minute < hours.to;
}

timestamp end_of_late(late_hours const& hours, timestamp now)
{
    auto const left = (hours.to - local_minute(hours, now) + day_minutes) % day_minutes;
    return std::chrono::floor<std::chrono::minutes>(now) +
           std::chrono::minutes(left == 0 ? day_minutes : left);
}

std::string end_in_words(late_hours const& hours)
{
    return text_of_minutes(hours.to);
}

std::chrono::minutes offset_of(int minutes_shown, timestamp now)
{
    auto const utc = local_minute(late_hours{}, now);
    auto away = (minutes_shown - utc + day_minutes) % day_minutes; // east of UTC
    constexpr int furthest_east = 14 * 60;
    if (away > furthest_east) away -= day_minutes;
    auto const quarters = (away + (away < 0 ? -7 : 7)) / 15;
    return std::chrono::minutes(quarters * 15);
}

std::string text_of_offset(std::chrono::minutes offset)
{
    auto const minutes = static_cast<int>(offset.count());
    return (minutes < 0 ? "-" : "+") + text_of_minutes(std::abs(minutes));
}

std::optional<put_aside> put_aside_by(
    pacing const& chosen, moderation::label_set labels, bool folded, std::string_view nickname, timestamp now
)
{
    auto const is_muted = !nickname.empty() &&
                          std::find(chosen.muted.begin(), chosen.muted.end(), nickname) != chosen.muted.end();
    if (is_muted) return put_aside{};
    auto const today = std::chrono::floor<std::chrono::days>(own_time(chosen, now));
    auto const topics = topics_of(labels, folded);
    std::optional<put_aside> made;
    for (std::size_t at = 0; at < topics.size(); ++at) {
        auto const& until = chosen.shields.at(at);
        if (!topics.at(at) || !until || *until < today) continue;
        if (!made || *made->until < *until) made = put_aside{until};
    }
    return made;
}

bool puts_aside(pacing const& chosen)
{
    auto const& shields = chosen.shields;
    return !chosen.muted.empty() ||
           std::any_of(shields.begin(), shields.end(), [](auto const& one) { return one.has_value(); });
}

int weight_of(moderation::label_set labels)
{
    using moderation::label;
    auto const heavy = {label::self_harm, label::violence, label::threat, label::abuse_danger, label::sexual};
    return std::any_of(heavy.begin(), heavy.end(), [&](auto one) { return labels.has(one); }) ? 2 : 1;
}

task<result<own_pacing>> own_pace::of(member_session who)
{
    std::shared_ptr<pacing const> chosen;
    if (!who.who) co_return chosen;
    auto const before = changes_unless_nothing_chosen(who.who->account);
    if (!before) co_return chosen;
    auto const there = co_await in_.count(who.who, domain::private_kind::pacing);
    if (!there) co_return there.error();
    if (*there == 0) {
        remember_nothing(who.who->account, *before);
        co_return chosen;
    }
    auto const settings = co_await in_.only(who, domain::private_kind::pacing);
    // A session without a key can't read them: it is as if nothing were chosen.
    if (!settings && settings.error().code == errc::unauthenticated) co_return chosen;
    if (!settings) co_return settings.error();
    if (*settings) chosen = std::make_shared<pacing const>(pacing_in((*settings)->body));
    co_return chosen;
}

task<own_clock> own_pace::clock_of(member_session who)
{
    auto const chosen = co_await of(who);
    co_return chosen ? own_clock(*chosen) : own_clock();
}

task<std::chrono::sys_days> own_pace::today(member_session who)
{
    auto const clock = co_await clock_of(who);
    co_return clock.day_of(time_.now());
}

std::optional<std::uint64_t> own_pace::changes_unless_nothing_chosen(account_id const& account)
{
    std::lock_guard const hold(guard_);
    if (nothing_chosen_.contains(account)) return std::nullopt;
    return changes_;
}

void own_pace::remember_nothing(account_id const& account, std::uint64_t changes_before)
{
    std::lock_guard const hold(guard_);
    if (changes_ != changes_before) return; // somebody chose something meanwhile
    if (nothing_chosen_.size() >= remembered_max) nothing_chosen_.clear();
    nothing_chosen_.insert(account);
}

void own_pace::forget(account_id const& account)
{
    {
        std::lock_guard const hold(guard_);
        ++changes_;
        nothing_chosen_.erase(account);
    }
    if (changed_) changed_(account);
}

std::chrono::milliseconds own_pace::until_pause(session_id const& session, std::chrono::minutes after)
{
    auto const now = time_.now();
    std::lock_guard const hold(guard_);
    if (readers_.size() >= remembered_max) readers_.clear();
    auto const [place, is_new] = readers_.try_emplace(session, reading{now, now});
    auto& reader = place->second;
    if (now - reader.last > pause_itself) reader.began = now;
    reader.last = now;
    auto const left = after - (now - reader.began);
    return std::max(std::chrono::duration_cast<std::chrono::milliseconds>(left), 0ms);
}

void own_pace::go_on(session_id const& session)
{
    auto const now = time_.now();
    std::lock_guard const hold(guard_);
    readers_.insert_or_assign(session, reading{now, now});
}

} // namespace holdfast::app
