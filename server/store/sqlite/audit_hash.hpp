// One link of the audit chain: a hash over the entry and the hash before it, so that any flip, swap, cut or
// deletion inside the log shows.
#pragma once
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

} // namespace holdfast::store::sqlite
