// A database comes to this build's schema in whole steps, or not at all.
#include "embedded/schema.hpp"
#include "server/base/failpoint.hpp"
#include "server/store/sqlite/migrate.hpp"
#include "tests/unit/store/store_under_test.hpp"

#include <catch2/catch.hpp>
#if defined(HOLDFAST_FAILPOINTS)
#include <fiu-control.h>
#endif

using namespace holdfast;
using namespace holdfast::tests;
using store::sqlite::connection;
using store::sqlite::open_mode;

namespace {
std::string const marked_as_ours = "PRAGMA application_id = 1213156420; ";

// As an older build left it, without the references that these tests have no use for.
void bring_to(connection& file, std::size_t version)
{
    std::size_t step = 0;
    for (auto const& [name, content] : embedded::schema()) {
        if (name.starts_with("sqlite/") && step++ < version) file.run(std::string(content));
    }
    file.run(marked_as_ours + "PRAGMA user_version = " + std::to_string(version));
    file.run("PRAGMA foreign_keys = OFF");
}

// A post of one thread, with these decisions on its first version.
void add_post(connection& file, int number, std::vector<std::string> const& outcomes)
{
    auto const post = "x'" + std::string(31, '0') + std::to_string(number) + "'";
    auto const any = std::string("zeroblob(16)");
    file.run(
        "INSERT INTO post (id, thread_id, circle_id, author_id, number, created_at) VALUES (" + post + ", " +
        any + ", " + any + ", " + any + ", " + std::to_string(number) +
        ", 1); INSERT INTO post_version (post_id, version, author_id, text_sealed, idempotency_key, "
        "body_hash, created_at) VALUES (" +
        post + ", 1, " + any + ", x'00', '" + std::to_string(number) + "', x'00', 1)"
    );
    for (std::size_t made = 1; made <= outcomes.size(); ++made) {
        file.run(
            "INSERT INTO decision (post_id, version, number, outcome, risk, risk_score, triage, labels, "
            "detail_sealed, policy, micros, created_at) VALUES (" +
            post + ", 1, " + std::to_string(made) + ", '" + outcomes[made - 1] +
            "', 0, 0.0, 'green', '', x'00', 'p/1', 1, 1)"
        );
    }
}
} // namespace

TEST_CASE("posts of an older file are counted as they were seen")
{
    folder const here;
    connection file(here / "older.db", open_mode::writer);
    bring_to(file, 16);
    add_post(file, 1, {"publish"});
    add_post(file, 2, {"fold"});
    add_post(file, 3, {"hold"});
    add_post(file, 4, {"hold", "publish"});
    add_post(file, 5, {"publish", "hold"});
    add_post(file, 6, {"publish"});
    file.run("UPDATE post SET removed_at = 2 WHERE number = 6");
    add_post(file, 7, {});
    CHECK(file.single("SELECT count(*) FROM visible_post") == 3);
    CHECK(migrate(file) == store::sqlite::newest_schema() - 16);
    CHECK(file.single("SELECT sum(number) FROM post WHERE counts = 1 AND removed_at IS NULL") == 1 + 2 + 4);
    CHECK(file.single("SELECT count(*) FROM visible_post") == 3);
}

TEST_CASE("a new file gets every step once, and is known as ours")
{
    folder const here;
    connection file(here / "new.db", open_mode::writer);
    CHECK(migrate(file) == store::sqlite::newest_schema());
    CHECK(file.single("PRAGMA user_version") == store::sqlite::newest_schema());
    CHECK(migrate(file) == 0);
}

TEST_CASE("a newer database and another program's are refused in plain words, and left as they are")
{
    folder const here;
    connection file(here / "other.db", open_mode::writer);
    file.run("PRAGMA user_version = 3");
    CHECK_THROWS_WITH(migrate(file), Catch::Contains("another program"));
    file.run(marked_as_ours + "PRAGMA user_version = 999");
    CHECK_THROWS_WITH(migrate(file), Catch::Contains("newer Holdfast"));
    CHECK(file.single("SELECT count(*) FROM sqlite_schema") == 0);
    CHECK(file.single("PRAGMA user_version") == 999);
}

TEST_CASE("a running server's database opens again and keeps what it has")
{
    store_under_test store;
    store.reopen();
    CHECK(store.visible_posts() == 1);
}

#if defined(HOLDFAST_FAILPOINTS)
TEST_CASE("a step that breaks leaves nothing half done, and works the next time")
{
    fiu_init(0);
    folder const here;
    connection file(here / "broken.db", open_mode::writer);
    fiu_enable("migrate/step", 1, nullptr, 0);
    CHECK_THROWS(migrate(file));
    fiu_disable("migrate/step");
    CHECK(file.single("PRAGMA user_version") == 0);
    CHECK(file.single("SELECT count(*) FROM sqlite_schema") == 0);
    CHECK_FALSE(file.in_transaction());
    CHECK(migrate(file) == store::sqlite::newest_schema());
}
#endif
