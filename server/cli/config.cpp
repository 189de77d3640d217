#include "server/cli/config.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <stdexcept>
#include <toml++/toml.h>

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

void set_listen(config& to, std::string const& host_and_port)
{
    auto const colon = host_and_port.rfind(':');
    auto const port = colon == std::string::npos ? std::string() : host_and_port.substr(colon + 1);
    unsigned number = 0;
    auto const [end, failed] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (port.empty() || failed != std::errc() || end != port.data() + port.size() || number > 65535) {
        throw std::runtime_error("\"" + host_and_port + "\" is not HOST:PORT, for example 127.0.0.1:8080.");
    }
    auto host = host_and_port.substr(0, colon);
    if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
    to.server.host = host;
    to.server.port = static_cast<std::uint16_t>(number);
}

namespace {
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
        } else {
            take(*node, key, to);
        }
    }
    void check() const
    {
        for (auto const& [key, node] : table_) {
            auto const known = std::find(asked_.begin(), asked_.end(), std::string(key.str())) != asked_.end();
            if (!known) fail(node, std::string(key.str()), "is not known");
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
        throw std::runtime_error("line " + std::to_string(node.source().begin.line) + ": " + name_ + key + " " + what);
    }

    toml::table const& table_;
    std::string name_;
    std::vector<std::string> asked_;
};

section part_of(toml::table const& file, char const* name)
{
    static toml::table const nothing;
    auto const* const table = file.get_as<toml::table>(name);
    return {table == nullptr ? nothing : *table, std::string(name) + "."};
}

void read_into(config& made, toml::table const& file)
{
    for (auto const& [key, node] : file) {
        constexpr std::array<std::string_view, 6> known{"server", "data", "limits", "review", "people", "screen"};
        if (std::find(known.begin(), known.end(), key.str()) == known.end() || !node.is_table()) {
            throw std::runtime_error("line " + std::to_string(node.source().begin.line) + ": [" + std::string(key.str()) + "] is not known");
        }
    }
    auto server = part_of(file, "server");
    std::string listen;
    server.read("listen", listen);
    server.read("may_listen_publicly", made.server.may_listen_publicly);
    server.read("trusts_proxy", made.server.trusts_proxy);
    server.read("io_threads", made.io_threads);
    server.read("hash_threads", made.hash_threads);
    server.check();
    if (!listen.empty()) set_listen(made, listen);
    auto data = part_of(file, "data");
    data.read("folder", made.data);
    data.read("key_file", made.key_file);
    data.check();
    auto limits = part_of(file, "limits");
    limits.read("enabled", made.rates.enabled);
    limits.read("reads_per_second", made.rates.read.per_second);
    limits.read("writes_per_second", made.rates.write.per_second);
    limits.read("sign_ins_per_second", made.rates.sign_in.per_second);
    limits.check();
    auto review = part_of(file, "review");
    constexpr std::array<char const*, 4> levels{"green_minutes", "amber_minutes", "red_minutes", "crisis_minutes"};
    for (std::size_t at = 0; at < levels.size(); ++at) {
        auto minutes = static_cast<std::size_t>(made.clocks.due[at].count());
        review.read(levels[at], minutes);
        made.clocks.due[at] = std::chrono::minutes(minutes);
    }
    review.check();
    auto people = part_of(file, "people");
    people.read("country", made.country);
    people.read("leave_to", made.leave_to);
    people.check();
    auto screen = part_of(file, "screen");
    screen.read("policy", made.policy);
    screen.check();
}
} // namespace

config read_config(std::filesystem::path const& file)
{
    config made;
    try {
        read_into(made, toml::parse_file(file.string()));
    } catch (toml::parse_error const& broken) {
        throw std::runtime_error(
            file.string() + ", line " + std::to_string(broken.source().begin.line) + ": " + std::string(broken.description())
        );
    } catch (std::runtime_error const& broken) {
        throw std::runtime_error(file.string() + ", " + broken.what());
    }
    return made;
}

} // namespace holdfast::cli
