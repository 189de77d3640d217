#include "server/live/message.hpp"

#include <boost/json/parse.hpp>

namespace holdfast::live {

namespace json = boost::json;

result<message> parse_message(std::string const& text)
{
    json::parse_options options;
    options.max_depth = 4;
    boost::system::error_code failed;
    auto const value = json::parse(text, failed, {}, options);
    if (failed || !value.is_object()) return errc::bad_request;
    message made;
    for (auto const& [name, member] : value.get_object()) {
        if (name == "subscribe" && member.is_string()) {
            made.subscribe = member.get_string();
        } else if (name == "unsubscribe" && member.is_string()) {
            made.unsubscribe = member.get_string();
        } else if (name == "after" && member.is_int64() && member.get_int64() >= 0) {
            made.after = member.get_int64();
        } else {
            return errc::bad_request;
        }
    }
    if (made.subscribe.empty() == made.unsubscribe.empty()) return errc::bad_request;
    return made;
}

} // namespace holdfast::live
