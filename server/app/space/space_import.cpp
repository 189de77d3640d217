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

result<std::vector<sealed_record>> sealed_for(
    member_keys const& own_keys,
    store::read_tx& tx,
    signed_in const& who,
    std::vector<imported_record> records
)
{
    auto mine = open_space(own_keys, tx, who, private_kind::journal);
    if (!mine) return mine.error();
    new_ids ids;
    std::vector<sealed_record> made;
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
    return made;
}

result<import_report>
add_all(store::write_tx& tx, account_id const& account, std::vector<sealed_record> const& records)
{
    import_report made;
    for (auto const& record : records) {
        auto& counted = made[record.kind];
        if (!tx.private_versions(account, record.kind, record.id).empty()) {
            ++counted.kept;
            continue;
        }
        ++counted.added;
        for (auto const& row : record.versions)
            tx.add_private_version(account, record.kind, row, limits::private_versions_max);
    }
    for (auto const& [kind, counted] : made) {
        if (tx.private_count(account, kind) > limits::private_records_max)
            return invalid_field(
                "private." + std::string(domain::name_of(kind)),
                "There is not enough room here. Nothing was changed."
            );
    }
    return made;
}
} // namespace

task<result<import_report>> space::take_in(signed_in who, std::string file)
{
    if (!who.who) co_return errc::unauthenticated;
    auto const& own_keys = own_keys_;
    auto const account = who.who->account;
    auto read = [&own_keys, who, text = std::move(file)](store::read_tx& tx
                ) -> result<std::vector<sealed_record>> {
        auto records = records_in(text);
        if (!records) return records.error();
        return sealed_for(own_keys, tx, who, std::move(*records));
    };
    auto ready = co_await database_.read(std::move(read));
    if (!ready) co_return ready.error();
    auto const records = std::make_shared<std::vector<sealed_record> const>(std::move(*ready));
    auto write = [records, account](store::write_tx& tx) { return add_all(tx, account, *records); };
    auto const done = co_await database_.write(std::move(write));
    co_return done;
}

} // namespace holdfast::app
