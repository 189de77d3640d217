// What comes after a hard evening, through days in milliseconds; worries about somebody; and figures.
#include "server/store/sqlite/connection.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;
using kind = domain::follow_up_kind;
using answer = domain::follow_up_answer;

namespace {
struct week : services_under_test {
    app::signed_in lead = services_under_test::lead("Juniper");
    circle_id circle = services_under_test::circle(lead);
    app::signed_in author = join("Maple");
    app::signed_in other_one = join("Wren");
    app::signed_in rowan = join("Rowan");
    domain::principal_ptr me = enter(author, circle);
    domain::principal_ptr other = enter(other_one, circle);
    thread_id in = thread(me, circle, calm).thread;

    week()
    {
        REQUIRE(run(members.set_role(circle, rowan.who->account, domain::role::facilitator)));
        rowan.who = again(rowan);
    }
    std::vector<kind> due_for(domain::principal_ptr who)
    {
        auto const found = run(aftercare.due(who));
        REQUIRE(found);
        std::vector<kind> made;
        for (auto const& one : *found)
            made.push_back(one.kind);
        return made;
    }
    domain::follow_up first_due(domain::principal_ptr who)
    {
        auto const found = run(aftercare.due(who));
        REQUIRE(found);
        REQUIRE_FALSE(found->empty());
        return found->front();
    }
    void let_through(post_id const& post)
    {
        REQUIRE(decide(rowan.who, item_of(rowan.who, post), domain::verdict::publish));
    }
    result<domain::concern>
    worry(domain::principal_ptr who, std::string const& about, std::string const& words)
    {
        app::concern_wanted wanted;
        wanted.nickname = about;
        wanted.words = words;
        return run(concerns.raise(who, circle, "worry " + std::to_string(++worries_), wanted));
    }
    std::int64_t count(std::string const& sql)
    {
        return store::sqlite::connection(here / "holdfast.db", store::sqlite::open_mode::reader).single(sql);
    }

  private:
    int worries_ = 0;
};
using kinds = std::vector<kind>;
} // namespace

TEST_CASE("a day and a week later the author is asked how it is: once an evening, and not for ever")
{
    week with;
    REQUIRE(with.reply(with.me, with.in, tonight));
    with.time.advance(10min);
    REQUIRE(with.reply(with.me, with.in, std::string(tonight) + " Still."));
    CHECK(with.due_for(with.me).empty());
    with.time.advance(24h);
    CHECK(with.due_for(with.me) == kinds{kind::author_day});
    CHECK(with.due_for(with.other).empty());
    REQUIRE(
        run(with.aftercare.answer(with.me, with.first_due(with.me).id, answer::better, domain::helped::yes))
    );
    CHECK(with.due_for(with.me).empty());
    with.time.advance(24h * 6);
    CHECK(with.due_for(with.me) == kinds{kind::author_week});
    with.time.advance(24h * 8);
    CHECK(with.due_for(with.me).empty()); // nobody is nagged
}

TEST_CASE("who is asked hears it once by live event when it is due")
{
    week with;
    auto const sent = with.reply(with.me, with.in, tonight);
    CHECK(*run(with.aftercare.tell_due()) == 0);
    with.time.advance(25h);
    CHECK(*run(with.aftercare.tell_due()) > 0);
    CHECK(*run(with.aftercare.tell_due()) == 0);
    auto const told = with.told_about(sent->post);
    CHECK(std::count(told.begin(), told.end(), "me.follow_up") == 1);
}

TEST_CASE("only the one who is asked can answer, and only with an answer")
{
    week with;
    REQUIRE(with.reply(with.me, with.in, tonight));
    with.time.advance(25h);
    auto const id = with.first_due(with.me).id;
    auto const none = domain::helped::unsaid;
    CHECK(run(with.aftercare.answer(with.other, id, answer::better, none)).error().code == errc::not_found);
    CHECK(
        run(with.aftercare.answer(with.rowan.who, id, answer::better, none)).error().code == errc::not_found
    );
    CHECK(run(with.aftercare.answer(with.me, id, answer::talk, none)).error().code == errc::invalid);
    CHECK(run(with.aftercare.answer(with.me, id, answer::not_now, none)));
}

