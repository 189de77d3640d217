#include "server/app/people/passphrases.hpp"

#include "server/app/people/member_keys.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/store/database.hpp"

namespace holdfast::app {

namespace {
result<store::member_key_row> key_in(store::read_tx& tx, account_id const& account)
{
    auto const row = tx.account(account);
    auto key = tx.member_key(account);
    if (!row || row->erased || !key) return errc::unauthenticated;
    return std::move(*key);
}
} // namespace

// What is to stand in the store, and what stood there when it was read.
struct passphrases::rewrapped {
    store::member_key_row before;
    member_keys::made key;
    std::string_view action;
};

task<result<void>> passphrases::commit(rewrapped made, ends which, session_id here)
{
    auto const account = made.before.account;
    auto const at = time_.now();
    auto replace = [account, made, which, here, at](store::write_tx& tx) -> result<std::vector<session_id>> {
        auto const now = key_in(tx, account);
        if (!now) return now.error();
        if (*now != made.before) return errc::conflict;
        tx.set_member_key(made.key.row);
        tx.append_audit({at, account, std::string(made.action), std::nullopt, account.text(), "{}"});
        std::vector<session_id> ended;
        for (auto const& session : tx.sessions_of(account)) {
            if (which == ends::no_session || (which == ends::every_other && session.id == here)) continue;
            tx.end_session(account, session.id);
            ended.push_back(session.id);
        }
        return ended;
    };
    auto const ended = co_await database_.write(std::move(replace));
    if (!ended) co_return ended.error();
    people_.sessions_ended(account, *ended);
    co_return result<void>();
}

task<result<void>> passphrases::change(domain::principal_ptr who, std::string passphrase, std::string wanted)
{
    if (!who) co_return errc::unauthenticated;
    auto valid = validate_passphrase(wanted);
    if (!valid) {
        auto failed = valid.error();
        failed.fields.front().field = "new_passphrase";
        co_return failed;
    }
    auto look_up = [account = who->account](store::read_tx& tx) { return key_in(tx, account); };
    auto const stored = co_await database_.read(std::move(look_up));
    if (!stored) co_return stored.error();
    auto const& own_keys = own_keys_;
    auto wrap = [&own_keys, before = *stored, passphrase, wanted]() -> result<rewrapped> {
        auto key = own_keys.open_by_passphrase(before, passphrase);
        if (!key) return key.error();
        rewrapped made{before, {std::move(*key), before}, "account.passphrase"};
        if (!own_keys.wrap_again(made.key, wanted)) return errc::overloaded;
        return made;
    };
    auto const made = co_await offload(hashing_, errc::rate_limited, std::move(wrap));
    if (!made) co_return made.error();
    auto const done = co_await commit(*made, ends::every_other, who->session);
    co_return done;
}

task<result<std::string>> passphrases::new_code(domain::principal_ptr who, std::string passphrase)
{
    if (!who) co_return errc::unauthenticated;
    auto look_up = [account = who->account](store::read_tx& tx) { return key_in(tx, account); };
    auto const stored = co_await database_.read(std::move(look_up));
    if (!stored) co_return stored.error();
    auto const& own_keys = own_keys_;
    auto open = [&own_keys, before = *stored, passphrase] {
        return own_keys.open_by_passphrase(before, passphrase);
    };
    auto const key = co_await offload(hashing_, errc::rate_limited, std::move(open));
    if (!key) co_return key.error();
    rewrapped made{*stored, {*key, *stored}, "account.recovery_code"};
    auto const code = own_keys_.wrap_for_code(made.key);
    auto const done = co_await commit(made, ends::no_session, who->session);
    if (!done) co_return done.error();
    co_return code;
}

task<result<signed_in>> passphrases::recover(std::string nickname, std::string code, std::string wanted)
{
    auto valid = validate_passphrase(wanted);
    if (!valid) {
        auto failed = valid.error();
        failed.fields.front().field = "new_passphrase";
        co_return failed;
    }
    auto const nickname_hash = texts_.nickname_hash(nickname);
    auto look_up = [nickname_hash](store::read_tx& tx) -> result<store::member_key_row> {
        auto const account = tx.account_named(nickname_hash);
        if (!account) return errc::wrong_credentials;
        return key_in(tx, *account);
    };
    auto const stored = co_await database_.read(std::move(look_up));
    if (!stored) co_return stored.error();
    auto const key = own_keys_.open_by_code(*stored, code);
    if (!key) co_return errc::wrong_credentials;
    auto const& own_keys = own_keys_;
    auto wrap = [&own_keys, before = *stored, key, wanted]() -> result<rewrapped> {
        rewrapped made{before, {key, before}, "account.recovered"};
        if (!own_keys.wrap_again(made.key, wanted)) return errc::overloaded;
        return made;
    };
    auto made = co_await offload(hashing_, errc::rate_limited, std::move(wrap));
    if (!made) co_return made.error();
    auto const next = own_keys_.wrap_for_code(made->key);
    session_id const nowhere;
    auto const done = co_await commit(*made, ends::every_session, nowhere);
    if (!done) co_return done.error();
    auto again = co_await people_.sign_in(nickname, wanted);
    if (again) again->recovery_code = next;
    co_return again;
}

} // namespace holdfast::app
