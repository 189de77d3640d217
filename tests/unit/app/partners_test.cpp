// Company for a goal: by mutual consent, screened like posts, no more than is granted now, over with one
// press.
#include "server/app/partner/partner_days.hpp"
#include "server/app/partner/partner_text.hpp"
#include "server/app/share_copy.hpp"
#include "server/app/space/private_shape.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;
using boost::json::object;
using domain::partner_state;
using domain::partner_words;
using domain::post_state;

namespace {
constexpr char const* kind_words = "You asked for help twice. That takes courage.";

// A member with a goal, a partner and somebody else in one circle, and somebody outside.
struct pair {
    services_under_test with;
    app::signed_in lead = with.lead("Juniper");
    circle_id circle = with.circle(lead);
    app::signed_in member = enter("Maple");
    app::signed_in partner = enter("Wren");
    app::signed_in other = enter("Hazel");
    app::signed_in outside = with.join("Stone");
    private_id goal = begin("Walk again");
    int keys = 0;

    app::signed_in enter(std::string const& nickname)
    {
        auto made = with.join(nickname);
        made.who = with.enter(made, circle);
        return made;
    }
    private_id begin(std::string const& what)
    {
        auto body = boost::json::parse(R"({"state": "active", "steps": [{"text": "Shoes by the door",
            "state": "open", "tries": [{"day": "2026-05-01", "what": "It rained.", "next": "A coat"}]}]})")
                        .as_object();
        body["what"] = what;
        auto const made = run(with.space.add(member, domain::private_kind::goal, "goal " + what, body));
        REQUIRE(made);
        return made->id;
    }
    // By then they signed in anew.
    void later(int days)
    {
        with.time.advance(days * 24h);
        for (auto* who : {&member, &partner, &lead}) {
            auto made = run(with.identity.sign_in(who->who->nickname, passphrase));
            REQUIRE(made);
            *who = *made;
        }
    }
    std::string key() { return "key " + std::to_string(++keys); }
    app::partner_ask wish(domain::partner_grants grants = {})
    {
        return {circle, "Wren", "Would you keep me company?", grants};
    }
    post_id ask(domain::partner_grants grants = {})
    {
        auto const sent = run(with.partners.ask(again(member), goal, key(), wish(grants)));
        REQUIRE(sent);
        REQUIRE(sent->question.state == post_state::visible);
        return sent->question.post;
    }
    post_id accepted(domain::partner_grants grants = {})
    {
        auto const id = ask(grants);
        REQUIRE(run(with.partners.answer(again(partner).who, id, true, false)));
        return id;
    }
    app::signed_in again(app::signed_in const& who)
    {
        auto made = who;
        made.who = with.again(who);
        return made;
    }
    result<domain::partnership> seen(app::signed_in const& who, post_id const& id)
    {
        return run(with.partners.read(again(who), id));
    }
    domain::partner_said_part
    part(app::signed_in const& who, post_id const& id, app::partner_part_asked wanted)
    {
        if (wanted.limit == 0) wanted.limit = 100;
        auto const found = run(with.partners.said(again(who), id, wanted));
        REQUIRE(found);
        return *found;
    }
    std::vector<domain::partner_said> said(app::signed_in const& who, post_id const& id)
    {
        return part(who, id, {}).said;
    }
    std::vector<partner_words> shown(post_id const& id)
    {
        auto const goal = seen(partner, id);
        std::vector<partner_words> made;
        for (auto const& one : goal->shown)
            made.push_back(one.kind);
        return made;
    }
    result<app::submission>
    say(app::signed_in const& who, post_id const& id, partner_words kind, std::string const& text)
    {
        app::partner_word const said{kind, text, "", "", false};
        return run(with.partners.say(again(who), id, key(), said, true));
    }
    result<void> grant(post_id const& id, domain::partner_grants grants)
    {
        auto const done = run(with.partners.grant(again(member), id, key(), grants));
        if (!done) return done.error();
        return result<void>();
    }
    post_id idea(post_id const& id, std::string const& text, bool is_step)
    {
        app::partner_word const said{partner_words::proposal, "", "", text, is_step};
        auto const sent = run(with.partners.say(again(partner), id, key(), said, true));
        REQUIRE(sent);
        return sent->post;
    }
    object newest_goal()
    {
        return run(with.space.versions(member, domain::private_kind::goal, goal))->back().body;
    }
};

