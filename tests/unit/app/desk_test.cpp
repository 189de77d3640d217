// Taking, handing out and deciding at the desk, over days that pass in milliseconds.
#include "server/app/policy/policies.hpp"
#include "server/base/phrase.hpp"
#include "tests/unit/app/desk_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;
using domain::lane;
using domain::post_state;
using domain::verdict;

TEST_CASE("taking the next one gives each person another, care first, and none twice")
{
    desk_under_test with;
    auto const older = with.held();
    with.time.advance(1min);
    auto const newer = with.held(std::string(harm) + " Go.");
    auto const cry = with.reply(with.me, with.in, crisis);
    auto const one = run(with.review.next(with.rowan));
    auto const two = run(with.review.next(with.hazel));
    auto const three = run(with.review.next(with.again(with.lead)));
    REQUIRE(one->item);
    REQUIRE(two->item);
    REQUIRE(three->item);
    CHECK(one->item->post == cry->post);
    CHECK(two->item->id == older.id);
    CHECK(three->item->id == newer.id);
    CHECK(two->item->claimed_by_name == "Hazel");
    auto const again = run(with.review.next(with.rowan));
    CHECK(again->item->post == cry->post); // still theirs
}

TEST_CASE("a claim ends by itself, and says who has it")
{
    desk_under_test with;
    auto const item = with.held();
    REQUIRE(run(with.review.claim(with.rowan, item.id)));
    auto const refused = run(with.review.claim(with.hazel, item.id));
    CHECK(refused.error().code == errc::conflict);
    CHECK_THAT(in_english(refused.error().detail), Catch::Contains("Rowan has it for some minutes"));
    with.time.advance(10min);
    CHECK(run(with.review.claim(with.hazel, item.id)));
}

TEST_CASE("filters show a lane, a circle, or what one has taken; nothing of another circle")
{
    desk_under_test with;
    auto const item = with.held();
    auto const cry = with.reply(with.me, with.in, crisis);
    auto const count = [&](std::optional<lane> one, std::optional<circle_id> where, bool mine) {
        app::review_filter wanted;
        wanted.lane = one;
        wanted.circle = where;
        wanted.mine = mine;
        return run(with.review.items(with.rowan, wanted, 10))->items.size();
    };
    CHECK(count({}, {}, false) == 2);
    CHECK(count(lane::care, {}, false) == 1);
    CHECK(count(lane::report, {}, false) == 0);
    CHECK(count({}, with.circle, false) == 2);
    CHECK(count({}, circle_id::random(), false) == 0);
    CHECK(count({}, {}, true) == 0);
    REQUIRE(run(with.review.claim(with.rowan, item.id)));
    CHECK(count({}, {}, true) == 1);
}

TEST_CASE("who else has it open is told, for a few minutes")
{
    desk_under_test with;
    auto const item = with.held();
    CHECK(run(with.review.open(with.rowan, item.id))->also_looking.empty());
    CHECK(run(with.review.open(with.hazel, item.id))->also_looking == std::vector<std::string>{"Rowan"});
    with.time.advance(6min);
    CHECK(run(with.review.open(with.hazel, item.id))->also_looking.empty());
}

TEST_CASE("a decision on an item that changed is refused, and says what changed")
{
    desk_under_test with;
    auto const item = with.held();
    REQUIRE(run(with.review.ask_second(with.hazel, item.id)));
    auto const stale = with.decide(with.rowan, item, verdict::publish);
    CHECK(stale.error().code == errc::conflict);
    REQUIRE(stale.error().fields.size() == 1);
    CHECK_THAT(
        in_english(stale.error().fields[0].detail), Catch::Contains("Hazel asked for a second pair of eyes")
    );
    REQUIRE(with.decide(with.rowan, with.item_of(with.rowan, item.post), verdict::fold));
    auto const late = with.decide(with.again(with.lead), item, verdict::publish);
    CHECK(late.error().code == errc::conflict);
    CHECK_THAT(in_english(late.error().fields.back().detail), Catch::Contains("Rowan decided: fold"));
}

