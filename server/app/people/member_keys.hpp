// The member key: what a space of one's own is sealed under, and what signing in has to open. Random, wrapped
// under Argon2id of the passphrase and under a recovery code on paper, and for as long as a session lasts
// under a key made from its token. Of these three the store keeps none, so that nothing here opens without
// the member. It is unwrapped for one request at a time and kept nowhere. The host key is mixed in, so that a
// copy of the database alone does not even allow guessing.
#pragma once
#include "server/base/result.hpp"
#include "server/sealing/keyring.hpp"
#include "server/sealing/passphrase.hpp"
#include "server/store/tx.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace holdfast::app {

class member_keys {
  public:
    explicit member_keys(
        sealing::keyring const& keys, sealing::passphrase_cost cost = sealing::interactive_cost()
    )
        : keys_(keys), cost_(cost)
    {
    }

    struct made {
        sealing::secret_ptr key;
        store::member_key_row row;
    };
    // Slow, like everything with a passphrase: on the hashing pool. None or null when memory is short.
    std::optional<made> make(account_id const& account, std::string_view passphrase) const;
    bool wrap_again(made& key, std::string_view passphrase) const; // for another passphrase
    // overloaded: memory is short; wrong_credentials: another passphrase's, or no account's, at the same
    // cost.
    result<sealing::secret_ptr>
    open_by_passphrase(std::optional<store::member_key_row> const& row, std::string_view passphrase) const;

    std::string wrap_for_code(made& key) const; // a new code, shown once; the one before it is worth nothing
    sealing::secret_ptr
    open_by_code(store::member_key_row const& row, std::string_view code) const; // null: another code

    sealed_text wrap_for_session(
        account_id const& account,
        session_id const& session,
        std::string_view token,
        sealing::secret const& key
    ) const;
    // unauthenticated: the session began before its member had a key.
    result<sealing::secret_ptr> open_in_session(
        store::read_tx& tx, account_id const& account, session_id const& session, std::string_view token
    ) const;

  private:
    sealing::keyring const& keys_;
    sealing::passphrase_cost cost_;
};

} // namespace holdfast::app
