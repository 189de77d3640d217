// A real SQLite file in a folder of its own, with one circle, one author and one thread in it. What is sealed
// is any bytes here: the store never looks inside.
#pragma once
#include "server/store/database.hpp"
#include "server/store/sqlite/connection.hpp"
#include "tests/unit/support/folder.hpp"
#include "tests/unit/support/run.hpp"

#include <memory>

namespace holdfast::tests {

struct store_under_test {
    folder here;
    std::unique_ptr<store::database> database;
    account_id author = account_id::random();
    circle_id circle = circle_id::random();
    thread_id thread = thread_id::random();
    post_id opening = post_id::random();
    timestamp at{std::chrono::milliseconds(1'700'000'000'000)};

    store_under_test();
    std::string file() const { return here / "holdfast.db"; }
    void reopen(); // as after a restart

    template <class F>
    auto write(F work)
    {
        return run(database->write(std::move(work)));
    }
    template <class F>
    auto read(F work)
    {
        return run(database->read(std::move(work)));
    }
    // A second connection, as somebody with the file in hand.
    std::unique_ptr<store::sqlite::connection> by_hand() const;

    void add_author(store::write_tx& tx, account_id const& id, std::string const& wrapped_key) const;
    post_id add_post(store::write_tx& tx, std::string const& key, moderation::outcome outcome) const;
    std::size_t visible_posts();
};

} // namespace holdfast::tests
