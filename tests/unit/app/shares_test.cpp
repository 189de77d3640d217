// Shared stories: screened like posts, read by whom they were meant for and by nobody else, taken back at
// once.
#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_look.hpp"
#include "server/app/text_diff.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;
using boost::json::object;
using domain::post_state;
using domain::share_audience;
using domain::share_what;
using domain::witness_kind;

namespace {
// A writer, an ally and another member of one circle, and somebody outside.
struct people {
    services_under_test with;
    app::signed_in lead = with.lead("Juniper");
    circle_id circle = with.circle(lead);
    app::signed_in writer = enter("Maple");
    app::signed_in ally = enter("Wren");
    app::signed_in other = enter("Hazel");
    app::signed_in outside = with.join("Stone");
    int keys = 0;

    app::signed_in enter(std::string const& nickname)
    {
        auto made = with.join(nickname);
        made.who = with.enter(made, circle);
        return made;
    }
    private_id write(std::string const& did = calm)
    {
        object const body{{"intend", "To have it said."}, {"did", did}, {"happened", "It was loud."}};
        auto const made = run(with.story_writing.add(writer, "story " + std::to_string(++keys), body));
        REQUIRE(made);
        return made->id;
    }
    app::share_wish wish(share_audience audience)
    {
        app::share_wish made;
        made.audience = audience;
        made.circle = circle;
        if (audience == share_audience::allies) made.allies = {"Wren"};
        if (audience == share_audience::link) made.days = 7;
        made.sections = {"did", "happened"};
        return made;
    }
    app::share_made share(share_audience audience, std::string const& did = calm)
    {
        auto const key = "share " + std::to_string(++keys);
        auto const made = run(with.shares.share(writer, share_what::story, write(did), key, wish(audience)));
        REQUIRE(made);
        return *made;
    }
    bool reads(app::signed_in const& who, post_id const& id)
    {
        return run(with.shares.read(with.again(who), share_what::story, id)).has_value();
    }
    result<app::submission>
    note(app::signed_in const& who, post_id const& id, std::string const& text, bool seen = false)
    {
        auto const key = "note " + std::to_string(++keys);
        return run(with.shares.witness(with.again(who), id, witness_kind::strength, key, text, seen));
    }
};

constexpr char const* kind_words = "I see how patient you were, and that you asked for help.";
} // namespace

TEST_CASE("a share with an ally is read by that ally alone, and by no list, search or thread of the circle")
{
    people here;
    auto const sent = here.share(share_audience::allies).sent;
    REQUIRE(sent.state == post_state::visible);
    CHECK(here.reads(here.ally, sent.post));
    CHECK(here.reads(here.writer, sent.post));
    for (auto const* who : {&here.other, &here.outside, &here.lead}) {
        CHECK_FALSE(here.reads(*who, sent.post));
        CHECK_FALSE(run(here.with.posts.visible(here.with.again(*who), sent.post)));
    }
    CHECK_FALSE(run(here.with.shares.read(nullptr, share_what::story, sent.post)));
    auto const who = here.with.again(here.ally);
    CHECK(run(here.with.posts.threads(who, here.circle, std::nullopt, 50))->empty());
    CHECK_FALSE(run(here.with.posts.circle_of(who, sent.thread)));
    CHECK_FALSE(run(here.with.posts.reply(who, sent.thread, "key", {"", calm})));
    CHECK(run(here.with.shares.for_me(who, share_what::story))->size() == 1);
    CHECK(run(here.with.shares.for_me(here.with.again(here.other), share_what::story))->empty());
    CHECK(here.with.told_about(sent.post) == std::vector<std::string>{"story.shared", "me.story"});
}

TEST_CASE("a share with a circle is read by its members, not by visitors, though the circle is open to read")
{
    people here;
    auto const sent = here.share(share_audience::circle).sent;
    CHECK(here.reads(here.other, sent.post));
    CHECK_FALSE(here.reads(here.outside, sent.post));
    CHECK_FALSE(run(here.with.posts.visible(nullptr, sent.post)));
}

TEST_CASE("what the screen holds is read by nobody, until a facilitator lets it through")
{
    people here;
    auto const sent = here.share(share_audience::allies, harm).sent;
    REQUIRE(sent.state == post_state::held);
    CHECK_FALSE(here.reads(here.ally, sent.post));
    CHECK(run(here.with.shares.for_me(here.with.again(here.ally), share_what::story))->empty());
    auto const lead = here.with.again(here.lead);
    REQUIRE(here.with.decide(lead, here.with.item_of(lead, sent.post), domain::verdict::publish));
    CHECK(here.reads(here.ally, sent.post));
    CHECK_FALSE(here.reads(here.other, sent.post));
    std::vector<std::string> const told{
        "review.added", "story.shared", "me.story", "review.changed", "me.decided"};
    CHECK(here.with.told_about(sent.post) == told);
}

