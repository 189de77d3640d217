// The ceiling of writing: writers that each wait for their own row set to be on the disk, and one thread that
// commits whatever waits as one group (WAL, synchronous=FULL), into plain tables without keys, indices or
// checks. A set is as many rows, each of the same size, as Holdfast's transaction for one post inserts; both
// are read from a database of Holdfast's. Prints posts a second, their time, p50 and p99, in ms, and the
// processor time for each, in seconds.
#include <CLI/CLI.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <iostream>
#include <memory>
#include <mutex>
#include <random>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace {
using steady = std::chrono::steady_clock;

class sqlite {
  public:
    explicit sqlite(std::string const& file)
    {
        if (sqlite3_open(file.c_str(), &database_) != SQLITE_OK)
            throw std::runtime_error("can't open " + file);
    }
    ~sqlite() { sqlite3_close(database_); }
    sqlite(sqlite const&) = delete;
    sqlite& operator=(sqlite const&) = delete;

    void run(std::string const& sql)
    {
        if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
    }
    sqlite3_stmt* prepare(std::string const& sql)
    {
        sqlite3_stmt* made = nullptr;
        if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &made, nullptr) != SQLITE_OK) fail();
        return made;
    }

  private:
    [[noreturn]] void fail() { throw std::runtime_error(sqlite3_errmsg(database_)); }
    sqlite3* database_ = nullptr;
};

// Bytes of content in one row of each table, on average.
std::vector<std::size_t> row_sizes(std::string const& file)
{
    sqlite database(file);
    std::vector<std::size_t> made;
    for (std::string const table : {"post", "post_version", "decision", "audit", "event"}) {
        auto* const rows = database.prepare("SELECT * FROM " + table + " ORDER BY rowid DESC LIMIT 2000");
        std::size_t bytes = 0;
        std::size_t count = 0;
        for (; sqlite3_step(rows) == SQLITE_ROW; ++count) {
            for (int column = 0; column < sqlite3_column_count(rows); ++column) {
                auto const is_number = sqlite3_column_type(rows, column) == SQLITE_INTEGER;
                bytes += is_number ? 6 : static_cast<std::size_t>(sqlite3_column_bytes(rows, column));
            }
        }
        sqlite3_finalize(rows);
        if (count == 0) throw std::runtime_error("no rows in " + table);
        made.push_back(bytes / count);
    }
    return made;
}

// Inserts the rows of one post, inside a transaction that is open.
class row_set {
  public:
    virtual ~row_set() = default;
    virtual void insert() = 0;
};

class plain_rows final : public row_set {
  public:
    plain_rows(sqlite& database, std::vector<std::size_t> const& sizes)
    {
        for (auto const size : sizes) {
            auto const table = "t" + std::to_string(inserts_.size());
            database.run("CREATE TABLE " + table + " (content BLOB)");
            auto* const insert = database.prepare("INSERT INTO " + table + " VALUES (?)");
            std::string const content(size, 'x');
            sqlite3_bind_blob64(insert, 1, content.data(), size, SQLITE_TRANSIENT);
            inserts_.push_back(insert);
        }
    }
    ~plain_rows() override
    {
        for (auto* const insert : inserts_)
            sqlite3_finalize(insert);
    }
    plain_rows(plain_rows const&) = delete;
    plain_rows& operator=(plain_rows const&) = delete;

    void insert() override
    {
        for (auto* const insert : inserts_) {
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
    }

  private:
    std::vector<sqlite3_stmt*> inserts_;
};

// The newest post's rows again, each time as another post of its thread.
class keyed_rows final : public row_set {
  public:
    explicit keyed_rows(sqlite& database)
    {
        database.run("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -32768");
        database.run("CREATE TEMP TABLE sample AS SELECT id, "
                     "(SELECT max(number) FROM audit WHERE action = 'post.submitted') AS entry, "
                     "(SELECT max(number) FROM event WHERE type = 'post.published') AS event "
                     "FROM visible_post ORDER BY post_row DESC LIMIT 1");
        for (std::string const sql :
             {"INSERT INTO post (id, thread_id, circle_id, author_id, number, shown_version, created_at) "
              "SELECT ?1, thread_id, circle_id, author_id, 1000000 + ?2, 1, created_at "
              "FROM post WHERE id = (SELECT id FROM sample)",
              "INSERT INTO post_version (post_id, version, author_id, text_sealed, decision_number, "
              "idempotency_key, body_hash, created_at) SELECT ?1, 1, author_id, text_sealed, 1, 'another ' "
              "|| ?2, "
              "body_hash, "
              "created_at FROM post_version WHERE post_id = (SELECT id FROM sample)",
              "INSERT INTO decision (post_id, version, number, outcome, risk, risk_score, triage, labels, "
              "detail_sealed, policy, micros, created_at) SELECT ?1, 1, 1, 'publish', risk, risk_score, "
              "triage, "
              "labels, detail_sealed, policy, micros, created_at FROM decision WHERE post_id = (SELECT id "
              "FROM sample)",
              "INSERT INTO audit (at, actor, action, circle_id, object, detail, hash) SELECT at, actor, "
              "action, circle_id, object, detail, hash "
              "FROM audit WHERE number = (SELECT entry FROM sample)",
              "INSERT INTO event (type, circle_id, thread_id, post_id, account_id, at) SELECT type, "
              "circle_id, thread_id, ?1, NULL, ?2 "
              "FROM event WHERE number = (SELECT event FROM sample)"})
            inserts_.push_back(database.prepare(sql));
    }
    ~keyed_rows() override
    {
        for (auto* const insert : inserts_)
            sqlite3_finalize(insert);
    }
    keyed_rows(keyed_rows const&) = delete;
    keyed_rows& operator=(keyed_rows const&) = delete;

