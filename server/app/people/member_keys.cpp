#include "server/app/people/member_keys.hpp"

#include "server/sealing/aead.hpp"
#include "server/sealing/passphrase.hpp"
#include "server/sealing/recovery_code.hpp"

#include <cstring>

namespace holdfast::app {

namespace {
constexpr std::string_view by_passphrase = "member key by passphrase";
constexpr std::string_view by_code = "member key by code";
constexpr std::string_view by_session = "member key by session";

sealing::secret_ptr
wrapping_key(sealing::keyring const& keys, std::string_view purpose, std::string_view secret_part)
{
    auto bytes = keys.hash(purpose, {secret_part});
    auto made = std::make_shared<sealing::secret const>(bytes);
    explicit_bzero(bytes.data(), bytes.size());
    return made;
}

sealing::secret_ptr passphrase_key(
    sealing::keyring const& keys,
    std::string_view passphrase,
    std::string const& salt,
    sealing::passphrase_cost cost
)
{
    auto const slow = sealing::key_of_passphrase(passphrase, salt, cost);
    return slow ? wrapping_key(keys, by_passphrase, sealing::as_text(slow->bytes())) : nullptr;
}

sealing::secret_ptr unwrapped(
    sealing::secret const& with, std::initializer_list<std::string_view> where, sealed_text const& wrapped
)
{
    auto opened = sealing::open(with, where, wrapped);
    if (!opened || opened->size() != sealing::secret::size) return nullptr;
    std::array<std::byte, sealing::secret::size> bytes;
    std::memcpy(bytes.data(), opened->data(), bytes.size());
    auto made = std::make_shared<sealing::secret const>(bytes);
    explicit_bzero(bytes.data(), bytes.size());
    explicit_bzero(opened->data(), opened->size());
    return made;
}
} // namespace

std::optional<member_keys::made>
member_keys::make(account_id const& account, std::string_view passphrase) const
{
    made fresh{sealing::secret::random(), {}};
    fresh.row.account = account;
    if (!wrap_again(fresh, passphrase)) return std::nullopt;
    return fresh;
}

bool member_keys::wrap_again(made& key, std::string_view passphrase) const
{
    auto salt = sealing::random_salt();
    auto const with = passphrase_key(keys_, passphrase, salt, cost_);
    if (!with) return false;
    key.row.salt = std::move(salt);
    key.row.by_passphrase =
        sealing::seal(*with, {by_passphrase, key.row.account.text()}, sealing::as_text(key.key->bytes()));
    return true;
}

result<sealing::secret_ptr> member_keys::open_by_passphrase(
    std::optional<store::member_key_row> const& row, std::string_view passphrase
) const
{
    auto const with = passphrase_key(keys_, passphrase, row ? row->salt : sealing::nobodys_salt(), cost_);
    if (!with) return errc::overloaded;
    if (!row) return errc::wrong_credentials;
    auto key = unwrapped(*with, {by_passphrase, row->account.text()}, row->by_passphrase);
    if (!key) return errc::wrong_credentials;
    return key;
}

std::string member_keys::wrap_for_code(made& key) const
{
    auto code = sealing::random_recovery_code();
    auto const with = wrapping_key(keys_, by_code, sealing::folded_recovery_code(code));
    key.row.by_code =
        sealing::seal(*with, {by_code, key.row.account.text()}, sealing::as_text(key.key->bytes()));
    return code;
}

sealing::secret_ptr member_keys::open_by_code(store::member_key_row const& row, std::string_view code) const
{
    auto const with = wrapping_key(keys_, by_code, sealing::folded_recovery_code(code));
    return unwrapped(*with, {by_code, row.account.text()}, row.by_code);
}

sealed_text member_keys::wrap_for_session(
    account_id const& account, session_id const& session, std::string_view token, sealing::secret const& key
) const
{
    auto const with = wrapping_key(keys_, by_session, token);
    return sealing::seal(*with, {by_session, account.text(), session.text()}, sealing::as_text(key.bytes()));
}

result<sealing::secret_ptr> member_keys::open_in_session(
    store::read_tx& tx, account_id const& account, session_id const& session, std::string_view token
) const
{
    auto const wrapped = tx.session_key(account, session);
    auto key = wrapped ? unwrapped(
                             *wrapping_key(keys_, by_session, token),
                             {by_session, account.text(), session.text()},
                             *wrapped
                         )
                       : nullptr;
    if (key) return key;
    error none{errc::unauthenticated};
    none.detail = "Please sign in again: your own space opens with your passphrase.";
    return none;
}

} // namespace holdfast::app
