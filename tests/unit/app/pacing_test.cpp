// One's own pace: late hours where the member is, shields that end, people put aside, a pause after a while;
// and a cry for help that waits for nobody's choice.
#include "server/app/space/pacing.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/space/waiting.hpp"
#include "server/base/failpoint.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#if defined(HOLDFAST_FAILPOINTS)
#include <fiu-control.h>
#endif

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;
using domain::private_kind;
using moderation::label;

namespace {
timestamp at(int hour, int minute = 0)
{
    std::chrono::sys_days const day = std::chrono::year(2026) / std::chrono::May / 14;
    return timestamp(day.time_since_epoch()) + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

boost::json::object late(std::string const& from, std::string const& to, std::string const& clock = "+00:00")
{
    return {{"late_from", from}, {"late_to", to}, {"clock", clock}, {"late_posts", "wait"}};
}

bool is_late_at(boost::json::object const& settings, timestamp now)
{
    auto const hours = app::late_now(app::pacing_in(settings), now);
    return hours && app::is_late(*hours, now);
}

app::pacing with_shield(std::string const& field, std::string const& until)
{
    boost::json::object settings;
    settings[field] = until;
    return app::pacing_in(settings);
}

moderation::label_set only(label one)
{
    moderation::label_set made;
    made.add(one);
    return made;
}
} // namespace

TEST_CASE("late hours go over midnight, begin with their first minute and end before their last")
{
    auto const night = late("22:00", "06:00");
    CHECK(is_late_at(night, at(22)));
    CHECK(is_late_at(night, at(3)));
    CHECK_FALSE(is_late_at(night, at(6)));
    CHECK_FALSE(is_late_at(night, at(21, 59)));
    CHECK(is_late_at(late("01:00", "05:00"), at(1)));
    CHECK_FALSE(is_late_at(late("01:00", "05:00"), at(0, 59)));
    CHECK_FALSE(is_late_at(late("22:00", "22:00"), at(22)));
    CHECK_FALSE(is_late_at({}, at(3)));
}

TEST_CASE("a day is that of the member's own clock, and a place follows summer time")
{
    auto const day_at = [](boost::json::object const& settings, char const* now) {
        return app::text_of(std::chrono::floor<std::chrono::days>(
            app::own_time(app::pacing_in(settings), *time_from_iso8601(now))
        ));
    };
    boost::json::object const berlin{{"zone", "Europe/Berlin"}};
    CHECK(day_at({}, "2026-07-01T22:30:00Z") == "2026-07-01");
    CHECK(day_at(berlin, "2026-07-01T22:30:00Z") == "2026-07-02");
    CHECK(day_at(berlin, "2026-01-01T22:30:00Z") == "2026-01-01");
    CHECK(day_at({{"zone", "GMT-05:00"}}, "2026-07-02T04:59:00Z") == "2026-07-01");
    CHECK(day_at(late("22:00", "06:00", "+02:00"), "2026-07-01T22:30:00Z") == "2026-07-02");
    auto night = late("22:00", "06:00");
    night["zone"] = "Europe/Berlin";
    CHECK(is_late_at(night, *time_from_iso8601("2026-07-01T20:30:00Z")));
    CHECK_FALSE(is_late_at(night, *time_from_iso8601("2026-01-01T20:30:00Z")));
}

TEST_CASE("late hours are those of the member's own clock")
{
    CHECK(is_late_at(late("22:00", "06:00", "+02:00"), at(20)));
    CHECK_FALSE(is_late_at(late("22:00", "06:00", "-05:00"), at(22)));
    CHECK(app::text_of_offset(app::offset_of(21 * 60 + 31, at(19, 30))) == "+02:00");
    CHECK(app::text_of_offset(app::offset_of(14 * 60 + 29, at(19, 30))) == "-05:00");
    CHECK(app::text_of_offset(app::offset_of(1 * 60 + 14, at(19, 30))) == "+05:45");
    CHECK(app::text_of_offset(app::offset_of(9 * 60 + 30, at(19, 30))) == "+14:00");
    auto const hours = *app::pacing_in(late("22:00", "06:00", "+02:00")).late;
    CHECK(app::end_of_late(hours, at(23)) == at(28));
    CHECK(app::end_of_late(hours, at(1)) == at(4));
}

TEST_CASE("a shield puts its topic aside until the end of its last day, also where others see it open")
{
    auto const chosen = with_shield("no_self_harm", "2026-05-14");
    auto const aside = app::put_aside_by(chosen, only(label::self_harm), false, "Maple", at(23, 59));
    REQUIRE(aside);
    CHECK(app::text_of(*aside->until) == "2026-05-14");
    CHECK_FALSE(app::put_aside_by(chosen, only(label::self_harm), true, "Maple", at(24)));
    CHECK_FALSE(app::put_aside_by(chosen, only(label::violence), true, "Maple", at(12)));
    CHECK_FALSE(app::put_aside_by(chosen, {}, false, "Maple", at(12)));
    auto const hard = with_shield("no_hard_words", "2026-05-20");
    CHECK(app::put_aside_by(hard, only(label::harassment), true, "Maple", at(12)));
    CHECK_FALSE(app::put_aside_by(hard, only(label::harassment), false, "Maple", at(12)));
    CHECK_FALSE(app::put_aside_by(hard, only(label::sexual), true, "Maple", at(12)));
}

TEST_CASE("somebody who is muted is put aside by name, without an end")
{
    boost::json::object settings;
    settings["muted"] = boost::json::array{"Wren"};
    auto const chosen = app::pacing_in(settings);
    auto const aside = app::put_aside_by(chosen, {}, false, "Wren", at(12));
    REQUIRE(aside);
    CHECK_FALSE(aside->until);
    CHECK_FALSE(app::put_aside_by(chosen, {}, false, "Maple", at(12)));
    CHECK_FALSE(app::put_aside_by(chosen, {}, false, "", at(12)));
}

TEST_CASE("a pause is due after the chosen time of reading; a while away begins it anew, and so does going on"
)
{
    services_under_test with;
    app::own_pace pace(with.space, with.time);
    auto const session = with.join("Maple").who->session;
    CHECK(pace.until_pause(session, 30min) == 30min);
    with.time.advance(10min);
    CHECK(pace.until_pause(session, 30min) == 20min);
    with.time.advance(10min);
    CHECK(pace.until_pause(session, 30min) == 10min);
    with.time.advance(10min);
    CHECK(pace.until_pause(session, 30min) == 0min);
    pace.go_on(session);
    CHECK(pace.until_pause(session, 30min) == 30min);
    with.time.advance(29min);
    CHECK(pace.until_pause(session, 30min) == 30min);
}

TEST_CASE("what is chosen is known at once, gone at once, and read by nobody else")
{
    services_under_test with;
    app::own_pace pace(with.space, with.time);
    auto const who = with.join("Maple");
    CHECK(*run(pace.of(who)) == nullptr);
    auto const kept = run(with.space.set_only(who, private_kind::pacing, 0, late("22:00", "06:00")));
    REQUIRE(kept);
    pace.forget(who.who->account);
    auto const chosen = *run(pace.of(who));
    REQUIRE(chosen);
    CHECK(chosen->late->waits);
    CHECK(*run(pace.of(with.join("Wren"))) == nullptr);
    REQUIRE(run(with.space.remove(who, private_kind::pacing, kept->id)));
    pace.forget(who.who->account);
    CHECK(*run(pace.of(who)) == nullptr);
}

TEST_CASE("whom and what another device put aside stays so, until who saw it takes it out")
{
    using boost::json::array;
    using boost::json::object;
    app::private_text seen;
    seen.body = object{{"muted", array{"Ash"}}, {"no_sex", "2999-01-01"}, {"no_abuse", "2999-01-01"}};
    auto newest = seen;
    newest.body["muted"] = array{"Ash", "Stone"};
    newest.body["no_violence"] = "2999-01-01";
    newest.body["no_abuse"] = "2999-02-02";
    newest.body["pause_after"] = "20";
    app::private_change wanted;
    wanted.based_on = 1;
    wanted.body = object{{"muted", array{"Wren"}}, {"no_violence", "2999-03-03"}};
    auto const made = app::pace_change(wanted)(newest, seen);
    REQUIRE(made);
    CHECK(
        made->body ==
        object{
            {"no_violence", "2999-03-03"}, // later than the other device's
            {"no_abuse", "2999-02-02"},
            {"muted", array{"Wren", "Stone"}}}
    );
    CHECK(made->based_on == 1);
    auto const alone = app::pace_change(wanted)(newest, newest);
    REQUIRE(alone);
    CHECK(alone->body == wanted.body);
    for (int number = 0; number < 50; ++number)
        newest.body["muted"].as_array().push_back(boost::json::string("Name " + std::to_string(number)));
    auto const too_many = app::pace_change(wanted)(newest, seen);
    REQUIRE_FALSE(too_many);
    CHECK(too_many.error().fields.front().field == "muted");
}

TEST_CASE("words that call for care may not wait")
{
    services_under_test with;
    CHECK_FALSE(with.space.may_not_wait({"", calm}, {}));
    CHECK(with.space.may_not_wait({"", crisis}, {}));
    CHECK(with.space.may_not_wait({crisis, calm}, {}));
}

#if defined(HOLDFAST_FAILPOINTS)
TEST_CASE("neither may wait what could not be looked at")
{
    services_under_test with;
    fiu_init(0);
    REQUIRE(fiu_enable("screen/error", 1, nullptr, 0) == 0);
    CHECK(with.space.may_not_wait({"", calm}, {}));
    fiu_disable("screen/error");
}
#endif

TEST_CASE("what waited is shared once, as every post is, and then waits no more")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const circle = with.circle(lead);
    auto const maple = with.join("Maple");
    auto const who = app::member_session{with.enter(maple, circle), maple.token};
    auto const thread = with.thread(who.who, circle, calm).thread;
    boost::json::object const body{
        {"thread", thread.text()}, {"text", "It is quiet here."}, {"key", "late one"}, {"how", "draft"}};
    auto const waiting = run(with.space.add(who, private_kind::waiting, "late one", body))->id;
    auto const sent = run(app::send_waiting(with.space, with.posts, who, waiting, false));
    REQUIRE(sent);
    CHECK(sent->state == domain::post_state::visible);
    CHECK(run(with.space.all(who, private_kind::waiting))->empty());
    CHECK(
        run(app::send_waiting(with.space, with.posts, who, waiting, false)).error().code == errc::not_found
    );
    auto const again = run(with.space.add(who, private_kind::waiting, "once more", body))->id;
    CHECK(run(app::send_waiting(with.space, with.posts, who, again, false))->post == sent->post);
    boost::json::object nowhere = body;
    nowhere["thread"] = thread_id().text();
    nowhere["key"] = "another";
    auto const lost = run(with.space.add(who, private_kind::waiting, "another", nowhere))->id;
    CHECK(run(app::send_waiting(with.space, with.posts, who, lost, false)).error().code == errc::conflict);
    CHECK(run(with.space.all(who, private_kind::waiting))->size() == 1);
}
