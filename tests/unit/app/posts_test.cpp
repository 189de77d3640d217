// The way of a post, and what becomes of it for its author and for everybody else.
#include "server/base/limits.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;
using domain::post_state;
using types = std::vector<std::string>;

namespace {
// A lead, an author and a reader in one circle with one thread.
struct place : services_under_test {
    app::signed_in lead = services_under_test::lead("Juniper");
    circle_id circle = services_under_test::circle(lead);
    app::signed_in author = join("Maple");
    app::signed_in reader = join("Wren");
    domain::principal_ptr me = enter(author, circle);
    domain::principal_ptr other = enter(reader, circle);
    thread_id in = thread(me, circle, calm).thread;

    bool sees(domain::principal_ptr who, post_id const& post)
    {
        return run(posts.visible(who, post)).has_value();
    }
};
} // namespace

TEST_CASE("a calm text is in the circle at once, and told once")
{
    place with;
    auto const sent = with.reply(with.me, with.in, calm);
    REQUIRE(sent);
    CHECK(sent->state == post_state::visible);
    CHECK_FALSE(sent->care);
    CHECK_FALSE(sent->due_at);
    CHECK(with.sees(with.other, sent->post));
    CHECK(with.told_about(sent->post) == types{"post.published"});
}

TEST_CASE("a harmful text waits: its author sees until when, nobody else sees anything")
{
    place with;
    auto const sent = with.reply(with.me, with.in, harm);
    REQUIRE(sent);
    CHECK(sent->state == post_state::held);
    CHECK(sent->due_at == with.time.now() + 240min);
    CHECK_FALSE(with.sees(with.other, sent->post));
    CHECK_FALSE(with.sees(with.me, sent->post));
    CHECK(run(with.posts.own(with.other, sent->post)).error().code == errc::not_found);
    CHECK(run(with.posts.own(with.me, sent->post))->content.text == harm);
    CHECK(with.told_about(sent->post) == types{"review.added"});
}

TEST_CASE("words of crisis bring care at once, never a return, and go to the care lane with a short time")
{
    place with;
    auto const sent = with.reply(with.me, with.in, crisis);
    REQUIRE(sent);
    CHECK(sent->state != post_state::returned);
    REQUIRE(sent->care);
    CHECK(sent->care->country == "gb");
    auto const item = with.item_of(with.again(with.lead), sent->post);
    CHECK(item.lane == domain::lane::care);
    CHECK(item.due_at <= with.time.now() + 30min);
}

TEST_CASE("contact details come back with a reason, and the words are kept")
{
    place with;
    auto const sent = with.reply(with.me, with.in, contact);
    REQUIRE(sent);
    CHECK(sent->state == post_state::returned);
    CHECK_FALSE(sent->decided.findings.empty());
    CHECK(run(with.posts.own(with.me, sent->post))->content.text == contact);
    CHECK(with.told_about(sent->post).empty());
}

TEST_CASE("the same key and words get the same answer; other words under that key are refused")
{
    place with;
    auto const first = with.reply(with.me, with.in, crisis, "key");
    with.time.advance(1min);
    auto const again = with.reply(with.me, with.in, crisis, "key");
    REQUIRE(first);
    REQUIRE(again);
    CHECK(again->post == first->post);
    CHECK(again->state == first->state);
    CHECK(again->due_at == first->due_at);
    CHECK(again->care.has_value());
    CHECK(with.reply(with.me, with.in, calm, "key").error().code == errc::key_reused);
    auto const elsewhere = with.thread(with.me, with.circle, calm);
    CHECK(with.reply(with.me, elsewhere.thread, crisis, "key").error().code == errc::key_reused);
    CHECK(with.reply(with.other, with.in, calm, "key")); // a key is its author's own
}

TEST_CASE("the same key sent many times at once makes one post")
{
    place with;
    std::vector<task<result<app::submission>>> many;
    for (int count = 0; count < 8; ++count)
        many.push_back(with.posts.reply(with.me, with.in, "key", {"", calm}));
    auto const made = run_together(std::move(many));
    for (auto const& one : made)
        CHECK((*one)->post == (*made.front())->post);
    CHECK(run(with.posts.page(with.me, with.in, {}, 100))->posts.size() == 2);
}

TEST_CASE("two edits at once: one is taken, the other is told")
{
    place with;
    auto const sent = with.reply(with.me, with.in, calm);
    std::vector<task<result<app::submission>>> both;
    for (auto const* key : {"one", "two"})
        both.push_back(with.posts.edit(with.me, sent->post, key, {"", std::string(calm) + key}));
    auto const made = run_together(std::move(both));
    auto const worked = (*made[0] ? 1 : 0) + (*made[1] ? 1 : 0);
    CHECK(worked >= 1);
    if (worked == 1) CHECK((*made[0] ? *made[1] : *made[0]).error().code == errc::conflict);
    CHECK(run(with.posts.own(with.me, sent->post))->version == 1 + worked);
}

TEST_CASE("an edit goes the same way while the version before it stands")
{
    place with;
    auto const sent = with.reply(with.me, with.in, calm);
    auto const edited = with.edit(with.me, sent->post, harm);
    REQUIRE(edited);
    CHECK(edited->state == post_state::held);
    CHECK(run(with.posts.visible(with.other, sent->post))->content.text == calm);
    CHECK(run(with.posts.own(with.me, sent->post))->earlier_version_visible);
    CHECK(with.told_about(sent->post) == types{"post.published", "review.added"});
    auto const better = with.edit(with.me, sent->post, "Something calmer instead.");
    CHECK(better->state == post_state::visible);
    CHECK(run(with.posts.visible(with.other, sent->post))->content.text == "Something calmer instead.");
    CHECK(with.told_about(sent->post).back() == "post.changed");
    CHECK(run(with.review.items(with.again(with.lead), {}, 10))->items.empty()
    ); // nobody decides on what is gone
}

