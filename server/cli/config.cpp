#include "server/cli/config.hpp"

#include "moderation/toml.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace holdfast::cli {

std::filesystem::path config::key_path() const
{
    if (!key_file.empty()) return key_file;
    auto const* const credentials = std::getenv("CREDENTIALS_DIRECTORY"); // systemd's LoadCredential=host.key
    if (credentials != nullptr && std::filesystem::exists(std::filesystem::path(credentials) / "host.key")) {
        return std::filesystem::path(credentials) / "host.key";
    }
    auto beside = std::filesystem::absolute(data).lexically_normal();
    if (beside.filename().empty()) beside = beside.parent_path();
    return beside.parent_path() / (beside.filename().string() + ".key");
}

namespace {
constexpr std::string_view unix_mark = "unix:";
}

void set_listen(config& to, std::string const& host_and_port)
{
    if (host_and_port.starts_with(unix_mark)) { // a socket for a proxy on the same machine
        to.server.host = host_and_port;
        return;
    }
    auto const colon = host_and_port.rfind(':');
    auto const port = colon == std::string::npos ? std::string() : host_and_port.substr(colon + 1);
    unsigned number = 0;
    auto const [end, failed] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (port.empty() || failed != std::errc() || end != port.data() + port.size() || number > 65535) {
        throw std::runtime_error(
            "\"" + host_and_port + "\" is not HOST:PORT or unix:PATH, for example 127.0.0.1:8080."
        );
    }
    auto host = host_and_port.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    to.server.host = host == "localhost" ? "127.0.0.1" : host; // the one name that needs no asking
    to.server.port = static_cast<std::uint16_t>(number);
}

std::string listens_on(std::string const& host, std::uint16_t port)
{
    if (host.starts_with(unix_mark)) return host;
    auto const is_v6 = host.find(':') != std::string::npos; // whose colons would pass for the port's
    return "http://" + (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port) + "/";
}

namespace {
// "a, b, c": what there is, for whoever misspelt one.
template <class Names>
std::string listed(Names const& names)
{
    std::string made;
    for (auto const& name : names) {
        if (!made.empty()) made += ", ";
        made += name;
    }
    return made;
}

// Reads a table and remembers what it asked for, so that a misspelt name is told instead of ignored.
class section {
  public:
    section(toml::table const& table, std::string name) : table_(table), name_(std::move(name)) {}

    template <class T>
    void read(std::string const& key, T& to)
    {
        asked_.push_back(key);
        auto const* const node = table_.get(key);
        if (node == nullptr) return;
        if constexpr (std::is_same_v<T, std::filesystem::path>) {
            std::string text;
            take(*node, key, text);
            to = text;
        } else if constexpr (std::is_same_v<T, std::size_t>) {
            std::int64_t number = 0;
            take(*node, key, number);
            if (number < 0) fail(*node, key, "must not be negative");
            to = static_cast<std::size_t>(number);
        } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
            auto const* const list = node->as_array();
            if (list == nullptr) fail(*node, key, "is a list of names");
            for (auto const& one : *list) {
                std::string text;
                take(one, key, text);
                to.push_back(std::move(text));
            }
        } else {
            take(*node, key, to);
        }
    }
    template <class T>
    void read(std::string const& key, T& to, T least, T most)
    {
        read(key, to);
        if (to >= least && to <= most) return; // written so that NaN, too, is refused
        std::ostringstream words;
        words << "must be from " << least << " to " << most;
        fail(*table_.get(key), key, words.str());
    }
    void check() const
    {
        for (auto const& [key, node] : table_) {
            auto const known =
                std::find(asked_.begin(), asked_.end(), std::string(key.str())) != asked_.end();
            if (!known)
                fail(node, std::string(key.str()), "is not known; [" + name_ + "] has " + listed(asked_));
        }
    }

