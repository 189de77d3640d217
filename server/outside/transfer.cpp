#include "server/outside/transfer.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace holdfast::outside {

namespace {
struct sending {
    std::string const& text;
    std::size_t sent = 0;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* from)
{
    auto& mail = *static_cast<sending*>(from);
    auto const bytes = std::min(size * count, mail.text.size() - mail.sent);
    std::copy_n(mail.text.data() + mail.sent, bytes, to);
    mail.sent += bytes;
    return bytes;
}
} // namespace

bool is_here(std::string_view url, std::string_view scheme)
{
    constexpr std::array<std::string_view, 3> hosts{"127.0.0.1", "localhost", "[::1]"};
    if (!url.starts_with(scheme)) return false;
    url.remove_prefix(scheme.size());
    return std::any_of(hosts.begin(), hosts.end(), [&](auto const host) {
        if (!url.starts_with(host)) return false;
        auto const rest = url.substr(host.size());
        return rest.empty() || rest.front() == ':' || rest.front() == '/';
    });
}

bool is_mail_server(std::string_view url)
{
    return url.starts_with("smtps://") || url.starts_with("smtp://");
}

bool is_mail_address(std::string const& text)
{
    auto const odd = [](char one) { return one <= ' ' || one == '<' || one == '>' || one == 0x7F; };
    return text.find('@') != std::string::npos && std::none_of(text.begin(), text.end(), odd);
}

std::size_t ignore(char*, std::size_t, std::size_t bytes, void*)
{
    return bytes; // what it answers is not looked at
}

void prepare(CURL* handle, std::string const& url, std::chrono::milliseconds time_max)
{
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(time_max.count()));
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L); // to that address and to no other
    curl_easy_setopt(handle, CURLOPT_PROXY, "");          // nor by way of what the environment names
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, ignore);
}

result<void>
send_mail(mail_server const& settings, std::vector<std::string> const& receivers, std::string const& text)
{
    transfer one;
    if (!one.handle) return errc::internal;
    for (auto const& to : receivers)
        one.add("<" + to + ">");
    sending mail{text};
    auto const from = "<" + settings.from + ">";
    auto* const handle = one.handle.get();
    prepare(handle, settings.url, settings.time_max);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    auto const tls = is_here(settings.url, "smtp://") ? CURLUSESSL_TRY : CURLUSESSL_ALL;
    curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(tls));
    if (!settings.user.empty()) {
        curl_easy_setopt(handle, CURLOPT_USERNAME, settings.user.c_str());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, settings.password.c_str());
    }
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, one.list);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(handle, CURLOPT_READDATA, &mail);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    if (curl_easy_perform(handle) != CURLE_OK) return errc::internal;
    return result<void>();
}

void start_curl()
{
    static auto const started = curl_global_init(CURL_GLOBAL_DEFAULT); // once, before any thread calls
    if (started != CURLE_OK)
        throw std::runtime_error("The library for outgoing connections could not start.");
}

} // namespace holdfast::outside