TEST_CASE("whether it helped is one tap, before or with how it is, and the first is kept")
{
    week with;
    REQUIRE(with.reply(with.me, with.in, tonight));
    with.time.advance(25h);
    auto const id = with.first_due(with.me).id;
    REQUIRE(run(with.aftercare.answer(with.me, id, answer::none, domain::helped::yes)));
    CHECK(with.first_due(with.me).helped == domain::helped::yes); // still asked how it is
    CHECK(
        run(with.aftercare.answer(with.me, id, answer::none, domain::helped::unsaid)).error().code ==
        errc::invalid
    );
    REQUIRE(run(with.aftercare.answer(with.me, id, answer::same, domain::helped::unsaid)));
    CHECK(with.due_for(with.me).empty());
    CHECK(with.count("SELECT count(*) FROM follow_up WHERE helped = 'yes' AND answer = 'same'") == 1);
}

TEST_CASE("a circle hears a kind word when others could read it, without a hint whose words they were")
{
    week with;
    auto const held = with.reply(with.me, with.in, tonight);
    with.time.advance(25h);
    CHECK(with.due_for(with.other).empty()); // nobody else could read it
    with.let_through(held->post);
    auto const word = with.first_due(with.other);
    CHECK(word.kind == kind::circle);
    CHECK_FALSE(word.post);
    CHECK_FALSE(word.account);
    CHECK(with.due_for(with.me) == kinds{kind::author_day}); // not to the one who wrote
    with.time.advance(72h);
    CHECK(with.due_for(with.other).empty());
}

TEST_CASE("who was there is offered a pause, and a lead hears when they would like to talk")
{
    week with;
    auto const sent = with.reply(with.me, with.in, tonight);
    with.let_through(sent->post);
    CHECK(with.due_for(with.rowan.who) == kinds{kind::facilitator});
    auto const lead = with.again(with.lead);
    CHECK(with.due_for(lead).empty());
    auto const none = domain::helped::unsaid;
    auto const id = with.first_due(with.rowan.who).id;
    REQUIRE(run(with.aftercare.answer(with.rowan.who, id, answer::talk, none)));
    CHECK(with.first_due(lead).nickname == "Rowan");
    REQUIRE(run(with.aftercare.answer(lead, id, answer::fine, none)));
    CHECK(with.due_for(lead).empty());
    CHECK(with.due_for(with.rowan.who).empty());
}

TEST_CASE("whoever answers by a conversation is asked as well")
{
    week with;
    auto const sent = with.reply(with.me, with.in, tonight);
    auto const talk = run(with.talks.ask_for(with.me, sent->post));
    REQUIRE(run(with.talks.write(with.rowan.who, talk->id, "k", "I am here with you.")));
    CHECK(with.due_for(with.rowan.who) == kinds{kind::facilitator});
}

TEST_CASE("a worry reaches those who look after the circle, and nobody else, least of all the person")
{
    week with;
    auto const made = with.worry(with.other, "Maple", "She has not been herself since Sunday.");
    REQUIRE(made);
    CHECK_FALSE(with.here.holds("herself since Sunday"));
    REQUIRE(run(with.alarms.sound_due()));
    auto const ringing = run(with.alarms.open(with.rowan.who));
    REQUIRE(ringing->size() == 1);
    CHECK(ringing->front().triage == moderation::triage::amber);
    CHECK_FALSE(ringing->front().post);
    auto const opened = run(with.concerns.open(with.rowan.who, made->id));
    CHECK(opened->words == "She has not been herself since Sunday.");
    CHECK(opened->about_nickname == "Maple");
    CHECK(opened->by_nickname == "Wren");
    for (auto const& who : {with.me, with.other}) {
        CHECK(run(with.concerns.open(who, made->id)).error().code == errc::not_found);
        CHECK(run(with.concerns.answer(who, made->id, true)).error().code == errc::not_found);
    }
    CHECK(run(with.alarms.open(with.me))->empty());
    CHECK(
        with.count("SELECT count(*) FROM event WHERE account_id = x'" + with.me->account.text() + "'") == 0
    );
    CHECK(run(with.talks.offer(with.rowan.who, ringing->front().id)).error().code == errc::not_found);
    auto const told = [&] { return run(with.concerns.mine(with.other, with.circle))->front().state; };
    CHECK(told() == domain::concern_state::waiting);
    CHECK(run(with.concerns.mine(with.me, with.circle))->empty());
    REQUIRE(run(with.concerns.answer(with.rowan.who, made->id, true)));
    CHECK(told() != domain::concern_state::waiting);
    CHECK(run(with.concerns.answer(with.rowan.who, made->id, false)).error().code == errc::conflict);
    CHECK(run(with.concerns.answer(with.rowan.who, made->id, true))); // the same, sent again
    CHECK(run(with.alarms.open(with.rowan.who))->empty());
}

