#include "server/app/space/space.hpp"

#include "server/app/care/help_lines.hpp"
#include "server/app/people/member_keys.hpp"
#include "server/app/screener.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/limits.hpp"
#include "server/sealing/aead.hpp"
#include "server/store/database.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

namespace json = boost::json;
using domain::private_kind;

namespace {
// Whose, of which kind, under which key: what every step of one request shares.
struct opened_space {
    account_id account;
    private_kind kind;
    sealing::secret_ptr key;
};

result<opened_space>
open_space(member_keys const& own_keys, store::read_tx& tx, signed_in const& who, private_kind kind)
{
    if (!who.who) return errc::unauthenticated;
    auto const account = who.who->account;
    auto key = own_keys.open_in_session(tx, account, who.who->session, who.token);
    if (!key) return key.error();
    return opened_space{account, kind, std::move(*key)};
}

// Filled up with spaces, so that its length tells little: whether a day was good or bad is one word.
std::string padded(std::string text)
{
    constexpr std::size_t step = 256;
    text.resize((text.size() + step - 1) / step * step, ' ');
    return text;
}

sealed_text seal(opened_space const& mine, private_text const& text)
{
    json::object whole;
    whole["created"] = text.created_at.time_since_epoch().count();
    whole["saved"] = text.saved_at.time_since_epoch().count();
    whole["on"] = text.based_on;
    whole["body"] = text.body;
    return sealing::seal(
        *mine.key,
        {"private_version",
         text.id.text(),
         mine.account.text(),
         domain::name_of(mine.kind),
         std::to_string(text.version)},
        padded(json::serialize(whole))
    );
}

result<private_text> open(opened_space const& mine, store::private_row const& row)
{
    auto const opened = sealing::open(
        *mine.key,
        {"private_version",
         row.id.text(),
         mine.account.text(),
         domain::name_of(mine.kind),
         std::to_string(row.version)},
        row.body
    );
    if (!opened) return errc::damaged;
    boost::system::error_code failed;
    auto const whole = json::parse(*opened, failed);
    if (failed || !whole.is_object()) return errc::damaged;
    auto const& object = whole.get_object();
    auto const number = [&](char const* name) {
        auto const* const found = object.if_contains(name);
        return found != nullptr && found->is_int64() ? found->get_int64() : 0;
    };
    auto const* const body = object.if_contains("body");
    if (body == nullptr || !body->is_object()) return errc::damaged;
    private_text made;
    made.id = row.id;
    made.version = row.version;
    made.based_on = static_cast<int>(number("on"));
    made.created_at = timestamp(std::chrono::milliseconds(number("created")));
    made.saved_at = timestamp(std::chrono::milliseconds(number("saved")));
    made.body = body->get_object();
    return made;
}

result<std::vector<private_text>>
open_all(opened_space const& mine, std::vector<store::private_row> const& rows)
{
    std::vector<private_text> made;
    made.reserve(rows.size());
    for (auto const& row : rows) {
        auto text = open(mine, row);
        if (!text) return text.error();
        made.push_back(std::move(*text));
    }
    return made;
}

// The id follows from the key of the request, so that a retry finds what it made; under the member's key, so
// that it says nothing to anybody else.
private_id id_for(opened_space const& mine, std::string_view idempotency_key)
{
    auto const hash =
        sealing::keyed_hash(*mine.key, {"record id", domain::name_of(mine.kind), idempotency_key});
    private_id::bytes first{};
    std::copy_n(hash.begin(), first.size(), first.begin());
    return private_id(first);
}

result<private_text> append(store::write_tx& tx, opened_space const& mine, private_text text)
{
    text.version += 1;
    tx.add_private_version(
        mine.account, mine.kind, {text.id, text.version, seal(mine, text)}, limits::private_versions_max
    );
    return text;
}

// A new version after those there are. Sent again as it was, it is the same version again.
result<private_text> append_to(
    store::write_tx& tx,
    opened_space const& mine,
    store::private_row const& newest,
    int based_on,
    json::object const& body,
    timestamp at
)
{
    auto text = open(mine, newest);
    if (!text) return text.error();
    if (text->based_on == based_on && text->body == body) return text;
    text->based_on = std::clamp(based_on, 1, text->version);
    text->body = body;
    text->saved_at = at;
    return append(tx, mine, std::move(*text));
}

result<private_text> begin(
    store::write_tx& tx,
    opened_space const& mine,
    private_id const& id,
    json::object const& body,
    timestamp at
)
{
    if (tx.private_count(mine.account, mine.kind) >= limits::private_records_max) {
        return invalid_field("text", "There is no more room here. Could you delete an old one first?");
    }
    private_text text;
    text.id = id;
    text.version = 0;
    text.created_at = at;
    text.saved_at = at;
    text.body = body;
    return append(tx, mine, std::move(text));
}
} // namespace

