// Contact details, links and wallets in a text: mail addresses, phone numbers, handles, street addresses, web
// addresses, and where digital coins are sent to. Numbers that only services have are never contact details.
// Linear in the text.
#pragma once
#include "moderation/types.hpp"

#include <string_view>
#include <vector>

namespace holdfast::moderation {

// The last two are nobody's: a help line that we know, and another number that only services have.
enum class detail_kind : std::uint8_t { mail, phone, handle, street, link, wallet, help_line, service_line };

struct contact_detail {
    detail_kind kind = detail_kind::mail;
    text_span where;
};

// `steps` counts looks at letters, for the test that work stays linear.
std::vector<contact_detail> find_details(std::string_view text, std::size_t* steps = nullptr);

} // namespace holdfast::moderation
