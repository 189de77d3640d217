#include "server/http/multipart.hpp"

#include <algorithm>

namespace holdfast::http {

namespace {
constexpr std::size_t parts_max = 32;
constexpr std::size_t boundary_max = 70; // RFC 2046

std::string lower(std::string_view text)
{
    std::string made(text);
    for (auto& one : made)
        if (one >= 'A' && one <= 'Z') one = static_cast<char>(one + 32);
    return made;
}

// What stands for a name in a header's parameters, with or without quotes; "" when it isn't there.
std::string parameter(std::string_view header, std::string_view name)
{
    auto const folded = lower(header);
    auto const wanted = "; " + std::string(name) + "=";
    auto at = folded.find(wanted);
    auto skip = wanted.size();
    if (at == std::string::npos) {
        at = folded.find(wanted[0] + wanted.substr(2)); // no space after the semicolon
        skip = wanted.size() - 1;
    }
    if (at == std::string::npos) return {};
    auto rest = header.substr(at + skip);
    if (!rest.starts_with('"')) return std::string(rest.substr(0, rest.find(';')));
    rest.remove_prefix(1);
    auto const end = rest.find('"');
    return end == std::string_view::npos ? std::string() : std::string(rest.substr(0, end));
}

std::string name_in(std::string_view head)
{
    while (!head.empty()) {
        auto const end = std::min(head.find("\r\n"), head.size());
        auto const line = head.substr(0, end);
        if (lower(line.substr(0, 20)) == "content-disposition:") return parameter(line, "name");
        head.remove_prefix(std::min(end + 2, head.size()));
    }
    return {};
}
} // namespace

result<fields> multipart_fields(net::request const& asked)
{
    auto const type = asked.header("content-type");
    auto const boundary = parameter(type, "boundary");
    if (!lower(type).starts_with("multipart/form-data") || boundary.empty() || boundary.size() > boundary_max)
        return errc::bad_request;
    auto const delimiter = "\r\n--" + boundary;
    std::string_view rest = asked.body;
    if (!rest.starts_with(std::string_view(delimiter).substr(2))) return errc::bad_request;
    rest.remove_prefix(delimiter.size() - 2);
    fields made;
    for (std::size_t parts = 0; !rest.starts_with("--"); ++parts) {
        if (!rest.starts_with("\r\n") || parts == parts_max) return errc::bad_request;
        auto const head_end = rest.find("\r\n\r\n");
        if (head_end == std::string_view::npos) return errc::bad_request;
        auto const name = name_in(rest.substr(2, head_end - std::min<std::size_t>(2, head_end)));
        rest.remove_prefix(head_end + 4);
        auto const end = rest.find(delimiter);
        if (end == std::string_view::npos) return errc::bad_request;
        if (!name.empty()) made[name] = std::string(rest.substr(0, end));
        rest.remove_prefix(end + delimiter.size());
    }
    return made;
}

} // namespace holdfast::http