json::object json_of(private_text const& text)
{
    auto made = text.body;
    made["id"] = text.id.text();
    made["version"] = text.version;
    made["based_on"] = text.based_on;
    made["beside_another"] = text.is_beside_another();
    made["created_at"] = iso8601(text.created_at);
    made["saved_at"] = iso8601(text.saved_at);
    return made;
}

task<result<std::vector<private_text>>> space::all(signed_in who, private_kind kind)
{
    auto const& own_keys = own_keys_;
    auto look = [&own_keys, who, kind](store::read_tx& tx) -> result<std::vector<private_text>> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto made = open_all(*mine, tx.private_records(mine->account, kind));
        if (!made) return made.error();
        std::sort(made->begin(), made->end(), [](auto const& left, auto const& right) {
            return std::pair(left.created_at, left.id) > std::pair(right.created_at, right.id);
        });
        return made;
    };
    auto found = co_await database_.read(std::move(look));
    co_return found;
}

task<result<std::vector<private_text>>> space::versions(signed_in who, private_kind kind, private_id id)
{
    auto const& own_keys = own_keys_;
    auto look = [&own_keys, who, kind, id](store::read_tx& tx) -> result<std::vector<private_text>> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const rows = tx.private_versions(mine->account, kind, id);
        if (rows.empty()) return errc::not_found;
        return open_all(*mine, rows);
    };
    auto found = co_await database_.read(std::move(look));
    co_return found;
}

task<result<private_text>>
space::add(signed_in who, private_kind kind, std::string idempotency_key, json::object body)
{
    auto const& own_keys = own_keys_;
    auto const at = time_.now();
    auto write = [&own_keys, who, kind, idempotency_key, body, at](store::write_tx& tx
                 ) -> result<private_text> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const id = id_for(*mine, idempotency_key);
        auto const earlier = tx.private_versions(mine->account, kind, id);
        if (earlier.empty()) return begin(tx, *mine, id, body, at);
        auto first = open(*mine, earlier.front());
        if (first && first->body != body) return errc::key_reused;
        return first;
    };
    auto made = co_await database_.write(std::move(write));
    co_return made;
}

task<result<private_text>>
space::change(signed_in who, private_kind kind, private_id id, int based_on, json::object body)
{
    auto const& own_keys = own_keys_;
    auto const at = time_.now();
    auto write = [&own_keys, who, kind, id, based_on, body, at](store::write_tx& tx) -> result<private_text> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const earlier = tx.private_versions(mine->account, kind, id);
        if (earlier.empty()) return errc::not_found;
        return append_to(tx, *mine, earlier.back(), based_on, body, at);
    };
    auto made = co_await database_.write(std::move(write));
    co_return made;
}

task<result<std::optional<private_text>>> space::only(signed_in who, private_kind kind)
{
    auto some = co_await all(who, kind);
    if (!some) co_return some.error();
    std::optional<private_text> made;
    if (!some->empty()) made = std::move(some->front());
    co_return made;
}

task<result<private_text>> space::set_only(signed_in who, private_kind kind, int based_on, json::object body)
{
    auto const& own_keys = own_keys_;
    auto const at = time_.now();
    auto write = [&own_keys, who, kind, based_on, body, at](store::write_tx& tx) -> result<private_text> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const id = id_for(*mine, "the only one");
        auto const earlier = tx.private_versions(mine->account, kind, id);
        if (earlier.empty()) return begin(tx, *mine, id, body, at);
        return append_to(tx, *mine, earlier.back(), based_on, body, at);
    };
    auto made = co_await database_.write(std::move(write));
    co_return made;
}

