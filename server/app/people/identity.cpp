#include "server/app/people/identity.hpp"

#include "moderation/policy/ruling.hpp"
#include "server/app/people/member_keys.hpp"
#include "server/app/people/session_cache.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/domain/care.hpp"
#include "server/sealing/passphrase.hpp"
#include "server/store/database.hpp"

#include <algorithm>
#include <mutex>
#include <set>

namespace holdfast::app {

namespace {
using namespace std::chrono_literals;

std::int64_t week_of(timestamp at)
{
    return std::chrono::floor<std::chrono::weeks>(at).time_since_epoch().count();
}
} // namespace

struct identity::state {
    store::database& database;
    texts& vault;
    member_keys const& own_keys;
    screener& screen;
    worker_pool& hashing;
    clock const& time;
    session_cache sessions;

    void session_ended(session_id const& session)
    {
        std::function<void(session_id const&)> listener;
        {
            std::lock_guard const hold(guard_);
            ended_.insert(session);
            listener = listener_;
        }
        if (listener) listener(session);
    }
    void account_changed(account_id const& account)
    {
        sessions.forget(account);
        std::function<void(account_id const&)> listener;
        {
            std::lock_guard const hold(guard_);
            listener = changed_;
        }
        if (listener) listener(account);
    }
    bool has_ended(session_id const& session) const
    {
        std::lock_guard const hold(guard_);
        return ended_.contains(session);
    }
    void listen(std::function<void(session_id const&)> listener)
    {
        std::lock_guard const hold(guard_);
        listener_ = std::move(listener);
    }
    void listen_to_changes(std::function<void(account_id const&)> listener)
    {
        std::lock_guard const hold(guard_);
        changed_ = std::move(listener);
    }

    state(
        store::database& database_used,
        texts& vault_used,
        member_keys const& own_keys_used,
        screener& screen_used,
        worker_pool& hashing_used,
        clock const& time_used
    )
        : database(database_used), vault(vault_used), own_keys(own_keys_used), screen(screen_used),
          hashing(hashing_used), time(time_used)
    {
    }

