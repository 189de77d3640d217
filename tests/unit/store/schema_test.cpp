// What the schema itself promises, whatever the program does wrong.
#include "tests/unit/store/store_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using moderation::outcome;
using store::sqlite::sqlite_error;

namespace {
std::string blob_of(post_id const& id)
{
    return "x'" + id.text() + "'";
}

// A version written by hand, with all that a bug could set, but without a decision.
post_id written_by_hand(store_under_test& store, store::sqlite::connection& file)
{
    auto const id = post_id::random();
    file.run(
        "BEGIN; INSERT INTO post (id, thread_id, circle_id, author_id, number, shown_version, created_at) "
        "SELECT " +
        blob_of(id) + ", thread_id, circle_id, author_id, 500, 1, created_at FROM post WHERE id = " +
        blob_of(store.opening) +
        "; INSERT INTO post_version (post_id, version, author_id, text_sealed, idempotency_key, body_hash, "
        "created_at) SELECT " +
        blob_of(id) +
        ", 1, author_id, text_sealed, 'by-hand', body_hash, created_at FROM post_version WHERE post_id = " +
        blob_of(store.opening) + "; COMMIT"
    );
    return id;
}

// One more decision on a version, of the same shape as the first one on the post.
void decide(store_under_test& store, post_id const& post, int version, int number, outcome what)
{
    auto add = [&](store::write_tx& tx) -> result<void> {
        auto row = tx.decisions_on(post, 1).front();
        row.version = version;
        row.number = number;
        row.outcome = what;
        tx.add_decision(row);
        return result<void>();
    };
    REQUIRE(store.write(add));
}
} // namespace

TEST_CASE("a version without a decision is seen by nobody, whatever its row says")
{
    store_under_test store;
    auto const file = store.by_hand();
    auto const id = written_by_hand(store, *file);
    auto look = [&](store::read_tx& tx) -> result<void> {
        CHECK_FALSE(tx.visible_post(id));
        CHECK(tx.posts_after(store.thread, 0, 100).size() == 1);
        CHECK(tx.posts_before(store.thread, 1000, 100).size() == 1);
        CHECK(tx.thread(store.thread)->visible_posts == 1);
        CHECK(tx.post(id).has_value());
        CHECK_FALSE(tx.post(id)->visible_version);
        return result<void>();
    };
    CHECK(store.read(look));
    CHECK(file->single("SELECT state = 'pending' FROM post_state WHERE id = '" + id.text() + "'") == 1);
}

TEST_CASE("a version can't point to a decision that isn't there")
{
    store_under_test store;
    auto const file = store.by_hand();
    auto const id = written_by_hand(store, *file);
    CHECK_THROWS_AS(
        file->run("UPDATE post_version SET decision_number = 1 WHERE post_id = " + blob_of(id)), sqlite_error
    );
    CHECK_THROWS_AS(
        file->run("UPDATE post_version SET decision_number = 7 WHERE post_id = " + blob_of(store.opening)),
        sqlite_error
    );
}

TEST_CASE(
    "a version that names a decision which isn't there is seen by nobody, also where keys aren't checked"
)
{
    store_under_test store;
    auto const file = store.by_hand();
    auto const id = written_by_hand(store, *file);
    file->run(
        "PRAGMA foreign_keys = OFF; UPDATE post_version SET decision_number = 1 WHERE post_id = " +
        blob_of(id)
    );
    CHECK(store.visible_posts() == 1);
    CHECK(file->single("SELECT state = 'pending' FROM post_state WHERE id = '" + id.text() + "'") == 1);
}

TEST_CASE("a version that is written without its decision fails the whole transaction")
{
    store_under_test store;
    auto forget = [&](store::write_tx& tx) -> result<void> {
        tx.add_version({store.opening, 2, store.author, {"sealed"}, "forgotten", store::hash256{}, store.at});
        return result<void>();
    };
    CHECK_FALSE(store.write(forget));
    CHECK(store.visible_posts() == 1);
}

