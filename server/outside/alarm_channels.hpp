// Ways out for alarms, each only where a host configured it: a webhook, and mail to an on-call address. What
// leaves says that somebody is asked for and how soon, with ids of ours; no name, no word, nothing about
// anybody.
#pragma once
#include "server/app/care/alarm_channel.hpp"
#include "server/base/worker_pool.hpp"
#include "server/outside/mail_server.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace holdfast::outside {

struct webhook_settings {
    std::string url; // https, or http to this machine itself; "": off
    std::string key; // bearer, when not ""
    std::chrono::milliseconds time_max{10'000};
    friend bool operator==(webhook_settings const&, webhook_settings const&) = default;
};

struct mail_settings {
    mail_server server; // off without a url
    std::vector<std::string> to;
    std::string link; // where people open Care, "https://circles.example.org/care"
    friend bool operator==(mail_settings const&, mail_settings const&) = default;
};

class webhook final : public app::alarm_channel {
  public:
    explicit webhook(webhook_settings settings); // throws std::runtime_error for a url that is not allowed
    task<result<void>> tell(app::alarm_notice notice) override;
    std::string const& name() const override;

  private:
    webhook_settings settings_;
    worker_pool pool_;
};

class mail final : public app::alarm_channel {
  public:
    explicit mail(mail_settings settings); // throws std::runtime_error for settings that are not allowed
    task<result<void>> tell(app::alarm_notice notice) override;
    std::string const& name() const override;

  private:
    mail_settings settings_;
    worker_pool pool_;
};

// What is sent. Pure.
std::string webhook_body(app::alarm_notice const& notice);
std::string mail_text(app::alarm_notice const& notice, mail_settings const& settings);

} // namespace holdfast::outside
