// What a host's shell can find out about a file, and copy from it.
#include "server/store/check.hpp"
#include "tests/unit/store/store_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;

namespace {
void add_audit(store_under_test& store, int count)
{
    for (int number = 0; number < count; ++number) {
        auto add = [&](store::write_tx& tx) -> result<void> {
            store::audit_entry entry{
                store.at,
                store.author,
                "post.submitted",
                store.circle,
                store.opening.text(),
                "{\"version\":1}"};
            if (number == 3) entry.concerns = store.author;
            tx.append_audit(entry);
            return result<void>();
        };
        REQUIRE(store.write(add));
    }
}

std::vector<std::string> problems_of(std::string const& file)
{
    return store::check_file(file, store::file_state::in_use);
}
} // namespace

TEST_CASE("a good file has nothing to say about it")
{
    store_under_test store;
    add_audit(store, 5);
    CHECK(problems_of(store.file()).empty());
}

TEST_CASE("an audit entry that was changed, cut out or swapped is noticed")
{
    store_under_test store;
    add_audit(store, 5);
    auto const found_after = [&](std::string const& meddling) {
        auto const file = store.by_hand(); // whoever has the file in hand takes the triggers away first
        file->run(
            "DROP TRIGGER audit_never_changes; DROP TRIGGER audit_never_shrinks; PRAGMA foreign_keys = OFF"
        );
        file->run("BEGIN; " + meddling + "; COMMIT");
        auto const problems = problems_of(store.file());
        REQUIRE_FALSE(problems.empty());
        return problems.back();
    };
    SECTION("changed")
    {
        CHECK_THAT(
            found_after("UPDATE audit SET action = 'x' WHERE number = 3"),
            Catch::Contains("changed at entry 3")
        );
    }
    SECTION("its time")
    {
        CHECK_THAT(
            found_after("UPDATE audit SET at = at + 1 WHERE number = 2"),
            Catch::Contains("changed at entry 2")
        );
    }
    SECTION("cut out")
    {
        CHECK_THAT(found_after("DELETE FROM audit WHERE number = 4"), Catch::Contains("gap before entry 5"));
    }
    SECTION("swapped")
    {
        CHECK_THAT(
            found_after("UPDATE audit SET number = -2 WHERE number = 2; UPDATE audit SET number = 2 WHERE "
                        "number = 3; "
                        "UPDATE audit SET number = 3 WHERE number = -2"),
            Catch::Contains("changed at entry 2")
        );
    }
    SECTION("the first byte of its hash")
    {
        CHECK_THAT(
            found_after("UPDATE audit SET hash = CAST(CASE WHEN substr(hash, 1, 1) = x'00' THEN x'01' ELSE "
                        "x'00' END || "
                        "substr(hash, 2) AS BLOB) WHERE number = 5"),
            Catch::Contains("changed at entry 5")
        );
    }
    SECTION("its end")
    {
        CHECK_THAT(found_after("DELETE FROM audit WHERE number > 3"), Catch::Contains("cut after entry 3"));
    }
    SECTION("all of it")
    {
        CHECK_THAT(found_after("DELETE FROM audit"), Catch::Contains("cut after entry 0"));
    }
    SECTION("the note of where it ends")
    {
        CHECK_THAT(found_after("DELETE FROM audit_head"), Catch::Contains("ends is missing"));
    }
    SECTION("whom it is shown to")
    {
        CHECK_THAT(
            found_after("DELETE FROM audit_concern"),
            Catch::Contains("Whom audit entry 4 concerns was changed")
        );
    }
    SECTION("closed up")
    {
        CHECK_THAT(
            found_after(
                "DELETE FROM audit WHERE number = 2; UPDATE audit SET number = number - 1 WHERE number > 2"
            ),
            Catch::Contains("changed at entry 2")
        );
    }
}

TEST_CASE("a log that was cut together with the note of its end shows against the witness beside the file")
{
    store_under_test store;
    add_audit(store, 5);
    store.reopen(); // the witness is written when the log is copied into the file
    CHECK(problems_of(store.file()).empty());
    add_audit(store, 2);
    CHECK(problems_of(store.file()).empty()); // it may be behind
    auto const file = store.by_hand();
    file->run(
        "DROP TRIGGER audit_never_shrinks; PRAGMA foreign_keys = OFF; BEGIN; DELETE FROM audit WHERE number "
        "> 2; "
        "DELETE FROM audit_concern; UPDATE audit_head SET number = 2, hash = (SELECT hash FROM audit WHERE "
        "number = 2); COMMIT"
    );
    auto const problems = problems_of(store.file());
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems.front(), Catch::Contains("not the one that was seen with entry"));
}