  private:
    template <class T>
    void take(toml::node const& node, std::string const& key, T& to)
    {
        auto const value = node.value<T>();
        if (!value) fail(node, key, "has the wrong kind of value");
        to = *value;
    }
    [[noreturn]] void fail(toml::node const& node, std::string const& key, std::string const& what) const
    {
        throw std::runtime_error(
            "line " + std::to_string(node.source().begin.line) + ": " + name_ + "." + key + " " + what
        );
    }

    toml::table const& table_;
    std::string name_;
    std::vector<std::string> asked_;
};

section part_of(toml::table const& file, char const* name)
{
    static toml::table const nothing;
    auto const* const table = file.get_as<toml::table>(name);
    return {table == nullptr ? nothing : *table, name};
}

std::string first_line_of(std::filesystem::path const& file)
{
    std::ifstream source(file);
    std::string line;
    if (!source || !std::getline(source, line) || line.empty())
        throw std::runtime_error(file.string() + " can't be read");
    return line;
}

// A service outside this program that also reads posts. All or nothing: who it is must be told to members.
void read_outside_check(outside::reader_settings& made, section part)
{
    std::filesystem::path key_file;
    auto wait_ms = static_cast<std::size_t>(made.time_max.count());
    std::vector<std::string> labels;
    part.read("name", made.name);
    part.read("url", made.url);
    part.read("model", made.model);
    part.read("key_file", key_file);
    part.read("timeout_ms", wait_ms, std::size_t(50), std::size_t(10'000));
    part.read("threads", made.threads, std::size_t(1), std::size_t(16));
    part.read("labels", labels);
    part.check();
    if (made.name.empty() != made.url.empty())
        throw std::runtime_error("outside_check needs both a name, which members are told, and a url");
    made.time_max = std::chrono::milliseconds(wait_ms);
    if (!key_file.empty()) made.key = first_line_of(key_file);
    if (labels.empty()) return;
    made.labels.clear();
    for (auto const& name : labels) {
        auto const about = moderation::label_named(name);
        if (!about) throw std::runtime_error("outside_check.labels: there is no label \"" + name + "\"");
        made.labels.push_back(*about);
    }
}

// Alarms also by webhook or mail: off unless there is an address.
void read_alarm(config& made, section part)
{
    std::filesystem::path webhook_key_file;
    std::filesystem::path mail_password_file;
    part.read("webhook_url", made.alarm_webhook.url);
    part.read("webhook_key_file", webhook_key_file);
    part.read("mail_url", made.alarm_mail.server.url);
    part.read("mail_from", made.alarm_mail.server.from);
    part.read("mail_to", made.alarm_mail.to);
    part.read("mail_user", made.alarm_mail.server.user);
    part.read("mail_password_file", mail_password_file);
    part.read("mail_link", made.alarm_mail.link);
    part.check();
    if (!webhook_key_file.empty()) made.alarm_webhook.key = first_line_of(webhook_key_file);
    if (!mail_password_file.empty()) made.alarm_mail.server.password = first_line_of(mail_password_file);
}

// Letters to members who gave an address: off unless there is a mail server.
void read_mail(config& made, section part)
{
    std::filesystem::path password_file;
    part.read("url", made.mail.url);
    part.read("from", made.mail.from);
    part.read("user", made.mail.user);
    part.read("password_file", password_file);
    part.read("link", made.mail_link);
    part.check();
    if (!password_file.empty()) made.mail.password = first_line_of(password_file);
}

void read_desk(domain::desk_rules& made, section part)
{
    auto const number = [&](char const* name, int& to, std::size_t least, std::size_t most) {
        auto value = static_cast<std::size_t>(to);
        part.read(name, value, least, most);
        to = static_cast<int>(value);
    };
    number("newcomer_posts", made.newcomer_posts, 0, 100);
    number("day_budget", made.day_budget, 1, 10'000);
    number("pause_minutes", made.pause_minutes, 0, 24 * 60);
    number("unanswered_hours", made.unanswered_hours, 1, 14 * 24);
    part.read("hiding_weight", made.hiding_weight, 0.5, 1000.0);
    part.read("publishes_figures", made.publishes_figures);
    part.check();
}

constexpr std::size_t threads_max = 256;
constexpr std::size_t minutes_max = 7 * 24 * 60; // nobody should wait longer for an answer
constexpr double rate_min = 0.001;
constexpr double rate_max = 1e6;

void read_into(config& made, toml::table const& file)
{
    for (auto const& [key, node] : file) {
        constexpr std::array<std::string_view, 10> known{
            "server",
            "data",
            "limits",
            "review",
            "desk",
            "people",
            "screen",
            "outside_check",
            "alarm",
            "mail"};
        if (std::find(known.begin(), known.end(), key.str()) == known.end() || !node.is_table()) {
            throw std::runtime_error(
                "line " + std::to_string(node.source().begin.line) + ": [" + std::string(key.str()) +
                "] is not known; there are " + listed(known)
            );
        }
    }
    auto server = part_of(file, "server");
    std::string listen;
    server.read("listen", listen);
    server.read("may_listen_publicly", made.server.may_listen_publicly);
    server.read("trusts_proxy", made.server.trusts_proxy);
    server.read("io_threads", made.io_threads, std::size_t(0), threads_max);
    server.read("hash_threads", made.hash_threads, std::size_t(1), threads_max);
    server.check();
    if (!listen.empty()) set_listen(made, listen);
    auto data = part_of(file, "data");
    data.read("folder", made.data);
    data.read("key_file", made.key_file);
    data.check();
    auto limits = part_of(file, "limits");
    limits.read("enabled", made.rates.enabled);
    limits.read("reads_per_second", made.rates.read.per_second, rate_min, rate_max);
    limits.read("writes_per_second", made.rates.write.per_second, rate_min, rate_max);
    limits.read("sign_ins_per_second", made.rates.sign_in.per_second, rate_min, rate_max);
    limits.read("reads_at_once", made.rates.read.burst, 1.0, rate_max);
    limits.read("writes_at_once", made.rates.write.burst, 1.0, rate_max);
    limits.read("sign_ins_at_once", made.rates.sign_in.burst, 1.0, rate_max);
    limits.check();
    auto review = part_of(file, "review");
    constexpr std::array<char const*, 4> levels{
        "green_minutes", "amber_minutes", "red_minutes", "crisis_minutes"};
    for (std::size_t at = 0; at < levels.size(); ++at) {
        auto minutes = static_cast<std::size_t>(made.clocks.due[at].count());
        review.read(levels[at], minutes, std::size_t(1), minutes_max);
        made.clocks.due[at] = std::chrono::minutes(minutes);
    }
    review.check();
    read_desk(made.desk, part_of(file, "desk"));
    auto people = part_of(file, "people");
    people.read("country", made.country);
    people.read("leave_to", made.leave_to);
    people.check();
    auto screen = part_of(file, "screen");
    screen.read("policy", made.policy);
    screen.check();
    read_outside_check(made.outside_check, part_of(file, "outside_check"));
    read_alarm(made, part_of(file, "alarm"));
    read_mail(made, part_of(file, "mail"));
}
} // namespace

config parse_config(std::string_view toml, std::string const& origin)
{
    config made;
    try {
        read_into(made, toml::parse(toml));
    } catch (toml::parse_error const& broken) {
        throw std::runtime_error(
            origin + ", line " + std::to_string(broken.source().begin.line) + ": " +
            std::string(broken.description())
        );
    } catch (std::runtime_error const& broken) {
        throw std::runtime_error(origin + ", " + broken.what());
    }
    return made;
}

config read_config(std::filesystem::path const& file)
{
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error(file.string() + " can't be read.");
    std::stringstream content;
    content << stream.rdbuf();
    return parse_config(content.str(), file.string());
}

} // namespace holdfast::cli
