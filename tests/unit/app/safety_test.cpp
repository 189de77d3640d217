// What keeps a circle safe: reports, strikes that fade, limits that end, another look; never from the care
// lane.
#include "server/store/sqlite/connection.hpp"
#include "tests/unit/app/desk_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;
using domain::lane;

using domain::post_state;
using domain::report_category;
using domain::verdict;

namespace {
post_id shared_by(desk_under_test& with, domain::principal_ptr const& who, std::string const& text = calm)
{
    auto const sent = with.reply(who, with.in, text);
    REQUIRE(sent);
    return sent->post;
}

result<std::optional<domain::care>>
tell(desk_under_test& with, domain::principal_ptr who, post_id const& post, std::string words = "")
{
    return run(with.reports.tell(who, post, report_category::unkind, words));
}
} // namespace

TEST_CASE("a report makes one item, keeps what was reported, and tells the outcome to who told")
{
    desk_under_test with;
    auto const post = shared_by(with, with.me);
    REQUIRE(tell(with, with.other, post, "This one hurt."));
    REQUIRE(tell(with, with.other, post)); // again is no error, and counts once
    REQUIRE(tell(with, with.other, post, "This one hurt."));
    CHECK(
        tell(with, with.other, post, "And so did this.").error().code == errc::conflict
    ); // nothing is dropped unsaid
    auto const item = with.item_of(with.rowan, post);
    CHECK(item.lane == lane::report);
    auto const look = [&] {
        auto const opened = run(with.review.open(with.rowan, item.id));
        REQUIRE(opened);
        REQUIRE(opened->reports.size() == 1);
        CHECK(opened->reports[0].words == "This one hurt.");
        CHECK(opened->content.text == calm);
    };
    look();
    REQUIRE(with.edit(with.me, post, "Changed since."));
    look(); // as it was
    REQUIRE(run(with.posts.remove(with.me, post)));
    look();
    CHECK(run(with.reports.own(with.other, 10))->front().made_a_change == std::nullopt);
    REQUIRE(with.decide(with.rowan, with.item_of(with.rowan, post), verdict::publish));
    CHECK(run(with.reports.own(with.other, 10))->front().made_a_change == false);

    with.time.advance(1min);
    auto const second = shared_by(with, with.me);
    REQUIRE(tell(with, with.other, second));
    REQUIRE(with.take_out(with.rowan, with.item_of(with.rowan, second)));
    CHECK(run(with.reports.own(with.other, 10))->front().made_a_change == true);
}

TEST_CASE("who told is kept from the author: in what they read, and in their record")
{
    desk_under_test with;
    auto const post = shared_by(with, with.me);
    REQUIRE(tell(with, with.other, post, "This one hurt."));
    auto const before = with.told_about(post);
    CHECK(std::find(before.begin(), before.end(), "me.decided") == before.end());
    CHECK(with.state_of(post) == post_state::visible);
    auto read = [&](store::read_tx& tx) -> result<std::size_t> {
        return tx.audit_concerning(with.me->account, 1'000'000, 10).size();
    };
    CHECK(*run(with.database.read(read)) == 0);
}

TEST_CASE("one's own post, one that isn't there for somebody, and something else without words are refused")
{
    desk_under_test with;
    auto const post = shared_by(with, with.me);
    CHECK(tell(with, with.me, post).error().code == errc::not_found);
    auto const outsider = with.join("Stone");
    CHECK(tell(with, with.again(outsider), post).error().code == errc::not_found);
    CHECK(tell(with, with.other, post_id::random()).error().code == errc::not_found);
    CHECK(run(with.reports.tell(with.other, post, report_category::other, "")).error().code == errc::invalid);
}

