// The one door between coroutines and the database. Reads run on a pool of read-only connections; all writes
// and all checkpoints run on one writer thread, which groups the transactions that wait into one fsync; each
// fails by itself. An answer means: on the disk. Work is captured by value, runs on a database thread and
// touches no socket. A write acts only through its transaction: it may be undone and run a second time.
#pragma once
#include "server/base/limits.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/store/tx.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

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
        using made = std::invoke_result_t<F&, read_tx&>;
        starter<F, made, read_tx> start{*this, std::move(work)};
        made value = co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void(made)>(
            std::move(start), boost::asio::use_awaitable
        );
        co_return value;
    }

    // `work(write_tx&)` returns some result<T>; an error undoes it. storage_failed: the disk is full or
    // broken and nothing was taken. Other jobs of the same group are not touched by this one's failure.
    template <class F>
    auto write(F work) -> task<std::invoke_result_t<F&, write_tx&>>
    {
        using made = std::invoke_result_t<F&, write_tx&>;
        starter<F, made, write_tx> start{*this, std::move(work)};
        made value = co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void(made)>(
            std::move(start), boost::asio::use_awaitable
        );
        co_return value;
    }

    // Called on the writer thread after each group that appended events. Set once, before the first write.
    void on_commit(std::function<void()> listener);
    database_load load() const;

    // One piece of work on its way through a database thread.
    class job {
      public:
        virtual ~job() = default;
        virtual bool run(read_tx* reader, write_tx* writer) = 0; // false: undo it
        virtual void finish(std::optional<errc> instead) = 0;    // resumes who waits
        std::chrono::steady_clock::time_point deadline =
            std::chrono::steady_clock::now() + limits::store_deadline;
    };

  private:
    // Queue the job, or finish it with `overloaded` when the queue is full.
    void accept_read(std::unique_ptr<job> work);
    void accept_write(std::unique_ptr<job> work);

    template <class F, class R, class Handler, class Tx>
    class typed_job final : public job {
      public:
        typed_job(F work, Handler handler)
            : work_(std::move(work)), executor_(boost::asio::get_associated_executor(handler)),
              handler_(std::make_shared<Handler>(std::move(handler)))
        {
        }
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
        void finish(std::optional<errc> instead) override
        {
            auto answer = instead || !value_ ? R(instead.value_or(errc::internal)) : std::move(*value_);
            boost::asio::post(executor_, [handler = handler_, made = std::move(answer)]() mutable {
                (*handler)(std::move(made));
            });
        }

      private:
        F work_;
        boost::asio::associated_executor_t<Handler> executor_;
        std::shared_ptr<Handler> handler_;
        std::optional<R> value_;
    };

    template <class F, class R, class Tx>
    struct starter {
        database& self;
        F work;

        template <class Handler>
        void operator()(Handler handler)
        {
            auto made = std::make_unique<typed_job<F, R, Handler, Tx>>(std::move(work), std::move(handler));
            if constexpr (std::is_same_v<Tx, write_tx>) {
                self.accept_write(std::move(made));
            } else {
                self.accept_read(std::move(made));
            }
        }
    };

    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace holdfast::store
