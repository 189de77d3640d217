// One writer: what waits is committed together, in the order it came, each piece of work for itself.
#include "server/base/failpoint.hpp"
#include "tests/unit/store/store_under_test.hpp"

#include <catch2/catch.hpp>
#if defined(HOLDFAST_FAILPOINTS)
#include <fiu-control.h>
#endif

#include <array>
#include <atomic>
#include <future>

using namespace holdfast;
using namespace holdfast::tests;
using moderation::outcome;

namespace {
using ids = std::vector<std::optional<result<post_id>>>;

// Work that all waits while one piece keeps the writer busy.
template <class Make>
ids grouped(store_under_test& store, std::size_t count, Make make)
{
    std::promise<void> begun;
    auto block = [&store, &begun, count](store::write_tx&) -> result<void> {
        begun.set_value();
        while (store.database->load().writes_waiting < count)
            std::this_thread::yield();
        return result<void>();
    };
    auto const blocking = std::async(std::launch::async, [&] { return store.write(block).has_value(); });
    begun.get_future().wait(); // from here on nothing can slip into the group of the piece that blocks
    std::vector<task<result<post_id>>> works;
    for (std::size_t at = 0; at < count; ++at)
        works.push_back(store.database->write(make(at)));
    return run_together(std::move(works));
}

std::vector<post_id> events(store_under_test& store)
{
    auto read = [](store::read_tx& tx) -> result<std::vector<post_id>> {
        std::vector<post_id> made;
        for (auto const& event : tx.events_after(0, 1000))
            made.push_back(*event.post);
        return made;
    };
    return *store.read(read);
}
} // namespace

TEST_CASE("what waits together is committed together, in the order it came")
{
    store_under_test store;
    auto const commits_before = store.database->load().commits;
    auto const made = grouped(store, 50, [&](std::size_t at) {
        return [&store, at](store::write_tx& tx) -> result<post_id> {
            return store.add_post(tx, "k" + std::to_string(at), outcome::publish);
        };
    });
    std::vector<post_id> order;
    for (auto const& one : made)
        order.push_back(**one);
    CHECK(events(store) == order);
    CHECK(store.database->load().commits - commits_before == 2);
    auto numbers = [&](store::read_tx& tx) -> result<void> {
        for (std::size_t at = 0; at < order.size(); ++at)
            CHECK(tx.post(order[at])->number == static_cast<int>(at) + 2);
        return result<void>();
    };
    CHECK(store.read(numbers));
}

TEST_CASE("work that is refused, throws or breaks a rule undoes itself and nothing else of its group")
{
    store_under_test store;
    auto const made = grouped(store, 9, [&](std::size_t at) {
        return [&store, at](store::write_tx& tx) -> result<post_id> {
            auto const id = store.add_post(tx, "k" + std::to_string(at), outcome::publish);
            if (at % 3 == 0) return id;
            if (at == 1) return errc::conflict;
            if (at == 2) throw std::runtime_error("the unexpected");
            if (at == 4) store.add_post(tx, "k" + std::to_string(at), outcome::publish); // the same key twice
            return errc::not_found;
        };
    });
    std::vector<post_id> kept;
    for (std::size_t at = 0; at < made.size(); ++at) {
        if (at % 3 == 0) kept.push_back(**made[at]);
    }
    CHECK(made[1]->error().code == errc::conflict);
    CHECK(made[2]->error().code == errc::storage_failed);
    CHECK(made[4]->error().code == errc::internal);
    CHECK(made[5]->error().code == errc::not_found);
    CHECK(events(store) == kept);
    CHECK(store.visible_posts() == 1 + kept.size());
    store.reopen();
    CHECK(store.visible_posts() == 1 + kept.size());
}

TEST_CASE("who refuses before writing costs the group nothing; who refuses after it, is undone and the rest "
          "run again")
{
    for (bool const writes_first : {false, true}) {
        store_under_test store;
        std::array<std::atomic<int>, 6> runs{};
        auto const made = grouped(store, runs.size(), [&](std::size_t at) {
            return [&store, &runs, at, writes_first](store::write_tx& tx) -> result<post_id> {
                ++runs[at];
                if (at == 2 && !writes_first) return errc::conflict;
                auto const id = store.add_post(tx, "k" + std::to_string(at), outcome::publish);
                if (at == 2) return errc::conflict;
                return id;
            };
        });
        std::vector<post_id> kept;
        for (std::size_t at = 0; at < made.size(); ++at) {
            CHECK(runs[at] == (writes_first && at < 2 ? 2 : 1));
            if (at != 2) kept.push_back(**made[at]);
        }
        CHECK(made[2]->error().code == errc::conflict);
        CHECK(events(store) == kept);
    }
}

