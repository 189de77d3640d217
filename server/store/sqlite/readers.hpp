// A few threads, each with its own read-only connection; every job sees one consistent snapshot.
#pragma once
#include "server/store/database.hpp"
#include "server/store/sqlite/connection.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace holdfast::store::sqlite {

class readers {
  public:
    readers(std::string const& file, std::size_t threads);
    ~readers();
    readers(readers const&) = delete;
    readers& operator=(readers const&) = delete;

    void accept(std::shared_ptr<database::job> work);
    std::size_t waiting() const;

  private:
    void work(connection& database);

    mutable std::mutex guard_;
    std::condition_variable wake_;
    std::deque<std::shared_ptr<database::job>> jobs_;      // guarded by guard_
    bool closing_ = false;                                 // guarded by guard_
    std::vector<std::unique_ptr<connection>> connections_; // one for each thread
    std::vector<std::thread> threads_;
};

} // namespace holdfast::store::sqlite
