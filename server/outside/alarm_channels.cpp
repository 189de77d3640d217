#include "server/outside/alarm_channels.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace holdfast::outside {

namespace {
constexpr std::size_t queue_max = 16;

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

struct transfer {
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle{curl_easy_init(), &curl_easy_cleanup};
    curl_slist* list = nullptr;

    void add(std::string const& line) { list = curl_slist_append(list, line.c_str()); }
    transfer() = default;
    transfer(transfer const&) = delete;
    transfer& operator=(transfer const&) = delete;
    ~transfer() { curl_slist_free_all(list); }
};

std::size_t ignore(char*, std::size_t, std::size_t bytes, void*)
{
    return bytes; // what it answers is not looked at
}

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

void prepare(CURL* handle, std::string const& url, std::chrono::milliseconds time_max)
{
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(time_max.count()));
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L); // to that address and to no other
    curl_easy_setopt(handle, CURLOPT_PROXY, "");          // nor by way of what the environment names
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, ignore);
}

result<void> post(webhook_settings const& settings, std::string const& body)
{
    transfer one;
    if (!one.handle) return errc::internal;
    one.add("content-type: application/json");
    one.add("expect:");
    if (!settings.key.empty()) one.add("authorization: Bearer " + settings.key);
    auto* const handle = one.handle.get();
    prepare(handle, settings.url, settings.time_max);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, one.list);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    auto const done = curl_easy_perform(handle);
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (done != CURLE_OK || status < 200 || status > 299) return errc::internal;
    return result<void>();
}

result<void> send(mail_settings const& settings, std::string const& text)
{
    transfer one;
    if (!one.handle) return errc::internal;
    for (auto const& to : settings.to)
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

bool is_address(std::string const& text)
{
    auto const odd = [](char one) { return one <= ' ' || one == '<' || one == '>' || one == 0x7F; };
    return text.find('@') != std::string::npos && std::none_of(text.begin(), text.end(), odd);
}
} // namespace

std::string webhook_body(app::alarm_notice const& notice)
{
    boost::json::object made;
    made["event"] = "care.alarm";
    made["alarm"] = notice.alarm.text();
    made["circle"] = notice.circle.text();
    made["triage"] = moderation::name_of(notice.triage);
    made["stage"] = domain::name_of(notice.stage);
    made["at"] = iso8601(notice.at);
    return boost::json::serialize(made);
}

std::string mail_text(app::alarm_notice const& notice, mail_settings const& settings)
{
    // One sentence without content: a mailbox may be read by others.
    std::string made = "From: " + settings.from + "\r\nTo: ";
    for (auto const& to : settings.to)
        made += (to == settings.to.front() ? "" : ", ") + to;
    made += "\r\nSubject: Somebody may need you\r\nMessage-ID: <" + notice.alarm.text() + "." +
            std::string(domain::name_of(notice.stage)) +
            "@holdfast>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
            "Please look in now, if you can.";
    if (!settings.link.empty()) made += "\r\n" + settings.link;
    return made + "\r\n";
}

webhook::webhook(webhook_settings settings) : settings_(std::move(settings)), pool_(1, queue_max)
{
    if (!settings_.url.starts_with("https://") && !is_here(settings_.url, "http://"))
        throw std::runtime_error("alarm.webhook_url is https, or http to this machine itself.");
    start_curl();
}

std::string const& webhook::name() const
{
    static std::string const mine = "webhook";
    return mine;
}

task<result<void>> webhook::tell(app::alarm_notice notice)
{
    auto work = [this, body = webhook_body(notice)]() -> result<void> { return post(settings_, body); };
    auto const done = co_await offload(pool_, errc::overloaded, std::move(work));
    co_return done;
}

mail::mail(mail_settings settings) : settings_(std::move(settings)), pool_(1, queue_max)
{
    auto const encrypted = settings_.url.starts_with("smtps://") || settings_.url.starts_with("smtp://");
    if (!encrypted) throw std::runtime_error("alarm.mail_url begins with smtps:// or smtp://.");
    auto const good = std::all_of(settings_.to.begin(), settings_.to.end(), is_address);
    if (settings_.to.empty() || !good || !is_address(settings_.from))
        throw std::runtime_error("alarm.mail_from and alarm.mail_to are mail addresses.");
    start_curl();
}

std::string const& mail::name() const
{
    static std::string const mine = "mail";
    return mine;
}

task<result<void>> mail::tell(app::alarm_notice notice)
{
    auto work = [this, text = mail_text(notice, settings_)]() -> result<void> {
        return send(settings_, text);
    };
    auto const done = co_await offload(pool_, errc::overloaded, std::move(work));
    co_return done;
}

} // namespace holdfast::outside
