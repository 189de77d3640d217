// What the vault seals opens for what it is, and for nothing else; shredding one key shreds all under it.
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;

namespace {
struct vault_under_test : services_under_test {
    app::signed_in lead = services_under_test::lead("Juniper");
    circle_id circle = services_under_test::circle(lead);
    circle_id other_circle = services_under_test::circle(lead);
    account_id author = lead.who->account;
    account_id other = join("Wren").who->account;
    post_id post = post_id::random();

    // What opening says: nothing when it opens.
    std::optional<errc> opens(
        circle_id const& in, account_id const& by, post_id const& id, int version, sealed_text const& sealed
    )
    {
        std::optional<errc> said;
        auto open = [&](store::read_tx& tx) -> result<void> {
            auto const opened = vault.open_post(tx, in, by, id, version, sealed);
            if (!opened) said = opened.error().code;
            return result<void>();
        };
        REQUIRE(run(database.read(open)));
        return said;
    }
};
constexpr std::nullopt_t good = std::nullopt;
} // namespace

TEST_CASE("a post opens as what it was, and not moved to another post, version, author or circle")
{
    vault_under_test with;
    domain::post_text const words{"A title", "Some words with \"quotes\" and \u00E9."};
    auto const sealed = with.vault.seal_post(with.circle, with.author, with.post, 1, words);
    auto open = [&](store::read_tx& tx) -> result<domain::post_text> {
        return with.vault.open_post(tx, with.circle, with.author, with.post, 1, sealed);
    };
    auto const opened = run(with.database.read(open));
    REQUIRE(opened);
    CHECK(opened->title == words.title);
    CHECK(opened->text == words.text);
    CHECK(with.opens(with.circle, with.author, with.post, 2, sealed) == errc::damaged);
    CHECK(with.opens(with.circle, with.author, post_id::random(), 1, sealed) == errc::damaged);
    CHECK(with.opens(with.circle, with.other, with.post, 1, sealed) == errc::damaged);
    CHECK(with.opens(with.other_circle, with.author, with.post, 1, sealed) == errc::damaged);
    auto flipped = sealed;
    flipped.bytes.back() = static_cast<char>(flipped.bytes.back() ^ 1);
    CHECK(with.opens(with.circle, with.author, with.post, 1, flipped) == errc::damaged);
    CHECK(
        with.opens(with.circle, with.author, with.post, 1, sealed_text{sealed.bytes.substr(0, 50)}) ==
        errc::damaged
    );
}

TEST_CASE("a decision's detail does not pass for a post, an application or another decision")
{
    vault_under_test with;
    app::decision_detail detail;
    detail.reason = "Could you say it without the names?";
    detail.findings.push_back({"rule", moderation::label::harassment, {2, 7}, "Because.", 0.5, false});
    detail.scores[3] = 0.25;
    store::decision_row row;
    row.post = with.post;
    row.detail = with.vault.seal_detail(with.circle, with.author, with.post, 1, 1, detail);
    auto open = [&](store::read_tx& tx) -> result<app::decision_detail> {
        return with.vault.open_detail(tx, with.circle, with.author, row);
    };
    auto const opened = run(with.database.read(open));
    REQUIRE(opened);
    CHECK(opened->reason == detail.reason);
    REQUIRE(opened->findings.size() == 1);
    CHECK(opened->findings.front().rule == "rule");
    CHECK(opened->findings.front().about == moderation::label::harassment);
    CHECK(opened->findings.front().where == moderation::text_span{2, 7});
    CHECK(opened->scores[3] == 0.25);
    CHECK(with.opens(with.circle, with.author, with.post, 1, row.detail) == errc::damaged);
    row.number = 2;
    CHECK_FALSE(run(with.database.read(open)));
}

TEST_CASE("after shredding an author nothing of theirs opens, and what others wrote still does")
{
    vault_under_test with;
    auto const mine = with.vault.seal_post(with.circle, with.author, with.post, 1, {"", "mine"});
    REQUIRE(run(with.vault.prepare(with.database, with.other, with.circle)));
    auto const theirs = with.vault.seal_post(with.circle, with.other, with.post, 1, {"", "theirs"});
    with.vault.shred(with.author
    ); // the row with the wrapped key is still there, as for a read that began before
    CHECK(with.opens(with.circle, with.author, with.post, 1, mine) == errc::not_found);
    CHECK(with.opens(with.circle, with.other, with.post, 1, theirs) == good);
}

TEST_CASE("look-up hashes tell apart what differs in any part")
{
    vault_under_test with;
    auto const hash = with.vault.body_hash("reply", "object", {"title", "text"});
    CHECK(hash == with.vault.body_hash("reply", "object", {"title", "text"}));
    CHECK(hash != with.vault.body_hash("edit", "object", {"title", "text"}));
    CHECK(hash != with.vault.body_hash("reply", "another", {"title", "text"}));
    CHECK(hash != with.vault.body_hash("reply", "object", {"titlet", "ext"}));
    CHECK(with.vault.nickname_hash("Maple") == with.vault.nickname_hash("maple"));
    CHECK(with.vault.nickname_hash("Maple") != with.vault.nickname_hash("Maples"));
    CHECK(with.vault.nickname_hash("\xFF\xFE") != with.vault.nickname_hash("Maple")); // any bytes are taken
}