TEST_CASE("only decisions to publish or fold let a version through; the newest one counts")
{
    store_under_test store;
    for (auto const one : {outcome::publish, outcome::fold, outcome::hold, outcome::give_back}) {
        auto const before = store.visible_posts();
        auto add = [&](store::write_tx& tx) -> result<post_id> {
            return store.add_post(tx, std::string(moderation::name_of(one)), one);
        };
        auto const id = store.write(add);
        REQUIRE(id);
        auto const lets_through = one == outcome::publish || one == outcome::fold;
        CHECK(store.visible_posts() - before == (lets_through ? 1 : 0));
        decide(store, *id, 1, 2, lets_through ? outcome::hold : outcome::publish);
        CHECK(store.visible_posts() - before == (lets_through ? 0 : 1));
    }
}

TEST_CASE(
    "an edit that is held leaves the version before it standing; one that comes late never hides a newer one"
)
{
    store_under_test store;
    auto add_version = [&](int version, outcome what) {
        auto add = [&store, version, what](store::write_tx& tx) -> result<void> {
            tx.add_version(
                {store.opening,
                 version,
                 store.author,
                 {"sealed"},
                 "v" + std::to_string(version),
                 store::hash256{},
                 store.at}
            );
            auto row = tx.decisions_on(store.opening, 1).front();
            row.version = version;
            row.outcome = what;
            tx.add_decision(row);
            return result<void>();
        };
        REQUIRE(store.write(add));
        CHECK(store.visible_posts() == 1);
    };
    auto shown = [&] {
        auto look = [&](store::read_tx& tx) -> result<int> {
            return tx.visible_post(store.opening)->version;
        };
        return *store.read(look);
    };
    add_version(2, outcome::hold);
    CHECK(shown() == 1);
    add_version(3, outcome::publish);
    CHECK(shown() == 3);
    decide(store, store.opening, 2, 2, outcome::publish); // late
    CHECK(shown() == 3);
    CHECK(store.visible_posts() == 1);
}

TEST_CASE("what its author takes down is neither seen nor counted, whatever is decided on it later")
{
    store_under_test store;
    auto add = [&](store::write_tx& tx) -> result<post_id> {
        return store.add_post(tx, "another", outcome::publish);
    };
    auto const id = store.write(add);
    REQUIRE(id);
    CHECK(store.visible_posts() == 2);
    auto take_down = [&](store::write_tx& tx) -> result<bool> { return tx.remove_post(*id, store.at); };
    REQUIRE(store.write(take_down));
    CHECK(store.visible_posts() == 1);
    for (auto const& [number, what] : {std::pair(2, outcome::hold), std::pair(3, outcome::publish)}) {
        decide(store, *id, 1, number, what);
        CHECK(store.visible_posts() == 1);
    }
}

TEST_CASE("tables are strict and references hold")
{
    store_under_test store;
    auto const file = store.by_hand();
    CHECK_THROWS_AS(file->run("UPDATE account SET created_at = 'yesterday'"), sqlite_error);
    CHECK_THROWS_AS(file->run("UPDATE post_version SET text_sealed = 'plain words'"), sqlite_error);
    CHECK_THROWS_AS(
        file->run("INSERT INTO membership VALUES (randomblob(16), randomblob(16), 'member', 1, 1)"),
        sqlite_error
    );
    CHECK_THROWS_AS(file->run("UPDATE decision SET outcome = 'visible'"), sqlite_error);
    CHECK(file->single("PRAGMA foreign_keys") == 1);
    CHECK(file->single("PRAGMA synchronous") == 2);
    CHECK(file->single("PRAGMA secure_delete") == 1);
    CHECK(file->single("PRAGMA wal_autocheckpoint") == 0);
    CHECK(
        file->single("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND "
                     "NOT strict AND name NOT LIKE 'sqlite%'") == 0
    );
}

