#include "server/net/head_validator.hpp"

#include <algorithm>
#include <array>

namespace holdfast::net {

namespace {
constexpr std::size_t fields_max = 100;
constexpr std::size_t target_bytes_max = 8 * 1024;
constexpr std::size_t method_bytes_max = 20;

bool is_token_letter(char one)
{
    constexpr std::string_view signs = "!#$%&'*+-.^_`|~";
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') ||
           signs.find(one) != std::string_view::npos;
}

bool is_token(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_letter);
}

bool same(std::string_view left, std::string_view right_lower_case)
{
    return left.size() == right_lower_case.size() &&
           std::equal(left.begin(), left.end(), right_lower_case.begin(), [](char one, char other) {
               return (one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one) == other;
           });
}

std::string_view trimmed(std::string_view value)
{
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
    return value;
}

bool is_visible_value(std::string_view value)
{
    return std::all_of(value.begin(), value.end(), [](char one) {
        auto const byte = static_cast<unsigned char>(one);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
    });
}

bool is_target(std::string_view target)
{
    auto const plain = std::all_of(target.begin(), target.end(), [](char one) {
        auto const byte = static_cast<unsigned char>(one);
        return byte > 0x20 && byte < 0x7F && one != '"' && one != '<' && one != '>' && one != '\\' && one != '^' &&
               one != '`' && one != '{' && one != '|' && one != '}' && one != '#';
    });
    if (!plain) return false;
    for (std::size_t at = 0; at < target.size(); ++at) {
        if (target[at] != '%') continue;
        auto const hex = [&](std::size_t index) {
            if (index >= target.size()) return false;
            auto const one = target[index];
            return (one >= '0' && one <= '9') || (one >= 'a' && one <= 'f') || (one >= 'A' && one <= 'F');
        };
        if (!hex(at + 1) || !hex(at + 2)) return false;
    }
    return true;
}

bool is_host(std::string_view host)
{
    return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](char one) {
        return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') || one == '.' ||
               one == '-' || one == '_' || one == ':' || one == '[' || one == ']';
    });
}

bool is_length(std::string_view value)
{
    return !value.empty() && value.size() <= 15 && std::all_of(value.begin(), value.end(), [](char one) {
        return one >= '0' && one <= '9';
    });
}

head_verdict bad(std::string_view reason) { return {400, reason}; }

head_verdict validate_request_line(std::string_view line, bool& is_http_11)
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
    if (version.size() != 8 || !version.starts_with("HTTP/")) return bad("The version is not HTTP.");
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return {505, "Only HTTP/1.0 and HTTP/1.1 are spoken here."};
    is_http_11 = version.back() == '1';
    auto const asterisk = target == "*" && method == "OPTIONS";
    if (!asterisk && (!target.starts_with('/') || !is_target(target))) return bad("The target is not a path.");
    if (method == "CONNECT" || method == "TRACE") return {501, "This method is not served."};
    return {};
}

struct framing {
    int hosts = 0;
    int lengths = 0;
    int codings = 0;
    bool coding_is_chunked = false;
};

head_verdict validate_field(std::string_view line, framing& seen)
{
    if (line.front() == ' ' || line.front() == '\t') return bad("A field is folded over lines.");
    auto const colon = line.find(':');
    if (colon == std::string_view::npos) return bad("A field has no colon.");
    auto const name = line.substr(0, colon);
    auto const value = trimmed(line.substr(colon + 1));
    if (!is_token(name)) return bad("A field's name is not a token.");
    if (!is_visible_value(value)) return bad("A field's value has control characters.");
    if (same(name, "host")) {
        ++seen.hosts;
        if (!is_host(value)) return bad("The host is not valid.");
    } else if (same(name, "content-length")) {
        ++seen.lengths;
        if (!is_length(value)) return bad("The content length is not a number.");
    } else if (same(name, "transfer-encoding")) {
        ++seen.codings;
        seen.coding_is_chunked = same(value, "chunked");
        if (!seen.coding_is_chunked) return {501, "Only the chunked coding is understood."};
    } else if (same(name, "expect") && !same(value, "100-continue")) {
        return {417, "This expectation can't be met."};
    }
    return {};
}
} // namespace

std::size_t head_length(std::string_view bytes, std::size_t already_seen)
{
    auto const from = already_seen > 3 ? already_seen - 3 : 0;
    auto const end = bytes.find("\r\n\r\n", from);
    return end == std::string_view::npos ? end : end + 4;
}

head_verdict validate_head(std::string_view head)
{
    // Every line ends with CR LF, and neither stands alone: what ends a line must not be a matter of opinion.
    for (std::size_t at = 0; at < head.size(); ++at) {
        if (head[at] == '\n' && (at == 0 || head[at - 1] != '\r')) return bad("A line ends without a carriage return.");
        if (head[at] == '\r' && (at + 1 == head.size() || head[at + 1] != '\n')) return bad("A carriage return stands alone.");
        if (head[at] == '\0') return bad("There is a zero byte in the head.");
    }
    auto is_http_11 = false;
    auto const line_end = head.find("\r\n");
    if (line_end == std::string_view::npos) return bad("The request line is not complete.");
    auto verdict = validate_request_line(head.substr(0, line_end), is_http_11);
    if (verdict.status != 0) return verdict;
    framing seen;
    std::size_t fields = 0;
    auto rest = head.substr(line_end + 2);
    while (!rest.empty() && !rest.starts_with("\r\n")) {
        auto const end = rest.find("\r\n");
        if (end == std::string_view::npos) return bad("The head is not complete.");
        if (++fields > fields_max) return {431, "There are too many fields."};
        verdict = validate_field(rest.substr(0, end), seen);
        if (verdict.status != 0) return verdict;
        rest.remove_prefix(end + 2);
    }
    if (seen.hosts > 1 || (is_http_11 && seen.hosts == 0)) return bad("There must be one host.");
    if (seen.lengths > 1 || seen.codings > 1) return bad("The body's length is given twice.");
    if (seen.lengths == 1 && seen.codings == 1) return bad("The body's length is given in two ways.");
    if (seen.codings == 1 && !is_http_11) return bad("HTTP/1.0 knows no transfer coding.");
    return {};
}

} // namespace holdfast::net