    void insert() override
    {
        std::array<char, 16> id{}; // as Holdfast's: a time that grows, then what is random
        auto const now = ++made_;
        for (std::size_t at = 0; at < 6; ++at)
            id.at(at) = static_cast<char>(now >> (8 * (5 - at)));
        for (std::size_t at = 6; at < id.size(); ++at)
            id.at(at) = static_cast<char>(random_());
        for (auto* const insert : inserts_) {
            sqlite3_bind_blob64(insert, 1, id.data(), id.size(), SQLITE_STATIC);
            if (sqlite3_bind_parameter_count(insert) > 1)
                sqlite3_bind_int64(insert, 2, static_cast<sqlite3_int64>(now));
            if (sqlite3_step(insert) != SQLITE_DONE) throw std::runtime_error("a row was not taken");
            sqlite3_reset(insert);
        }
    }

  private:
    std::vector<sqlite3_stmt*> inserts_;
    std::uint64_t made_ = 0;
    std::mt19937 random_{20};
};

class group_commit {
  public:
    group_commit(sqlite& database, row_set& rows) : database_(database), rows_(rows)
    {
        thread_ = std::jthread([this](std::stop_token const& stop) { work(stop); });
    }
    ~group_commit()
    {
        thread_.request_stop();
        wake_.notify_all();
        thread_.join();
    }
    group_commit(group_commit const&) = delete;
    group_commit& operator=(group_commit const&) = delete;

    void write(std::binary_semaphore& done)
    {
        {
            std::lock_guard const hold(guard_);
            waiting_.push_back(&done);
        }
        wake_.notify_one();
        done.acquire();
    }

  private:
    void work(std::stop_token const& stop)
    {
        std::vector<std::binary_semaphore*> group;
        while (!stop.stop_requested()) {
            {
                std::unique_lock hold(guard_);
                wake_.wait(hold, [&] { return stop.stop_requested() || !waiting_.empty(); });
                group.swap(waiting_);
            }
            database_.run("BEGIN IMMEDIATE");
            for (std::size_t post = 0; post < group.size(); ++post)
                rows_.insert();
            database_.run("COMMIT");
            for (auto* const one : group)
                one->release();
            group.clear();
        }
    }

    sqlite& database_;
    row_set& rows_;
    std::mutex guard_;
    std::condition_variable wake_;
    std::vector<std::binary_semaphore*> waiting_; // guarded by guard_
    std::jthread thread_;
};

double processor_seconds()
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](timeval const& of) {
        return static_cast<double>(of.tv_sec) + static_cast<double>(of.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void measure(group_commit& store, std::size_t writers, double seconds)
{
    std::vector<std::vector<double>> times(writers);
    auto const start = steady::now();
    auto const end =
        start + std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(seconds));
    {
        std::vector<std::jthread> threads;
        for (auto& own : times) {
            threads.emplace_back([&store, &own, end] {
                std::binary_semaphore done(0);
                for (auto now = steady::now(); now < end;) {
                    store.write(done);
                    auto const then = steady::now();
                    own.push_back(std::chrono::duration<double, std::milli>(then - now).count());
                    now = then;
                }
            });
        }
    }
    auto const passed = std::chrono::duration<double>(steady::now() - start).count();
    std::vector<double> all;
    for (auto const& own : times)
        all.insert(all.end(), own.begin(), own.end());
    std::sort(all.begin(), all.end());
    std::cout << static_cast<double>(all.size()) / passed << ' ' << all[all.size() / 2] << ' '
              << all[all.size() * 99 / 100] << ' ' << processor_seconds() / static_cast<double>(all.size())
              << '\n';
}
} // namespace

int main(int count, char** words)
{
    CLI::App app("A bare SQLite group commit, as a ceiling for benchmarks");
    std::string like;
    std::string file;
    std::size_t writers = 64;
    double seconds = 3;
    bool keyed = false;
    app.add_option("--like", like, "a database of Holdfast's with posts in it")
        ->required()
        ->check(CLI::ExistingFile);
    app.add_option("--file", file, "to write; made anew")->required();
    app.add_flag("--keyed", keyed, "into Holdfast's own tables, with their keys and indices");
    app.add_option("--writers", writers)->check(CLI::PositiveNumber);
    app.add_option("--seconds", seconds)->check(CLI::PositiveNumber);
    CLI11_PARSE(app, count, words);
    try {
        if (keyed) sqlite(like).run("VACUUM INTO '" + file + "'");
        sqlite database(file);
        database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000"
        );
        std::unique_ptr<row_set> rows;
        if (keyed) {
            rows = std::make_unique<keyed_rows>(database);
        } else {
            rows = std::make_unique<plain_rows>(database, row_sizes(like));
        }
        group_commit store(database, *rows);
        measure(store, writers, seconds);
        return 0;
    } catch (std::exception const& failed) {
        std::cerr << failed.what() << '\n';
        return 1;
    }
}
