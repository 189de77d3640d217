// What waits for a facilitator, and what they can and can't decide.
#include "server/store/sqlite/connection.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;
using domain::post_state;
using domain::verdict;
using types = std::vector<std::string>;

namespace {
struct desk : services_under_test {
    app::signed_in lead = services_under_test::lead("Juniper");
    circle_id circle = services_under_test::circle(lead);
    app::signed_in author = join("Maple");
    app::signed_in facilitator = join("Rowan");
    domain::principal_ptr me = enter(author, circle);
    thread_id in = thread(me, circle, calm).thread;
    domain::principal_ptr looks_after = made_facilitator();

    domain::principal_ptr made_facilitator()
    {
        REQUIRE(run(members.set_role(circle, facilitator.who->account, domain::role::facilitator)));
        return again(facilitator);
    }
    post_state state_of(post_id const& post) { return run(posts.own(me, post))->state; }
};
} // namespace

TEST_CASE("care comes first, then what is due first")
{
    desk with;
    auto const first = with.reply(with.me, with.in, harm);
    with.time.advance(1h);
    auto const second = with.reply(with.me, with.in, std::string(harm) + " Go away.");
    with.time.advance(1h);
    auto const cry = with.reply(with.me, with.in, crisis);
    auto const items = run(with.review.items(with.looks_after, {}, 10));
    REQUIRE(items);
    std::vector<post_id> order;
    for (auto const& one : items->items)
        order.push_back(one.post);
    CHECK(order == std::vector<post_id>{cry->post, first->post, second->post});
    CHECK(run(with.review.items(with.looks_after, {}, 1))->items.front().post == cry->post);
    CHECK(run(with.review.items(with.me, {}, 10))->items.empty());
}

TEST_CASE("letting a text through makes it visible, and everybody who should is told")
{
    desk with;
    auto const sent = with.reply(with.me, with.in, harm);
    REQUIRE(with.decide(with.looks_after, with.item_of(with.looks_after, sent->post), verdict::publish));
    CHECK(with.state_of(sent->post) == post_state::visible);
    CHECK(
        with.told_about(sent->post) == types{"review.added", "post.published", "review.changed", "me.decided"}
    );
    auto const opening = with.thread(with.me, with.circle, harm);
    REQUIRE(with.decide(with.looks_after, with.item_of(with.looks_after, opening.post), verdict::fold));
    CHECK(with.state_of(opening.post) == post_state::folded);
    CHECK(with.told_about(opening.post)[1] == "thread.started");
}

TEST_CASE("giving back needs a reason, which passes the screen, and which the author reads")
{
    desk with;
    auto const sent = with.reply(with.me, with.in, harm);
    auto const item = with.item_of(with.looks_after, sent->post);
    CHECK(with.decide(with.looks_after, item, verdict::give_back).error().code == errc::invalid);
    CHECK(with.decide(with.looks_after, item, verdict::give_back, harm).error().code == errc::returned);
    CHECK(with.state_of(sent->post) == post_state::held);
    REQUIRE(with.decide(with.looks_after, item, verdict::give_back, "Could you say it without the names?"));
    auto const mine = run(with.posts.own(with.me, sent->post));
    CHECK(mine->state == post_state::returned);
    CHECK(mine->reason == "Could you say it without the names?");
    CHECK(mine->content.text == harm);
}

TEST_CASE("a cry for help is never returned")
{
    desk with;
    auto const sent = with.reply(with.me, with.in, crisis);
    auto const item = with.item_of(with.looks_after, sent->post);
    CHECK(
        with.decide(with.looks_after, item, verdict::give_back, "Please change it.").error().code ==
        errc::invalid
    );
    REQUIRE(with.decide(with.looks_after, item, verdict::keep));
    CHECK(with.state_of(sent->post) == post_state::held);
    CHECK_FALSE(run(with.posts.visible(with.looks_after, sent->post)));
}

TEST_CASE("what changed meanwhile is not decided on: stale numbers, twice, somebody else's")
{
    desk with;
    auto const sent = with.reply(with.me, with.in, crisis);
    auto const stale = with.item_of(with.looks_after, sent->post);
    REQUIRE(run(with.posts.say_safe(with.me, sent->post)));
    CHECK(with.decide(with.looks_after, stale, verdict::publish).error().code == errc::conflict);
    auto const fresh = with.item_of(with.looks_after, sent->post);
    CHECK(fresh.author_safe);
    REQUIRE(run(with.review.claim(with.again(with.lead), fresh.id)));
    CHECK(run(with.review.claim(with.looks_after, fresh.id)).error().code == errc::conflict);
    CHECK(with.decide(with.looks_after, fresh, verdict::publish).error().code == errc::conflict);
    with.time.advance(10min + 1ms);
    REQUIRE(with.decide(with.looks_after, fresh, verdict::publish));
    CHECK(with.decide(with.looks_after, fresh, verdict::fold).error().code == errc::conflict);
    CHECK(
        with.decide(with.looks_after, fresh, verdict::publish, "Thank you.").error().code == errc::conflict
    );
    CHECK(with.decide(with.again(with.lead), fresh, verdict::publish).error().code == errc::conflict);
}

