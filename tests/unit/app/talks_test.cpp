// What an author is shown around a cry for help, and the private conversation that opens from it.
#include "server/app/desk/audit_log.hpp"
#include "server/base/failpoint.hpp"
#include "server/store/sqlite/connection.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;

namespace {
struct room : services_under_test {
    app::signed_in lead = services_under_test::lead("Juniper");
    circle_id circle = services_under_test::circle(lead);
    app::signed_in author = join("Maple");
    app::signed_in rowan = facilitator("Rowan");
    app::signed_in hazel = facilitator("Hazel");
    domain::principal_ptr me = enter(author, circle);
    thread_id in = thread(me, circle, calm).thread;

    app::signed_in facilitator(std::string const& nickname)
    {
        auto made = join(nickname);
        REQUIRE(run(members.set_role(circle, made.who->account, domain::role::facilitator)));
        made.who = again(made);
        return made;
    }
    app::submission cry(std::string const& more = "")
    {
        auto const sent = reply(me, in, tonight + more);
        REQUIRE(sent);
        return *sent;
    }
    result<domain::talk_message>
    say(domain::principal_ptr who, talk_id const& talk, std::string const& words, std::string key = "")
    {
        if (key.empty()) key = "say " + std::to_string(++said_);
        return run(talks.write(who, talk, key, words));
    }
    std::vector<std::string> texts_for(domain::principal_ptr who, talk_id const& talk)
    {
        auto const found = run(talks.read(who, talk, std::nullopt));
        REQUIRE(found);
        std::vector<std::string> made;
        for (auto const& one : found->messages)
            made.push_back(one.words);
        return made;
    }
    std::int64_t count(std::string const& sql)
    {
        return store::sqlite::connection(here / "holdfast.db", store::sqlite::open_mode::reader).single(sql);
    }

  private:
    int said_ = 0;
};
using texts = std::vector<std::string>;
} // namespace

TEST_CASE("care is whole once, brief at the next post of the evening, and whole again after \"I am safe\"")
{
    room with;
    auto const first = with.cry();
    REQUIRE(first.care);
    CHECK(first.care->now.shown == domain::care_shown::whole);
    CHECK(first.care->lines.size() >= 2);
    with.time.advance(20min);
    auto const second = with.cry(" Nothing helps.");
    CHECK(second.care->now.shown == domain::care_shown::brief);
    CHECK(second.care->lines.size() >= 2); // help is never further away
    CHECK(run(with.posts.own(with.me, first.post))->care->shown == domain::care_shown::whole);
    CHECK(run(with.posts.own(with.me, second.post))->care->shown == domain::care_shown::brief);
    REQUIRE(run(with.posts.say_safe(with.me, second.post)));
    CHECK(run(with.posts.own(with.me, second.post))->care->safe);
    CHECK(with.cry(" It is back.").care->now.shown == domain::care_shown::whole);
    with.time.advance(13h);
    CHECK(with.cry(" Another night.").care->now.shown == domain::care_shown::whole);
}

TEST_CASE("who is cared for is told honestly whether somebody is on duty, and when the next one comes")
{
    room with;
    CHECK_FALSE(with.cry().care->now.somebody_on_duty);
    CHECK_FALSE(with.cry(" 2").care->now.duty_from);
    auto const now = with.time.now();
    REQUIRE(run(with.rota.add(with.rowan.who, with.circle, "key 2", {now + 6h, now + 10h, 1, 1, ""})));
    CHECK(with.cry(" 3").care->now.duty_from == now + 6h);
    with.time.advance(7h);
    auto const there = with.cry(" 4");
    CHECK(there.care->now.somebody_on_duty);
    CHECK_FALSE(there.care->now.duty_from);
    // Not themselves: a facilitator on duty who cries for help isn't their own help.
    auto const own = with.reply(with.rowan.who, with.in, tonight);
    CHECK_FALSE(own->care->now.somebody_on_duty);
}

TEST_CASE("a retry is answered with the same care")
{
    room with;
    auto const first = with.reply(with.me, with.in, tonight, "once");
    auto const again = with.reply(with.me, with.in, tonight, "once");
    REQUIRE(again);
    CHECK(again->care->now.shown == domain::care_shown::whole);
    CHECK(with.count("SELECT count(*) FROM care_card") == 1);
}