constexpr domain::partner_grants everything{true, true, true, true};
constexpr domain::partner_grants nothing{false, false, false, false};
} // namespace

TEST_CASE("before a yes the one who was asked reads the question and nothing of the goal")
{
    pair here;
    auto const id = here.ask(everything);
    auto const asked = here.seen(here.partner, id);
    REQUIRE(asked);
    CHECK(asked->note == "Would you keep me company?");
    CHECK(asked->grants == everything);
    CHECK(asked->shown.empty());
    CHECK_FALSE(asked->goal);
    for (auto const kind : domain::copied_words) {
        auto const copy = here.seen(here.member, id)->shown.at(static_cast<std::size_t>(kind)).said.id;
        CHECK_FALSE(run(here.with.posts.visible(here.with.again(here.partner), copy)));
    }
    for (auto const* who : {&here.other, &here.outside, &here.lead}) {
        CHECK_FALSE(here.seen(*who, id));
        CHECK_FALSE(run(here.with.posts.visible(here.with.again(*who), id)));
        CHECK(run(here.with.partners.all(here.again(*who)))->empty());
    }
    auto const told = here.with.told_about(id);
    CHECK(told == std::vector<std::string>{"me.asked"});
}

TEST_CASE("after a yes only what is granted is read; taking it back hides it at once, and says nothing")
{
    pair here;
    auto const id = here.accepted();
    CHECK(here.shown(id) == std::vector{partner_words::goal});
    auto const goal_copy = here.seen(here.partner, id)->shown.front().said.id;
    REQUIRE(here.grant(id, everything));
    CHECK(here.shown(id) == std::vector{partner_words::goal, partner_words::steps, partner_words::tries});
    CHECK(
        here.seen(here.partner, id)->shown.back().said.content.text.find("It rained.") != std::string::npos
    );
    REQUIRE(here.grant(id, nothing));
    CHECK(here.shown(id).empty());
    CHECK_FALSE(run(here.with.posts.visible(here.with.again(here.partner), goal_copy)));
    auto const told = here.with.told_about(id);
    for (auto const& one : told)
        CHECK((one == "me.asked" || one == "me.answered" || one == "partner.changed"));
    CHECK(here.seen(here.member, id)->state == partner_state::accepted);
}

TEST_CASE("the partner reads the goal as it was shown, until its member shows it anew")
{
    pair here;
    auto const id = here.accepted();
    auto goal = here.newest_goal();
    goal["what"] = "Walk to the river";
    REQUIRE(run(here.with.space.change(here.member, domain::private_kind::goal, here.goal, 1, goal)));
    auto const says = [&] { return here.seen(here.partner, id)->shown.front().said.content.text; };
    CHECK(says().find("river") == std::string::npos);
    REQUIRE(here.grant(id, {}));
    CHECK(says().find("river") != std::string::npos);
    CHECK(here.shown(id).size() == 1);
}

TEST_CASE("every text is screened: what is held nobody reads, a cry for help brings care and no return")
{
    pair here;
    auto const id = here.accepted();
    for (auto const* who : {&here.member, &here.partner}) {
        auto const kind = who == &here.member ? partner_words::evening : partner_words::encouragement;
        auto const& reader = who == &here.member ? here.partner : here.member;
        auto const held = here.say(*who, id, kind, harm);
        REQUIRE(held);
        CHECK(held->state == post_state::held);
        auto const cry = here.say(*who, id, kind, crisis);
        REQUIRE(cry);
        CHECK(cry->care);
        CHECK(cry->state != post_state::returned);
        CHECK(here.said(reader, id).empty());
        CHECK_FALSE(run(here.with.posts.visible(here.with.again(reader), held->post)));
    }
    auto const lead = here.with.again(here.lead);
    auto const shown = here.say(here.partner, id, partner_words::encouragement, kind_words);
    REQUIRE(shown);
    CHECK(shown->state == post_state::visible);
    CHECK(here.said(here.member, id).size() == 1);
}

