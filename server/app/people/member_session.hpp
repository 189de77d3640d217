// Who asks, with the token of their session: it unwraps the key to what they alone can read.
#pragma once
#include "server/domain/account.hpp"

#include <string>

namespace holdfast::app {

struct member_session {
    domain::principal_ptr who; // null: nobody is signed in
    std::string token;         // the store keeps its hash alone
};

} // namespace holdfast::app
