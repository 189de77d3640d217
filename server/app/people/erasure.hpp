// Leaving for good: the account's keys are destroyed, and what others could see is announced as gone.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"

#include <memory>
#include <string>

namespace holdfast {
class worker_pool;
}

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class change_log;
class identity;
class member_keys;
class texts;

class erasure {
  public:
    erasure(
        store::database& database,
        texts& vault,
        member_keys const& own_keys,
        identity& people,
        change_log& changes,
        worker_pool& hashing,
        clock const& time
    );
    ~erasure();
    erasure(erasure const&) = delete;
    erasure& operator=(erasure const&) = delete;

    // Destroys the account's key: nothing they wrote can be opened again. wrong_credentials: the passphrase.
    task<result<void>> erase(domain::principal_ptr who, std::string passphrase);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
