// The single writer: groups the transactions that wait into one commit and one fsync (LevelDB's way: while
// one group commits, the next collects; there is no artificial delay). Also the only one that checkpoints.
#pragma once
#include "server/store/database.hpp"
#include "server/store/sqlite/connection.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace holdfast::store::sqlite {

class writer {
  public:
    explicit writer(database_options const& options);
    ~writer();
    writer(writer const&) = delete;
    writer& operator=(writer const&) = delete;

    void accept(std::shared_ptr<database::job> work);
    void on_commit(std::function<void()> listener);
    database_load load() const;

  private:
    using group = std::vector<std::shared_ptr<database::job>>;

    void work();
    enum class ended : std::uint8_t { kept, left_nothing, left_something };

    void write(group jobs);
    ended run_job(database::job& job, class tx& transaction, std::optional<errc>& failed);
    bool run_one(database::job& job, class tx& transaction, std::optional<errc>& failed);
    bool run_all(group const& jobs, class tx& transaction, std::vector<std::optional<errc>>& failed);
    std::optional<errc> commit();
    void tidy(bool shredded);
    void witness(); // after a checkpoint

    std::string file_;
    bool checkpoints_;
    connection database_; // used by the constructor, then by thread_ alone
    mutable std::mutex guard_;
    std::condition_variable wake_;
    std::deque<std::shared_ptr<database::job>> jobs_; // guarded by guard_
    std::mutex listening_;                            // held while it is told
    std::function<void()> listener_;                  // guarded by listening_
    bool closing_ = false;                            // guarded by guard_
    // Used by thread_ alone: a destroyed key's bytes may still be in the log, and when to try next.
    // True at first, since a crash may have come between an erasure and its checkpoint.
    bool shreds_ = true;
    std::chrono::steady_clock::time_point shred_at_;
    std::atomic<bool> broken_ = false;
    std::atomic<std::uint64_t> commits_ = 0;
    std::atomic<std::uint64_t> writes_ = 0;
    std::thread thread_; // last: it uses all of the above
};

} // namespace holdfast::store::sqlite