TEST_CASE("who asks for a facilitator gets one conversation in their circle, and somebody is asked to come")
{
    room with;
    auto const sent = with.cry();
    auto const talk = run(with.talks.ask_for(with.me, sent.post));
    REQUIRE(talk);
    with.time.advance(1h);
    CHECK(run(with.talks.ask_for(with.me, with.cry(" again").post))->id == talk->id);
    CHECK(run(with.talks.offer(with.rowan.who, talk->alarm))->id == talk->id);
    CHECK(run(with.posts.own(with.me, sent.post))->care->talk == talk->id);
    CHECK(run(with.talks.list(with.me))->size() == 1);
    CHECK(run(with.talks.list(with.rowan.who))->size() == 1);
    CHECK(run(with.talks.list(with.again(with.lead)))->size() == 1);
}

TEST_CASE(
    "who looks after a circle sees first who waits for their answer, the longest waiting before the others"
)
{
    room with;
    auto const order = [&] {
        std::vector<talk_id> made;
        for (auto const& one : *run(with.talks.list(with.rowan.who)))
            made.push_back(one.id);
        return made;
    };
    auto const maple = run(with.talks.ask_for(with.me, with.cry().post));
    CHECK(run(with.talks.list(with.rowan.who))->front().waits); // they asked, and nobody has written yet
    with.time.advance(1h);
    auto const fern = with.enter(with.join("Fern"), with.circle);
    auto const other = run(with.talks.ask_for(fern, with.reply(fern, with.in, tonight)->post));
    REQUIRE(other);
    CHECK(order() == std::vector{maple->id, other->id});

    with.time.advance(1min);
    REQUIRE(with.say(with.rowan.who, maple->id, "I am here with you."));
    CHECK(order() == std::vector{other->id, maple->id});
    CHECK_FALSE(run(with.talks.list(with.rowan.who))->back().waits);
    CHECK(run(with.talks.list(with.me))->front().id == maple->id); // now it waits for its member

    with.time.advance(1min);
    REQUIRE(with.say(with.me, maple->id, "It is still heavy."));
    CHECK(order() == std::vector{other->id, maple->id}); // Fern has waited longer
}

TEST_CASE("both sides write, what is written is sealed, and who read it is on record")
{
    room with;
    auto const talk = run(with.talks.ask_for(with.me, with.cry().post))->id;
    REQUIRE(with.say(with.me, talk, "I am in the kitchen and I can't stop shaking."));
    REQUIRE(with.say(with.rowan.who, talk, "I am here. Are you thinking of ending your life tonight?"));
    REQUIRE(with.say(with.me, talk, "Yes. I want to die."));
    texts const all{
        "I am in the kitchen and I can't stop shaking.",
        "I am here. Are you thinking of ending your life tonight?",
        "Yes. I want to die."};
    CHECK(with.texts_for(with.me, talk) == all);
    CHECK(
        with.count(
            "SELECT count(*) FROM audit WHERE action = 'private.read' AND object = '" + talk.text() + "'"
        ) == 0
    );
    CHECK(with.texts_for(with.hazel.who, talk) == all);
    CHECK(
        with.count(
            "SELECT count(*) FROM audit WHERE action = 'private.read' AND object = '" + talk.text() + "'"
        ) == 1
    );
    auto const visits = [&](domain::principal_ptr const& who) {
        auto const mine =
            run(app::audit_log(with.database, with.vault, with.time).about(who, std::nullopt, 100));
        REQUIRE(mine);
        return std::count_if(mine->entries.begin(), mine->entries.end(), [&](auto const& one) {
            return one.entry.object == talk.text() && app::what_was_read(one.entry) == "talk";
        });
    };
    CHECK(visits(with.me) == 1); // the one whose words they are sees it
    with.time.advance(29min);
    CHECK(with.texts_for(with.hazel.who, talk) == all);
    CHECK(visits(with.me) == 1); // the same visit: the page looks again by itself
    CHECK(with.texts_for(with.rowan.who, talk) == all);
    CHECK(visits(with.me) == 2); // somebody else
    with.time.advance(1min);
    CHECK(with.texts_for(with.hazel.who, talk) == all);
    CHECK(visits(with.me) == 3); // came back later
    CHECK(visits(with.hazel.who) == 0);
    CHECK(with.count("SELECT count(*) FROM audit WHERE action = 'care.member_wrote'") == 2);
    CHECK_FALSE(with.here.holds("can't stop shaking"));
    CHECK_FALSE(with.here.holds("ending your life"));
}

