// How somebody paces themselves here, by their own choice: pauses in reading, late hours in which a post
// waits, topics and people that they don't want to meet for a while. Sealed to the member, because it tells
// of them.
#pragma once
#include "server/app/people/member_session.hpp"
#include "server/app/space/space.hpp"
#include "server/domain/post.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace holdfast::app {

// What a shield can be for; the same topics as content notes name.
struct shield_topic {
    std::string_view field; // of the settings
    std::string_view words;
};
// said all
inline constexpr std::array<shield_topic, 5> shield_topics{
    shield_topic{"no_self_harm", "self-harm"},
    shield_topic{"no_violence", "violence"},
    shield_topic{"no_sex", "sex"},
    shield_topic{"no_abuse", "abuse"},
    shield_topic{"no_hard_words", "other hard words"}};

struct late_hours {
    int from = 0; // minutes after midnight, where the member is
    int to = 0;
    std::chrono::minutes offset{0}; // of their clock from UTC
    bool waits = false;             // it is offered for sharing when they are over; else it stays a draft
};

struct pacing {
    std::chrono::minutes pause_after{0}; // of reading; 0: never
    int pause_after_heavy = 0;           // notes opened; 0: never
    std::optional<late_hours> late;
    std::string zone; // of their clock, "Europe/London" or "GMT+02:00"; "": not said
    std::array<std::optional<std::chrono::sys_days>, shield_topics.size()> shields; // the last day of each
    std::vector<std::string> muted;                                                 // nicknames
};
pacing pacing_in(boost::json::object const& settings);

// These settings, and whom and what another device put aside since its writer looked: that stays put aside,
// in sight, until they take it out there. invalid: together they are too many.
decide_change pace_change(private_change wanted);

// What the member's clock shows, as if it were UTC: by their zone, else by what they said of it for late
// hours, else it is UTC.
timestamp own_time(pacing const& chosen, timestamp now);
// Where they said that their clock is: a place, or an offset; "" when they never did.
std::string zone_of(pacing const& chosen);
// Somebody's own clock, as far as they said where it is; UTC for everybody else.
class own_clock {
  public:
    own_clock() = default;
    explicit own_clock(std::shared_ptr<pacing const> chosen) : chosen_(std::move(chosen)) {}
    std::string zone() const { return chosen_ ? zone_of(*chosen_) : std::string(); }
    bool is_known() const { return !zone().empty(); }
    timestamp shown(timestamp at) const { return chosen_ ? own_time(*chosen_, at) : at; } // as if it were UTC
    std::chrono::sys_days day_of(timestamp at) const
    {
        return std::chrono::floor<std::chrono::days>(shown(at));
    }

  private:
    std::shared_ptr<pacing const> chosen_;
};
// Late hours as they lie now: a zone follows summer time, an offset doesn't.
std::optional<late_hours> late_now(pacing const& chosen, timestamp now);
bool is_late(late_hours const& hours, timestamp now);
timestamp end_of_late(late_hours const& hours, timestamp now); // the next time that they are over
std::string end_in_words(late_hours const& hours);             // "07:00"
// The offset from UTC of somebody whose clock shows these minutes now, in steps of 15 minutes.
std::chrono::minutes offset_of(int minutes_shown, timestamp now);
std::string text_of_offset(std::chrono::minutes offset); // "+01:00"

// Why a post is not shown to this reader: until a day, as they asked; or because of who wrote it.
struct put_aside {
    std::optional<std::chrono::sys_days> until; // none: its author is muted
};
std::optional<put_aside> put_aside_by(
    pacing const& chosen, moderation::label_set labels, bool folded, std::string_view nickname, timestamp now
);
// Whether anything may be put aside at all, also a topic whose last day has passed.
bool puts_aside(pacing const& chosen);
// How much a note weighs when it is opened: 0 to 2.
int weight_of(moderation::label_set labels);

using own_pacing = std::shared_ptr<pacing const>; // null: nothing is chosen

// The settings of whoever asks, and how long they have been reading: the last in memory alone, per session.
class own_pace {
  public:
    own_pace(space& in, clock const& time) : in_(in), time_(time) {}

    task<result<own_pacing>> of(member_session who);
    task<own_clock> clock_of(member_session who);
    // The day that it is where they are; in UTC when they never said.
    task<std::chrono::sys_days> today(member_session who);
    // After each change of the settings.
    void forget(account_id const& account);
    // Told of it. Set before the first request.
    void on_changed(std::function<void(account_id const&)> listener) { changed_ = std::move(listener); }

    // A page was read now: is a pause due, and else in how long? A longer time without reading is a pause.
    std::chrono::milliseconds until_pause(session_id const& session, std::chrono::minutes after);
    void go_on(session_id const& session); // begins anew

  private:
    struct reading {
        timestamp began;
        timestamp last;
    };
    static constexpr std::size_t remembered_max = 50'000; // emptied when it grows past it

    std::optional<std::uint64_t> changes_unless_nothing_chosen(account_id const& account);
    void remember_nothing(account_id const& account, std::uint64_t changes_before);

    space& in_;
    clock const& time_;
    std::function<void(account_id const&)> changed_;
    std::mutex guard_;
    std::uint64_t changes_ = 0;                       // guarded by guard_
    std::unordered_set<account_id> nothing_chosen_;   // guarded by guard_
    std::unordered_map<session_id, reading> readers_; // guarded by guard_
};

} // namespace holdfast::app