TEST_CASE("a question that the screen holds is not heard before a person let it through")
{
    pair here;
    auto wish = here.wish();
    wish.note = harm;
    auto const sent = run(here.with.partners.ask(here.again(here.member), here.goal, "key", wish));
    REQUIRE(sent);
    REQUIRE(sent->question.state == post_state::held);
    CHECK_FALSE(here.seen(here.partner, sent->question.post));
    CHECK(
        run(here.with.partners.answer(here.partner.who, sent->question.post, true, false)).error().code ==
        errc::not_found
    );
    auto const lead = here.with.again(here.lead);
    REQUIRE(here.with.decide(lead, here.with.item_of(lead, sent->question.post), domain::verdict::publish));
    CHECK(here.seen(here.partner, sent->question.post)->note == harm);
}

TEST_CASE("not now needs no reason, and the same person is not asked again for a month")
{
    pair here;
    auto const id = here.ask();
    REQUIRE(run(here.with.partners.answer(here.partner.who, id, false, false)));
    CHECK(here.seen(here.member, id)->state == partner_state::not_now);
    CHECK(here.seen(here.partner, id)->note.empty());
    CHECK(run(here.with.partners.answer(here.partner.who, id, true, false)).error().code == errc::not_found);
    auto const too_soon = run(here.with.partners.ask(here.again(here.member), here.goal, "b", here.wish()));
    CHECK(too_soon.error().fields.front().field == "nickname");
    here.later(31);
    CHECK(run(here.with.partners.ask(here.again(here.member), here.goal, "c", here.wish())));
}

TEST_CASE("a question without a yes loses its words: when nobody answered, when it was taken back, a month "
          "after a no")
{
    pair here;
    auto const words_of = [&](post_id const& id) {
        REQUIRE(run(here.with.posts.take_ended_back()));
        auto const own = run(here.with.posts.own(here.with.again(here.member), id));
        REQUIRE(own);
        return own->content.text;
    };
    auto const is_listed = [&](post_id const& id) {
        auto const all = run(here.with.partners.all(here.again(here.member)));
        return std::any_of(all->begin(), all->end(), [&](auto const& one) { return one.id == id; });
    };
    auto const unanswered = here.ask(everything);
    auto const copy = here.seen(here.member, unanswered)->shown.front().said.id;
    here.later(13);
    CHECK(words_of(unanswered) == "Would you keep me company?");
    here.later(1);
    CHECK(here.seen(here.member, unanswered)->is_over);
    CHECK(words_of(unanswered).empty());
    CHECK(words_of(copy).empty());
    auto const seen = here.seen(here.member, unanswered);
    CHECK((seen->is_over && seen->state == partner_state::ended && seen->note.empty()));
    CHECK(seen->nickname == "Wren");
    CHECK_FALSE(here.seen(here.partner, unanswered));
    CHECK(is_listed(unanswered));
    here.later(30);
    CHECK_FALSE(is_listed(unanswered));

    auto const taken_back = here.ask();
    REQUIRE(run(here.with.partners.end(here.with.again(here.member), taken_back)));
    CHECK(words_of(taken_back).empty());
    CHECK_FALSE(here.seen(here.member, taken_back)->is_over);

    auto const declined = here.ask();
    REQUIRE(run(here.with.partners.answer(here.partner.who, declined, false, false)));
    here.later(29);
    CHECK(words_of(declined) == "Would you keep me company?");
    here.later(1);
    CHECK(words_of(declined).empty());
    CHECK(here.seen(here.member, declined)->state == partner_state::not_now);

    // After a yes it is one of the words that stay with who wrote them.
    auto const answered = here.accepted();
    here.later(60);
    REQUIRE(run(here.with.partners.end(here.with.again(here.member), answered)));
    here.later(60);
    CHECK(words_of(answered) == "Would you keep me company?");
}

