// Circles: who knows of them, who gets in, and that nobody's change is overwritten unseen.
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using domain::entry_mode;
using domain::role;

namespace {
app::new_circle circle_of(entry_mode entry, domain::readable_by readers = domain::readable_by::members)
{
    app::new_circle made;
    made.texts = {"Open door", "A place to try things.", "Be kind.", ""};
    made.entry = entry;
    made.readable_by = readers;
    return made;
}
} // namespace

TEST_CASE("a list has no gap where a circle is hidden, and its pages reach the end")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    for (int count = 0; count < 12; ++count)
        with.circle(lead, circle_of(count % 3 == 0 ? entry_mode::open : entry_mode::invite));
    domain::principal_ptr const visitor;
    std::vector<circle_id> seen;
    std::optional<circle_id> after;
    for (;;) {
        auto const page = run(with.circles.list(visitor, after, 3));
        REQUIRE(page);
        for (auto const& one : *page)
            seen.push_back(one.id);
        if (page->size() < 3) break;
        after = page->back().id;
    }
    CHECK(seen.size() == 4);
    CHECK(run(with.circles.list(with.again(lead), std::nullopt, 100))->size() == 12);
}

TEST_CASE("an invite-only circle does not exist for those outside of it")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const other = with.join("Wren");
    auto const hidden = with.circle(lead, circle_of(entry_mode::invite));
    for (auto const& circle : {hidden, circle_id::random()}) {
        auto const found = run(with.circles.get(other.who, circle));
        REQUIRE_FALSE(found);
        CHECK(found.error().code == errc::not_found);
        CHECK(run(with.members.join(other.who, circle, 1, "")).error().code == errc::not_found);
    }
    CHECK(run(with.circles.get(with.again(lead), hidden)));
}

TEST_CASE("the same key and body make the same circle; a body that differs in anything is refused")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const first = run(with.circles.create(lead.who, "key", circle_of(entry_mode::open)));
    auto const again = run(with.circles.create(lead.who, "key", circle_of(entry_mode::open)));
    REQUIRE(first);
    REQUIRE(again);
    CHECK(first->id == again->id);
    auto other_words = circle_of(entry_mode::open);
    other_words.texts.hours = "Evenings";
    for (auto const& other :
         {circle_of(entry_mode::apply),
          circle_of(entry_mode::open, domain::readable_by::everyone),
          other_words}) {
        auto const refused = run(with.circles.create(lead.who, "key", other));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::key_reused);
    }
}

TEST_CASE("only a lead makes circles, only those who look after one change it")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const member = with.join("Maple");
    auto const circle = with.circle(lead);
    with.enter(member, circle);
    CHECK(
        run(with.circles.create(member.who, "key", circle_of(entry_mode::open))).error().code ==
        errc::not_found
    );
    CHECK(run(with.circles.change(with.again(member), circle, {})).error().code == errc::not_found);
    CHECK(run(with.members.applications(with.again(member), circle)).error().code == errc::not_found);
}

TEST_CASE("two changes at the same time: the second is told, and overwrites nothing")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const circle = with.circle(lead);
    app::circle_changes name;
    name.name = "Another name";
    app::circle_changes readers;
    readers.readable_by = domain::readable_by::everyone;
    auto const who = with.again(lead);
    std::vector<task<result<domain::circle>>> both;
    both.push_back(with.circles.change(who, circle, name));
    both.push_back(with.circles.change(who, circle, readers));
    auto const made = run_together(std::move(both));
    auto const worked = (*made[0] ? 1 : 0) + (*made[1] ? 1 : 0);
    auto const now = run(with.circles.get(who, circle));
    REQUIRE(now);
    if (worked == 2) { // one after the other
        CHECK((*now)->texts.name == "Another name");
        CHECK((*now)->readable_by == domain::readable_by::everyone);
    } else {
        CHECK(worked == 1);
        CHECK((*made[0] ? *made[1] : *made[0]).error().code == errc::conflict);
    }
}

TEST_CASE("a change is told to those who follow, and known at once")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const circle = with.circle(lead, circle_of(entry_mode::open, domain::readable_by::everyone));
    int told = 0;
    with.circles.on_circle_changed([&] { ++told; });
    domain::principal_ptr const visitor;
    CHECK(app::may_read(**run(with.circles.get(visitor, circle)), visitor));
    app::circle_changes close;
    close.readable_by = domain::readable_by::members;
    REQUIRE(run(with.circles.change(with.again(lead), circle, close)));
    CHECK(told == 1);
    CHECK_FALSE(app::may_read(**run(with.circles.get(visitor, circle)), visitor));
}

TEST_CASE("a circle may name what it is about, and what it leaves out; words that hurt are still given back")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto open = circle_of(entry_mode::open);
    open.texts.name = "After a loss to suicide";
    open.texts.purpose = "For people who lost somebody by suicide.";
    open.texts.agreement = "Say that you hurt yourself, if you like, but not how.\nBe kind.";
    auto const circle = with.circle(lead, open);
    app::circle_changes change;
    change.agreement = "You are all pathetic losers, shut up.";
    CHECK(run(with.circles.change(with.again(lead), circle, change)).error().code == errc::returned);
}