TEST_CASE("a crisis in a shared story brings care, waits in the care lane and is never given back")
{
    people here;
    auto const sent = here.share(share_audience::circle, crisis).sent;
    CHECK(sent.state == post_state::held);
    CHECK(sent.care);
    CHECK_FALSE(here.reads(here.other, sent.post));
    auto const lead = here.with.again(here.lead);
    auto const item = here.with.item_of(lead, sent.post);
    CHECK(item.lane == domain::lane::care);
    CHECK_FALSE(here.with.decide(lead, item, domain::verdict::give_back, "Please leave this out."));
}

TEST_CASE("a story that was taken back is gone for its readers, and its notes stay with its writer")
{
    people here;
    auto const sent = here.share(share_audience::allies).sent;
    REQUIRE(here.note(here.ally, sent.post, kind_words)->state == post_state::visible);
    CHECK(
        run(here.with.shares.withdraw(here.with.again(here.ally), sent.post)).error().code == errc::not_found
    );
    REQUIRE(run(here.with.shares.withdraw(here.with.again(here.writer), sent.post)));
    CHECK_FALSE(here.reads(here.ally, sent.post));
    CHECK_FALSE(run(here.with.shares.followed(here.with.again(here.ally), sent.post)));
    CHECK_FALSE(here.note(here.ally, sent.post, kind_words));
    auto const shares = run(here.with.shares.own(here.writer, share_what::story));
    REQUIRE(shares->size() == 1);
    CHECK_FALSE(shares->front().is_open);
    CHECK(shares->front().copy.content.text.empty());
    CHECK(shares->front().notes.size() == 1);
    auto const told = here.with.told_about(sent.post);
    CHECK(std::count(told.begin(), told.end(), "story.withdrawn") == 1);
    CHECK(told.back() == "me.story");
}

TEST_CASE("a link opens for whoever has it, is counted, and ends by its day or by a press")
{
    people here;
    auto const made = here.share(share_audience::link);
    REQUIRE(made.link.size() == 64);
    CHECK_FALSE(here.reads(here.ally, made.sent.post));
    REQUIRE(run(here.with.shares.open_link(nullptr, made.link)));
    REQUIRE(run(here.with.shares.open_link(here.with.again(here.outside), made.link)));
    REQUIRE(run(here.with.shares.open_link(here.with.again(here.writer), made.link))
    ); // one's own: not counted
    CHECK_FALSE(run(here.with.shares.open_link(nullptr, std::string(64, '0'))));
    auto shares = run(here.with.shares.own(here.writer, share_what::story));
    CHECK(shares->front().openings == 2);
    CHECK(shares->front().link == made.link);
    here.with.time.advance(7 * 24h);
    CHECK_FALSE(run(here.with.shares.open_link(nullptr, made.link)));
    CHECK_FALSE(run(here.with.shares.followed_by_link(made.link)));
    CHECK(run(here.with.shares.own(here.writer, share_what::story))->front().has_words);
    REQUIRE(run(here.with.posts.take_ended_back()));
    shares = run(here.with.shares.own(here.writer, share_what::story));
    CHECK_FALSE(shares->front().is_open);
    CHECK_FALSE(shares->front().has_words);
    CHECK(shares->front().copy.content.text.empty());
    auto const second = here.share(share_audience::link);
    REQUIRE(run(here.with.shares.withdraw(here.with.again(here.writer), second.sent.post)));
    CHECK_FALSE(run(here.with.shares.open_link(nullptr, second.link)));
}

TEST_CASE("somebody of the circle who has the link can read it with their name, and then answer; others can't"
)
{
    people here;
    auto const made = here.share(share_audience::link);
    CHECK_FALSE(here.note(here.other, made.sent.post, kind_words));
    CHECK_FALSE(run(here.with.shares.keep_link(here.with.again(here.outside), made.link)));
    REQUIRE(run(here.with.shares.keep_link(here.with.again(here.other), made.link)));
    CHECK(here.reads(here.other, made.sent.post));
    CHECK(here.note(here.other, made.sent.post, kind_words));
}

TEST_CASE("a note goes the way of a post: asked about, held, or there; its writer keeps it on top")
{
    people here;
    auto const story = here.share(share_audience::circle).sent.post;
    auto const asked = here.note(here.ally, story, "Everything happens for a reason.");
    REQUIRE(asked);
    CHECK(asked->nudged);
    CHECK(
        here.note(here.ally, story, "Everything happens for a reason.", true)->state == post_state::visible
    );
    CHECK(here.note(here.ally, story, harm)->state == post_state::held);
    auto const kept = here.note(here.other, story, kind_words);
    REQUIRE(kept->state == post_state::visible);
    auto const writer = here.with.again(here.writer);
    CHECK(
        run(here.with.shares.pin(here.with.again(here.ally), kept->post, true)).error().code ==
        errc::not_found
    );
    CHECK(run(here.with.shares.pin(writer, story, true)).error().code == errc::not_found);
    REQUIRE(run(here.with.shares.pin(writer, kept->post, true)));
    auto const read = run(here.with.shares.read(here.with.again(here.ally), share_what::story, story));
    REQUIRE(read->notes.size() == 2);
    CHECK(read->notes.front().said.id == kept->post);
    CHECK(read->notes.front().pinned);
}