TEST_CASE(
    "enough weight hides a post until somebody has looked; those who were right weigh more, the wrong less"
)
{
    desk_under_test with;
    auto const post = shared_by(with, with.me);
    std::vector<domain::principal_ptr> tellers;
    for (auto const* const name : {"Alder", "Birch", "Cedar"})
        tellers.push_back(with.enter(with.join(name), with.circle));
    REQUIRE(tell(with, tellers[0], post));
    REQUIRE(tell(with, tellers[1], post));
    CHECK(with.state_of(post) == post_state::visible);
    REQUIRE(tell(with, tellers[2], post));
    CHECK(with.state_of(post) == post_state::held);
    CHECK(run(with.posts.visible(with.other, post)).error().code == errc::not_found);
    CHECK_THAT(run(with.posts.own(with.me, post))->reason, Catch::Contains("asked a facilitator to look"));
    REQUIRE(with.decide(with.rowan, with.item_of(with.rowan, post), verdict::publish));
    CHECK(with.state_of(post) == post_state::visible);
    CHECK(domain::report_weight(0, 0) == 1.0);
    CHECK(domain::report_weight(0, 1) < 1.0);
    CHECK(domain::report_weight(3, 0) > 1.5);
    auto const next = shared_by(with, with.me, "Another line of mine.");
    for (auto const& who : tellers)
        REQUIRE(tell(with, who, next));
    CHECK(with.state_of(next) == post_state::visible); // they were not right the last time
}

TEST_CASE("a worry about somebody in need goes to the care lane, hides nothing, and can't turn into a strike")
{
    desk_under_test with;
    auto const sent = with.reply(with.me, with.in, "Some days I wish I was dead.");
    REQUIRE(sent);
    REQUIRE(sent->care);
    REQUIRE(with.decide(with.rowan, with.item_of(with.rowan, sent->post), verdict::publish));
    for (auto const* const name : {"Alder", "Birch", "Cedar", "Dogwood"})
        REQUIRE(tell(with, with.enter(with.join(name), with.circle), sent->post));
    CHECK(with.state_of(sent->post) == post_state::visible);
    auto const item = with.item_of(with.rowan, sent->post);
    CHECK(item.lane == lane::care);
    CHECK(with.take_out(with.rowan, item, 1).error().code == errc::invalid);
}

TEST_CASE("no decision in the care lane brings a strike or a limit, and the schema itself refuses one")
{
    desk_under_test with;
    auto const cry = with.reply(with.me, with.in, crisis);
    auto const item = with.item_of(with.rowan, cry->post);
    for (auto const what :
         {verdict::publish, verdict::fold, verdict::give_back, verdict::keep, verdict::remove}) {
        app::review_decision decided;
        decided.what = what;
        decided.reason = "We are here.";
        decided.strike = 1;
        CHECK(with.decide_fully(with.rowan, item, decided).error().code == errc::invalid);
        decided.strike = 0;
        decided.limit = domain::limit_kind::pause;
        decided.limit_hours = 1;
        CHECK(with.decide_fully(with.rowan, item, decided).error().code == errc::invalid);
    }
    store::sqlite::connection file(with.here / "holdfast.db", store::sqlite::open_mode::writer);
    file.never_checkpoint();
    auto const by_trigger = Catch::Contains("1811");
    CHECK_THROWS_WITH(
        file.run(
            "INSERT INTO strike SELECT id, circle_id, author_id, 1, author_id, 1, 2, NULL FROM review_item"
        ),
        by_trigger
    );
    CHECK_THROWS_WITH(
        file.run("INSERT INTO circle_limit SELECT randomblob(16), circle_id, author_id, id, 'pause', 0, x'', "
                 "author_id, "
                 "1, 2, NULL FROM review_item"),
        by_trigger
    );
}

TEST_CASE("a strike fades by itself, and its member sees it until then")
{
    desk_under_test with;
    REQUIRE(with.take_out(with.rowan, with.held(), 2));
    auto const mine = run(with.measures.own(with.me));
    REQUIRE(mine->strikes.size() == 1);
    CHECK(mine->strikes[0].weight == 2);
    CHECK(mine->strikes[0].expires_at == with.time.now() + 60 * 24h);
    with.time.advance(60 * 24h);
    CHECK(run(with.measures.own(with.me))->strikes.empty());
}

TEST_CASE("slow mode: the next post waits its time, and then goes out")
{
    desk_under_test with;
    REQUIRE(with.limit(with.held(), domain::limit_kind::slow, 24, 60));
    auto const soon = with.reply(with.me, with.in, calm);
    CHECK(soon.error().code == errc::rate_limited);
    CHECK(soon.error().retry_after_s == 3600);
    with.time.advance(1h);
    CHECK(with.reply(with.me, with.in, calm)->state == post_state::visible);
    CHECK(with.reply(with.me, with.in, calm).error().code == errc::rate_limited);
    with.time.advance(24h);
    CHECK(with.reply(with.me, with.in, calm)->state == post_state::visible);
    CHECK(with.reply(with.me, with.in, calm)->state == post_state::visible);
}

