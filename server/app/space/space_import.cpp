// Taking a copy of one's data back in: all of it or nothing, and what is here already stays as it is.
#include "server/app/people/member_keys.hpp"
#include "server/app/space/import_file.hpp"
#include "server/app/space/space_seal.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <boost/json.hpp>

#include <map>
#include <memory>

namespace holdfast::app {

namespace json = boost::json;
using domain::private_kind;

namespace {
struct sealed_record {
    private_kind kind = private_kind::journal;
    private_id id;
    std::vector<store::private_row> versions;
};
struct sealed_copy {
    std::vector<sealed_record> records;
    std::size_t partners_to_ask = 0;
};

// Somebody's own id never leaves their account: one that the file brings stands for another, made from it
// under the member's key, so that a second import finds what the first one made.
private_id id_here(store::read_tx& tx, opened_space const& mine, imported_record const& from)
{
    if (domain::is_single(mine.kind)) return id_of_only(mine);
    auto const is_here = !tx.private_versions(mine.account, mine.kind, from.id).empty();
    return is_here ? from.id : id_for(mine, "import " + from.id.text());
}

using new_ids = std::map<std::string, std::string, std::less<>>;

// A story knows its goals by their ids: those follow.
void follow(json::value& value, new_ids const& ids)
{
    if (value.is_string()) {
        auto const found = ids.find(std::string_view(value.get_string().data(), value.get_string().size()));
        if (found != ids.end()) value = found->second;
    } else if (value.is_array()) {
        for (auto& one : value.get_array())
            follow(one, ids);
    } else if (value.is_object()) {
        for (auto& member : value.get_object())
            follow(member.value(), ids);
    }
}

// Company that this account itself has, or had: it is here, with all that was said.
bool is_here(store::read_tx& tx, account_id const& account, imported_company const& company)
{
    auto const known = tx.partnership(company.id);
    return known && (known->member == account || known->partner == account);
}

// Gives how many are to be asked again; what was said to others comes after the other records.
std::size_t add_company(store::read_tx& tx, account_id const& account, imported_copy& copy)
{
    std::size_t to_ask = 0;
    for (auto& one : copy.company) {
        if (is_here(tx, account, one)) continue;
        if (one.as_member) ++to_ask;
        for (auto& record : one.words)
            copy.records.push_back(std::move(record));
    }
    return to_ask;
}

result<sealed_copy>
sealed_for(member_keys const& own_keys, store::read_tx& tx, member_session const& who, imported_copy copy)
{
    auto mine = open_space(own_keys, tx, who, private_kind::journal);
    if (!mine) return mine.error();
    sealed_copy all;
    all.partners_to_ask = add_company(tx, mine->account, copy);
    auto& records = copy.records;
    auto& made = all.records;
    new_ids ids;
    for (auto const& record : records) {
        mine->kind = record.kind;
        auto const id = id_here(tx, *mine, record);
        ids[record.id.text()] = id.text();
        made.push_back({record.kind, id, {}});
    }
    for (std::size_t at = 0; at < records.size(); ++at) {
        mine->kind = records[at].kind;
        for (auto& text : records[at].versions) {
            text.id = made[at].id;
            for (auto& member : text.body)
                follow(member.value(), ids);
            made[at].versions.push_back({text.id, text.version, seal(*mine, text)});
        }
    }
    return all;
}

result<import_report> add_all(store::write_tx& tx, account_id const& account, sealed_copy const& copy)
{
    import_report made;
    made.partners_to_ask = copy.partners_to_ask;
    std::vector<sealed_record const*> added;
    std::size_t bytes = 0;
    for (auto const& record : copy.records) {
        auto& counted = made.kinds[record.kind];
        if (!tx.private_versions(account, record.kind, record.id).empty()) {
            ++counted.kept;
            continue;
        }
        ++counted.added;
        added.push_back(&record);
        for (auto const& row : record.versions)
            bytes += row.body.bytes.size();
    }
    auto const has_room = room_for(tx, account, bytes);
    if (!has_room) return has_room.error();
    for (auto const& [kind, counted] : made.kinds) {
        if (tx.private_count(account, kind) + counted.added > limits::private_records_max)
            return invalid_field(
                "private." + std::string(domain::name_of(kind)),
                "There is not enough room here. Nothing was changed."
            );
    }
    for (auto const* const record : added) {
        for (auto const& row : record->versions)
            tx.add_private_version(account, record->kind, row);
    }
    return made;
}
} // namespace

task<result<import_report>> space::take_in(member_session who, std::string file, language const& spoken)
{
    if (!who.who) co_return errc::unauthenticated;
    auto const& own_keys = own_keys_;
    auto const account = who.who->account;
    auto read = [&own_keys, &spoken, who, text = std::move(file)](store::read_tx& tx) -> result<sealed_copy> {
        auto copy = copy_in(text, spoken);
        if (!copy) return copy.error();
        return sealed_for(own_keys, tx, who, std::move(*copy));
    };
    auto ready = co_await database_.read(std::move(read));
    if (!ready) co_return ready.error();
    auto const copy = std::make_shared<sealed_copy const>(std::move(*ready));
    auto write = [copy, account](store::write_tx& tx) { return add_all(tx, account, *copy); };
    auto const done = co_await database_.write(std::move(write));
    co_return done;
}

} // namespace holdfast::app
