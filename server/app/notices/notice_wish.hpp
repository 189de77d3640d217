// What somebody wants to be told, when, and where to. Kept as one sealed text.
#pragma once
#include "server/base/clock.hpp"
#include "server/domain/notice.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace holdfast::app {

struct quiet_hours {
    int from = 0; // minutes of the day in the member's own zone; `to` may lie after midnight
    int to = 0;
    std::string zone = "UTC"; // "Europe/London", or "GMT+02:00"
};

struct mail_address {
    std::string text;
    bool is_confirmed = false;
    std::string code; // that was sent to it
    timestamp code_until;
    int tries = 0;
};

struct notice_wish {
    std::set<domain::notice_kind> off;      // not told at all
    std::set<domain::notice_kind> mail_off; // told here, not by mail
    std::optional<quiet_hours> quiet;
    std::optional<mail_address> address;
    std::string language;       // of mails to them: a known one's code, "" before one was known
    std::int64_t codes_day = 0; // since 1970
    int codes = 0;              // how many were asked for on that day

    bool is_mailed(domain::notice_kind kind) const
    {
        return address && address->is_confirmed && !off.contains(kind) && !mail_off.contains(kind);
    }
    std::string text() const; // for sealing; its length says little
    static notice_wish from(std::string_view text);
};

// None: it is not quiet now.
std::optional<timestamp> quiet_until(std::optional<quiet_hours> const& hours, timestamp now);

} // namespace holdfast::app
