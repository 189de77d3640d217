#include "server/app/space/space_seal.hpp"

#include "server/app/people/member_keys.hpp"
#include "server/base/limits.hpp"
#include "server/sealing/aead.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

namespace json = boost::json;
using domain::private_kind;

namespace {
// Filled up with spaces, so that its length tells little: whether a day was good or bad is one word.
std::string padded(std::string text)
{
    constexpr std::size_t step = 256;
    text.resize((text.size() + step - 1) / step * step, ' ');
    return text;
}
} // namespace

result<opened_space>
open_space(member_keys const& own_keys, store::read_tx& tx, member_session const& who, private_kind kind)
{
    if (!who.who) return errc::unauthenticated;
    auto const account = who.who->account;
    auto key = own_keys.open_in_session(tx, account, who.who->session, who.token);
    if (!key) return key.error();
    return opened_space{account, kind, std::move(*key)};
}

sealed_text seal(opened_space const& mine, private_text const& text)
{
    json::object whole;
    whole["created"] = text.created_at.time_since_epoch().count();
    whole["saved"] = text.saved_at.time_since_epoch().count();
    whole["on"] = text.based_on;
    if (text.settled > 0) whole["settled"] = text.settled;
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
    auto whole = json::parse(*opened, failed);
    if (failed || !whole.is_object()) return errc::damaged;
    auto& object = whole.get_object();
    auto const number = [&](char const* name) {
        auto const* const found = object.if_contains(name);
        return found != nullptr && found->is_int64() ? found->get_int64() : 0;
    };
    auto* const body = object.if_contains("body");
    if (body == nullptr || !body->is_object()) return errc::damaged;
    private_text made;
    made.id = row.id;
    made.version = row.version;
    made.based_on = static_cast<int>(number("on"));
    made.settled = static_cast<int>(number("settled"));
    made.created_at = timestamp(std::chrono::milliseconds(number("created")));
    made.saved_at = timestamp(std::chrono::milliseconds(number("saved")));
    made.body = std::move(body->get_object());
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

result<void> room_for(store::read_tx& tx, account_id const& account, std::size_t bytes)
{
    if (tx.private_bytes(account) + bytes <= limits::private_bytes_max) return result<void>();
    error full{errc::no_room};
    full.detail = "To make room, keep a copy of everything first. Then delete what you no longer need here.";
    return full;
}

private_id id_for(opened_space const& mine, std::string_view idempotency_key)
{
    auto const hash =
        sealing::keyed_hash(*mine.key, {"record id", domain::name_of(mine.kind), idempotency_key});
    private_id::bytes first{};
    std::copy_n(hash.begin(), first.size(), first.begin());
    return private_id(first);
}

private_id id_of_only(opened_space const& mine)
{
    return id_for(mine, "the only one");
}

} // namespace holdfast::app
