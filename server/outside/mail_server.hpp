// The mail server that a host names.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace holdfast::outside {

struct mail_server {
    std::string
        url; // smtps://HOST, smtp://HOST with STARTTLS required, or smtp to this machine itself; "": off
    std::string from;
    std::string user, password; // when the server wants them
    std::chrono::milliseconds time_max{20'000};
    friend bool operator==(mail_server const&, mail_server const&) = default;
};

bool is_mail_server(std::string_view url);
bool is_mail_address(std::string const& text);

} // namespace holdfast::outside
