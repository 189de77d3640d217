// The ceiling of writing: writers that each wait for their own row set to be on the disk, and one thread that
// commits whatever waits as one group (WAL, synchronous=FULL), into plain tables without keys, indices or
// checks. A set is as many rows, each of the same size, as Holdfast's transaction for one post inserts; both
// are read from a database of Holdfast's. Prints posts a second, their time, p50 and p99, in ms, and the
// processor time for each, in seconds.
#include <CLI/CLI.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <iostream>
#include <mutex>
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

class group_commit {
  public:
    group_commit(std::string const& file, std::vector<std::size_t> const& sizes) : database_(file)
    {
        database_.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000"
        );
        for (auto const size : sizes) {
            auto const table = "t" + std::to_string(inserts_.size());
            database_.run("CREATE TABLE " + table + " (content BLOB)");
            auto* const insert = database_.prepare("INSERT INTO " + table + " VALUES (?)");
            contents_.push_back(std::string(size, 'x'));
            sqlite3_bind_blob64(insert, 1, contents_.back().data(), size, SQLITE_TRANSIENT);
            inserts_.push_back(insert);
        }
        thread_ = std::jthread([this](std::stop_token const& stop) { work(stop); });
    }
    ~group_commit()
    {
        thread_.request_stop();
        wake_.notify_all();
        thread_.join();
        for (auto* const insert : inserts_)
            sqlite3_finalize(insert);
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
            for (std::size_t post = 0; post < group.size(); ++post) {
                for (auto* const insert : inserts_) {
                    sqlite3_step(insert);
                    sqlite3_reset(insert);
                }
            }
            database_.run("COMMIT");
            for (auto* const one : group)
                one->release();
            group.clear();
        }
    }

    sqlite database_;
    std::vector<std::string> contents_;
    std::vector<sqlite3_stmt*> inserts_;
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
    app.add_option("--like", like, "a database of Holdfast's with posts in it")
        ->required()
        ->check(CLI::ExistingFile);
    app.add_option("--file", file, "to write; made anew")->required();
    app.add_option("--writers", writers)->check(CLI::PositiveNumber);
    app.add_option("--seconds", seconds)->check(CLI::PositiveNumber);
    CLI11_PARSE(app, count, words);
    try {
        group_commit store(file, row_sizes(like));
        measure(store, writers, seconds);
        return 0;
    } catch (std::exception const& failed) {
        std::cerr << failed.what() << '\n';
        return 1;
    }
}