  private:
    mutable std::mutex guard_;
    std::set<session_id> ended_;                      // guarded by guard_; since the start, 16 bytes each
    std::function<void(session_id const&)> listener_; // guarded by guard_
    std::function<void(account_id const&)> changed_;  // guarded by guard_
};

identity::identity(
    store::database& database,
    texts& vault,
    member_keys const& own_keys,
    screener& screen,
    worker_pool& hashing,
    clock const& time
)
    : state_(std::make_unique<state>(database, vault, own_keys, screen, hashing, time))
{
}

identity::~identity() = default;

namespace {
result<domain::principal_ptr> load_principal(
    store::read_tx& tx, texts& vault, account_id const& account, session_id const& session, timestamp now
)
{
    auto const row = tx.account(account);
    if (!row || row->erased) return errc::unauthenticated;
    auto nickname = vault.open_nickname(tx, account);
    if (!nickname) return nickname.error();
    domain::principal made;
    made.account = account;
    made.session = session;
    made.nickname = std::move(*nickname);
    made.country = row->country;
    made.is_lead = row->is_lead;
    for (auto const& member : tx.memberships_of(account))
        made.roles.emplace_back(member.circle, member.role);
    for (auto const& limit : tx.limits_of(account, now)) {
        if (limit.kind == domain::limit_kind::pause) made.paused.push_back(limit.circle);
    }
    return std::make_shared<domain::principal const>(std::move(made));
}

// A name can't wait for a facilitator, and a cry for help in one is never just sent away.
std::string words_about_name(moderation::decision const& seen)
{
    if (!domain::care_is_due(seen))
        return "Our automatic check noticed something in this name. Could you choose another one?";
    return "This sounds very heavy, and you don't have to carry it alone: Help now, at the top of this page, "
           "has people "
           "who listen right now. You are welcome here. Could you choose another name, and tell us more once "
           "you are in?";
}

struct new_session {
    store::session_row row;
    std::string token;
    store::hash256 token_hash{};
};

new_session session_for(account_id const& account, texts const& vault, timestamp now)
{
    new_session made;
    made.token = sealing::random_token();
    made.token_hash = vault.token_hash(made.token);
    made.row = {session_id::random(), account, now, now + limits::session_time_max, {}};
    return made;
}

} // namespace

task<result<signed_in>> identity::join(std::string nickname, std::string passphrase, std::string country)
{
    auto const named = validate_nickname(nickname);
    if (!named) co_return named.error();
    auto const phrased = validate_passphrase(passphrase);
    if (!phrased) co_return phrased.error();
    auto const placed = validate_country(country);
    if (!placed) co_return placed.error();
    moderation::input input;
    input.text = nickname;
    input.kind = moderation::text_kind::name;
    auto const seen = state_->screen.screen(input).decision;
    if (moderation::is_only_unread(seen)) co_return try_again();
    if (seen.outcome != moderation::outcome::publish) {
        error back{errc::returned};
        back.fields.push_back({"nickname", words_about_name(seen)});
        co_return back;
    }

    store::account_row row;
    row.id = account_id::random();
    auto const& own_keys = state_->own_keys;
    auto make = [&own_keys, id = row.id, passphrase]() -> result<member_keys::made> {
        auto made = own_keys.make(id, passphrase);
        if (!made) return errc::overloaded; // memory is short
        return std::move(*made);
    };
    auto own = co_await offload(state_->hashing, errc::rate_limited, std::move(make));
    if (!own) co_return own.error();

    auto const now = state_->time.now();
    auto const wrapped_key = state_->vault.new_key(row.id);
    row.nickname = state_->vault.seal_nickname(row.id, nickname);
    row.country = country;
    row.created_at = now;
    row.seen_week = week_of(now);
    auto const nickname_hash = state_->vault.nickname_hash(nickname);
    auto session = session_for(row.id, state_->vault, now);
    session.row.key = own_keys.wrap_for_session(row.id, session.row.id, session.token, *own->key);
    auto const code = own_keys.wrap_for_code(*own);
    auto add = [row, wrapped_key, nickname_hash, session, own_key = own->row](store::write_tx& tx
               ) -> result<void> {
        tx.add_wrapped_key(store::key_kind::author, row.id.text(), wrapped_key);
        auto const added = tx.add_account(row, nickname_hash);
        if (!added) return added.error();
        tx.set_member_key(own_key);
        tx.add_session(session.row, session.token_hash);
        tx.append_audit({row.created_at, row.id, "account.joined", std::nullopt, row.id.text(), "{}"});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(add));
    if (!done) {
        state_->vault.forget(row.id);
        co_return done.error();
    }
    domain::principal who;
    who.account = row.id;
    who.session = session.row.id;
    who.nickname = nickname;
    who.country = country;
    signed_in made;
    made.who = std::make_shared<domain::principal const>(std::move(who));
    made.token = session.token;
    made.recovery_code = code;
    co_return made;
}

task<result<signed_in>> identity::sign_in(std::string nickname, std::string passphrase)
{
    if (passphrase.size() > limits::passphrase_bytes_max) co_return errc::wrong_credentials;
    auto const nickname_hash = state_->vault.nickname_hash(nickname);
    auto look_up = [nickname_hash](store::read_tx& tx) -> result<std::optional<store::member_key_row>> {
        auto const account = tx.account_named(nickname_hash);
        return account ? tx.member_key(*account) : std::nullopt;
    };
    auto const stored = co_await state_->database.read(std::move(look_up));
    if (!stored) co_return stored.error();
    auto const& own_keys = state_->own_keys;
    auto open = [&own_keys, key = *stored, passphrase] {
        return own_keys.open_by_passphrase(key, passphrase);
    };
    auto const own = co_await offload(state_->hashing, errc::rate_limited, std::move(open));
    if (!own) co_return own.error();

    auto const account = (*stored)->account;
    auto const now = state_->time.now();
    auto session = session_for(account, state_->vault, now);
    session.row.key = own_keys.wrap_for_session(account, session.row.id, session.token, **own);
    auto& vault = state_->vault;
    auto add = [&vault, session, now, opened = (*stored)->by_passphrase](store::write_tx& tx
               ) -> result<domain::principal_ptr> {
        auto const& id = session.row.account;
        auto const as_now = tx.member_key(id);
        if (!as_now || as_now->by_passphrase != opened) return errc::wrong_credentials; // changed meanwhile
        tx.add_session(session.row, session.token_hash);
        tx.mark_seen(id, week_of(now));
        return load_principal(tx, vault, id, session.row.id, now);
    };
    auto const who = co_await state_->database.write(std::move(add));
    if (!who) co_return who.error();
    signed_in made;
    made.who = *who;
    made.token = session.token;
    co_return made;
}

task<result<domain::principal_ptr>> identity::authenticate(std::string token)
{
    auto const now = state_->time.now();
    auto const token_hash = state_->vault.token_hash(token);
    auto const known = state_->sessions.find(token_hash);
    if (known && known->fresh_until > now) {
        domain::principal_ptr who;
        if (known->expires_at > now) who = known->who;
        co_return who;
    }
    auto const changes_before = state_->sessions.changes();
    auto& vault = state_->vault;
    auto load = [&vault, token_hash, now](store::read_tx& tx) -> result<remembered_session> {
        auto const row = tx.session_with_token(token_hash);
        if (!row || row->expires_at <= now) return errc::unauthenticated;
        auto who = load_principal(tx, vault, row->account, row->id, now);
        if (!who) return who.error();
        auto fresh_until = timestamp::max();
        for (auto const& limit : tx.limits_of(row->account, now))
            fresh_until = std::min(fresh_until, limit.ends_at);
        return remembered_session{*who, row->expires_at, fresh_until};
    };
    auto const loaded = co_await state_->database.read(std::move(load));
    if (!loaded && loaded.error().code == errc::unauthenticated) co_return domain::principal_ptr();
    if (!loaded) co_return loaded.error();
    state_->sessions.remember(token_hash, *loaded, changes_before);
    co_return loaded->who;
}

bool identity::is_current(domain::principal const& who) const
{
    return !state_->has_ended(who.session);
}

task<result<std::vector<domain::session_info>>> identity::sessions(domain::principal_ptr who)
{
    if (!who) co_return errc::unauthenticated;
    auto const now = state_->time.now();
    auto read = [who, now](store::read_tx& tx) -> result<std::vector<domain::session_info>> {
        std::vector<domain::session_info> made;
        for (auto const& row : tx.sessions_of(who->account)) {
            if (row.expires_at <= now) continue;
            made.push_back({row.id, row.created_at, row.expires_at, row.id == who->session});
        }
        return made;
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<void>> identity::end_session(domain::principal_ptr who, session_id session)
{
    if (!who) co_return errc::unauthenticated;
    auto end = [session, account = who->account](store::write_tx& tx) -> result<void> {
        if (!tx.end_session(account, session)) return errc::not_found;
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(end));
    if (!done) co_return done.error();
    state_->sessions.forget(who->account);
    state_->session_ended(session);
    co_return result<void>();
}

task<result<void>> identity::end_other_sessions(domain::principal_ptr who)
{
    if (!who) co_return errc::unauthenticated;
    auto end = [who](store::write_tx& tx) -> result<std::vector<session_id>> {
        std::vector<session_id> made;
        for (auto const& one : tx.sessions_of(who->account)) {
            if (one.id != who->session && tx.end_session(who->account, one.id)) made.push_back(one.id);
        }
        return made;
    };
    auto const ended = co_await state_->database.write(std::move(end));
    if (!ended) co_return ended.error();
    sessions_ended(who->account, *ended);
    co_return result<void>();
}

task<result<void>> identity::set_country(domain::principal_ptr who, std::string country)
{
    if (!who) co_return errc::unauthenticated;
    auto const valid = validate_country(country);
    if (!valid) co_return valid.error();
    auto set = [country, account = who->account](store::write_tx& tx) -> result<void> {
        tx.set_country(account, country);
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(set));
    if (!done) co_return done.error();
    state_->sessions.forget(who->account);
    co_return result<void>();
}

void identity::sessions_ended(account_id const& account, std::vector<session_id> const& ended)
{
    state_->sessions.forget(account);
    for (auto const& session : ended)
        state_->session_ended(session);
}

void identity::account_changed(account_id const& account)
{
    state_->account_changed(account);
}

void identity::on_session_ended(std::function<void(session_id const&)> listener)
{
    state_->listen(std::move(listener));
}

void identity::on_account_changed(std::function<void(account_id const&)> listener)
{
    state_->listen_to_changes(std::move(listener));
}

task<result<account_id>> identity::find(std::string nickname)
{
    auto const nickname_hash = state_->vault.nickname_hash(nickname);
    auto look_up = [nickname_hash](store::read_tx& tx) -> result<account_id> {
        auto const account = tx.account_named(nickname_hash);
        if (!account) return errc::not_found;
        return *account;
    };
    auto const found = co_await state_->database.read(std::move(look_up));
    co_return found;
}

task<result<account_id>> identity::set_lead(std::string nickname, bool is_lead)
{
    auto const account = co_await find(nickname);
    if (!account) co_return account.error();
    auto const at = state_->time.now();
    auto set = [is_lead, at, id = *account](store::write_tx& tx) -> result<void> {
        tx.set_lead(id, is_lead);
        tx.append_audit(
            {at, std::nullopt, is_lead ? "account.lead" : "account.no_lead", std::nullopt, id.text(), "{}"}
        );
        tx.append_event({0, "me.role", std::nullopt, std::nullopt, std::nullopt, id, at});
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(set));
    if (!done) co_return done.error();
    state_->account_changed(*account);
    co_return *account;
}

} // namespace holdfast::app