TEST_CASE("more than may wait is refused at once, and nothing of it is kept")
{
    store_under_test store;
    std::promise<void> open;
    auto opened = open.get_future().share();
    std::vector<task<result<void>>> works;
    auto block = [opened](store::write_tx&) -> result<void> {
        opened.wait();
        return result<void>();
    };
    auto refused = std::make_shared<std::atomic<int>>(0);
    auto count_refusal = [refused, &open](task<result<void>> work) -> task<result<void>> {
        auto const made = co_await std::move(work);
        if (!made && made.error().code == errc::overloaded && refused->fetch_add(1) == 0) open.set_value();
        co_return made;
    };
    auto nothing = [](store::write_tx&) -> result<void> { return result<void>(); };
    works.push_back(store.database->write(block));
    for (std::size_t count = 0; count < limits::write_queue_max + limits::write_batch_max + 1; ++count) {
        works.push_back(count_refusal(store.database->write(nothing)));
    }
    run_together(std::move(works));
    CHECK(*refused > 0);
}

TEST_CASE("reading sees one moment, and can't write")
{
    store_under_test store;
    auto look = [&](store::read_tx& tx) -> result<void> {
        CHECK(tx.posts_after(store.thread, 0, 100).size() == 1);
        store.by_hand()->run("UPDATE post SET removed_at = 1");
        CHECK(tx.posts_after(store.thread, 0, 100).size() == 1);
        return result<void>();
    };
    CHECK(store.read(look));
    CHECK(store.visible_posts() == 0);
    auto meddle = [&](store::read_tx& tx) -> result<bool> {
        return dynamic_cast<store::write_tx&>(tx).end_membership(store.circle, store.author);
    };
    auto const meddled = store.read(meddle);
    REQUIRE_FALSE(meddled);
    CHECK(meddled.error().code == errc::internal);
    CHECK(store.visible_posts() == 0);
}

TEST_CASE("a commit that appended events is announced, after it can be read; one without is not")
{
    store_under_test store;
    std::atomic<int> told = 0;
    store.database->on_commit([&] { ++told; });
    auto quiet = [](store::write_tx&) -> result<void> { return result<void>(); };
    REQUIRE(store.write(quiet));
    auto add = [&](store::write_tx& tx) -> result<post_id> {
        return store.add_post(tx, "k", outcome::publish);
    };
    REQUIRE(store.write(add));
    REQUIRE(store.write(quiet)); // the writer tells before it takes the next group
    CHECK(told == 1);
}

TEST_CASE("whoever no longer listens for commits is told nothing more, so that it may go")
{
    store_under_test store;
    std::promise<void> begun;
    std::atomic<bool> goes_on = false;
    std::atomic<int> told = 0;
    store.database->on_commit([&] {
        if (++told == 1) begun.set_value();
        while (!goes_on)
            std::this_thread::yield();
    });
    auto add = [&](char const* key) {
        auto write = [&store, key](store::write_tx& tx) -> result<post_id> {
            return store.add_post(tx, key, outcome::publish);
        };
        return store.write(write).has_value();
    };
    auto const first = std::async(std::launch::async, [&] { return add("first"); });
    begun.get_future().wait();
    auto const second = std::async(std::launch::async, [&] { return add("second"); });
    std::atomic<bool> is_gone = false;
    auto const leaving = std::async(std::launch::async, [&] {
        store.database->on_commit({});
        is_gone = true;
    });
    CHECK_FALSE(is_gone); // while it is being told
    goes_on = true;
    leaving.wait();
    auto const told_by_then = told.load();
    second.wait();
    CHECK(add("third"));
    CHECK(told == told_by_then);
}

#if defined(HOLDFAST_FAILPOINTS)
TEST_CASE("a failure before the commit takes nothing and says so")
{
    store_under_test store;
    fiu_init(0);
    fiu_enable("store/before_commit", 1, nullptr, 0);
    auto add = [&](store::write_tx& tx) -> result<post_id> {
        return store.add_post(tx, "k", outcome::publish);
    };
    auto const failed = store.write(add);
    fiu_disable("store/before_commit");
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == errc::storage_failed);
    CHECK(store.visible_posts() == 1);
    CHECK(store.write(add));
    CHECK(store.visible_posts() == 2);
}
#endif
