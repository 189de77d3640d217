#include "server/app/notices/notice_wish.hpp"

#include "server/app/help/opening_hours.hpp"
#include "server/app/space/private_shape.hpp"

#include <boost/json.hpp>

namespace holdfast::app {

namespace json = boost::json;
using domain::notice_kind;

namespace {
json::array names_of(std::set<notice_kind> const& kinds)
{
    json::array made;
    for (auto const kind : kinds)
        made.push_back(json::string(domain::name_of(kind)));
    return made;
}

std::set<notice_kind> kinds_in(json::object const& from, std::string_view name)
{
    std::set<notice_kind> made;
    auto const* const found = from.if_contains(name);
    if (found == nullptr || !found->is_array()) return made;
    for (auto const& one : found->get_array()) {
        auto const kind =
            one.is_string() ? domain::notice_kind_named(std::string(one.get_string())) : std::nullopt;
        if (kind) made.insert(*kind);
    }
    return made;
}

json::object const* object_in(json::object const& from, std::string_view name)
{
    auto const* const found = from.if_contains(name);
    return found != nullptr && found->is_object() ? &found->get_object() : nullptr;
}

std::int64_t whole_in(json::object const& from, std::string_view name)
{
    auto const* const found = from.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}
} // namespace

std::string notice_wish::text() const
{
    json::object made;
    made["off"] = names_of(off);
    made["mail_off"] = names_of(mail_off);
    if (quiet) {
        json::object hours;
        hours["from"] = quiet->from;
        hours["to"] = quiet->to;
        hours["zone"] = quiet->zone;
        made["quiet"] = std::move(hours);
    }
    if (address) {
        json::object mail;
        mail["text"] = address->text;
        mail["confirmed"] = address->is_confirmed;
        mail["code"] = address->code;
        mail["until"] = address->code_until.time_since_epoch().count();
        mail["tries"] = address->tries;
        made["address"] = std::move(mail);
    }
    made["language"] = language;
    made["codes_day"] = codes_day;
    made["codes"] = codes;
    auto text = json::serialize(made);
    constexpr std::size_t step = 1024; // an address or none: the same
    text.resize((text.size() + step - 1) / step * step, ' ');
    return text;
}

notice_wish notice_wish::from(std::string_view text)
{
    notice_wish made;
    boost::system::error_code failed;
    auto const value = json::parse(json::string_view(text.data(), text.size()), failed);
    if (failed || !value.is_object()) return made;
    auto const& whole = value.get_object();
    made.off = kinds_in(whole, "off");
    made.mail_off = kinds_in(whole, "mail_off");
    if (auto const* hours = object_in(whole, "quiet"))
        made.quiet = {number_in(*hours, "from"), number_in(*hours, "to"), text_in(*hours, "zone")};
    if (auto const* mail = object_in(whole, "address")) {
        mail_address address;
        address.text = text_in(*mail, "text");
        auto const* const confirmed = mail->if_contains("confirmed");
        address.is_confirmed = confirmed != nullptr && confirmed->is_bool() && confirmed->get_bool();
        address.code = text_in(*mail, "code");
        address.code_until = timestamp(std::chrono::milliseconds(whole_in(*mail, "until")));
        address.tries = number_in(*mail, "tries");
        made.address = std::move(address);
    }
    made.language = text_in(whole, "language");
    made.codes_day = whole_in(whole, "codes_day");
    made.codes = number_in(whole, "codes");
    return made;
}

std::optional<timestamp> quiet_until(std::optional<quiet_hours> const& hours, timestamp now)
{
    if (!hours || hours->from == hours->to) return std::nullopt;
    auto const local = local_time(hours->zone, now).value_or(now);
    auto const day = std::chrono::floor<std::chrono::days>(local);
    auto const minute =
        static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(local - day).count());
    auto const over_midnight = hours->to < hours->from;
    auto const is_quiet = over_midnight ? minute >= hours->from || minute < hours->to
                                        : minute >= hours->from && minute < hours->to;
    if (!is_quiet) return std::nullopt;
    auto const to_day = over_midnight && minute >= hours->from ? day + std::chrono::days(1) : day;
    return now + (to_day + std::chrono::minutes(hours->to) - local);
}

} // namespace holdfast::app