TEST_CASE("the first version that anybody sees is told as new, whichever it is")
{
    place with;
    auto const reply = with.reply(with.me, with.in, contact);
    REQUIRE(with.edit(with.me, reply->post, calm));
    CHECK(with.told_about(reply->post) == types{"post.published"});
    auto const opening = with.thread(with.me, with.circle, contact);
    REQUIRE(with.edit(with.me, opening.post, calm));
    CHECK(with.told_about(opening.post) == types{"thread.started"});
}

TEST_CASE("taking down what the circle saw is told; taking down what nobody saw is told to nobody")
{
    place with;
    auto const seen = with.reply(with.me, with.in, calm);
    auto const unseen = with.reply(with.me, with.in, harm);
    for (auto const& post : {seen->post, unseen->post})
        REQUIRE(run(with.posts.remove(with.me, post)));
    CHECK(with.told_about(seen->post) == types{"post.published", "post.removed"});
    CHECK(with.told_about(unseen->post) == types{"review.added"});
    CHECK_FALSE(with.sees(with.other, seen->post));
    CHECK(run(with.posts.own(with.me, seen->post))->content.text.empty());
    REQUIRE(run(with.posts.remove(with.me, seen->post))); // again: the same answer
    CHECK(run(with.posts.remove(with.other, seen->post)).error().code == errc::not_found);
}

TEST_CASE("who left the circle meanwhile can't write there any more, though their request was let in before")
{
    place with;
    auto const before = with.me;
    auto const mine = with.reply(with.me, with.in, calm);
    REQUIRE(run(with.members.leave(with.me, with.circle)));
    CHECK(with.reply(before, with.in, calm).error().code == errc::not_found);
    CHECK(with.edit(before, mine->post, calm).error().code == errc::not_found);
    CHECK(
        run(with.posts.start_thread(before, with.circle, "late", {"A title", calm})).error().code ==
        errc::not_found
    );
    REQUIRE(run(with.posts.remove(with.again(with.author), mine->post))
    ); // what is theirs they can still take along
}

TEST_CASE("who erased their account meanwhile leaves nothing new behind")
{
    place with;
    auto const sent = with.reply(with.me, with.in, calm);
    auto const unseen = with.reply(with.me, with.in, harm);
    auto const before = with.me;
    REQUIRE(run(with.erasure.erase(with.me, passphrase)));
    CHECK(with.reply(before, with.in, calm).error().code == errc::not_found);
    CHECK_FALSE(with.sees(with.other, sent->post));
    CHECK(with.told_about(sent->post) == types{"post.published", "post.removed"});
    CHECK(with.told_about(unseen->post) == types{"review.added"});
}

TEST_CASE("shape is checked before anything else, and named by field without repeating the words")
{
    place with;
    auto const field_of = [&](domain::post_text const& content) {
        auto const failed = run(with.posts.start_thread(with.me, with.circle, "shape", content));
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == errc::invalid);
        return failed.error().fields.front().field;
    };
    CHECK(field_of({"", calm}) == "title");
    CHECK(field_of({"A title", " \n\t"}) == "text");
    CHECK(field_of({"A title", std::string(limits::post_letters_max + 1, 'a')}) == "text");
    CHECK(field_of({"A title", "a\xC3"}) == "text");
    CHECK(field_of({"A title", std::string("a\0b", 3)}) == "text");
    CHECK(field_of({"Two\nlines", calm}) == "title");
}

TEST_CASE("a longest text of odd letters gets an answer")
{
    place with;
    std::string marks = "a";
    while (marks.size() + 2 <= limits::post_letters_max)
        marks += "\u0301";
    CHECK(with.reply(with.me, with.in, marks));
    CHECK(with.reply(with.me, with.in, std::string(limits::post_letters_max, 'a')));
}

TEST_CASE("pages of a thread go forward and back without gap or repeat, past what is held")
{
    place with;
    std::vector<post_id> sent;
    for (int number = 0; number < 9; ++number) {
        auto const one =
            with.reply(with.me, with.in, number % 4 == 3 ? harm : "Number " + std::to_string(number) + ".");
        if (one->state == post_state::visible) sent.push_back(one->post);
    }
    std::vector<post_id> forward;
    int after = 1; // behind the opening
    for (;;) {
        auto const page = run(with.posts.page(with.other, with.in, {app::page_at::where::after, after}, 3));
        REQUIRE(page);
        for (auto const& post : page->posts)
            forward.push_back(post.id);
        if (!page->has_later) break;
        after = page->posts.back().number;
    }
    CHECK(forward == sent);
    auto const newest = run(with.posts.page(with.other, with.in, {}, 3));
    CHECK(newest->has_earlier);
    CHECK_FALSE(newest->has_later);
    CHECK(newest->posts.back().id == sent.back());
}

TEST_CASE("a thread in a circle for members does not exist for others")
{
    place with;
    auto const outsider = with.join("Stone");
    domain::principal_ptr const visitor;
    for (auto const& who : {outsider.who, visitor}) {
        for (auto const& thread : {with.in, thread_id::random()}) {
            CHECK(run(with.posts.page(who, thread, {}, 10)).error().code == errc::not_found);
            CHECK(run(with.posts.circle_of(who, thread)).error().code == errc::not_found);
            CHECK(with.reply(who, thread, calm).error().code == errc::not_found);
        }
        CHECK(run(with.posts.threads(who, with.circle, std::nullopt, 10)).error().code == errc::not_found);
    }
}
