#include "server/net/head_validator.hpp"

#include <algorithm>
#include <array>

namespace holdfast::net {

namespace {
constexpr std::size_t fields_max = 100;
constexpr std::size_t target_bytes_max = 8 * 1024;
constexpr std::size_t method_bytes_max = 20;
constexpr std::size_t host_bytes_max = 255;
constexpr std::size_t length_digits_max = 15; // far over any body, far under 64 bits

bool is_digit(char one)
{
    return one >= '0' && one <= '9';
}
bool is_letter(char one)
{
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
}
bool is_hex(char one)
{
    return is_digit(one) || (one >= 'a' && one <= 'f') || (one >= 'A' && one <= 'F');
}
char lower(char one)
{
    return one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one;
}

bool is_token_letter(char one)
{
    constexpr std::string_view signs = "!#$%&'*+-.^_`|~";
    return is_letter(one) || is_digit(one) || signs.find(one) != std::string_view::npos;
}

bool is_token(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_letter);
}

bool same(std::string_view left, std::string_view right)
{
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(), [](char one, char other) {
               return lower(one) == lower(other);
           });
}

std::string_view trimmed(std::string_view value)
{
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t'))
        value.remove_suffix(1);
    return value;
}

bool is_visible_value(std::string_view value)
{
    return std::all_of(value.begin(), value.end(), [](char one) {
        auto const byte = static_cast<unsigned char>(one);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
    });
}

// A path with its query, in the letters of RFC 3986.
bool is_path(std::string_view target)
{
    constexpr std::string_view never = "\"<>\\^`{|}#";
    if (!target.starts_with('/')) return false;
    for (std::size_t at = 0; at < target.size(); ++at) {
        auto const byte = static_cast<unsigned char>(target[at]);
        if (byte <= 0x20 || byte >= 0x7F || never.find(target[at]) != std::string_view::npos) return false;
        if (byte != '%') continue;
        if (at + 2 >= target.size() || !is_hex(target[at + 1]) || !is_hex(target[at + 2])) return false;
    }
    return true;
}

bool is_host(std::string_view host)
{
    if (host.empty() || host.size() > host_bytes_max) return false;
    auto name_ends = host.find(':');
    if (host.front() == '[') {
        auto const closing = host.find(']');
        if (closing == std::string_view::npos) return false;
        auto const literal = host.substr(1, closing - 1);
        auto const fits = [](char one) { return is_hex(one) || one == ':' || one == '.'; };
        if (literal.empty() || !std::all_of(literal.begin(), literal.end(), fits)) return false;
        if (closing + 1 < host.size() && host[closing + 1] != ':') return false;
        name_ends = closing + 1 < host.size() ? closing + 1 : std::string_view::npos;
    } else {
        auto const name = host.substr(0, name_ends);
        auto const fits = [](char one) {
            return is_letter(one) || is_digit(one) || one == '.' || one == '-' || one == '_';
        };
        if (name.empty() || !std::all_of(name.begin(), name.end(), fits)) return false;
    }
    if (name_ends == std::string_view::npos) return true;
    auto const port = host.substr(name_ends + 1);
    return port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit);
}

bool is_length(std::string_view value)
{
    return !value.empty() && value.size() <= length_digits_max &&
           std::all_of(value.begin(), value.end(), is_digit);
}

head_verdict bad(std::string_view reason)
{
    return {400, reason};
}

// "name" of "http://name/path", none of any other target.
std::string_view authority_of(std::string_view target)
{
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (!same(target.substr(0, scheme.size()), scheme)) continue;
        auto const rest = target.substr(scheme.size());
        return rest.substr(0, rest.find_first_of("/?"));
    }
    return {};
}

// Fields of which two would let two readers see two different requests.
constexpr std::array<std::string_view, 6> once_only = {
    "authorization", "content-type", "expect", "origin", "sec-fetch-site", "idempotency-key"};

struct head_parts {
    bool is_http_11 = false;
    std::string_view authority; // of an absolute target
    std::string_view host;
    int hosts = 0;
    int lengths = 0;
    int codings = 0;
    std::array<int, once_only.size()> seen{};
};

