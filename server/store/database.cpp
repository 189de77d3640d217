#include "server/store/database.hpp"

#include "server/store/sqlite/readers.hpp"
#include "server/store/sqlite/writer.hpp"

namespace holdfast::store {

struct database::parts {
    sqlite::writer writer; // first: it makes and migrates the file that the readers open
    sqlite::readers readers;

    explicit parts(database_options const& options) : writer(options), readers(options.file, options.readers)
    {
    }
};

database::database(database_options const& options) : parts_(std::make_unique<parts>(options)) {}
database::~database() = default;

task<void> database::until_read(std::shared_ptr<job> work)
{
    auto begin = [this, work](resumption go_on) {
        work->resume_ = std::move(go_on);
        parts_->readers.accept(work);
    };
    co_await until_resumed(std::move(begin));
}

task<void> database::until_written(std::shared_ptr<job> work)
{
    auto begin = [this, work](resumption go_on) {
        work->resume_ = std::move(go_on);
        parts_->writer.accept(work);
    };
    co_await until_resumed(std::move(begin));
}

void database::on_commit(std::function<void()> listener)
{
    parts_->writer.on_commit(std::move(listener));
}

database_load database::load() const
{
    auto made = parts_->writer.load();
    made.reads_waiting = parts_->readers.waiting();
    return made;
}

} // namespace holdfast::store
