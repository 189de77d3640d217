// The record: a lead sees all that was done, a member all that was read of theirs, nobody sees a word.
#include "server/app/desk/audit_log.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;

namespace {
struct desk : services_under_test {
    app::audit_log record{database, vault, time};
    app::signed_in lead = services_under_test::lead("Juniper");
    circle_id circle = services_under_test::circle(lead);
    app::signed_in author = join("Maple");
    domain::principal_ptr me = enter(author, circle);
    thread_id in = thread(me, circle, calm).thread;

    app::audit_page all(store::audit_filter const& wanted, std::size_t limit = 1000)
    {
        auto const found = run(record.entries(again(lead), wanted, std::nullopt, limit));
        REQUIRE(found);
        return *found;
    }
};
} // namespace

TEST_CASE("a member sees who read a held text of theirs, and what was decided; others don't")
{
    desk with;
    auto const sent = with.reply(with.me, with.in, harm);
    CHECK(run(with.record.about(with.me, std::nullopt, 10))->entries.empty());
    auto const judge = with.again(with.lead);
    auto const item = with.item_of(judge, sent->post);
    with.time.advance(1min);
    REQUIRE(run(with.review.open(judge, item.id)));
    REQUIRE(with.decide(judge, item, domain::verdict::publish));
    auto const mine = run(with.record.about(with.me, std::nullopt, 10));
    REQUIRE(mine);
    REQUIRE(mine->entries.size() == 2);
    CHECK(mine->entries[0].entry.action == "post.decided");
    CHECK(mine->entries[1].entry.action == "private.read");
    CHECK(mine->entries[1].entry.object == sent->post.text());
    CHECK(mine->entries[1].entry.at == with.time.now());
    auto const other = with.join("Wren");
    CHECK(run(with.record.about(with.again(other), std::nullopt, 10))->entries.empty());
}

TEST_CASE("reading what somebody wrote to join a circle is on record too")
{
    desk with;
    auto const small = with.services_under_test::circle(with.lead, {{}, domain::entry_mode::apply});
    auto const other = with.join("Wren");
    REQUIRE(run(with.members.join(with.again(other), small, 1, "I would like to listen.")));
    REQUIRE(run(with.members.applications(with.again(with.lead), small)));
    auto const theirs = run(with.record.about(with.again(other), std::nullopt, 10));
    REQUIRE(theirs->entries.size() == 1);
    CHECK(theirs->entries[0].entry.action == "application.read");
}

TEST_CASE("a lead filters by action, person, circle, thing and day, and pages without gap or repeat")
{
    desk with;
    for (int count = 0; count < 5; ++count)
        REQUIRE(with.reply(with.me, with.in, calm));
    auto const before = with.time.now();
    with.time.advance(24h);
    auto const sent = with.reply(with.me, with.in, harm);
    store::audit_filter wanted;
    wanted.action = "post.";
    CHECK(with.all(wanted).entries.size() == 7);
    wanted.from = before + 1h;
    CHECK(with.all(wanted).entries.size() == 1);
    wanted = {};
    wanted.until = before + 1h;
    wanted.action = "post.";
    CHECK(with.all(wanted).entries.size() == 6);
    wanted = {};
    wanted.object = sent->post.text();
    CHECK(with.all(wanted).entries.size() == 1);
    wanted = {};
    wanted.actor = with.author.who->account;
    auto const theirs = with.all(wanted);
    CHECK(theirs.names.at(with.author.who->account) == "Maple");
    wanted = {};
    wanted.circle = circle_id::random();
    CHECK(with.all(wanted).entries.empty());

    auto const whole = with.all({});
    std::vector<std::int64_t> numbers;
    std::optional<std::int64_t> at;
    do {
        auto const page = run(with.record.entries(with.again(with.lead), {}, at, 3));
        for (auto const& row : page->entries)
            numbers.push_back(row.number);
        at = page->next;
    } while (at);
    CHECK(numbers.size() == whole.entries.size());
    CHECK(std::is_sorted(numbers.rbegin(), numbers.rend()));
}

TEST_CASE("only a lead reads the record; a copy of it is on record itself, and holds no words")
{
    desk with;
    REQUIRE(with.reply(with.me, with.in, harm));
    CHECK(run(with.record.entries(with.me, {}, std::nullopt, 10)).error().code == errc::not_found);
    CHECK(run(with.record.csv(with.me, {})).error().code == errc::not_found);
    auto const copy = run(with.record.csv(with.again(with.lead), {}));
    REQUIRE(copy);
    CHECK_THAT(*copy, Catch::StartsWith("number,at,actor,action,circle,object,detail\r\n"));
    CHECK_THAT(*copy, Catch::Contains("audit.exported"));
    CHECK_THAT(*copy, Catch::Contains("\"{\"\"version\"\":1,"));
    CHECK_THAT(*copy, !Catch::Contains("pathetic"));
    CHECK_THAT(*copy, !Catch::Contains("Maple"));
}