TEST_CASE("hold-all: each post waits for a facilitator until it ends; others are not touched")
{
    desk_under_test with;
    REQUIRE(with.limit(with.held(), domain::limit_kind::hold_all, 24));
    auto const sent = with.reply(with.me, with.in, calm);
    CHECK(sent->state == post_state::held);
    CHECK(with.item_of(with.rowan, sent->post).lane == lane::harm);
    CHECK(with.reply(with.other, with.in, calm)->state == post_state::visible);
    with.time.advance(24h);
    CHECK(with.reply(with.me, with.in, calm)->state == post_state::visible);
}

TEST_CASE("reading only: nothing is taken, and a cry for help is still heard")
{
    desk_under_test with;
    REQUIRE(with.limit(with.held(), domain::limit_kind::read_only, 24));
    auto const refused = with.reply(with.me, with.in, calm);
    CHECK(refused.error().code == errc::limited);
    CHECK(run(with.posts.page(with.me, with.in, {}, 10)));
    auto const cry = with.reply(with.me, with.in, crisis);
    REQUIRE(cry);
    CHECK(cry->care);
    CHECK(with.item_of(with.rowan, cry->post).lane == lane::care);
    auto const low = with.reply(with.me, with.in, "Some days I wish I was dead.");
    REQUIRE(low);
    CHECK(low->care);
    CHECK(low->state == post_state::held); // the limit holds it back from the circle, not from those who help
}

TEST_CASE("a pause from the circle: it can't be read until it ends, by itself or by a facilitator")
{
    desk_under_test with;
    REQUIRE(with.limit(with.held(), domain::limit_kind::pause, 24));
    CHECK(run(with.posts.page(with.me, with.in, {}, 10)).error().code == errc::not_found);
    auto const limits = run(with.measures.in(with.rowan, with.circle));
    REQUIRE(limits->size() == 1);
    CHECK(limits->front().nickname == "Maple");
    CHECK_THAT(limits->front().reason, Catch::Contains("Your words are saved"));
    CHECK(run(with.measures.end(with.me, limits->front().id)).error().code == errc::not_found);
    CHECK(with.reply(with.me, with.in, calm).error().code == errc::limited);
    auto const cry = with.reply(with.me, with.in, crisis);
    REQUIRE(cry);
    CHECK(cry->care);
    SECTION("by itself")
    {
        with.time.advance(24h);
        CHECK(run(with.posts.page(with.again(with.author), with.in, {}, 10)));
    }
    SECTION("by a facilitator")
    {
        REQUIRE(run(with.measures.end(with.hazel, limits->front().id)));
        with.identity.account_changed(with.author.who->account);
        CHECK(run(with.posts.page(with.again(with.author), with.in, {}, 10)));
    }
}

TEST_CASE("every limit has an end and a reason")
{
    desk_under_test with;
    auto const item = with.held();
    CHECK(with.limit(item, domain::limit_kind::pause, 0).error().code == errc::invalid);
    CHECK(with.limit(item, domain::limit_kind::pause, 91 * 24).error().code == errc::invalid);
    CHECK(with.limit(item, domain::limit_kind::slow, 1, 0).error().code == errc::invalid);
    CHECK(with.limit(item, domain::limit_kind::lock, 1).error().code == errc::invalid);
    app::review_decision decided;
    decided.what = verdict::publish;
    decided.limit = domain::limit_kind::pause;
    decided.limit_hours = 1;
    CHECK(
        with.decide_fully(with.rowan, item, decided).error().code == errc::invalid
    ); // let through, and punished
}

TEST_CASE("new members' first posts wait, as many as the host says, and then no more")
{
    domain::desk_rules rules;
    rules.newcomer_posts = 2;
    desk_under_test with(rules);
    auto const opening =
        with.item_of(with.rowan, run(with.posts.own_posts(with.me, std::nullopt, 10))->front().id);
    CHECK(opening.lane == lane::newcomer);
    REQUIRE(with.decide(with.rowan, opening, verdict::publish));
    auto const second = with.reply(with.me, with.in, calm);
    CHECK(second->state == post_state::held);
    REQUIRE(with.decide(with.rowan, with.item_of(with.rowan, second->post), verdict::publish));
    CHECK(with.reply(with.me, with.in, calm)->state == post_state::visible);
    auto const cry = with.reply(with.other, with.in, crisis);
    CHECK(with.item_of(with.rowan, cry->post).lane == lane::care);
}