TEST_CASE("who wants no more questions hears none, and who asks can't tell")
{
    pair here;
    REQUIRE(run(here.with.partners.answer(here.partner.who, here.ask(), false, true)));
    here.later(31);
    auto const unheard = here.ask();
    CHECK_FALSE(here.seen(here.partner, unheard));
    CHECK(
        run(here.with.partners.answer(here.partner.who, unheard, true, false)).error().code == errc::not_found
    );
    CHECK(here.seen(here.member, unheard)->state == partner_state::asked);
    CHECK(here.with.told_about(unheard).empty());
    here.later(15);
    CHECK(here.seen(here.member, unheard)->is_over);
    CHECK(here.ask() != unheard); // its time ran out: another one can be asked
}

TEST_CASE("either ends it with one press, and then neither reads the other")
{
    for (auto const by_member : {true, false}) {
        pair here;
        auto const id = here.accepted(everything);
        auto const check_in = here.say(here.member, id, partner_words::morning, calm)->post;
        auto const kind = here.say(here.partner, id, partner_words::encouragement, kind_words)->post;
        auto const copy = here.seen(here.partner, id)->shown.front().said.id;
        auto const& who = by_member ? here.member : here.partner;
        REQUIRE(run(here.with.partners.end(here.with.again(who), id)));
        REQUIRE(run(here.with.partners.end(here.with.again(who), id))); // again: the same answer
        auto const reads = [&](app::signed_in const& reader, post_id const& post) {
            return run(here.with.posts.visible(here.with.again(reader), post)).has_value();
        };
        CHECK_FALSE(reads(here.partner, check_in));
        CHECK_FALSE(reads(here.partner, copy));
        CHECK_FALSE(reads(here.partner, id));
        CHECK_FALSE(reads(here.member, kind));
        for (auto const* one : {&here.member, &here.partner}) {
            auto const over = here.seen(*one, id);
            REQUIRE(over);
            CHECK(over->state == partner_state::ended);
            CHECK((over->shown.empty() && over->note.empty()));
            CHECK(here.said(*one, id).empty());
            CHECK(run(here.with.partners.all(here.again(*one)))->empty());
            CHECK_FALSE(run(here.with.partners.followed(here.with.again(*one), id)));
        }
        CHECK_FALSE(here.say(here.partner, id, partner_words::encouragement, kind_words));
        CHECK_FALSE(here.say(here.member, id, partner_words::morning, calm));
        CHECK(here.grant(id, everything).error().code == errc::not_found);
        CHECK(here.with.told_about(id).back() == "partner.ended");
        CHECK(run(here.with.posts.own(here.with.again(here.partner), kind))->content.text == kind_words);
    }
}

TEST_CASE("leaving the circle and erasing an account end it; coming back does not bring it back")
{
    pair here;
    auto const first = here.accepted(everything);
    REQUIRE(run(here.with.members.leave(here.with.again(here.partner), here.circle)));
    CHECK(here.seen(here.member, first)->state == partner_state::ended);
    here.partner.who = here.with.enter(here.partner, here.circle);
    CHECK(here.seen(here.partner, first)->shown.empty());
    here.later(31);
    auto const second = here.accepted(everything);
    REQUIRE(run(here.with.members.leave(here.with.again(here.member), here.circle)));
    CHECK(here.seen(here.partner, second)->state == partner_state::ended);
    here.member.who = here.with.enter(here.member, here.circle);
    auto const third = here.accepted(everything);
    auto const copy = here.seen(here.partner, third)->shown.front().said.id;
    REQUIRE(run(here.with.erasure.erase(here.with.again(here.member), passphrase)));
    CHECK(here.seen(here.partner, third)->state == partner_state::ended);
    CHECK_FALSE(run(here.with.posts.visible(here.with.again(here.partner), copy)));
}