TEST_CASE("its author's edit withdraws the item, and whoever looked at it is told so")
{
    desk_under_test with;
    auto const item = with.held();
    REQUIRE(with.edit(with.me, item.post, calm));
    auto const late = with.decide(with.rowan, item, verdict::publish);
    CHECK_THAT(late.error().fields.front().detail, Catch::Contains("Its author changed the text"));
}

TEST_CASE("passing on needs no why, is not counted, and it isn't handed to the same person again")
{
    desk_under_test with;
    auto const item = with.held();
    REQUIRE(run(with.review.next(with.rowan))->item);
    REQUIRE(run(with.review.pass_on(with.rowan, item.id)));
    CHECK_FALSE(run(with.review.next(with.rowan))->item);
    auto const theirs = run(with.review.next(with.hazel));
    REQUIRE(theirs->item);
    CHECK(theirs->item->revision == item.revision); // what others see did not change
}

TEST_CASE("who asked for a second pair of eyes does not decide; who asked a lead leaves it to them")
{
    desk_under_test with;
    auto const one = with.held();
    REQUIRE(run(with.review.ask_second(with.rowan, one.id)));
    auto const now = with.item_of(with.hazel, one.post);
    CHECK(with.decide(with.rowan, now, verdict::publish).error().code == errc::conflict);
    CHECK(with.decide(with.hazel, now, verdict::publish));
    auto const two = with.held(std::string(harm) + " Go.");
    REQUIRE(run(with.review.ask_lead(with.rowan, two.id)));
    auto const raised = with.item_of(with.hazel, two.post);
    CHECK(raised.for_lead);
    CHECK(with.decide(with.hazel, raised, verdict::publish).error().code == errc::conflict);
    CHECK_FALSE(run(with.review.next(with.hazel))->item);
    CHECK(run(with.review.next(with.again(with.lead)))->item->id == two.id);
    CHECK(with.decide(with.again(with.lead), raised, verdict::publish));
}

TEST_CASE("taking out needs a reason; its author keeps the words, reads why, and nobody else sees them")
{
    desk_under_test with;
    auto const item = with.held();
    CHECK(with.decide(with.rowan, item, verdict::remove).error().code == errc::invalid);
    REQUIRE(with.take_out(with.rowan, item));
    auto const mine = run(with.posts.own(with.me, item.post));
    CHECK(mine->state == post_state::removed);
    CHECK(mine->taken_out);
    CHECK(mine->content.text == harm);
    CHECK_THAT(mine->reason, Catch::Contains("may hurt somebody"));
    CHECK(run(with.posts.visible(with.other, item.post)).error().code == errc::not_found);
}

TEST_CASE("ready words need their blank filled, each of them passes the screen, and its passage is marked")
{
    desk_under_test with;
    auto const item = with.held();
    app::review_decision decided;
    decided.what = verdict::give_back;
    decided.ready_words = "names";
    CHECK(with.decide_fully(with.rowan, item, decided).error().fields[0].field == "blank");
    decided.ready_words = "nothing of the kind";
    decided.blank = "the first words";
    CHECK(with.decide_fully(with.rowan, item, decided).error().fields[0].field == "ready_words");
    decided.ready_words = "names";
    decided.passage = "words that are not in it";
    CHECK(with.decide_fully(with.rowan, item, decided).error().fields[0].field == "passage");
    decided.passage = "pathetic loser";
    REQUIRE(with.decide_fully(with.rowan, item, decided));
    auto const mine = run(with.posts.own(with.me, item.post));
    CHECK_THAT(mine->reason, Catch::Contains("the first words"));
    CHECK(
        mine->content.text.substr(mine->passage.begin, mine->passage.end - mine->passage.begin) ==
        "pathetic loser"
    );
    for (auto const& one : with.ready.all()) {
        moderation::input input;
        auto const words = one.before + "the second line" + one.after;
        input.text = words;
        input.kind = moderation::text_kind::note;
        CHECK(with.screen.check(input, "reason", "Noticed."));
    }
}