TEST_CASE("the schema lets nobody change or shorten the log by the way")
{
    store_under_test store;
    add_audit(store, 2);
    auto const file = store.by_hand();
    CHECK_THROWS_AS(file->run("UPDATE audit SET at = 0"), store::sqlite::sqlite_error);
    CHECK_THROWS_AS(file->run("DELETE FROM audit WHERE number = 2"), store::sqlite::sqlite_error);
}

TEST_CASE("a log without the note of its end goes on, and goes on telling that it is missing")
{
    store_under_test store;
    add_audit(store, 2);
    store.by_hand()->run("DELETE FROM audit_head");
    add_audit(store, 2);
    CHECK_FALSE(problems_of(store.file()).empty());
}

TEST_CASE("a reference to nothing is noticed")
{
    store_under_test store;
    auto const file = store.by_hand();
    file->run("PRAGMA foreign_keys = OFF; DELETE FROM thread");
    auto const problems = problems_of(store.file());
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems.front(), Catch::Contains("refer to rows that are missing"));
}

TEST_CASE("a file that is no database is told, not thrown")
{
    folder const here;
    std::ofstream(here / "junk") << std::string(8192, 'x');
    CHECK(problems_of(here / "junk").size() == 1);
    CHECK(problems_of(here / "nothing").size() == 1);
}

TEST_CASE("a copy is whole, also while somebody writes, and opens by itself")
{
    store_under_test store;
    add_audit(store, 3);
    auto add = [&](store::write_tx& tx) -> result<post_id> {
        return store.add_post(tx, "k", moderation::outcome::publish);
    };
    auto const kept = store.write(add);
    auto const copy = store.here / "copy.db";
    store::copy_file(store.file(), copy, store::file_state::in_use);
    CHECK_THROWS(store::copy_file(store.file(), copy, store::file_state::in_use)); // never over another file
    CHECK(problems_of(copy).empty());
    store::database_options options;
    options.file = copy;
    store::database copied(options);
    auto look = [&](store::read_tx& tx) -> result<bool> { return tx.visible_post(*kept).has_value(); };
    CHECK(*run(copied.read(look)));
}

TEST_CASE("a copy at rest is read without a trace: not a byte of it changes, and nothing is left beside it")
{
    store_under_test store;
    add_audit(store, 3);
    folder const here;
    auto const copy = here / "of 100%, #1?.db"; // a name that means something to SQLite
    store::copy_file(store.file(), copy, store::file_state::in_use);
    auto const of_a_stopped_server =
        GENERATE(false, true); // such a file asks for a log as soon as it is read
    if (of_a_stopped_server) {
        store::sqlite::connection served(copy, store::sqlite::open_mode::writer);
        REQUIRE(served.checkpoint(true));
    }
    auto const before = here.contents();
    REQUIRE(before.size() == 1);
    auto const at_rest = store::file_state::at_rest;
    CHECK(store::check_file(copy, at_rest).empty());
    store::copy_file(copy, store.here / "back.db", at_rest);
    CHECK(here.contents() == before);
    CHECK(problems_of(store.here / "back.db").empty());
    CHECK(store::check_file(here / "nothing.db", at_rest).size() == 1);
    CHECK(here.contents() == before);
}

TEST_CASE("a copy that was taken with its log is read with it, and stays as it is")
{
    using namespace store::sqlite;
    folder const here;
    {
        connection writing(here / "whole.db", open_mode::writer);
        writing.run("CREATE TABLE said (what TEXT) STRICT; INSERT INTO said VALUES ('in the log')");
        for (auto const* ending : {".db", ".db-wal"})
            std::filesystem::copy_file(
                here / ("whole" + std::string(ending)), here / ("taken" + std::string(ending))
            );
    }
    auto const taken = [&] {
        auto all = here.contents();
        return std::pair(all["taken.db"], all["taken.db-wal"]);
    };
    auto const before = taken();
    store::copy_file(here / "taken.db", here / "back.db", store::file_state::at_rest);
    CHECK(connection(here / "back.db", open_mode::reader).single("SELECT count(*) FROM said") == 1);
    CHECK(taken() == before);
}