TEST_CASE("an idea becomes the goal's next version with one press, or is left; its giver is told neither")
{
    pair here;
    auto const id = here.accepted();
    auto const said_again = here.idea(id, "Walk to the corner", false);
    auto const step = here.idea(id, "Put the coat by the door", true);
    CHECK(
        run(here.with.partners.take_over(here.again(here.partner), said_again)).error().code ==
        errc::not_found
    );
    REQUIRE(run(here.with.partners.take_over(here.again(here.member), said_again)));
    REQUIRE(run(here.with.partners.take_over(here.again(here.member), said_again))); // again: the same
    CHECK(app::text_in(here.newest_goal(), "what") == "Walk to the corner");
    CHECK(run(here.with.space.versions(here.member, domain::private_kind::goal, here.goal))->size() == 2);
    auto const told = here.with.told_about(id).size();
    REQUIRE(run(here.with.partners.leave(here.with.again(here.member), step)));
    CHECK(here.with.told_about(id).size() == told);
    CHECK(here.newest_goal().at("steps").as_array().size() == 1);
    auto const partners_own = here.said(here.partner, id);
    REQUIRE(partners_own.size() == 2);
    for (auto const& one : partners_own)
        CHECK_FALSE(one.is_settled);
    auto const members_own = here.said(here.member, id);
    REQUIRE(members_own.size() == 2);
    for (auto const& one : members_own)
        CHECK(one.is_settled);
}

TEST_CASE("what the two said is read in parts down to the first word, whatever was taken down between them")
{
    pair here;
    auto const id = here.accepted(everything);
    std::vector<post_id> all; // newest first
    for (int day = 0; day < 5; ++day) {
        for (auto const* who : {&here.member, &here.partner}) {
            auto const kind = who == &here.member ? partner_words::morning : partner_words::encouragement;
            auto const sent = here.say(*who, id, kind, std::string(kind_words) + std::to_string(day));
            REQUIRE(sent);
            all.insert(all.begin(), sent->post);
        }
        here.later(1);
    }
    auto const ids = [](domain::partner_said_part const& part) {
        std::vector<post_id> made;
        for (auto const& one : part.said)
            made.push_back(one.said.id);
        return made;
    };
    auto const some = [&](std::size_t first, std::size_t end) {
        return std::vector<post_id>(
            all.begin() + static_cast<std::ptrdiff_t>(first), all.begin() + static_cast<std::ptrdiff_t>(end)
        );
    };
    auto const newest = here.part(here.partner, id, {{}, {}, 4});
    CHECK(ids(newest) == some(0, 4));
    CHECK_FALSE(newest.newer);
    auto const second = here.part(here.partner, id, {newest.older, {}, 4});
    CHECK(ids(second) == some(4, 8));
    auto const third = here.part(here.partner, id, {second.older, {}, 4});
    CHECK(ids(third) == some(8, 10));
    CHECK_FALSE(third.older);
    CHECK(ids(here.part(here.partner, id, {{}, third.newer, 4})) == some(4, 8));
    CHECK(ids(here.part(here.partner, id, {{}, second.newer, 4})) == some(0, 4));
    // Words that were taken down are in no part, and a part that began beside one of them is as full as
    // before.
    for (auto const& gone : {all[1], all[3], all[5]})
        REQUIRE(run(here.with.posts.remove(here.with.again(here.member), gone)));
    CHECK(ids(here.part(here.partner, id, {{}, {}, 4})) == std::vector{all[0], all[2], all[4], all[6]});
    CHECK(ids(here.part(here.partner, id, {all[3], {}, 2})) == std::vector{all[4], all[6]});
    // Of one's own alone, without a gap where the other one's stood.
    CHECK(ids(here.part(here.partner, id, {{}, {}, 4, true})) == std::vector{all[0], all[2], all[4], all[6]});
    auto const own = here.part(here.member, id, {{}, {}, 1, true});
    CHECK(ids(own) == std::vector{all[7]});
    CHECK(ids(here.part(here.member, id, {own.older, {}, 4, true})) == std::vector{all[9]});
    // A place that is none of theirs is no place.
    auto const elsewhere = here.with.thread(here.with.again(here.member), here.circle, calm).post;
    for (auto const& wrong : {post_id::random(), elsewhere}) {
        app::partner_part_asked const wanted{wrong, {}, 4};
        CHECK(
            run(here.with.partners.said(here.again(here.member), id, wanted)).error().code == errc::invalid
        );
    }
    app::partner_part_asked const wanted{{}, {}, 4};
    CHECK(run(here.with.partners.said(here.again(here.other), id, wanted)).error().code == errc::not_found);
}

