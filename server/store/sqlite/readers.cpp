#include "server/store/sqlite/readers.hpp"

#include "server/base/log.hpp"
#include "server/store/sqlite/tx.hpp"

namespace holdfast::store::sqlite {

readers::readers(std::string const& file, std::size_t threads)
{
    // All opened before any thread runs: what can't be opened is the caller's to hear.
    for (std::size_t made = 0; made < threads; ++made) {
        connections_.push_back(std::make_unique<connection>(file, open_mode::reader));
    }
    for (auto const& one : connections_)
        threads_.emplace_back([this, &database = *one] { work(database); });
}

readers::~readers()
{
    {
        std::lock_guard const hold(guard_);
        closing_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_)
        thread.join();
}

void readers::accept(std::shared_ptr<database::job> work)
{
    {
        std::lock_guard const hold(guard_);
        if (!closing_ && jobs_.size() < limits::read_queue_max) {
            jobs_.push_back(std::move(work));
            wake_.notify_one();
            return;
        }
    }
    work->finish(errc::overloaded);
}

std::size_t readers::waiting() const
{
    std::lock_guard const hold(guard_);
    return jobs_.size();
}

namespace {
std::optional<errc> read_once(connection& database, database::job& job)
{
    if (std::chrono::steady_clock::now() > job.deadline) return errc::overloaded;
    try {
        tx transaction(database);
        database.change("BEGIN");
        job.run(&transaction, nullptr);
        database.change("COMMIT");
        return std::nullopt;
    } catch (std::exception const& failed) {
        log::error(std::string("a read failed: ") + failed.what());
    }
    try {
        if (database.in_transaction()) database.run("ROLLBACK");
    } catch (sqlite_error const& failed) {
        log::error(std::string("a read could not be ended: ") + failed.what());
    }
    return errc::internal;
}
} // namespace

void readers::work(connection& database)
{
    std::unique_lock hold(guard_);
    for (;;) {
        wake_.wait(hold, [this] { return closing_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        auto const job = std::move(jobs_.front());
        jobs_.pop_front();
        hold.unlock();
        job->finish(read_once(database, *job));
        hold.lock();
    }
}

} // namespace holdfast::store::sqlite