TEST_CASE("only people of the circle can be named, and an unknown name looks like one from elsewhere")
{
    people here;
    auto const story = here.write();
    auto const fault = [&](std::vector<std::string> names) {
        auto wish = here.wish(share_audience::allies);
        wish.allies = std::move(names);
        auto const made = run(here.with.shares.share(here.writer, share_what::story, story, "key", wish));
        REQUIRE_FALSE(made);
        return made.error().fields.front().detail;
    };
    CHECK(fault({"Stone"}) == fault({"Nobody at all"}));
    CHECK(fault({"Wren", "Maple"}) == fault({"Nobody at all"}));
    CHECK(fault({}) != fault({"Stone"}));
    auto wish = here.wish(share_audience::circle);
    wish.circle = here.with.circle(here.lead);
    CHECK(
        run(here.with.shares.share(here.writer, share_what::story, story, "key", wish)).error().code ==
        errc::not_found
    );
    wish = here.wish(share_audience::circle);
    wish.sections = {"means"};
    CHECK(
        run(here.with.shares.share(here.writer, share_what::story, story, "key", wish))
            .error()
            .fields.front()
            .field == "sections"
    );
    wish = here.wish(share_audience::link);
    wish.days = 0;
    CHECK(
        run(here.with.shares.share(here.writer, share_what::story, story, "key", wish))
            .error()
            .fields.front()
            .field == "days"
    );
}

TEST_CASE("the same request is the same share again; what is asked otherwise under its key is refused")
{
    people here;
    auto const story = here.write();
    auto const first = run(
        here.with.shares.share(here.writer, share_what::story, story, "key", here.wish(share_audience::link))
    );
    here.with.time.advance(1s);
    auto const again = run(
        here.with.shares.share(here.writer, share_what::story, story, "key", here.wish(share_audience::link))
    );
    REQUIRE(again);
    CHECK(again->sent.post == first->sent.post);
    CHECK(again->link == first->link);
    CHECK(run(here.with.shares.own(here.writer, share_what::story))->size() == 1);
    auto const wider = here.wish(share_audience::circle);
    CHECK(
        run(here.with.shares.share(here.writer, share_what::story, story, "key", wider)).error().code ==
        errc::key_reused
    );
}

TEST_CASE("all that was shared of a story is taken back at once, before it is taken out")
{
    people here;
    auto const story = here.write();
    auto const sent = run(here.with.shares.share(
        here.writer, share_what::story, story, "key", here.wish(share_audience::circle)
    ));
    REQUIRE(here.reads(here.ally, sent->sent.post));
    REQUIRE(run(here.with.shares.withdraw_all(here.writer, share_what::story, story)));
    CHECK_FALSE(here.reads(here.ally, sent->sent.post));
}

TEST_CASE("a next step becomes a goal once, and the story knows it")
{
    people here;
    auto const story = here.write();
    CHECK(run(here.with.story_writing.next_to_goal(here.writer, story)).error().code == errc::invalid);
    object const body{{"intend", "To have it said."}, {"next", "Ring her again."}, {"values", {"calm"}}};
    REQUIRE(run(here.with.story_writing.change(here.writer, story, 1, body)));
    auto const goal = run(here.with.story_writing.next_to_goal(here.writer, story));
    REQUIRE(goal);
    CHECK(*run(here.with.story_writing.next_to_goal(here.writer, story)) == *goal);
    auto const kept = run(here.with.story_writing.versions(here.writer, story));
    CHECK(app::text_in(kept->back().body, "next_goal") == goal->text());
    auto const goals = run(here.with.space.all(here.writer, domain::private_kind::goal));
    REQUIRE(goals->size() == 1);
    CHECK(app::text_in(goals->front().body, "what") == "Ring her again.");
}

TEST_CASE("its writer is asked for a new look when they wanted to be, and not before")
{
    people here;
    auto const story = here.write();
    auto const due = [&] {
        auto const all = run(here.with.story_writing.all(here.writer));
        return app::is_due_for_a_look(all->front(), here.with.time.now());
    };
    CHECK_FALSE(due());
    here.with.time.advance(91 * 24h);
    CHECK(due());
    object const body{{"intend", "To have it said."}, {"again", "never"}};
    REQUIRE(run(here.with.story_writing.change(here.writer, story, 1, body)));
    here.with.time.advance(1000 * 24h);
    CHECK_FALSE(due());
}
