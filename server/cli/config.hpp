// The host's configuration: one TOML file, all of it optional. See deploy/README.md for each name.
#pragma once
#include "server/domain/measures.hpp"
#include "server/domain/review.hpp"
#include "server/http/rate_limits.hpp"
#include "server/net/http_server.hpp"
#include "server/outside/alarm_channels.hpp"
#include "server/outside/http_reader.hpp"
#include "server/outside/mail_server.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace holdfast::cli {

struct config {
    std::filesystem::path data = "holdfast-data";
    std::filesystem::path key_file; // unless given: a systemd credential, else beside the data folder
    std::filesystem::path policy;   // empty: the shipped one
    net::server_options server;
    http::rate_settings rates;
    domain::review_clocks clocks;
    domain::desk_rules desk;
    outside::reader_settings outside_check;  // off unless it has a name and a url
    outside::webhook_settings alarm_webhook; // off unless it has a url
    outside::mail_settings alarm_mail;       // off unless it has a url
    outside::mail_server mail;               // letters to members; off unless it has a url
    std::string mail_link;                   // where letters lead, "https://circles.example.org/me/news"
    std::string country = "us";              // whose help lines are shown to who chose none
    std::string leave_to = "https://www.wikipedia.org/"; // where "Leave this page" leads
    std::size_t io_threads = 0;                          // 0: one per core
    std::size_t hash_threads = 1;                        // each takes 64 MiB while somebody signs in

    std::filesystem::path key_path() const;
    std::filesystem::path database_path() const { return data / "holdfast.db"; }
    friend bool operator==(config const&, config const&) = default;
};

// Throws std::runtime_error with file, line and cause.
config read_config(std::filesystem::path const& file);
// `origin` names the source in causes.
config parse_config(std::string_view toml, std::string const& origin);
// "HOST:PORT", where HOST is an address or localhost, or "unix:PATH"; throws std::runtime_error.
void set_listen(config& to, std::string const& host_and_port);
// Where a browser or a proxy finds what listens there: "http://[::1]:8080/", or "unix:PATH".
std::string listens_on(std::string const& host, std::uint16_t port);

} // namespace holdfast::cli
