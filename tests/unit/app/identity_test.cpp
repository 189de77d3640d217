// Who is there: joining, signing in, sessions, leaving for good.
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;

TEST_CASE("who joins is signed in, and can sign in again with the same words")
{
    services_under_test with;
    auto const made = with.join("Maple");
    CHECK(with.again(made)->nickname == "Maple");
    auto const second = run(with.identity.sign_in("maple", passphrase));
    REQUIRE(second);
    CHECK(second->who->account == made.who->account);
    CHECK(second->token != made.token);
}

TEST_CASE("an unknown name, a wrong passphrase and an erased account get the same answer")
{
    services_under_test with;
    with.join("Maple");
    auto const gone = with.join("Willow");
    REQUIRE(run(with.erasure.erase(gone.who, passphrase)));
    for (auto const& [nickname, words] :
         {std::pair{"Nobody", passphrase},
          std::pair{"Maple", "another passphrase"},
          std::pair{"Willow", passphrase}}) {
        auto const failed = run(with.identity.sign_in(nickname, words));
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == errc::wrong_credentials);
        CHECK(failed.error().fields.empty());
        CHECK(failed.error().detail.empty());
    }
}

TEST_CASE("a name is taken in every case, width and look of it")
{
    services_under_test with;
    with.join("Maple");
    for (auto const* nickname :
         {"mAPLE", "\uFF2D\uFF41\uFF50\uFF4C\uFF45", "M\u0430ple"}) { // the last a has a Cyrillic twin
        auto const taken = run(with.identity.join(nickname, passphrase, ""));
        REQUIRE_FALSE(taken);
        CHECK(taken.error().code == errc::conflict);
    }
    CHECK(run(with.identity.join("Maples", passphrase, "")));
}

TEST_CASE("a session lasts 30 days, is listed while it does, and ends when told")
{
    services_under_test with;
    auto const first = with.join("Maple");
    with.time.advance(24h * 20);
    auto const second = run(with.identity.sign_in("Maple", passphrase));
    REQUIRE(second);
    auto listed = [&] { return run(with.identity.sessions(second->who))->size(); };
    CHECK(listed() == 2);
    CHECK(with.again(first));
    with.time.advance(24h * 10 + 1ms);
    CHECK_FALSE(with.again(first));
    CHECK(with.again(*second));
    CHECK(listed() == 1);
    std::vector<session_id> ended;
    with.identity.on_session_ended([&](session_id const& one) { ended.push_back(one); });
    CHECK(with.identity.is_current(*second->who));
    REQUIRE(run(with.identity.end_session(second->who, second->who->session)));
    CHECK(ended == std::vector<session_id>{second->who->session});
    CHECK_FALSE(with.identity.is_current(*second->who));
    CHECK_FALSE(with.again(*second));
}

TEST_CASE("nobody ends another person's session, or learns that there is one")
{
    services_under_test with;
    auto const mine = with.join("Maple");
    auto const other = with.join("Wren");
    for (auto const& session : {mine.who->session, session_id::random()}) {
        auto const refused = run(with.identity.end_session(other.who, session));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::not_found);
    }
    CHECK(with.again(mine));
}

TEST_CASE("a token that was never given out is nobody's")
{
    services_under_test with;
    auto const made = with.join("Maple");
    for (auto const& token : {std::string(), std::string("x"), made.token + "x", made.token.substr(1)}) {
        auto const who = run(with.identity.authenticate(token));
        REQUIRE(who);
        CHECK_FALSE(*who);
    }
}

TEST_CASE("what changes about an account counts from the next look on")
{
    services_under_test with;
    auto const made = with.join("Maple");
    CHECK_FALSE(with.again(made)->is_lead);
    std::vector<account_id> told;
    with.identity.on_account_changed([&](account_id const& one) { told.push_back(one); });
    REQUIRE(run(with.identity.set_lead("Maple", true)));
    CHECK(told == std::vector<account_id>{made.who->account});
    CHECK(with.again(made)->is_lead);
    REQUIRE(run(with.identity.set_country(made.who, "ie")));
    CHECK(with.again(made)->country == "ie");
    CHECK_FALSE(run(with.identity.set_country(made.who, "IE")));
}

TEST_CASE("erasing needs the passphrase, ends every session and leaves nothing that opens")
{
    services_under_test with;
    auto const made = with.join("Maple");
    for (int count = 0; count < 3; ++count)
        REQUIRE(run(with.identity.sign_in("Maple", passphrase)));
    auto const wrong = run(with.erasure.erase(made.who, "not my passphrase"));
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == errc::wrong_credentials);
    CHECK(with.again(made));
    std::size_t ended = 0;
    with.identity.on_session_ended([&](session_id const&) { ++ended; });
    REQUIRE(run(with.erasure.erase(made.who, passphrase)));
    CHECK(ended == 4);
    CHECK_FALSE(with.again(made));
    CHECK_FALSE(run(with.identity.find("Maple")));
    CHECK(run(with.identity.join("Maple", passphrase, ""))); // the name is free again
}