TEST_CASE("a hard week is told only while it is granted, and ends by itself")
{
    pair here;
    auto const id = here.accepted();
    REQUIRE(run(here.with.partners.set_hard_week(here.again(here.member), id, true)));
    CHECK_FALSE(here.seen(here.partner, id)->is_hard_week);
    CHECK(here.seen(here.member, id)->is_hard_week);
    REQUIRE(here.grant(id, {true, false, false, true}));
    CHECK(here.seen(here.partner, id)->is_hard_week);
    here.with.time.advance(8 * 24h);
    CHECK_FALSE(here.seen(here.partner, id)->is_hard_week);
    CHECK(
        run(here.with.partners.set_hard_week(here.again(here.partner), id, true)).error().code ==
        errc::not_found
    );
}

TEST_CASE("who asked for it is told of each of their days once, by their own clock, when they gave one")
{
    pair here; // a Tuesday night in UTC, Wednesday noon in the east
    auto const id = here.accepted();
    app::partner_days days{here.with.database, here.with.vault, here.with.time};
    auto const be_in = [&](int before, std::string const& zone) {
        object const settings{{"zone", zone}};
        auto const kept =
            run(here.with.space.set_only(here.member, domain::private_kind::pacing, before, settings));
        REQUIRE(kept);
        here.with.pace.forget(here.member.who->account);
        REQUIRE(run(here.with.partners.follow_clock(here.again(here.member))));
    };
    auto const told = [&] { return *run(days.tell_of_today()); };
    domain::partner_schedule wanted{{3}, true, false, true};
    auto const set = [&] {
        return run(here.with.partners.set_schedule(here.again(here.member), id, wanted));
    };
    CHECK(set().error().code == errc::invalid);
    be_in(0, "GMT+14:00");
    wanted.tell = false;
    REQUIRE(set());
    CHECK(told() == 0);
    wanted.tell = true;
    REQUIRE(set());
    CHECK(told() == 1);
    CHECK(told() == 0);
    here.with.time.advance(24h);
    CHECK(told() == 0);
    be_in(1, "GMT-12:00");
    here.with.time.advance(6 * 24h);
    CHECK(told() == 0);
    here.with.time.advance(22h); // eight in the morning in the west
    CHECK(told() == 1);
    auto const all = here.with.told_about(id);
    CHECK(std::count(all.begin(), all.end(), "me.checkin") == 2);
    REQUIRE(run(here.with.partners.end(here.with.again(here.member), id)));
    here.with.time.advance(7 * 24h);
    CHECK(told() == 0);
}

