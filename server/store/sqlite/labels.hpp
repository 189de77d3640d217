// Labels as the store writes them: names, comma separated.
#pragma once
#include "moderation/types.hpp"

#include <string>
#include <string_view>

namespace holdfast::store::sqlite {

inline std::string text_of(moderation::label_set labels)
{
    std::string made;
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const label = static_cast<moderation::label>(at);
        if (!labels.has(label)) continue;
        if (!made.empty()) made += ',';
        made += moderation::name_of(label);
    }
    return made;
}

inline moderation::label_set labels_from(std::string_view names)
{
    moderation::label_set made;
    while (!names.empty()) {
        auto const comma = names.find(',');
        if (auto const label = moderation::label_named(names.substr(0, comma))) made.add(*label);
        names = comma == std::string_view::npos ? std::string_view() : names.substr(comma + 1);
    }
    return made;
}

} // namespace holdfast::store::sqlite