head_verdict validate_request_line(std::string_view line, head_parts& parts)
{
    auto const first = line.find(' ');
    auto const last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return bad("The request line is not complete.");
    auto const method = line.substr(0, first);
    auto const target = line.substr(first + 1, last - first - 1);
    auto const version = line.substr(last + 1);
    if (!is_token(method)) return bad("The method is not a token.");
    if (method.size() > method_bytes_max) return {501, "This method is not known."};
    if (target.size() > target_bytes_max) return {414, "The target is too long."};
    if (version.size() != 8 || !version.starts_with("HTTP/") || !is_digit(version[5]) || version[6] != '.' ||
        !is_digit(version[7])) {
        return bad("The version is not HTTP.");
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return {505, "Only HTTP/1.0 and HTTP/1.1 are spoken here."};
    parts.is_http_11 = version.back() == '1';
    if (method == "CONNECT" || method == "TRACE") return {501, "This method is not served."};
    if (target == "*") return method == "OPTIONS" ? head_verdict() : bad("The target is not a path.");
    parts.authority = authority_of(target);
    if (!parts.authority.empty() && !is_host(parts.authority))
        return bad("The host in the target is not valid.");
    if (!is_path(origin_form(target))) return bad("The target is not a path.");
    return {};
}

head_verdict validate_framing(std::string_view name, std::string_view value, head_parts& parts)
{
    if (same(name, "host")) {
        ++parts.hosts;
        parts.host = value;
        if (!is_host(value)) return bad("The host is not valid.");
    } else if (same(name, "content-length")) {
        ++parts.lengths;
        if (!is_length(value)) return bad("The content length is not a number.");
    } else if (same(name, "transfer-encoding")) {
        ++parts.codings;
        if (!same(value, "chunked")) return {501, "Only the chunked coding is understood."};
    } else if (same(name, "expect") && !same(value, "100-continue")) {
        return {417, "This expectation can't be met."};
    }
    return {};
}

head_verdict validate_field(std::string_view line, head_parts& parts)
{
    if (line.front() == ' ' || line.front() == '\t') return bad("A field is folded over lines.");
    if (!is_field_line(line)) return bad("A field is not a name, a colon and a value.");
    auto const colon = line.find(':');
    auto const name = line.substr(0, colon);
    for (std::size_t index = 0; index < once_only.size(); ++index) {
        if (same(name, once_only[index]) && ++parts.seen[index] > 1)
            return bad("A field that stands once is given twice.");
    }
    return validate_framing(name, trimmed(line.substr(colon + 1)), parts);
}

head_verdict validate_whole(head_parts const& parts)
{
    if (parts.hosts > 1 || (parts.is_http_11 && parts.hosts == 0)) return bad("There must be one host.");
    if (!parts.authority.empty() && parts.hosts == 1 && !same(parts.authority, parts.host)) {
        return bad("The target names another host.");
    }
    if (parts.lengths > 1 || parts.codings > 1) return bad("The body's length is given twice.");
    if (parts.lengths == 1 && parts.codings == 1) return bad("The body's length is given in two ways.");
    if (parts.codings == 1 && !parts.is_http_11) return bad("HTTP/1.0 knows no transfer coding.");
    return {};
}
} // namespace

bool is_field_line(std::string_view line)
{
    auto const colon = line.find(':');
    return colon != std::string_view::npos && is_token(line.substr(0, colon)) &&
           is_visible_value(line.substr(colon + 1));
}

std::string_view origin_form(std::string_view target)
{
    auto const authority = authority_of(target);
    if (authority.empty()) return target;
    auto const path =
        target.substr(static_cast<std::size_t>(authority.data() - target.data()) + authority.size());
    return path.empty() ? std::string_view("/") : path;
}

head_end find_head_end(std::string_view bytes, std::size_t already_seen)
{
    for (auto at = bytes.find('\n', already_seen); at != std::string_view::npos;
         at = bytes.find('\n', at + 1)) {
        if (at == 0 || bytes[at - 1] != '\r') return {0, true};
        if (at >= 3 && bytes[at - 2] == '\n') return {at + 1, false};
    }
    return {};
}

head_verdict validate_head(std::string_view head)
{
    head_parts parts;
    auto rest = head;
    for (std::size_t lines = 0;; ++lines) {
        auto const end = rest.find("\r\n");
        if (end == std::string_view::npos) return bad("The head is not complete.");
        auto const line = rest.substr(0, end);
        rest.remove_prefix(end + 2);
        // What ends a line must not be a matter of opinion.
        if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
            return bad("A line ends in an odd way.");
        if (line.empty() && lines > 0) break;
        if (lines > fields_max) return {431, "There are too many fields."};
        auto const verdict = lines == 0 ? validate_request_line(line, parts) : validate_field(line, parts);
        if (verdict.status != 0) return verdict;
    }
    return rest.empty() ? validate_whole(parts) : bad("The head is not complete.");
}

} // namespace holdfast::net