TEST_CASE("a locked circle: what members write is kept and waits, facilitators go on, and it opens again")
{
    desk_under_test with;
    CHECK(run(with.measures.lock(with.me, with.circle, 2, "A quarrel.")).error().code == errc::not_found);
    CHECK(run(with.measures.lock(with.rowan, with.circle, 0, "A quarrel.")).error().code == errc::invalid);
    REQUIRE(run(with.measures.lock(with.rowan, with.circle, 2, "A quarrel. We let it rest.")));
    CHECK(with.measures.locked_until(with.circle) == with.time.now() + 2h);
    auto const sent = with.reply(with.me, with.in, calm);
    CHECK(sent->state == post_state::held);
    CHECK(with.reply(with.rowan, with.in, calm)->state == post_state::visible);
    REQUIRE(run(with.measures.open(with.hazel, with.circle)));
    CHECK_FALSE(with.measures.locked_until(with.circle));
    CHECK(with.reply(with.me, with.in, calm)->state == post_state::visible);
    REQUIRE(run(with.measures.lock(with.rowan, with.circle, 2, "Once more.")));
    app::measures after_restart(with.database, with.vault, with.screen, with.time);
    REQUIRE(run(after_restart.start()));
    CHECK(after_restart.locked_until(with.circle));
    with.time.advance(2h);
    CHECK_FALSE(with.measures.locked_until(with.circle));
    CHECK(with.reply(with.me, with.in, calm)->state == post_state::visible);
}

TEST_CASE("another look: one conversation, decided by somebody else, and put right with all that followed")
{
    desk_under_test with;
    auto const item = with.held();
    CHECK(
        run(with.appeals.ask(with.me, item.post, "key 3", "Please look.")).error().code == errc::conflict
    ); // nobody decided
    REQUIRE(with.take_out(with.rowan, item, 1));
    CHECK(
        run(with.appeals.ask(with.other, item.post, "key 4", "Please look.")).error().code == errc::not_found
    );
    REQUIRE(run(with.appeals.ask(with.me, item.post, "key 5", "It was a line from a song.")));
    auto const asked = with.item_of(with.hazel, item.post);
    CHECK(asked.lane == lane::appeal);
    // Who decided before doesn't even see it.
    CHECK(run(with.review.items(with.rowan, {}, 10))->items.empty());
    CHECK(run(with.review.open(with.rowan, asked.id)).error().code == errc::not_found);
    CHECK(run(with.review.claim(with.rowan, asked.id)).error().code == errc::not_found);
    CHECK(with.decide(with.rowan, asked, verdict::publish, "Yes.").error().code == errc::not_found);
    CHECK(
        run(with.appeals.answer(with.rowan, asked.id, "key 6", "Which song?")).error().code == errc::not_found
    );

    REQUIRE(run(with.appeals.answer(with.hazel, asked.id, "key 7", "Which song is it from?")));
    REQUIRE(run(with.appeals.ask(with.me, item.post, "key 8", "An old one that my aunt sang.")));
    auto const opened = run(with.review.open(with.hazel, asked.id));
    REQUIRE(opened->appeal.size() == 3);
    CHECK(opened->appeal[1].by_author == false);
    CHECK_THAT(opened->decided_before, Catch::Contains("may hurt somebody"));
    CHECK(
        with.decide(with.hazel, asked, verdict::publish).error().code == errc::invalid
    ); // no word to its author
    CHECK(with.take_out(with.hazel, asked).error().code == errc::invalid);

    SECTION("overturned")
    {
        REQUIRE(with.decide(with.hazel, asked, verdict::publish, "You are right, and we are sorry."));
        CHECK(with.state_of(item.post) == post_state::visible);
        CHECK(run(with.measures.own(with.me))->strikes.empty());
        auto const mine = run(with.appeals.own(with.me, item.post));
        CHECK((*mine)->upheld == false);
        CHECK((*mine)->messages.back().words == "You are right, and we are sorry.");
    }
    SECTION("upheld")
    {
        REQUIRE(with.decide(with.hazel, asked, verdict::keep, "We read it again, and it stays out."));
        CHECK(with.state_of(item.post) == post_state::removed);
        CHECK(run(with.measures.own(with.me))->strikes.size() == 1);
        CHECK((*run(with.appeals.own(with.me, item.post)))->upheld == true);
    }
    CHECK(
        run(with.appeals.ask(with.me, item.post, "key 9", "And once more?")).error().code == errc::conflict
    ); // closed
}