TEST_CASE("a new version of what was given back waits, and comes back to the same person with what changed")
{
    desk_under_test with;
    auto const item = with.held("You are such a pathetic loser, shut up and listen to the rain.");
    REQUIRE(with.decide(with.rowan, item, verdict::give_back, "Could you leave out the first part?"));
    CHECK(with.state_of(item.post) == post_state::returned);
    auto const sent = with.edit(with.me, item.post, "Please listen to the rain.");
    REQUIRE(sent);
    CHECK(sent->state == post_state::held);
    auto const next = with.item_of(with.rowan, item.post);
    CHECK(next.meant_for == with.first.who->account);
    CHECK_FALSE(run(with.review.next(with.hazel))->item);
    REQUIRE(run(with.review.next(with.rowan))->item);
    auto const opened = run(with.review.open(with.rowan, next.id));
    CHECK(opened->returned_because == "Could you leave out the first part?");
    std::string gone, kept;
    for (auto const& piece : opened->changes) {
        if (piece.what == app::diff_piece::kind::gone) gone += piece.text;
        if (piece.what == app::diff_piece::kind::same) kept += piece.text;
    }
    CHECK_THAT(gone, Catch::Contains("pathetic loser"));
    CHECK_THAT(kept, Catch::Contains("listen to the rain."));
    REQUIRE(with.decide(with.rowan, with.item_of(with.rowan, item.post), verdict::publish));
    CHECK(with.state_of(item.post) == post_state::visible);
    auto const calmly = with.edit(with.me, item.post, "Please listen to the rain with me.");
    CHECK(calmly->state == post_state::visible); // a person has let it through since
}

TEST_CASE("what comes back to somebody who takes too long is for everybody")
{
    desk_under_test with;
    auto const item = with.held();
    REQUIRE(with.decide(with.rowan, item, verdict::give_back, "Could you leave out the first part?"));
    REQUIRE(with.edit(with.me, item.post, calm));
    with.time.advance(121min);
    CHECK(run(with.review.next(with.hazel))->item);
}

TEST_CASE("an item shows what was noticed, then the sentence, then all; only words count as read")
{
    desk_under_test with;
    app::policies policies(with.database, with.vault, with.screen, with.time);
    REQUIRE(run(policies.start()));
    auto const item = with.held("The rain stopped. You are such a pathetic loser, shut up. I went home.");
    auto const first = run(with.review.open(with.rowan, item.id, app::shown::reasons));
    CHECK(first->content.text.empty());
    CHECK(first->sentences.empty());
    CHECK_FALSE(first->screened.findings.empty());
    REQUIRE_FALSE(first->policy.empty());
    CHECK_THAT(first->policy[0].why, Catch::Contains("lands hard"));
    auto const count = [&] {
        auto read = [&](store::read_tx& tx) -> result<std::size_t> {
            return tx.audit_concerning(with.me->account, std::numeric_limits<std::int64_t>::max(), 10).size();
        };
        return *run(with.database.read(read));
    };
    CHECK(count() == 0);
    auto const second = run(with.review.open(with.rowan, item.id, app::shown::sentences));
    CHECK(second->content.text.empty());
    REQUIRE(second->sentences.size() == 1);
    auto const whole = second->sentences[0].before + second->sentences[0].marked + second->sentences[0].after;
    CHECK_THAT(whole, !Catch::Contains("I went home") && !Catch::Contains("The rain"));
    CHECK(count() == 1);
    auto const third = run(with.review.open(with.rowan, item.id, app::shown::all));
    CHECK_THAT(third->content.text, Catch::Contains("I went home"));
    REQUIRE(third->before.size() == 1);
    CHECK(third->before[0].content.text == calm);
    CHECK(count() == 2);
}

