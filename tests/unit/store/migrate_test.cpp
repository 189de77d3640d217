// A database comes to this build's schema in whole steps, or not at all.
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
    file.run("PRAGMA application_id = 1213156420; PRAGMA user_version = 999");
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
