// When a cry for help sounds, with whom, and when it climbs.
#include "server/domain/alarm.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::domain;
using namespace std::chrono_literals;
using people = std::vector<account_id>;

namespace {
struct hall {
    account_id member = account_id::random(), first = account_id::random(), second = account_id::random(),
               other = account_id::random(), lead = account_id::random();
    timestamp at{std::chrono::milliseconds(1'700'000'000'000)};
    roster here{{first}, {second}, {first, second, other}, {lead}};
    domain::alarm ringing;

    hall()
    {
        ringing.about = member;
        ringing.clock = 5min;
        ringing.created_at = ringing.stage_at = at;
        ringing.next_at = at;
    }
    // Lets time go on to when it is due, and sounds it.
    people sound_next()
    {
        REQUIRE(ringing.next_at);
        at = std::max(at, *ringing.next_at);
        auto made = domain::sound(ringing, here, at);
        ringing = made.after;
        return made.to;
    }
};
} // namespace

TEST_CASE("an alarm repeats with the one on duty, climbs when its clock is over, and ends up with a lead")
{
    hall with;
    for (int count = 0; count < 5; ++count) {
        CHECK(with.sound_next() == people{with.first});
        CHECK(with.ringing.stage == alarm_stage::first);
        CHECK(*with.ringing.next_at - with.at == 1min);
    }
    auto const began = with.ringing.created_at;
    CHECK(with.sound_next() == people{with.first, with.second});
    CHECK(with.at - began == 5min);
    while (with.ringing.stage == alarm_stage::second)
        with.sound_next();
    CHECK(with.at - began == 10min);
    CHECK(with.sound_next() == people{with.first, with.second, with.other, with.lead});
    for (int count = 0; count < 100; ++count)
        CHECK(with.sound_next().size() == 4); // nobody came, and it never falls silent by itself
}

TEST_CASE("each level has its own clock")
{
    for (auto const clock : {std::chrono::milliseconds(30min), std::chrono::milliseconds(4h)}) {
        hall with;
        with.ringing.clock = clock;
        while (with.ringing.stage <= alarm_stage::first)
            with.sound_next();
        CHECK(with.at - with.ringing.created_at == clock);
    }
}

TEST_CASE("with nobody on duty, everybody who looks after the circle and the leads are asked at once")
{
    hall with;
    with.here.first.clear();
    with.here.second.clear();
    CHECK(with.sound_next() == people{with.first, with.second, with.other, with.lead});
    CHECK(with.ringing.stage == alarm_stage::lead);
}

TEST_CASE("without a second one on the rota, the circle's other facilitators are the second")
{
    hall with;
    with.here.second.clear();
    while (with.ringing.stage <= alarm_stage::first)
        with.sound_next();
    CHECK(with.ringing.stage == alarm_stage::second);
    CHECK(with.sound_next() == people{with.first, with.second, with.other});
}

TEST_CASE("nobody is asked about themselves, and it climbs at once when nobody else is left")
{
    hall with;
    with.ringing.about = with.first;
    CHECK(with.sound_next() == people{with.second});
    with = hall();
    with.here = {{with.member}, {}, {with.member}, {with.lead}};
    CHECK(with.sound_next() == people{with.lead});
    with = hall();
    with.here = {};
    CHECK(with.sound_next().empty());
    CHECK(with.ringing.next_at); // it goes on: a facilitator may be made
}

TEST_CASE("\"I've got this\" makes it quiet; when nobody answers in twice its clock, it is asked one stage up"
)
{
    hall with;
    with.sound_next();
    with.ringing = taken(with.ringing, with.first, with.at);
    CHECK(*with.ringing.next_at - with.at == 10min);
    CHECK(with.ringing.taken_by == with.first);
    CHECK(with.sound_next() == people{with.first, with.second});
    CHECK_FALSE(with.ringing.taken_by);
}

TEST_CASE("\"I can't right now\" asks the next ones at once")
{
    hall with;
    with.sound_next();
    with.ringing = passed_on(taken(with.ringing, with.first, with.at), with.at);
    CHECK(with.ringing.next_at == with.at);
    CHECK(with.sound_next() == people{with.first, with.second});
}

TEST_CASE("after a long silence of the server an alarm sounds once and climbs one stage, not all at once")
{
    hall with;
    with.sound_next();
    with.at += 24h;
    CHECK(with.sound_next() == people{with.first, with.second});
    CHECK(*with.ringing.next_at - with.at == 1min);
}

TEST_CASE("an answer makes it quiet; when the person writes again and nobody answers in time, it rings for "
          "more people")
{
    hall with;
    with.sound_next();
    with.ringing = answered(with.ringing, with.first, with.at);
    CHECK_FALSE(with.ringing.next_at);
    CHECK(with.ringing.answered_at == with.at);
    with.at += 1h;
    with.ringing = woken(with.ringing, moderation::triage::amber, with.at, false);
    CHECK(*with.ringing.next_at - with.at == 5min);
    CHECK(with.sound_next() == people{with.first, with.second});
    with.ringing = answered(with.ringing, with.second, with.at);
    CHECK(*with.ringing.answered_at < with.at); // the first answer stays the first
}

TEST_CASE("who asks for somebody is heard at once when nobody has them, and never waits longer than before")
{
    hall with;
    with.sound_next();
    with.ringing = woken(with.ringing, moderation::triage::crisis, with.at, true);
    CHECK(with.ringing.next_at == with.at);
    with.ringing = taken(with.ringing, with.first, with.at);
    with.ringing = woken(with.ringing, moderation::triage::crisis, with.at, true);
    CHECK(*with.ringing.next_at - with.at == 5min); // the one who has them hears it by live event
    with.ringing.ended_at = with.at;
    with.ringing.next_at.reset();
    with.at += 24h * 30;
    with.ringing = woken(with.ringing, moderation::triage::amber, with.at, true);
    CHECK(with.ringing.triage == moderation::triage::crisis);
    CHECK(with.sound_next() == people{with.first}); // anew, with whoever is on duty now
}
