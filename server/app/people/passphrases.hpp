// Changing what one signs in with. The member key is wrapped anew; nothing under it is sealed again. Who
// changes a passphrase, or comes back with the recovery code, is signed out everywhere else.
#pragma once
#include "server/app/people/identity.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"

#include <string>

namespace holdfast::app {

class passphrases {
  public:
    passphrases(
        store::database& database,
        texts& vault,
        member_keys const& own_keys,
        identity& people,
        worker_pool& hashing,
        clock const& time
    )
        : database_(database), texts_(vault), own_keys_(own_keys), people_(people), hashing_(hashing),
          time_(time)
    {
    }

    // invalid: the new one's shape; wrong_credentials: the old one; conflict: changed elsewhere meanwhile.
    task<result<void>> change(domain::principal_ptr who, std::string passphrase, std::string wanted);
    // A new recovery code; the one before it is worth nothing from then on. Given once.
    task<result<std::string>> new_code(domain::principal_ptr who, std::string passphrase);
    // Without a session: a new passphrase by the recovery code, signed in, with the next recovery code.
    // wrong_credentials for an unknown name and for a wrong code alike.
    task<result<signed_in>> recover(std::string nickname, std::string code, std::string wanted);

  private:
    struct rewrapped;
    enum class ends : std::uint8_t { no_session, every_other, every_session };
    task<result<void>> commit(rewrapped made, ends which, session_id here);

    store::database& database_;
    texts& texts_;
    member_keys const& own_keys_;
    identity& people_;
    worker_pool& hashing_;
    clock const& time_;
};

} // namespace holdfast::app