TEST_CASE(
    "what a member in crisis writes is never refused; what may hurt stands behind a note for the facilitator"
)
{
    room with;
    auto const talk = run(with.talks.ask_for(with.me, with.cry().post))->id;
    CHECK_FALSE(with.say(with.me, talk, tonight)->folded);
    CHECK_FALSE(with.say(with.me, talk, "My father hits me and I am scared to be at home.")->folded);
    CHECK(with.say(with.me, talk, harm)->folded);
    CHECK(with.say(with.rowan.who, talk, harm).error().code == errc::returned);
    CHECK(with.say(with.rowan.who, talk, contact).error().code == errc::returned);
    CHECK(with.texts_for(with.rowan.who, talk).size() == 3);
    CHECK(with.count("SELECT count(*) FROM talk_message WHERE folded = 1") == 1);
}

TEST_CASE(
    "only the member and those who look after their circle can enter; others can't tell that it is there"
)
{
    room with;
    auto const sent = with.cry();
    auto const talk = run(with.talks.ask_for(with.me, sent.post))->id;
    auto const stranger = with.join("Stone");
    auto const other = with.enter(with.join("Wren"), with.circle);
    for (auto const& who : {with.again(stranger), other}) {
        CHECK(run(with.talks.read(who, talk, std::nullopt)).error().code == errc::not_found);
        CHECK(with.say(who, talk, calm).error().code == errc::not_found);
        CHECK(run(with.talks.close(who, talk)).error().code == errc::not_found);
        CHECK(run(with.talks.ask_for(who, sent.post)).error().code == errc::not_found);
        CHECK(run(with.talks.list(who))->empty());
    }
    auto const plain = with.reply(with.me, with.in, calm);
    CHECK(run(with.talks.ask_for(with.me, plain->post)).error().code == errc::not_found); // no care was due
}

TEST_CASE("the same key and words give the same message, other words do not")
{
    room with;
    auto const talk = run(with.talks.ask_for(with.me, with.cry().post))->id;
    auto const first = with.say(with.me, talk, calm, "once");
    CHECK(with.say(with.me, talk, calm, "once")->number == first->number);
    CHECK(with.say(with.me, talk, "Something else.", "once").error().code == errc::key_reused);
    CHECK(with.texts_for(with.me, talk).size() == 1);
}

TEST_CASE("a closed conversation opens again when the member writes, and somebody is asked again")
{
    room with;
    auto const talk = run(with.talks.ask_for(with.me, with.cry().post));
    REQUIRE(with.say(with.rowan.who, talk->id, "I am here with you."));
    REQUIRE(run(with.talks.close(with.rowan.who, talk->id)));
    CHECK(run(with.talks.list(with.rowan.who))->empty());
    CHECK(run(with.talks.list(with.me))->size() == 1);
    auto const alarm = [&] {
        auto read = [&](store::read_tx& tx) -> result<domain::alarm> {
            return *tx.care().alarm(talk->alarm);
        };
        return *run(with.database.read(read));
    };
    CHECK_FALSE(alarm().next_at);
    CHECK(alarm().answered_at);
    with.time.advance(2h);
    REQUIRE(with.say(with.me, talk->id, "It is getting heavy again."));
    CHECK(alarm().next_at);
    CHECK(run(with.talks.list(with.rowan.who))->size() == 1);
    with.time.advance(6min);
    CHECK(*run(with.alarms.sound_due()) == 1);
    REQUIRE(with.say(with.hazel.who, talk->id, "I am here now."));
    CHECK_FALSE(alarm().next_at);
}

TEST_CASE("a conversation goes with its member's account: its words, what others wrote in it, and its alarm")
{
    room with;
    auto const talk = run(with.talks.ask_for(with.me, with.cry().post))->id;
    REQUIRE(with.say(with.me, talk, calm));
    REQUIRE(with.say(with.rowan.who, talk, "I am here with you."));
    REQUIRE(run(with.erasure.erase(with.me, passphrase)));
    CHECK(with.count("SELECT count(*) FROM talk_message WHERE length(words_sealed) > 0") == 0);
    CHECK(run(with.talks.list(with.rowan.who))->empty());
    CHECK(with.count("SELECT count(*) FROM alarm WHERE next_at IS NOT NULL") == 0);
}
