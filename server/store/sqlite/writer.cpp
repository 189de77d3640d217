#include "server/store/sqlite/writer.hpp"

#include "server/base/failpoint.hpp"
#include "server/base/log.hpp"
#include "server/store/sqlite/audit_chain.hpp"
#include "server/store/sqlite/migrate.hpp"
#include "server/store/sqlite/tx.hpp"

#include <stdexcept>
#include <unistd.h>

namespace holdfast::store::sqlite {

namespace {
constexpr int checkpoint_frames = 8000; // about 32 MB of log: pages that change often are copied back once
constexpr int log_frames_max = 5 * checkpoint_frames;
constexpr auto shred_again = std::chrono::seconds(1);
} // namespace

writer::writer(database_options const& options)
    : file_(options.file), checkpoints_(options.checkpoints), database_(options.file, open_mode::writer)
{
    if (!checkpoints_) database_.never_checkpoint();
    if (!options.may_migrate && database_.single("PRAGMA user_version") != newest_schema()) {
        throw std::runtime_error(
            "The database has another schema version than this program. Run: holdfast migrate"
        );
    }
    migrate(database_);
    check_at_start(database_);
    thread_ = std::thread([this] { work(); });
}

writer::~writer()
{
    {
        std::lock_guard const hold(guard_);
        closing_ = true;
    }
    wake_.notify_all();
    thread_.join();
    if (!checkpoints_) return;
    try {
        if (database_.checkpoint(true)) witness();
    } catch (std::exception const& failed) {
        log::warning(std::string("the last checkpoint failed, the next start repeats it: ") + failed.what());
    }
}

void writer::accept(std::shared_ptr<database::job> work)
{
    auto refusal = errc::overloaded;
    if (broken_) {
        refusal = errc::storage_failed;
    } else {
        std::lock_guard const hold(guard_);
        if (!closing_ && jobs_.size() < limits::write_queue_max) {
            jobs_.push_back(std::move(work));
            wake_.notify_one();
            return;
        }
    }
    work->finish(refusal);
}

void writer::on_commit(std::function<void()> listener)
{
    std::lock_guard const hold(listening_);
    listener_ = std::move(listener);
}

database_load writer::load() const
{
    std::lock_guard const hold(guard_);
    database_load made;
    made.writes_waiting = jobs_.size();
    made.commits = commits_;
    made.writes = writes_;
    made.broken = broken_;
    return made;
}

void writer::work()
{
    std::unique_lock hold(guard_);
    for (;;) {
        auto const has_news = [this] { return closing_ || !jobs_.empty(); };
        if (!shreds_ || !checkpoints_) {
            wake_.wait(hold, has_news);
        } else if (!wake_.wait_until(hold, shred_at_, has_news)) {
            hold.unlock();
            tidy(false);
            hold.lock();
            continue;
        }
        if (jobs_.empty()) return;
        group jobs;
        while (!jobs_.empty() && jobs.size() < limits::write_batch_max) {
            jobs.push_back(std::move(jobs_.front()));
            jobs_.pop_front();
        }
        hold.unlock();
        write(std::move(jobs));
        hold.lock();
    }
}

writer::ended writer::run_job(database::job& job, tx& transaction, std::optional<errc>& failed)
{
    if (std::chrono::steady_clock::now() > job.deadline) {
        failed = errc::overloaded;
        return ended::left_nothing;
    }
    auto const before = database_.changes_ever();
    try {
        if (failpoint("store/before_commit")) throw std::runtime_error("failure point store/before_commit");
        if (job.run(&transaction, &transaction)) return ended::kept;
        return database_.changes_ever() == before ? ended::left_nothing : ended::left_something;
    } catch (sqlite_error const& error) {
        log::error(std::string("a write failed: ") + error.what());
        failed = error.is_constraint() ? errc::internal : errc::storage_failed;
    } catch (std::exception const& error) {
        log::error(std::string("a write failed: ") + error.what());
        failed = errc::storage_failed;
    }
    return ended::left_something;
}

// Under a savepoint of its own, for which SQLite copies every page that it changes. False when the whole
// group is lost, because SQLite had to undo the transaction or the disk failed.
bool writer::run_one(database::job& job, tx& transaction, std::optional<errc>& failed)
{
    try {
        database_.change("SAVEPOINT job");
        auto const how = run_job(job, transaction, failed);
        if (!database_.in_transaction()) return false;
        if (how == ended::left_something) database_.change("ROLLBACK TO job");
        database_.change("RELEASE job");
        return true;
    } catch (sqlite_error const& error) {
        log::error(std::string("a write could not be undone by itself: ") + error.what());
        failed = errc::storage_failed;
        return false;
    }
}

// Nearly always every job of a group is kept, or leaves nothing behind: then no savepoints are needed. Else
// all is undone, and the others run once more, each under its own. False when the whole group is lost.
bool writer::run_all(group const& jobs, tx& transaction, std::vector<std::optional<errc>>& failed)
{
    std::size_t undone = 0;
    while (undone < jobs.size() &&
           run_job(*jobs[undone], transaction, failed[undone]) != ended::left_something)
        ++undone;
    if (undone == jobs.size()) return true;
    if (database_.in_transaction()) database_.run("ROLLBACK");
    database_.change("BEGIN IMMEDIATE");
    for (std::size_t at = 0; at < jobs.size(); ++at) {
        if (at == undone) continue; // its answer stands
        failed[at].reset();
        if (!run_one(*jobs[at], transaction, failed[at])) return false;
    }
    return true;
}

std::optional<errc> writer::commit()
{
    try {
        database_.change("COMMIT");
        return std::nullopt;
    } catch (sqlite_error const& error) {
        log::error(std::string("a commit failed: ") + error.what());
        // After a failed fsync nobody knows what the disk holds: no more writes until a restart looks.
        if (error.is_io()) broken_ = true;
        if (database_.in_transaction()) database_.run("ROLLBACK");
        return errc::storage_failed;
    }
}

void writer::write(group jobs)
{
    std::vector<std::optional<errc>> failed(jobs.size());
    std::optional<errc> all_failed;
    tx transaction(database_);
    if (broken_) {
        all_failed = errc::storage_failed;
    } else {
        try {
            database_.change("BEGIN IMMEDIATE");
            if (!run_all(jobs, transaction, failed)) all_failed = errc::storage_failed;
            if (!all_failed) all_failed = commit();
            if (all_failed && database_.in_transaction()) database_.run("ROLLBACK");
        } catch (sqlite_error const& error) {
            log::error(std::string("a group of writes failed: ") + error.what());
            if (error.is_io()) broken_ = true;
            all_failed = errc::storage_failed;
        }
    }
    if (!all_failed) {
        ++commits_;
        writes_ += jobs.size();
        // A test's power cut between the disk and the answer.
        if (failpoint("store/after_commit_before_ack")) _exit(1);
    }
    for (std::size_t at = 0; at < jobs.size(); ++at)
        jobs[at]->finish(all_failed ? all_failed : failed[at]);
    if (all_failed) return;
    if (transaction.appended_events()) {
        std::lock_guard const hold(listening_);
        if (listener_) listener_();
    }
    tidy(transaction.shredded_keys());
}

void writer::witness()
{
    try {
        write_witness(database_, file_);
    } catch (std::runtime_error const& failed) {
        log::warning(failed.what()); // an older one stays, and stays true
    }
}

void writer::tidy(bool shredded)
{
    if (!checkpoints_) return;
    auto const now = std::chrono::steady_clock::now();
    if (shredded) shred_at_ = now;
    shreds_ = shreds_ || shredded;
    auto const shreds_now = shreds_ && now >= shred_at_;
    if (!shreds_now && database_.log_frames() < checkpoint_frames) return;
    try {
        if (shreds_now) shred_at_ = now + shred_again;
        auto const is_done = database_.checkpoint(shreds_now || database_.log_frames() > log_frames_max);
        if (shreds_now && is_done) shreds_ = false;
        if (is_done) witness();
    } catch (sqlite_error const& error) {
        log::error(std::string("a checkpoint failed: ") + error.what());
    }
}

} // namespace holdfast::store::sqlite
