// The member key and what opens it: a passphrase, a code on paper, a session; nothing else, and never both
// lost.
#include "tests/unit/app/services_under_test.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <thread>

using namespace holdfast;
using namespace holdfast::tests;

namespace {
constexpr auto* other_passphrase = "nine paper boats";

boost::json::object entry(std::string const& text)
{
    return {{"kind", "writing"}, {"text", text}};
}

std::string only_text(services_under_test& with, app::signed_in const& who)
{
    auto const all = run(with.space.all(who, domain::private_kind::journal));
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    return std::string(all->front().body.at("text").as_string());
}

} // namespace

TEST_CASE("every session of a member opens the same space, after a restart too")
{
    services_under_test with;
    auto const here = with.join("Maple");
    REQUIRE(run(with.space.add(here, domain::private_kind::journal, "k", entry("marmalade"))));
    auto const there = run(with.identity.sign_in("Maple", passphrase));
    REQUIRE(there);
    CHECK(only_text(with, *there) == "marmalade");
    sealing::keyring const keys_again(with.host_key); // nothing in memory
    app::member_keys const own_again(keys_again);
    app::space space_again(with.database, own_again, with.screen, with.lines, with.time);
    auto const all = run(space_again.all(here, domain::private_kind::journal));
    REQUIRE(all);
    CHECK(all->size() == 1);
}

TEST_CASE("a session opens only with its own token, and only while it lasts")
{
    services_under_test with;
    auto const here = with.join("Maple");
    auto const other = with.join("Wren");
    auto stolen = here;
    stolen.token = other.token;
    auto const refused = run(with.space.all(stolen, domain::private_kind::journal));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::unauthenticated);
    REQUIRE(run(with.identity.end_session(here.who, here.who->session)));
    CHECK_FALSE(run(with.space.all(here, domain::private_kind::journal)));
}

TEST_CASE("another passphrase wraps the key anew, seals nothing again, and ends every other session")
{
    services_under_test with;
    auto const here = with.join("Maple");
    auto const there = run(with.identity.sign_in("Maple", passphrase));
    REQUIRE(there);
    auto const kept = run(with.space.add(here, domain::private_kind::journal, "k", entry("marmalade")));
    REQUIRE(kept);
    auto sealed = [&] {
        auto read = [&](store::read_tx& tx) -> result<std::string> {
            auto const rows = tx.private_versions(here.who->account, domain::private_kind::journal, kept->id);
            return rows.front().body.bytes;
        };
        return *run(with.database.read(read));
    };
    auto const before = sealed();
    auto const wrong = run(with.passphrases.change(here.who, "not my passphrase", other_passphrase));
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == errc::wrong_credentials);
    auto const short_one = run(with.passphrases.change(here.who, passphrase, "short"));
    REQUIRE_FALSE(short_one);
    CHECK(short_one.error().fields.front().field == "new_passphrase");
    REQUIRE(run(with.passphrases.change(here.who, passphrase, other_passphrase)));
    CHECK(sealed() == before);
    CHECK(with.again(here));
    CHECK_FALSE(with.again(*there));
    CHECK_FALSE(run(with.identity.sign_in("Maple", passphrase)));
    auto const next = run(with.identity.sign_in("Maple", other_passphrase));
    REQUIRE(next);
    CHECK(only_text(with, *next) == "marmalade");
}

TEST_CASE("the recovery code sets a new passphrase, opens what was written, and works once")
{
    services_under_test with;
    auto const here = with.join("Maple");
    REQUIRE_FALSE(here.recovery_code.empty());
    REQUIRE(run(with.space.add(here, domain::private_kind::journal, "k", entry("marmalade"))));
    auto const back = run(with.passphrases.recover("maple", here.recovery_code, other_passphrase));
    REQUIRE(back);
    CHECK(only_text(with, *back) == "marmalade");
    CHECK_FALSE(with.again(here));
    CHECK_FALSE(run(with.identity.sign_in("Maple", passphrase)));
    CHECK_FALSE(run(with.passphrases.recover("Maple", here.recovery_code, passphrase)));
    REQUIRE(back->recovery_code != here.recovery_code);
    CHECK(run(with.passphrases.recover("Maple", back->recovery_code, passphrase)));
}

TEST_CASE("an unknown name, a wrong code and another member's code get the same answer")
{
    services_under_test with;
    auto const here = with.join("Maple");
    auto const other = with.join("Wren");
    for (auto const& [nickname, code] :
         {std::pair{std::string("Nobody"), here.recovery_code},
          std::pair{std::string("Maple"), std::string("0000-0000-0000-0000-0000-0000")},
          std::pair{std::string("Maple"), std::string()},
          std::pair{std::string("Maple"), other.recovery_code}}) {
        auto const refused = run(with.passphrases.recover(nickname, code, other_passphrase));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::wrong_credentials);
        CHECK(refused.error().detail.empty());
    }
    CHECK(with.again(here));
}

TEST_CASE("a new code needs the passphrase, ends no session, and takes the place of the one before")
{
    services_under_test with;
    auto const here = with.join("Maple");
    CHECK_FALSE(run(with.passphrases.new_code(here.who, "not my passphrase")));
    auto const code = run(with.passphrases.new_code(here.who, passphrase));
    REQUIRE(code);
    CHECK(with.again(here));
    CHECK_FALSE(run(with.passphrases.recover("Maple", here.recovery_code, other_passphrase)));
    CHECK(run(with.passphrases.recover("Maple", *code, other_passphrase)));
}

TEST_CASE("a passphrase can be tried with the host key alone, at no less than INTERACTIVE cost")
{
    sealing::keyring const host(sealing::secret::random());
    sealing::keyring const another(sealing::secret::random());
    app::member_keys const keys(host);
    auto const made = keys.make(account_id::random(), passphrase);
    REQUIRE(made);
    CHECK(keys.open_by_passphrase(made->row, passphrase));
    CHECK(app::member_keys(host, sealing::interactive_cost()).open_by_passphrase(made->row, passphrase));
    CHECK_FALSE(app::member_keys(another).open_by_passphrase(made->row, passphrase));
    auto const of_nobody = keys.open_by_passphrase(std::nullopt, passphrase);
    REQUIRE_FALSE(of_nobody);
    CHECK(of_nobody.error().code == errc::wrong_credentials);
}

TEST_CASE("erasing an account takes its key and all its writing out of every file")
{
    services_under_test with;
    auto const here = with.join("Maple");
    REQUIRE(run(with.space.add(here, domain::private_kind::journal, "k", entry("marmalade"))));
    auto wrapped = [&](store::read_tx& tx) -> result<std::string> {
        return tx.member_key(here.who->account)->by_code.bytes;
    };
    auto const key = *run(with.database.read(wrapped));
    CHECK(with.here.holds(key));
    REQUIRE(run(with.erasure.erase(here.who, passphrase)));
    auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (with.here.holds(key) && std::chrono::steady_clock::now() < limit)
        std::this_thread::yield();
    CHECK_FALSE(with.here.holds(key));
    auto left = [&](store::read_tx& tx) -> result<std::size_t> {
        return tx.private_count(here.who->account, domain::private_kind::journal);
    };
    CHECK(*run(with.database.read(left)) == 0);
}