TEST_CASE("the author's history is counts and notes of this circle, and care is not in it")
{
    desk_under_test with;
    REQUIRE(with.take_out(with.rowan, with.held()));
    auto const cry = with.reply(with.me, with.in, crisis);
    REQUIRE(with.decide(with.rowan, with.item_of(with.rowan, cry->post), verdict::keep));
    auto const item = with.held(std::string(harm) + " Go.");
    CHECK(run(with.review.add_note(with.rowan, item.id, "key 15", "")).error().code == errc::invalid);
    REQUIRE(run(with.review.add_note(with.rowan, item.id, "key 16", "We talked yesterday, and it went well."))
    );
    auto const opened = run(with.review.open(with.hazel, item.id, app::shown::reasons));
    CHECK(opened->history.posts == 1);
    CHECK(opened->history.decided[static_cast<std::size_t>(verdict::remove)] == 1);
    CHECK(opened->history.decided[static_cast<std::size_t>(verdict::keep)] == 0);
    REQUIRE(opened->history.notes.size() == 1);
    CHECK(opened->history.notes[0].by == "Rowan");
    CHECK(run(with.review.add_note(with.me, item.id, "key 17", "Hello.")).error().code == errc::not_found);
}

TEST_CASE("a day has a budget: past it nothing is handed out until the next day")
{
    domain::desk_rules rules;
    rules.day_budget = 3;
    desk_under_test with(rules);
    for (int count = 0; count < 3; ++count)
        with.held(std::string(harm) + " " + std::to_string(count));
    for (int count = 0; count < 2; ++count) {
        auto const handed = run(with.review.next(with.rowan));
        REQUIRE(handed->item);
        REQUIRE(run(with.review.open(with.rowan, handed->item->id)));
        REQUIRE(with.decide(with.rowan, with.item_of(with.rowan, handed->item->post), verdict::publish));
    }
    CHECK(run(with.review.day(with.rowan))->weight == 4);
    auto const none = run(with.review.next(with.rowan));
    CHECK_FALSE(none->item);
    CHECK(none->why_not == app::handed_out::pause::budget);
    CHECK(run(with.review.next(with.hazel))->item); // others go on
    with.time.advance(24h);
    CHECK(run(with.review.next(with.rowan))->item);
    CHECK(run(with.review.day(with.rowan))->weight == 0);
}

TEST_CASE("after a serious item of care a pause is offered, which one can end")
{
    desk_under_test with;
    auto const cry = with.reply(with.me, with.in, crisis);
    with.held();
    REQUIRE(with.decide(with.rowan, with.item_of(with.rowan, cry->post), verdict::keep));
    auto const pause = run(with.review.next(with.rowan));
    CHECK(pause->why_not == app::handed_out::pause::chosen);
    CHECK(pause->until == with.time.now() + 15min);
    REQUIRE(run(with.review.choose(with.rowan, std::nullopt, 0)));
    CHECK(run(with.review.next(with.rowan))->item);
}

TEST_CASE("what somebody would rather not read goes to others")
{
    desk_under_test with;
    auto const item = with.held();
    moderation::label_set insults;
    insults.add(moderation::label::harassment);
    REQUIRE(item.labels.has(moderation::label::harassment));
    REQUIRE(run(with.review.choose(with.rowan, insults, std::nullopt)));
    CHECK_FALSE(run(with.review.next(with.rowan))->item);
    CHECK(run(with.review.next(with.hazel))->item);
    REQUIRE(run(with.review.choose(with.rowan, moderation::label_set(), std::nullopt)));
    CHECK(run(with.review.day(with.rowan))->opt_outs.empty());
}

TEST_CASE("a heavy item goes first to whoever is there and carried less, while there is time")
{
    desk_under_test with;
    for (int count = 0; count < 6; ++count) {
        auto const item = with.held(std::string(harm) + ' ' + std::to_string(count));
        REQUIRE(run(with.review.open(with.rowan, item.id)));
        REQUIRE(with.decide(with.rowan, item, verdict::publish));
    }
    auto const light = with.held();
    REQUIRE(run(with.review.open(with.hazel, light.id)));
    REQUIRE(with.decide(with.hazel, light, verdict::publish));
    REQUIRE(with.reply(with.me, with.in, crisis));
    CHECK_FALSE(run(with.review.next(with.rowan))->item);
    CHECK(run(with.review.next(with.hazel))->item);
    with.time.advance(10min); // a quarter of its time is long over: it is never left waiting for fairness
    REQUIRE(run(with.review.pass_on(with.hazel, run(with.review.next(with.hazel))->item->id)));
    CHECK(run(with.review.next(with.rowan))->item);
}
