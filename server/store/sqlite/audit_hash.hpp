// One link of the audit chain: a hash over the entry and the hash before it, so that any flip, swap, cut or
// deletion inside the log shows. Its end stands in a second place, the table audit_head, and now and then in
// a third: a file beside the database, the witness.
#pragma once
#include "server/base/id.hpp"
#include "server/sealing/secret.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace holdfast::store::sqlite {

inline sealing::hash256 audit_hash(
    std::string_view before,
    std::int64_t number,
    std::int64_t at_ms,
    std::string_view actor,
    std::string_view action,
    std::string_view circle,
    std::string_view object,
    std::string_view detail
)
{
    return sealing::plain_hash(
        {before, std::to_string(number), std::to_string(at_ms), actor, action, circle, object, detail}
    );
}

// Whom an entry concerns is in its detail, and so under its hash.
inline std::string with_concern(std::string const& detail, account_id const& whom)
{
    auto const first = "{\"of\":\"" + whom.text() + '"';
    return detail == "{}" ? first + '}' : first + ',' + detail.substr(1);
}

inline std::string witness_of(std::string const& database_file)
{
    return database_file + "-audit";
}

} // namespace holdfast::store::sqlite
