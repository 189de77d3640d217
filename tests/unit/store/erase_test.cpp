// Erasing an account destroys its key: in the tables at once, in every file as soon as nobody reads any more.
#include "tests/unit/store/store_under_test.hpp"

#include <catch2/catch.hpp>

#include <thread>

using namespace holdfast;
using namespace holdfast::tests;

namespace {
std::string const wrapped = "a wrapped key that must not be found again";

account_id somebody(store_under_test& store)
{
    auto const id = account_id::random();
    auto add = [&](store::write_tx& tx) -> result<void> {
        store.add_author(tx, id, wrapped);
        return result<void>();
    };
    REQUIRE(store.write(add));
    return id;
}

void erase(store_under_test& store, account_id const& id)
{
    auto shred = [&](store::write_tx& tx) -> result<void> {
        tx.erase_account(id, store.at);
        return result<void>();
    };
    REQUIRE(store.write(shred));
}

void wait_until_gone(store_under_test& store)
{
    auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (store.here.holds(wrapped) && std::chrono::steady_clock::now() < limit)
        std::this_thread::yield();
    CHECK_FALSE(store.here.holds(wrapped));
}
} // namespace

TEST_CASE("a destroyed key is in no file any more")
{
    store_under_test store;
    auto const id = somebody(store);
    CHECK(store.here.holds(wrapped));
    erase(store, id);
    wait_until_gone(store);
    auto look = [&](store::read_tx& tx) -> result<bool> {
        return tx.wrapped_key(store::key_kind::author, id.text()).has_value();
    };
    CHECK(*store.read(look) == false);
}

TEST_CASE("a long read elsewhere delays that, does not hold up writing, and is not forgotten")
{
    store_under_test store;
    auto const id = somebody(store);
    auto const reader = store.by_hand();
    reader->run("BEGIN");
    reader->single("SELECT count(*) FROM wrapped_key");
    erase(store, id);
    auto const start = std::chrono::steady_clock::now();
    auto nothing = [](store::write_tx&) -> result<void> { return result<void>(); };
    for (int count = 0; count < 5; ++count)
        REQUIRE(store.write(nothing));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
    CHECK(store.here.holds(wrapped));
    reader->run("COMMIT");
    wait_until_gone(store); // though nothing more is written
}

TEST_CASE("after a crash between the erasure and its checkpoint the next start finishes it")
{
    store_under_test store;
    auto const id = somebody(store);
    {
        auto const file = store.by_hand(); // commits as the writer does, and checkpoints nothing
        file->run("BEGIN; DELETE FROM wrapped_key WHERE owner = x'" + id.text() + "'; COMMIT");
    }
    CHECK(store.here.holds(wrapped));
    store.reopen();
    wait_until_gone(store);
}

TEST_CASE("everything of an erased account that others could see or tell is gone")
{
    store_under_test store;
    auto sign_in = [&](store::write_tx& tx) -> result<void> {
        tx.add_session({session_id::random(), store.author, store.at, store.at}, store::hash256{});
        return result<void>();
    };
    REQUIRE(store.write(sign_in));
    erase(store, store.author);
    auto look = [&](store::read_tx& tx) -> result<void> {
        CHECK(tx.account(store.author)->erased);
        CHECK(tx.account(store.author)->nickname.empty());
        CHECK(tx.sessions_of(store.author).empty());
        CHECK(tx.memberships_of(store.author).empty());
        CHECK_FALSE(tx.visible_post(store.opening));
        CHECK_FALSE(tx.thread(store.thread));
        CHECK(tx.version(store.opening, 1)->text.empty());
        CHECK(tx.decisions_on(store.opening, 1).front().detail.empty());
        return result<void>();
    };
    CHECK(store.read(look));
}
