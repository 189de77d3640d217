#include "server/outside/alarm_channels.hpp"

#include "server/outside/transfer.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <curl/curl.h>

#include <algorithm>
#include <stdexcept>

namespace holdfast::outside {

namespace {
constexpr std::size_t alarms_waiting_max = 16;

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
    std::string made = "From: " + settings.server.from + "\r\nTo: ";
    for (auto const& to : settings.to)
        made += (to == settings.to.front() ? "" : ", ") + to;
    made += "\r\nSubject: Somebody may need you\r\nMessage-ID: <" + notice.alarm.text() + "." +
            std::string(domain::name_of(notice.stage)) +
            "@holdfast>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
            "Please look in now, if you can.";
    if (!settings.link.empty()) made += "\r\n" + settings.link;
    return made + "\r\n";
}

webhook::webhook(webhook_settings settings) : settings_(std::move(settings)), pool_(1, alarms_waiting_max)
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

mail::mail(mail_settings settings) : settings_(std::move(settings)), pool_(1, alarms_waiting_max)
{
    if (!is_mail_server(settings_.server.url))
        throw std::runtime_error("alarm.mail_url begins with smtps:// or smtp://.");
    auto const good = std::all_of(settings_.to.begin(), settings_.to.end(), is_mail_address);
    if (settings_.to.empty() || !good || !is_mail_address(settings_.server.from))
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
        return send_mail(settings_.server, settings_.to, text);
    };
    auto const done = co_await offload(pool_, errc::overloaded, std::move(work));
    co_return done;
}

} // namespace holdfast::outside