TEST_CASE("another look at what the automatic check alone gave back: any facilitator decides, once")
{
    desk_under_test with;
    auto const sent = with.reply(with.me, with.in, "Write to me at river.stone@example.org if you like.");
    REQUIRE(sent);
    REQUIRE(sent->state == post_state::returned);
    CHECK(
        run(with.appeals.ask(with.other, sent->post, "key 10", "Please look.")).error().code ==
        errc::not_found
    );
    REQUIRE(run(with.appeals.ask(with.me, sent->post, "key 11", "It is the address of our choir.")));
    auto const asked = with.item_of(with.rowan, sent->post);
    CHECK(asked.lane == lane::appeal);
    CHECK(with.item_of(with.hazel, sent->post).id == asked.id);
    CHECK(run(with.posts.visible(with.other, sent->post)).error().code == errc::not_found); // not meanwhile
    SECTION("it is let through as it is")
    {
        REQUIRE(with.decide(with.rowan, asked, verdict::publish, "Thank you. It may stand."));
        CHECK(with.state_of(sent->post) == post_state::visible);
        CHECK(run(with.posts.visible(with.other, sent->post)));
    }
    SECTION("it stays with its author, and now a person has said why")
    {
        REQUIRE(with.decide(with.hazel, asked, verdict::keep, "Please leave the address out."));
        auto const mine = run(with.posts.own(with.me, sent->post));
        CHECK(mine->state == post_state::returned);
        CHECK(mine->decided_by_person);
        CHECK(mine->reason == "Please leave the address out.");
        CHECK(run(with.measures.own(with.me))->strikes.empty());
    }
    CHECK(
        run(with.appeals.ask(with.me, sent->post, "key 12", "And once more?")).error().code == errc::conflict
    );
}

TEST_CASE("what only waits for a person, or was changed meanwhile, can't be asked about")
{
    desk_under_test with;
    auto const held = with.reply(with.me, with.in, harm);
    CHECK(
        run(with.appeals.ask(with.me, held->post, "key 13", "Please look.")).error().code == errc::conflict
    );
    auto const back = with.reply(with.me, with.in, "Write to me at river.stone@example.org if you like.");
    REQUIRE(run(with.appeals.ask(with.me, back->post, "key 14", "Please look.")));
    auto const asked = with.item_of(with.rowan, back->post);
    REQUIRE(with.edit(with.me, back->post, calm));
    CHECK(with.decide(with.rowan, asked, verdict::publish, "It may stand.").error().code == errc::conflict);
    CHECK(run(with.posts.visible(with.other, back->post))->content.text == calm);
}

TEST_CASE(
    "threads without an answer show up for those who welcome, after the host's hours, until somebody replies"
)
{
    desk_under_test with;
    with.time.advance(1min);
    auto const mine = with.thread(with.me, with.circle, "Is anybody here?").thread;
    REQUIRE(run(with.welcome.set(with.other, with.circle, true)));
    CHECK(run(with.welcome.unanswered(with.other, 10))->empty());
    with.time.advance(13h);
    auto const waiting = run(with.welcome.unanswered(with.other, 10));
    REQUIRE(waiting->size() == 2);
    CHECK(waiting->back().id == mine);
    CHECK(run(with.welcome.unanswered(with.rowan, 10))->empty()); // did not ask for it
    REQUIRE(with.reply(with.other, mine, "Yes, hello."));
    CHECK(run(with.welcome.unanswered(with.other, 10))->size() == 1);
    with.time.advance(15 * 24h);
    CHECK(run(with.welcome.unanswered(with.other, 10))->empty());
    auto const outsider = with.join("Stone");
    CHECK(run(with.welcome.set(with.again(outsider), with.circle, true)).error().code == errc::not_found);
}