task<result<private_text>> space::put(signed_in who, private_kind kind, std::string key, json::object body)
{
    auto const& own_keys = own_keys_;
    auto const at = time_.now();
    auto write = [&own_keys, who, kind, key, body, at](store::write_tx& tx) -> result<private_text> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const id = id_for(*mine, key);
        auto const earlier = tx.private_versions(mine->account, kind, id);
        if (earlier.empty()) return begin(tx, *mine, id, body, at);
        auto newest = open(*mine, earlier.back());
        if (!newest || newest->body == body) return newest;
        return append_to(tx, *mine, earlier.back(), newest->version, body, at);
    };
    auto made = co_await database_.write(std::move(write));
    co_return made;
}

task<result<void>> space::remove(signed_in who, private_kind kind, private_id id)
{
    if (!who.who) co_return errc::unauthenticated;
    auto take_out = [account = who.who->account, kind, id](store::write_tx& tx) -> result<void> {
        if (!tx.remove_private(account, kind, id)) return errc::not_found;
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(take_out));
    co_return done;
}

task<result<void>> space::remove_where(signed_in who, private_kind kind, std::string field, std::string words)
{
    auto const& own_keys = own_keys_;
    auto take_out = [&own_keys, who, kind, field, words](store::write_tx& tx) -> result<void> {
        auto const mine = open_space(own_keys, tx, who, kind);
        if (!mine) return mine.error();
        auto const all = open_all(*mine, tx.private_records(mine->account, kind));
        if (!all) return all.error();
        for (auto const& one : *all) {
            if (text_in(one.body, field) == words) tx.remove_private(mine->account, kind, one.id);
        }
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(take_out));
    co_return done;
}

task<result<json::object>> space::everything(signed_in who)
{
    auto const& own_keys = own_keys_;
    auto collect = [&own_keys, who](store::read_tx& tx) -> result<json::object> {
        json::object made;
        for (auto const name : domain::private_kind_names) {
            auto const mine = open_space(own_keys, tx, who, *domain::private_kind_named(name));
            if (!mine) return mine.error();
            json::array records;
            for (auto const& row : tx.private_records(mine->account, mine->kind)) {
                auto const texts = open_all(*mine, tx.private_versions(mine->account, mine->kind, row.id));
                if (!texts) return texts.error();
                json::array versions;
                for (auto const& text : *texts)
                    versions.push_back(json_of(text));
                records.push_back(std::move(versions));
            }
            made[name] = std::move(records);
        }
        return made;
    };
    auto all = co_await database_.read(std::move(collect));
    co_return all;
}

task<result<std::size_t>> space::count(domain::principal_ptr who, private_kind kind)
{
    if (!who) co_return errc::unauthenticated;
    auto look = [account = who->account, kind](store::read_tx& tx) -> result<std::size_t> {
        return tx.private_count(account, kind);
    };
    auto const found = co_await database_.read(std::move(look));
    co_return found;
}

std::optional<domain::care> space::care_for(domain::principal const& who, std::string_view words) const
{
    if (words.empty()) return std::nullopt;
    moderation::input input;
    input.text = words;
    auto const seen = screen_.look(input);
    if (!domain::care_is_due(seen)) return std::nullopt;
    return lines_.chosen_for(who.country, seen.triage);
}

bool space::may_not_wait(domain::post_text const& content, std::vector<std::string> const& before) const
{
    std::vector<std::string_view> const context(before.begin(), before.end());
    moderation::input input;
    input.text = content.text;
    input.title = content.title;
    input.context = context;
    auto const seen = screen_.look(input);
    auto const failed = std::any_of(seen.findings.begin(), seen.findings.end(), [](auto const& one) {
        return one.rule.starts_with("screen.");
    });
    return failed || domain::care_is_due(seen) || seen.labels.has(moderation::label::abuse_danger);
}

} // namespace holdfast::app
