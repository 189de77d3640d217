// The one door between coroutines and the database. Reads run on a pool of read-only connections; all writes
// and all checkpoints run on one writer thread, which groups the transactions that wait into one fsync; each
// fails by itself. An answer means: on the disk. Work is captured by value, runs on a database thread and
// touches no socket. A write acts only through its transaction: it may be undone and run a second time.
#pragma once
#include "server/base/limits.hpp"
#include "server/base/result.hpp"
#include "server/base/resumption.hpp"
#include "server/base/task.hpp"
#include "server/store/tx.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace holdfast::store {

struct database_options {
    std::string file;
    std::size_t readers = 2;
    bool may_migrate = true;
    bool checkpoints = true; // false for a second process beside a running server: only one may checkpoint
};

struct database_load {
    std::size_t writes_waiting = 0;
    std::size_t reads_waiting = 0;
    std::uint64_t commits = 0; // groups
    std::uint64_t writes = 0;
    bool broken = false; // a commit's fsync failed: no writes until a restart
};

class database {
  public:
    // Opens, migrates and checks. Throws std::runtime_error with a plain sentence.
    explicit database(database_options const& options);
    ~database(); // finishes what was accepted
    database(database const&) = delete;
    database& operator=(database const&) = delete;

    // `work(read_tx&)` returns some result<T>. overloaded: the queue was full or the job waited too long;
    // internal: the database could not be read.
    template <class F>
    auto read(F work) -> task<std::invoke_result_t<F&, read_tx&>>
    {
        auto const sent = std::make_shared<typed_job<F, read_tx>>(std::move(work));
        std::shared_ptr<job> const waiting = sent;
        co_await until_read(waiting);
        co_return sent->answer();
    }

    // `work(write_tx&)` returns some result<T>; an error undoes it. storage_failed: the disk is full or
    // broken and nothing was taken. Other jobs of the same group are not touched by this one's failure.
    template <class F>
    auto write(F work) -> task<std::invoke_result_t<F&, write_tx&>>
    {
        auto const sent = std::make_shared<typed_job<F, write_tx>>(std::move(work));
        std::shared_ptr<job> const waiting = sent;
        co_await until_written(waiting);
        co_return sent->answer();
    }

    // Called on the writer thread after each group that appended events. Set once, before the first write.
    void on_commit(std::function<void()> listener);
    database_load load() const;

    // One piece of work on its way through a database thread, and back with its answer.
    class job {
      public:
        virtual ~job() = default;
        virtual bool run(read_tx* reader, write_tx* writer) = 0; // false: undo it
        void finish(std::optional<errc> instead)                 // who waits goes on
        {
            failed_ = instead;
            resume_();
        }
        std::chrono::steady_clock::time_point deadline =
            std::chrono::steady_clock::now() + limits::store_deadline;

      protected:
        std::optional<errc> failed_;

      private:
        friend class database;
        resumption resume_;
    };

  private:
    // Queue the job, or finish it with `overloaded` when the queue is full; wait for its end.
    task<void> until_read(std::shared_ptr<job> work);
    task<void> until_written(std::shared_ptr<job> work);

    template <class F, class Tx>
    class typed_job final : public job {
        using made = std::invoke_result_t<F&, Tx&>;

      public:
        explicit typed_job(F work) : work_(std::move(work)) {}
        bool run(read_tx* reader, write_tx* writer) override
        {
            if constexpr (std::is_same_v<Tx, write_tx>) {
                value_.emplace(work_(*writer));
                (void)reader;
            } else {
                value_.emplace(work_(*reader));
                (void)writer;
            }
            return value_->has_value();
        }
        made answer() // once
        {
            if (failed_ || !value_) return failed_.value_or(errc::internal);
            return std::move(*value_);
        }

      private:
        F work_;
        std::optional<made> value_;
    };

    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace holdfast::store