TEST_CASE("the days for a word are the member's alone, and who says what is fixed")
{
    pair here;
    auto const id = here.accepted();
    domain::partner_schedule const days{{1, 4}, true, false, false};
    REQUIRE(run(here.with.partners.set_schedule(here.again(here.member), id, days)));
    CHECK(here.seen(here.member, id)->schedule == days);
    CHECK(here.seen(here.partner, id)->schedule == domain::partner_schedule());
    CHECK_FALSE(run(here.with.partners.set_schedule(here.again(here.partner), id, days)));
    CHECK_FALSE(here.say(here.partner, id, partner_words::morning, calm));
    CHECK_FALSE(here.say(here.member, id, partner_words::encouragement, calm));
    CHECK_FALSE(here.say(here.other, id, partner_words::encouragement, calm));
    for (int number = 0; number < 4; ++number)
        CHECK(here.say(here.partner, id, partner_words::encouragement, kind_words));
    CHECK(here.say(here.partner, id, partner_words::encouragement, kind_words).error().code == errc::invalid);
}

TEST_CASE("one goal has one partner, and the same request asks once")
{
    pair here;
    auto const first = run(here.with.partners.ask(here.again(here.member), here.goal, "key", here.wish()));
    auto const again = run(here.with.partners.ask(here.again(here.member), here.goal, "key", here.wish()));
    REQUIRE(again);
    CHECK(again->question.post == first->question.post);
    auto wish = here.wish();
    wish.nickname = "Hazel";
    CHECK(
        run(here.with.partners.ask(here.again(here.member), here.goal, "b", wish)).error().code ==
        errc::conflict
    );
    for (auto const* name : {"Stone", "Maple", "Nobody At All"}) {
        wish.nickname = name;
        CHECK(
            run(here.with.partners.ask(here.again(here.member), here.begin(name), "c", wish))
                .error()
                .fields.front()
                .field == "nickname"
        );
    }
}

TEST_CASE("company that lasts is found behind any number of questions that are over")
{
    pair here;
    auto const first = here.accepted();
    here.goal = here.begin("Another goal");
    for (int number = 0; number <= 100; ++number) {
        here.with.time.advance(1s);
        REQUIRE(run(here.with.partners.end(here.with.again(here.member), here.ask(nothing))));
    }
    for (auto const* who : {&here.member, &here.partner}) {
        auto const all = run(here.with.partners.all(here.again(*who)));
        REQUIRE(all->size() == 1);
        CHECK(all->front().id == first);
    }
}

TEST_CASE("taking the goal out ends the company with it")
{
    pair here;
    auto const id = here.accepted();
    REQUIRE(run(here.with.partners.end_of_goal(here.member, here.begin("Another goal"))));
    CHECK(here.seen(here.partner, id)->state == partner_state::accepted);
    REQUIRE(run(here.with.partners.end_of_goal(here.member, here.goal)));
    CHECK(here.seen(here.partner, id)->state == partner_state::ended);
}

TEST_CASE("a copy of a goal says its words under our headings, and wishes come back as they were kept")
{
    auto const goal =
        boost::json::parse(
            R"({"what": "Walk again", "by": "winter", "steps": [{"text": "Shoes", "state": "done"},
                {"text": "A coat", "state": "open"}]})"
        )
            .as_object();
    auto const copy = app::copy_of_goal(goal, partner_words::goal);
    CHECK(app::part_in(domain::share_what::goal, copy, "what") == "Walk again");
    CHECK(app::part_in(domain::share_what::goal, copy, "by") == "winter");
    auto const steps = app::copy_of_goal(goal, partner_words::steps);
    CHECK(app::part_in(domain::share_what::goal, steps, "steps") == "- A coat");
    CHECK(app::part_in(domain::share_what::goal, steps, "done") == "- Shoes");
    CHECK(app::copy_of_goal(goal, partner_words::tries).empty());
    app::partner_wishes wishes;
    wishes.schedule = {{0, 6}, false, true, true};
    wishes.hard_since = std::chrono::sys_days(std::chrono::days(20'000));
    auto const kept = app::partner_wishes::from(wishes.text());
    CHECK(kept.schedule == wishes.schedule);
    CHECK(kept.hard_since == wishes.hard_since);
    CHECK_FALSE(app::text_of(app::partner_word{partner_words::goal, "x", "", "", false}));
}
