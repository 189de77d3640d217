// A configuration that can't be meant is refused at the start, with its line and in plain words.
#include "server/cli/config.hpp"

#include "moderation/toml.hpp"
#include "tests/unit/support/folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <set>
#include <sstream>

using namespace holdfast;
using namespace holdfast::cli;

namespace {
config read(std::string const& content)
{
    return parse_config(content, "here");
}

// The block of deploy/README.md, as a host would copy it into a file.
std::string told_to_hosts()
{
    std::ifstream page("deploy/README.md");
    REQUIRE(page);
    std::string made;
    bool in_part = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## ")) in_part = line == "## Configuration";
        if (in_part && line.starts_with("    ")) made += line.substr(4) + '\n';
    }
    return made;
}

// What a refusal lists: every name that would have been known.
std::set<std::string> names_in_refusal(std::string const& content, std::string const& before)
{
    try {
        read(content);
    } catch (std::runtime_error const& refused) {
        std::string const said = refused.what();
        auto const at = said.find(before);
        REQUIRE(at != std::string::npos);
        std::set<std::string> made;
        std::istringstream names(said.substr(at + before.size()));
        for (std::string name; std::getline(names >> std::ws, name, ',');)
            made.insert(name);
        return made;
    }
    FAIL("nothing was refused");
    return {};
}
} // namespace

TEST_CASE("an empty file is a good configuration that listens on this machine alone")
{
    auto const made = read("");
    CHECK(made.server.host == "127.0.0.1");
    CHECK_FALSE(made.server.may_listen_publicly);
    CHECK_FALSE(made.server.trusts_proxy);
    CHECK(made.rates.enabled);
}

TEST_CASE("everything that can be set is set")
{
    auto const made = read(
        "[server]\nlisten = \"[::1]:8088\"\ntrusts_proxy = true\nio_threads = 2\nhash_threads = 3\n"
        "[data]\nfolder = \"x/data\"\n[limits]\nenabled = false\nwrites_per_second = 5\nwrites_at_once = 7\n"
        "[review]\ncrisis_minutes = 2\n[people]\ncountry = \"ie\"\n[screen]\npolicy = \"p.toml\"\n"
    );
    CHECK(made.server.host == "::1");
    CHECK(made.server.port == 8088);
    CHECK(made.server.trusts_proxy);
    CHECK(made.hash_threads == 3);
    CHECK(made.data == "x/data");
    CHECK(made.key_path().filename() == "data.key");
    CHECK_FALSE(made.rates.enabled);
    CHECK(made.rates.write.per_second == 5);
    CHECK(made.rates.write.burst == 7);
    CHECK(made.clocks.due[3] == std::chrono::minutes(2));
    CHECK(made.country == "ie");
}

TEST_CASE("what is misspelt, of the wrong kind or out of range is told with its line")
{
    for (auto const& [content, words] : {
             std::pair{"[sever]\n", "line 1: [sever] is not known; there are server, data, limits"},
             std::pair{"x = 1\n", "line 1: [x] is not known"},
             std::pair{
                 "[server]\nlisen = \"a\"\n", "line 2: server.lisen is not known; [server] has listen, "},
             std::pair{"[server]\nio_threads = \"two\"\n", "wrong kind"},
             std::pair{"[server]\nio_threads = -1\n", "must not be negative"},
             std::pair{"[server]\nio_threads = 100000\n", "line 2: server.io_threads must be from 0 to 256"},
             std::pair{"[server]\nhash_threads = 0\n", "must be from 1"},
             std::pair{"[server]\nlisten = \"8080\"\n", "HOST:PORT"},
             std::pair{"[server]\nlisten = \"127.0.0.1:99999\"\n", "HOST:PORT"},
             std::pair{"[limits]\nwrites_per_second = 0\n", "must be from"},
             std::pair{"[limits]\nwrites_per_second = -1.5\n", "must be from"},
             std::pair{"[limits]\nwrites_per_second = nan\n", "must be from"},
             std::pair{"[limits]\nwrites_per_second = inf\n", "must be from"},
             std::pair{"[limits]\nwrites_at_once = 0.5\n", "must be from"},
             std::pair{"[review]\ncrisis_minutes = 0\n", "must be from"},
             std::pair{"[review]\ncrisis_minutes = 9223372036854775807\n", "must be from"},
             std::pair{"[server\n", "line 1"},
             std::pair{"[\n[server]\n", "can't be read"},
         }) {
        INFO(content);
        CHECK_THROWS_WITH(read(content), Catch::Contains(words));
    }
}

TEST_CASE("deploy/README.md states every name there is, each with what holds when it isn't given")
{
    auto const told = told_to_hosts();
    CHECK(read(told) == config());
    auto const all = toml::parse(told);
    std::set<std::string> parts;
    for (auto const& [part, names] : all) {
        std::string const name(part.str());
        parts.insert(name);
        std::set<std::string> there;
        for (auto const& [one, value] : *names.as_table())
            there.insert(std::string(one.str()));
        INFO(name);
        CHECK(there == names_in_refusal("[" + name + "]\nno_such_name = 1\n", "[" + name + "] has "));
    }
    CHECK(parts == names_in_refusal("[no_such_part]\n", "there are "));
}

TEST_CASE("a configuration is read from its file, and one that can't be read is told by name")
{
    tests::folder const here;
    auto const path = here / "config.toml";
    std::ofstream(path) << "[people]\ncountry = \"ie\"\n";
    CHECK(read_config(path).country == "ie");
    CHECK_THROWS_WITH(read_config(here / "nothing.toml"), Catch::Contains("nothing.toml"));
}

TEST_CASE("where to listen: an address and a port, or a Unix socket")
{
    config made;
    set_listen(made, "unix:/run/holdfast/socket");
    CHECK(made.server.host == "unix:/run/holdfast/socket");
    set_listen(made, "127.0.0.1:0");
    CHECK(made.server.port == 0);
    set_listen(made, "localhost:8088");
    CHECK(made.server.host == "127.0.0.1");
    CHECK(made.server.port == 8088);
    set_listen(made, "[::1]:8089");
    CHECK(made.server.host == "::1");
    for (auto const* bad :
         {"",
          "8080",
          "127.0.0.1",
          "127.0.0.1:",
          "127.0.0.1:x",
          "127.0.0.1:80x",
          "127.0.0.1:-1",
          "127.0.0.1:65536"}) {
        CHECK_THROWS(set_listen(made, bad));
    }
}

TEST_CASE("where it listens is told so that it can be pasted into a browser or a proxy's configuration")
{
    CHECK(listens_on("127.0.0.1", 8080) == "http://127.0.0.1:8080/");
    CHECK(listens_on("::1", 8080) == "http://[::1]:8080/");
    CHECK(listens_on("unix:/run/holdfast/http", 0) == "unix:/run/holdfast/http");
}
