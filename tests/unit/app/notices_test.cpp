// When somebody is told of what is new: not in their quiet hours, not twice, and by mail at most every half
// hour.
#include "embedded/web.hpp"
#include "server/app/languages.hpp"
#include "server/app/notices/notices.hpp"
#include "server/app/space/pacing.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;
using domain::notice_kind;

namespace {
timestamp at(char const* text)
{
    return *time_from_iso8601(text);
}

struct mailbag final : app::letter_channel {
    std::vector<app::letter> sent;
    bool works = true;

    task<result<void>> send(app::letter what) override
    {
        if (!works) co_return errc::internal;
        sent.push_back(std::move(what));
        co_return result<void>();
    }
};

struct people_with_news {
    services_under_test with;
    app::languages spoken{embedded::web()};
    app::own_pace pace{with.space, with.time};
    app::notices notices{
        with.database, with.vault, spoken, pace, "https://circles.example.org/me/news", with.time};
    mailbag bag;
    circle_id circle;
    domain::principal_ptr maple, wren;
    thread_id thread;

    people_with_news()
    {
        notices.send_by(&bag);
        circle = with.circle(with.lead("Juniper"));
        maple = with.enter(with.join("Maple"), circle);
        wren = with.enter(with.join("Wren"), circle);
        thread = with.thread(maple, circle, calm).thread;
    }

    void reply()
    {
        REQUIRE(with.reply(wren, thread, calm));
        REQUIRE(run(notices.catch_up()));
    }
    void give_address()
    {
        REQUIRE(run(notices.set_address(maple, "maple@example.org", "en")));
        REQUIRE(run(notices.send_letters()));
        auto const& text = bag.sent.back().text;
        REQUIRE(run(notices.confirm_address(maple, text.substr(text.find(" is ") + 4, 9))));
        bag.sent.clear();
    }
    std::size_t letters()
    {
        REQUIRE(run(notices.send_letters()));
        return bag.sent.size();
    }
};
} // namespace

TEST_CASE("quiet hours are those of the member's own clock, over midnight and through summer time")
{
    app::quiet_hours const night{21 * 60 + 30, 7 * 60, "Europe/London"};
    CHECK_FALSE(app::quiet_until(night, at("2026-01-10T21:29:00Z")));
    CHECK(app::quiet_until(night, at("2026-01-10T21:30:00Z")) == at("2026-01-11T07:00:00Z"));
    CHECK(app::quiet_until(night, at("2026-07-10T20:30:00Z")) == at("2026-07-11T06:00:00Z"));
    CHECK(app::quiet_until(night, at("2026-07-11T05:59:00Z")) == at("2026-07-11T06:00:00Z"));
    CHECK_FALSE(app::quiet_until(night, at("2026-07-11T06:00:00Z")));
    app::quiet_hours const noon{12 * 60, 13 * 60, "GMT+02:00"};
    CHECK(app::quiet_until(noon, at("2026-01-10T10:15:00Z")) == at("2026-01-10T11:00:00Z"));
    CHECK_FALSE(app::quiet_until(noon, at("2026-01-10T12:15:00Z")));
    CHECK_FALSE(app::quiet_until(std::nullopt, at("2026-01-10T12:15:00Z")));
    CHECK_FALSE(app::quiet_until(app::quiet_hours{60, 60, "UTC"}, at("2026-01-10T01:00:00Z")));
}

TEST_CASE("a wish is read as it was written, and its length tells no address")
{
    app::notice_wish wish;
    auto const empty = wish.text().size();
    wish.off = {notice_kind::reply};
    wish.mail_off = {notice_kind::story, notice_kind::message};
    wish.quiet = app::quiet_hours{1, 2, "Europe/Paris"};
    wish.language = "de";
    wish.address = app::mail_address{"maple@example.org", true, "", at("2026-01-10T01:00:00Z"), 3};
    auto const text = wish.text();
    CHECK(text.size() == empty);
    CHECK(app::notice_wish::from(text).text() == text);
    CHECK(app::notice_wish::from("no such thing").text().size() == empty);
}

TEST_CASE("mail speaks the language that was chosen last")
{
    people_with_news here;
    REQUIRE(run(here.notices.set_language(here.maple, "ar"))); // no address yet: nothing is kept
    CHECK(run(here.notices.wish(here.maple))->language.empty());
    REQUIRE(run(here.notices.set_address(here.maple, "maple@example.org", "de")));
    CHECK(here.letters() == 1);
    CHECK_THAT(here.bag.sent.back().text, Catch::StartsWith("Dein Code ist "));
    REQUIRE(run(here.notices.drop_address(here.maple)));
    here.with.time.advance(24h);
    here.give_address();
    REQUIRE(run(here.notices.set_language(here.maple, "ar")));
    here.reply();
    CHECK(here.letters() == 1);
    CHECK(here.bag.sent.back().subject == "شيء جديد لك");
}

TEST_CASE("mail comes at most every half hour, and one stands for all that is new")
{
    people_with_news here;
    here.give_address();
    here.reply();
    CHECK(here.letters() == 1);
    CHECK(here.letters() == 1);
    REQUIRE(run(here.notices.see_all(here.maple)));
    here.reply();
    CHECK(here.letters() == 1);
    here.with.time.advance(31min);
    CHECK(here.letters() == 2);
    here.with.time.advance(24h);
    CHECK(here.letters() == 2);
}

TEST_CASE("mail waits for the end of quiet hours, and what was seen by then needs none")
{
    people_with_news here;
    here.give_address();
    auto const now = here.with.time.now();
    auto const minute = static_cast<int>(
        std::chrono::duration_cast<std::chrono::minutes>(now - std::chrono::floor<std::chrono::days>(now))
            .count()
    );
    app::notice_wish quiet;
    quiet.quiet = app::quiet_hours{minute, (minute + 60) % 1440, "UTC"};
    REQUIRE(run(here.notices.set_switches(here.maple, quiet)));
    here.reply();
    CHECK(run(here.notices.unseen({here.maple, ""})) == 0);
    CHECK(here.letters() == 0);
    here.with.time.advance(61min);
    CHECK(run(here.notices.unseen({here.maple, ""})) == 1);
    SECTION("it comes then")
    {
        CHECK(here.letters() == 1);
    }
    SECTION("seen before: none")
    {
        REQUIRE(run(here.notices.see_all(here.maple)));
        CHECK(here.letters() == 0);
    }
}

TEST_CASE("a mail that fails is tried again under the same id; an address that was taken back gets none")
{
    people_with_news here;
    here.give_address();
    here.bag.works = false;
    here.reply();
    CHECK(here.letters() == 0);
    here.bag.works = true;
    CHECK(here.letters() == 0); // not at once
    SECTION("it arrives")
    {
        here.with.time.advance(2min);
        CHECK(here.letters() == 1);
    }
    SECTION("taken back meanwhile")
    {
        REQUIRE(run(here.notices.drop_address(here.maple)));
        here.with.time.advance(2min);
        CHECK(here.letters() == 0);
    }
}

TEST_CASE("who left the circle is told nothing of it any more")
{
    people_with_news here;
    REQUIRE(run(here.with.members.leave(here.maple, here.circle)));
    here.reply();
    CHECK(run(here.notices.list({here.maple, ""}, std::nullopt, 10))->empty());
}
