// Who is there: joining, signing in and out, sessions. Argon2id runs on a bounded pool of
// its own; when that is full the answer is rate_limited. Unknown and known names get the same answer in the
// same time. Any coroutine may call; nothing here blocks a network thread.
#pragma once
#include "server/app/people/member_session.hpp"
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/base/worker_pool.hpp"
#include "server/domain/account.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;
class screener;
class member_keys;

struct signed_in : member_session {
    std::string recovery_code; // shown once, when one was made; "" otherwise
};

class identity {
  public:
    identity(
        store::database& database,
        texts& vault,
        member_keys const& own_keys,
        screener& screen,
        worker_pool& hashing,
        clock const& time
    );
    ~identity();
    identity(identity const&) = delete;
    identity& operator=(identity const&) = delete;

    // A new account with a session, a key of its own and a recovery code. invalid: the nickname's or
    // passphrase's shape; returned: the screen did not pass the nickname (it reaches other people); conflict:
    // taken; rate_limited: the pool is full.
    task<result<signed_in>> join(std::string nickname, std::string passphrase, std::string country);
    // wrong_credentials for an unknown name and for a wrong passphrase alike.
    task<result<signed_in>> sign_in(std::string nickname, std::string passphrase);

    // The principal of a session token; null when the token is unknown, ended or expired. Served from memory
    // while nothing about the account changed.
    task<result<domain::principal_ptr>> authenticate(std::string token);
    // Has this session not been ended since the start? Asked by live sockets, from memory.
    bool is_current(domain::principal const& who) const;

    task<result<std::vector<domain::session_info>>> sessions(domain::principal_ptr who);
    task<result<void>> end_session(domain::principal_ptr who, session_id session); // not_found: not one's own
    task<result<void>> end_other_sessions(domain::principal_ptr who); // all but the one that asks
    task<result<void>> set_country(domain::principal_ptr who, std::string country); // "" or two letters

    // For services that change what an account may do: the next request loads it anew.
    void account_changed(account_id const& account);
    // For services that ended sessions in their own transaction.
    void sessions_ended(account_id const& account, std::vector<session_id> const& ended);
    // Called with the session (or, when erased, every session) that ended, from any thread.
    void on_session_ended(std::function<void(session_id const&)> listener);
    // Called when a role, the country or anything else about an account changed, from any thread.
    void on_account_changed(std::function<void(account_id const&)> listener);

    // For the host's shell: lead rights on or off. not_found: no such nickname.
    task<result<account_id>> set_lead(std::string nickname, bool is_lead);
    task<result<account_id>> find(std::string nickname);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