TEST_CASE("a facilitator does not read what somebody wrote about them")
{
    week with;
    auto const made = with.worry(with.me, "Rowan", "He seems very tired.");
    REQUIRE(made);
    CHECK(run(with.concerns.open(with.rowan.who, made->id)).error().code == errc::not_found);
    CHECK(run(with.alarms.open(with.rowan.who))->empty());
    CHECK(run(with.concerns.open(with.again(with.lead), made->id)));
}

TEST_CASE("worries are few a day, and those whose worries were real may have more and are heard sooner")
{
    week with;
    std::vector<concern_id> all;
    for (int number = 0; number < 3; ++number)
        all.push_back(with.worry(with.other, "Maple", "I am worried.")->id);
    auto const fourth = with.worry(with.other, "Maple", "I am worried.");
    CHECK(fourth.error().code == errc::rate_limited);
    CHECK(fourth.error().retry_after_s > 0);
    for (auto const& id : {all[0], all[1]})
        REQUIRE(run(with.concerns.answer(with.rowan.who, id, true)));
    auto const sooner = with.worry(with.other, "Maple", "I am worried.");
    REQUIRE(sooner);
    CHECK(sooner->triage == moderation::triage::red);
    with.time.advance(25h);
    CHECK(with.worry(with.other, "Maple", "I am worried."));
}

TEST_CASE("a worry names somebody of the circle, not oneself; words of crisis in it ring at once")
{
    week with;
    CHECK(with.worry(with.other, "Nobody", "I am worried.").error().fields.front().field == "nickname");
    CHECK(with.worry(with.other, "Wren", "I am worried.").error().fields.front().field == "nickname");
    CHECK(with.worry(with.other, "Juniper", "I am worried.")); // the lead belongs to the circle
    CHECK(with.worry(with.other, "Maple", "").error().code == errc::invalid);
    CHECK(with.worry(with.other, "Maple", tonight)->triage == moderation::triage::crisis);
    auto const stranger = with.join("Stone");
    CHECK(with.worry(with.again(stranger), "Maple", "I am worried.").error().code == errc::not_found);
}

TEST_CASE("figures say how long it took until a person answered, by level, and what people said of it")
{
    week with;
    auto const first = with.reply(with.me, with.in, tonight);
    with.time.advance(2min);
    with.let_through(first->post);
    auto const second = with.reply(with.other, with.in, tonight);
    with.time.advance(30min);
    with.let_through(second->post);
    REQUIRE(with.reply(with.me, with.in, std::string(tonight) + " Again."));
    with.time.advance(25h);
    REQUIRE(run(
        with.aftercare.answer(with.me, with.first_due(with.me).id, answer::better, domain::helped::a_little)
    ));
    CHECK(run(with.reporting.of_last(with.rowan.who, 30)).error().code == errc::not_found);
    auto const lead = with.again(with.lead);
    CHECK(run(with.reporting.of_last(lead, 0)).error().code == errc::invalid);
    auto const made = run(with.reporting.of_last(lead, 30));
    REQUIRE(made);
    auto const& level = made->levels[2];
    CHECK(level.level == "crisis");
    CHECK(level.rung == 3);
    CHECK(level.answered == 2);
    CHECK(level.within_clock == 1);
    CHECK(level.waiting == 1);
    CHECK(level.median_s == 120);
    CHECK(level.p95_s == 1800);
    CHECK(made->helped == store::tally{{"a_little", 1}});
    auto const csv = app::csv_of(*made);
    CHECK(csv.starts_with("what,level,value\nrung,amber,0\n"));
    CHECK(csv.find("first_answer_median_s,crisis,120\n") != std::string::npos);
    CHECK(csv.find("follow_up_better,,1\n") != std::string::npos);
}