TEST_CASE("threads page by their place without gap or repeat, also when many were active in the same moment")
{
    store_under_test store;
    auto add = [&](store::write_tx& tx) -> result<void> {
        for (int count = 0; count < 10; ++count) {
            auto const thread = thread_id::random();
            auto const opening = post_id::random();
            tx.add_thread(thread, store.circle, opening, store.at);
            tx.add_post({opening, thread, store.circle, store.author, 0, std::nullopt, store.at, false});
            tx.add_version({opening, 1, store.author, {"sealed"}, opening.text(), store::hash256{}, store.at}
            );
            auto row = tx.decisions_on(store.opening, 1).front();
            row.post = opening;
            tx.add_decision(row);
        }
        return result<void>();
    };
    REQUIRE(store.write(add));
    std::vector<thread_id> seen;
    auto page_through = [&](store::read_tx& tx) -> result<void> {
        std::optional<domain::thread_place> before;
        for (auto page = tx.threads_of(store.circle, before, 4); !page.empty();
             page = tx.threads_of(store.circle, before, 4)) {
            for (auto const& row : page)
                seen.push_back(row.id);
            before = domain::thread_place{page.back().active_at, page.back().id};
        }
        return result<void>();
    };
    REQUIRE(store.read(page_through));
    CHECK(seen.size() == 11);
    std::sort(seen.begin(), seen.end());
    CHECK(std::unique(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE(
    "what came into the care lane stays there, and nobody returns its text, whatever the program does wrong"
)
{
    store_under_test store;
    auto const add = [&](store::write_tx& tx) -> result<post_id> {
        return store.add_post(tx, "cry", outcome::hold);
    };
    auto const id = store.write(add);
    REQUIRE(id);
    auto const file = store.by_hand();
    auto const item =
        "INSERT INTO review_item (id, circle_id, lane, post_id, version, triage, state, created_at, "
        "due_at) SELECT randomblob(16), circle_id, 'care', id, 1, 'crisis', 'waiting', 1000, 301000 "
        "FROM post WHERE id = " +
        blob_of(*id);
    file->run(item);
    CHECK(file->single("SELECT clock_ms FROM alarm") == 300'000);
    CHECK(file->single("SELECT next_at FROM alarm") == 1000);
    CHECK_THROWS_AS(file->run("UPDATE review_item SET lane = 'harm'"), sqlite_error);
    auto const give_back = [&](char const* triage) {
        return "INSERT INTO decision (post_id, version, number, outcome, risk, risk_score, triage, labels, "
               "detail_sealed, policy, micros, created_at) VALUES (" +
               blob_of(*id) + ", 1, 2, 'return', 0, 0, '" + triage + "', '', x'', 'x/1', 0, 1)";
    };
    CHECK_THROWS_AS(file->run(give_back("green")), sqlite_error);
    CHECK_THROWS_AS(file->run(give_back("red")), sqlite_error);
}

TEST_CASE("nothing of a shared story is in what a circle reads, whatever asks for it")
{
    store_under_test store;
    auto share = [&](store::write_tx& tx) -> result<void> {
        store::share_row row;
        row.id = store.opening;
        row.thread = store.thread;
        row.circle = store.circle;
        row.owner = store.author;
        row.audience = domain::share_audience::circle;
        row.source = {"sealed"};
        row.created_at = store.at;
        tx.add_share(row, {});
        return result<void>();
    };
    CHECK(store.visible_posts() == 1);
    REQUIRE(store.write(share));
    CHECK(store.visible_posts() == 0);
    auto look = [&](store::read_tx& tx) -> result<void> {
        CHECK_FALSE(tx.visible_post(store.opening));
        CHECK_FALSE(tx.thread(store.thread));
        CHECK(tx.posts_after(store.thread, 0, 10).empty());
        CHECK(tx.let_through_post(store.opening));
        return result<void>();
    };
    CHECK(store.read(look));
    auto const file = store.by_hand();
    CHECK(
        file->single("SELECT state = 'visible' FROM post_state WHERE id = '" + store.opening.text() + "'") ==
        1
    );
    CHECK_THROWS_AS(file->run("UPDATE share SET audience = 'everybody'"), sqlite_error);
    CHECK_THROWS_AS(file->run("UPDATE share SET audience = 'link'"), sqlite_error);
}