TEST_CASE("a changed agreement gets the next number, and is accepted as it is now")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const circle = with.circle(lead);
    app::circle_changes change;
    change.agreement = "Be kind.\nTell your own story.";
    CHECK(run(with.circles.change(with.again(lead), circle, change))->agreement_version == 2);
    CHECK(run(with.circles.change(with.again(lead), circle, change))->agreement_version == 2);
    auto const member = with.join("Maple");
    CHECK(run(with.members.join(member.who, circle, 1, "")).error().code == errc::conflict);
    CHECK(run(with.members.join(member.who, circle, 2, "")));
}

TEST_CASE("an application waits once, is answered once, and never takes a role away")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const circle = with.circle(lead, circle_of(entry_mode::apply));
    auto const member = with.join("Maple");
    for (int twice = 0; twice < 2; ++twice) {
        auto const asked = run(with.members.join(with.again(member), circle, 1, "I would like to listen."));
        REQUIRE(asked);
        CHECK(asked->as == app::joined::waiting);
    }
    auto const other_words = run(with.members.join(with.again(member), circle, 1, "And to talk."));
    CHECK(other_words.error().code == errc::conflict); // said, not thrown away
    auto const waiting = run(with.members.applications(with.again(lead), circle));
    REQUIRE(waiting->size() == 1);
    CHECK(waiting->front().words == "I would like to listen.");
    // Meanwhile the host makes them a facilitator from the shell.
    REQUIRE(run(with.members.set_role(circle, member.who->account, role::facilitator)));
    CHECK(
        run(with.members.decide_application(with.again(member), application_id::random(), true))
            .error()
            .code == errc::not_found
    );
    REQUIRE(run(with.members.decide_application(with.again(lead), waiting->front().id, true)));
    CHECK(with.again(member)->role_in(circle) == role::facilitator);
    CHECK(
        run(with.members.decide_application(with.again(lead), waiting->front().id, false)).error().code ==
        errc::not_found
    );
    CHECK(run(with.members.decide_application(with.again(lead), waiting->front().id, true))); // said before
}

TEST_CASE("an application's harmful words stand behind a note, its words of crisis bring care at once")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const circle = with.circle(lead, circle_of(entry_mode::apply));
    auto const one = with.join("Maple");
    auto const two = with.join("Wren");
    REQUIRE(run(with.members.join(one.who, circle, 1, harm)));
    auto const asked = run(with.members.join(two.who, circle, 1, crisis));
    REQUIRE(asked);
    REQUIRE(asked->care);
    CHECK(asked->care->lines.size() >= 2);
    auto const waiting = run(with.members.applications(with.again(lead), circle));
    REQUIRE(waiting->size() == 2);
    CHECK(waiting->front().folded);
}

TEST_CASE("who leaves is out at once, and takes a waiting application along")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const open = with.circle(lead);
    auto const apply = with.circle(lead, circle_of(entry_mode::apply));
    auto const member = with.join("Maple");
    with.enter(member, open);
    with.enter(member, apply);
    REQUIRE(run(with.members.leave(with.again(member), open)));
    REQUIRE(run(with.members.leave(with.again(member), apply)));
    CHECK(with.again(member)->role_in(open) == role::none);
    CHECK(run(with.members.applications(with.again(lead), apply))->empty());
    CHECK_FALSE(run(with.members.standing_of(with.again(member), apply))->application_waits);
}

TEST_CASE("somebody whose application was declined is told so, until they ask again")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const circle = with.circle(lead, circle_of(entry_mode::apply));
    auto const member = with.join("Maple");
    auto const told = [&] {
        return run(with.members.standing_of(with.again(member), circle))->application_declined;
    };
    CHECK_FALSE(told());
    REQUIRE(run(with.members.join(with.again(member), circle, 1, "I would like to listen.")));
    CHECK_FALSE(told());
    auto const asked = run(with.members.applications(with.again(lead), circle))->front().id;
    REQUIRE(run(with.members.decide_application(with.again(lead), asked, false)));
    CHECK(told());
    with.time.advance(std::chrono::minutes(1));
    REQUIRE(run(with.members.join(with.again(member), circle, 1, "And now?")));
    CHECK_FALSE(told());
}

TEST_CASE("a circle's words pass the screen before anybody else reads them")
{
    services_under_test with;
    auto const lead = with.lead("Juniper");
    auto const circle = with.circle(lead);
    app::circle_changes change;
    change.purpose = harm;
    auto const refused = run(with.circles.change(with.again(lead), circle, change));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::returned);
    CHECK(refused.error().fields.front().field == "purpose");
    CHECK(refused.error().fields.front().detail.find("pathetic") == std::string::npos);
}
