// Alarms and the rota over a real store: who is asked, what is on record, and what the schema itself
// promises.
#include "server/app/desk/audit_log.hpp"
#include "server/store/sqlite/connection.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;

namespace {
struct ward : services_under_test {
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
    void on_duty(app::signed_in const& who, int place = 1)
    {
        app::duty_wanted wanted;
        wanted.starts_at = time.now() - 1h;
        wanted.ends_at = time.now() + 8h;
        wanted.place = place;
        REQUIRE(run(rota.add(again(who), circle, duty_id::random().text(), wanted)));
    }
    // Who was asked since the last time this was called, by live event.
    std::vector<account_id> asked()
    {
        REQUIRE(run(alarms.sound_due()));
        auto read = [after = heard_](store::read_tx& tx) -> result<std::vector<store::event_row>> {
            return tx.events_after(after, 10'000);
        };
        std::vector<account_id> made;
        auto const events = run(database.read(read));
        for (auto const& event : *events) {
            heard_ = event.number;
            if (event.type == "me.alarm") made.push_back(*event.account);
        }
        return made;
    }
    domain::alarm only_alarm(domain::principal_ptr who)
    {
        auto const all = run(alarms.open(who));
        REQUIRE(all);
        REQUIRE(all->size() == 1);
        return all->front();
    }

  private:
    std::int64_t heard_ = 0;
};
using people = std::vector<account_id>;
} // namespace

TEST_CASE("a cry for help rings with the one on duty, climbs, and is quiet when somebody has it")
{
    ward with;
    with.on_duty(with.rowan);
    with.on_duty(with.hazel, 2);
    auto const sent = with.reply(with.me, with.in, tonight);
    CHECK(with.asked() == people{with.rowan.who->account});
    CHECK(with.asked().empty()); // not again before it is due
    with.time.advance(1min);
    CHECK(with.asked() == people{with.rowan.who->account});
    with.time.advance(4min);
    CHECK(with.asked() == people{with.rowan.who->account, with.hazel.who->account});
    auto const ringing = with.only_alarm(with.hazel.who);
    CHECK(ringing.post == sent->post);
    CHECK(ringing.triage == moderation::triage::crisis);
    auto const mine = run(with.alarms.take(with.hazel.who, ringing.id));
    REQUIRE(mine);
    CHECK(run(with.alarms.take(with.rowan.who, ringing.id)).error().code == errc::conflict);
    CHECK(run(with.alarms.take(with.hazel.who, ringing.id)));
    with.time.advance(9min);
    CHECK(with.asked().empty());
    REQUIRE(with.decide(with.hazel.who, with.item_of(with.hazel.who, sent->post), domain::verdict::publish));
    with.time.advance(24h);
    CHECK(with.asked().empty());
    CHECK(run(with.alarms.open(with.hazel.who))->empty());
    CHECK(run(with.alarms.take(with.hazel.who, ringing.id)).error().code == errc::conflict);
}

TEST_CASE("taken and then left alone, it sounds again for others")
{
    ward with;
    with.on_duty(with.rowan);
    REQUIRE(with.reply(with.me, with.in, tonight));
    with.asked();
    REQUIRE(run(with.alarms.take(with.rowan.who, with.only_alarm(with.rowan.who).id)));
    with.time.advance(10min + 1ms);
    auto const now = with.asked();
    CHECK(std::find(now.begin(), now.end(), with.hazel.who->account) != now.end());
    CHECK(run(with.alarms.take(with.hazel.who, with.only_alarm(with.hazel.who).id)));
}

TEST_CASE("\"I can't right now\" asks the others at once and frees the item")
{
    ward with;
    with.on_duty(with.rowan);
    auto const sent = with.reply(with.me, with.in, tonight);
    with.asked();
    auto const id = with.only_alarm(with.rowan.who).id;
    REQUIRE(run(with.alarms.take(with.rowan.who, id)));
    REQUIRE(run(with.alarms.pass_on(with.rowan.who, id)));
    CHECK(with.asked().size() == 3); // both facilitators, and the one who made the circle
    CHECK_FALSE(with.item_of(with.hazel.who, sent->post).claimed_by);
    CHECK(run(with.alarms.take(with.hazel.who, id)));
    CHECK(run(with.alarms.pass_on(with.rowan.who, id)).error().code == errc::conflict);
}

TEST_CASE("claiming an item of the care lane lets its alarm sleep as long as the claim lasts")
{
    ward with;
    with.on_duty(with.rowan);
    auto const sent = with.reply(with.me, with.in, tonight);
    with.asked();
    REQUIRE(run(with.review.claim(with.rowan.who, with.item_of(with.rowan.who, sent->post).id)));
    with.time.advance(9min);
    CHECK(with.asked().empty());
    with.time.advance(1min);
    CHECK_FALSE(with.asked().empty());
}

TEST_CASE("every way into the care lane rings, also one that the program does not know of yet")
{
    ward with;
    auto const sent = with.reply(with.me, with.in, harm);
    CHECK(run(with.alarms.open(with.rowan.who))->empty());
    store::sqlite::connection file(with.here / "holdfast.db", store::sqlite::open_mode::writer);
    file.run("UPDATE review_item SET lane = 'care' WHERE post_id = x'" + sent->post.text() + "'");
    CHECK(with.only_alarm(with.rowan.who).post == sent->post);
    CHECK_THROWS_AS(file.run("UPDATE review_item SET lane = 'harm'"), store::sqlite::sqlite_error);
    CHECK(
        file.single("SELECT count(*) FROM review_item r WHERE lane = 'care' AND NOT EXISTS (SELECT 1 FROM "
                    "alarm a WHERE a.id = r.id)") == 0
    );
}

TEST_CASE("nobody but those who look after the circle knows of an alarm, and nobody of one about themselves")
{
    ward with;
    auto const stranger = with.join("Stone");
    REQUIRE(with.reply(with.me, with.in, tonight));
    auto const id = with.only_alarm(with.rowan.who).id;
    for (auto const& who : {with.me, with.again(stranger)}) {
        CHECK(run(with.alarms.open(who))->empty());
        CHECK(run(with.alarms.take(who, id)).error().code == errc::not_found);
        CHECK(run(with.alarms.pass_on(who, id)).error().code == errc::not_found);
    }
    REQUIRE(with.reply(with.rowan.who, with.in, tonight));
    CHECK(run(with.alarms.open(with.rowan.who))->size() == 1);
    CHECK(run(with.alarms.open(with.hazel.who))->size() == 2);
}

TEST_CASE("a lead, and nobody else, can record that a person called for help outside; the first record stays")
{
    ward with;
    REQUIRE(with.reply(with.me, with.in, tonight));
    auto const id = with.only_alarm(with.rowan.who).id;
    CHECK(run(with.alarms.record_outside_help(with.rowan.who, id)).error().code == errc::not_found);
    auto const lead = with.again(with.lead);
    REQUIRE(run(with.alarms.record_outside_help(lead, id)));
    auto const first = with.only_alarm(lead).outside_help_at;
    with.time.advance(1h);
    REQUIRE(run(with.alarms.record_outside_help(lead, id)));
    CHECK(with.only_alarm(lead).outside_help_at == first);
    CHECK(with.only_alarm(lead).outside_help_by == lead->account);
    store::sqlite::connection file(with.here / "holdfast.db", store::sqlite::open_mode::reader);
    CHECK(file.single("SELECT count(*) FROM audit WHERE action = 'care.outside_help'") == 1);
    auto const theirs =
        run(app::audit_log(with.database, with.vault, with.time).about(with.me, std::nullopt, 10));
    REQUIRE(theirs->entries.size() == 1); // the one it concerns can read that
    CHECK(theirs->entries[0].entry.action == "care.outside_help");
}

TEST_CASE("an alarm ends with the account that it was about")
{
    ward with;
    REQUIRE(with.reply(with.me, with.in, tonight));
    REQUIRE(run(with.erasure.erase(with.me, passphrase)));
    CHECK(with.asked().empty());
}

TEST_CASE("what a facilitator leaves for the next one is sealed, screened, and theirs to change")
{
    ward with;
    with.on_duty(with.rowan);
    auto const duty = run(with.rota.list(with.hazel.who, with.circle))->front();
    CHECK(duty.nickname == "Rowan");
    std::string const note = "Maple had a hard evening and said: I want to die. Please look in at eight.";
    REQUIRE(run(with.rota.write_note(with.rowan.who, duty.id, note))); // distress is what it is about
    CHECK(run(with.rota.list(with.hazel.who, with.circle))->front().note == note);
    CHECK_FALSE(with.here.holds("hard evening"));
    CHECK(run(with.rota.write_note(with.rowan.who, duty.id, harm)).error().code == errc::returned);
    CHECK(run(with.rota.write_note(with.hazel.who, duty.id, note)).error().code == errc::not_found);
    CHECK(run(with.rota.list(with.me, with.circle)).error().code == errc::not_found);
    CHECK(run(with.rota.remove(with.hazel.who, duty.id)).error().code == errc::not_found);
    REQUIRE(run(with.rota.remove(with.again(with.lead), duty.id)));
    CHECK(run(with.rota.list(with.hazel.who, with.circle))->empty());
}

TEST_CASE("a rota says what can't be meant, and repeats week by week")
{
    ward with;
    auto const now = with.time.now();
    auto const field = [&](app::duty_wanted wanted, domain::principal_ptr who) {
        auto const made = run(with.rota.add(who, with.circle, "key 19", wanted));
        return made ? std::string() : made.error().fields.front().field;
    };
    auto const shift = [&](auto change) {
        app::duty_wanted made{now, now + 8h, 1, 1, ""};
        change(made);
        return made;
    };
    auto const rowan = with.rowan.who;
    CHECK(field(shift([&](auto& one) { one.ends_at = now; }), rowan) == "ends_at");
    CHECK(field(shift([&](auto& one) { one.ends_at = now + 24h * 30; }), rowan) == "ends_at");
    CHECK(field(shift([&](auto& one) { one.place = 3; }), rowan) == "place");
    CHECK(field(shift([&](auto& one) { one.weeks = 27; }), rowan) == "weeks");
    CHECK(field(shift([&](auto& one) { one.nickname = "Hazel"; }), rowan) == "nickname");
    CHECK(field(shift([&](auto& one) { one.nickname = "Maple"; }), with.again(with.lead)) == "nickname");
    CHECK(field(shift([&](auto& one) { one.nickname = "Hazel"; }), with.again(with.lead)).empty());
    CHECK(
        run(with.rota.add(rowan, with.circle, "key 20", shift([](auto& one) { one.weeks = 4; })))->size() == 4
    );
    auto const all = run(with.rota.list(rowan, with.circle));
    CHECK(all->size() == 5);
    CHECK(all->back().starts_at == now + 24h * 21);
}
