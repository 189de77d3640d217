// A configuration that can't be meant is refused at the start, with its line and in plain words.
#include "server/cli/config.hpp"

#include "tests/unit/support/folder.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::cli;

namespace {
config read(std::string const& content)
{
    return parse_config(content, "here");
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
             std::pair{"[sever]\n", "line 1: [sever] is not known"},
             std::pair{"x = 1\n", "line 1: [x] is not known"},
             std::pair{"[server]\nlisen = \"a\"\n", "line 2: server.lisen is not known"},
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