TEST_CASE("the very same decision by the same person is the one that was made, and is made once")
{
    desk with;
    auto const sent = with.reply(with.me, with.in, harm);
    auto const item = with.item_of(with.looks_after, sent->post);
    for (auto tries = 0; tries < 2; ++tries)
        REQUIRE(with.decide(with.looks_after, item, verdict::give_back, "Could you say it without the names?")
        );
    auto const post = sent->post;
    auto count = [post](store::read_tx& tx) -> result<std::size_t> {
        return tx.decisions_on(post, 1).size();
    };
    CHECK(*run(with.database.read(count)) == 2); // the screen's, and theirs
}

TEST_CASE("saying \"I am safe\" is heard in the care lane, and changes nothing elsewhere")
{
    desk with;
    auto const sent = with.reply(with.me, with.in, harm);
    auto const before = with.item_of(with.looks_after, sent->post);
    REQUIRE(run(with.posts.say_safe(with.me, sent->post)));
    CHECK(with.item_of(with.looks_after, sent->post).revision == before.revision);
    CHECK(with.told_about(sent->post) == types{"review.added"});
    CHECK(run(with.posts.say_safe(with.looks_after, sent->post)).error().code == errc::not_found);
}

TEST_CASE("nobody looks at another circle's items, or at their own")
{
    desk with;
    auto const elsewhere = with.services_under_test::circle(with.lead);
    auto const stranger = with.join("Stone");
    REQUIRE(run(with.members.set_role(elsewhere, stranger.who->account, domain::role::facilitator)));
    auto const sent = with.reply(with.me, with.in, harm);
    auto const item = with.item_of(with.looks_after, sent->post);
    for (auto const& who : {with.again(stranger), with.me}) {
        CHECK(run(with.review.open(who, item.id)).error().code == errc::not_found);
        CHECK(run(with.review.claim(who, item.id)).error().code == errc::not_found);
        CHECK(with.decide(who, item, verdict::publish).error().code == errc::not_found);
    }
    auto const own = with.reply(with.looks_after, with.in, harm);
    auto const mine = with.item_of(with.again(with.lead), own->post);
    CHECK(with.decide(with.looks_after, mine, verdict::publish).error().code == errc::not_found);
}

TEST_CASE("reading a held text is on record")
{
    desk with;
    auto const sent = with.reply(with.me, with.in, harm);
    auto const opened =
        run(with.review.open(with.looks_after, with.item_of(with.looks_after, sent->post).id));
    REQUIRE(opened);
    CHECK(opened->content.text == harm);
    CHECK(opened->nickname == "Maple");
    CHECK_FALSE(opened->screened.findings.empty());
    store::sqlite::connection file(with.here / "holdfast.db", store::sqlite::open_mode::reader);
    CHECK(
        file.single(
            "SELECT count(*) FROM audit WHERE action = 'private.read' AND object = '" + sent->post.text() +
            "'"
        ) == 1
    );
}

TEST_CASE("care goes on waiting when its author takes the text down, and ends when they leave for good")
{
    desk with;
    auto const sent = with.reply(with.me, with.in, crisis);
    auto const other = with.reply(with.me, with.in, std::string(crisis) + " Nothing helps.");
    REQUIRE(run(with.posts.remove(with.me, sent->post)));
    auto const item = with.item_of(with.looks_after, sent->post);
    CHECK(run(with.review.open(with.looks_after, item.id))->content.text.empty());
    REQUIRE(with.decide(with.looks_after, item, verdict::keep));
    REQUIRE(run(with.posts.remove(with.me, other->post)));
    REQUIRE(run(with.erasure.erase(with.me, passphrase)));
    CHECK(run(with.review.items(with.looks_after, {}, 10))->items.empty());
}

TEST_CASE("a lead looks after every circle there is, also beyond one page of them")
{
    desk with;
    auto fill = [&](store::write_tx& tx) -> result<void> {
        auto const row = tx.circle(with.circle);
        for (int count = 0; count < 150; ++count) {
            auto copy = *row;
            copy.id = circle_id::random();
            tx.add_circle(copy, copy.id.text(), store::hash256{});
        }
        return result<void>();
    };
    REQUIRE(run(with.database.write(fill)));
    CHECK(run(with.review.circles_of(with.again(with.lead)))->size() == 151);
    CHECK(*run(with.review.circles_of(with.looks_after)) == std::vector<circle_id>{with.circle});
}
