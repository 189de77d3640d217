// Private writing: kept whole, changed without loss, opened by nobody else, told to nobody.
#include "server/app/languages.hpp"
#include "server/app/space/browse.hpp"
#include "server/app/space/goal_time.hpp"
#include "server/app/space/other_versions.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/base/limits.hpp"
#include "tests/unit/app/services_under_test.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace holdfast;
using namespace holdfast::tests;
using namespace std::chrono_literals;

namespace {
constexpr auto journal = domain::private_kind::journal;

boost::json::object entry(std::string const& text)
{
    return {{"kind", "writing"}, {"text", text}};
}

app::private_text
add(services_under_test& with, app::signed_in const& who, std::string const& key, std::string const& text)
{
    auto const made = run(with.space.add(who, journal, key, entry(text)));
    REQUIRE(made);
    return *made;
}

std::string text_of(app::private_text const& one)
{
    return app::text_in(one.body, "text");
}

errc fault_of(boost::json::object const& body, domain::private_kind kind, std::string const& field)
{
    auto const made = app::shaped(kind, body);
    REQUIRE_FALSE(made);
    CHECK(made.error().fields.front().field == field);
    return made.error().code;
}
} // namespace

TEST_CASE("the same key gives the same entry again; with other words it is refused")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const first = add(with, who, "key", "rain");
    with.time.advance(1h);
    auto const again = add(with, who, "key", "rain");
    CHECK(again.id == first.id);
    CHECK(again.created_at == first.created_at);
    auto const other = run(with.space.add(who, journal, "key", entry("sun")));
    REQUIRE_FALSE(other);
    CHECK(other.error().code == errc::key_reused);
    auto const wren = with.join("Wren");
    CHECK(add(with, wren, "key", "rain").id != first.id);
}

TEST_CASE("what was deleted is not brought back by its key; what is made out of something can be made anew")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const first = add(with, who, "key", "rain");
    REQUIRE(run(with.space.remove(who, journal, first.id)));
    for (auto const* text : {"rain", "sun"}) {
        auto const again = run(with.space.add(who, journal, "key", entry(text)));
        REQUIRE_FALSE(again);
        CHECK(again.error().code == errc::key_reused);
    }
    CHECK(run(with.space.all(who, journal))->empty());
    CHECK(add(with, who, "another key", "rain").id != first.id);
    CHECK(add(with, with.join("Wren"), "key", "rain").version == 1);
    auto const made = run(with.space.make_from(who, journal, "a source", entry("rain")));
    REQUIRE(made);
    REQUIRE(run(with.space.remove(who, journal, made->id)));
    CHECK(run(with.space.make_from(who, journal, "a source", entry("rain")))->id == made->id);
}

TEST_CASE("a change is a new version; the one before stays, and sending it twice makes no second one")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const first = add(with, who, "key", "rain");
    auto const second = run(with.space.change(who, journal, first.id, 1, entry("rain and sun")));
    REQUIRE(second);
    CHECK(second->version == 2);
    CHECK_FALSE(second->is_beside_another());
    CHECK(run(with.space.change(who, journal, first.id, 1, entry("rain and sun")))->version == 2);
    auto const all = run(with.space.versions(who, journal, first.id));
    REQUIRE(all);
    REQUIRE(all->size() == 2);
    CHECK(text_of(all->front()) == "rain");
    CHECK(text_of(all->back()) == "rain and sun");
}

TEST_CASE("two devices that change at once both keep what they wrote, and it is said")
{
    services_under_test with;
    auto const phone = with.join("Maple");
    auto const laptop = *run(with.identity.sign_in("Maple", passphrase));
    auto const first = add(with, phone, "key", "rain");
    REQUIRE(run(with.space.change(phone, journal, first.id, 1, entry("from the phone"))));
    auto const late = run(with.space.change(laptop, journal, first.id, 1, entry("from the laptop")));
    REQUIRE(late);
    CHECK(late->version == 3);
    CHECK(late->is_beside_another());
    auto const all = run(with.space.versions(phone, journal, first.id));
    CHECK(text_of(all->at(1)) == "from the phone");
    CHECK(text_of(all->at(2)) == "from the laptop");
    auto const joined = run(with.space.change(phone, journal, first.id, 3, entry("both")));
    CHECK_FALSE(joined->is_beside_another());
}

TEST_CASE("who begins the only one of its kind from nothing stands beside whoever did so before")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const plan = domain::private_kind::plan;
    auto const set = [&](char const* words) {
        return run(with.space.set_only(who, plan, 0, {{"signs", words}}));
    };
    REQUIRE(set("from the phone"));
    CHECK(set("from the phone")->version == 1);
    auto const late = set("from the laptop");
    REQUIRE(late);
    CHECK(late->version == 2);
    CHECK(late->based_on == 0);
    CHECK(late->is_beside_another());
    auto const others = app::other_versions(*run(with.space.versions(who, plan, late->id)));
    REQUIRE(others.size() == 1);
    CHECK(others.front().version == 1);
}

TEST_CASE("a change is decided from the newest version and the one that its writer saw")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const first = add(with, who, "key", "rain");
    REQUIRE(run(with.space.change(who, journal, first.id, 1, entry("snow"))));
    app::decide_change const both = [](app::private_text const& newest,
                                       app::private_text const& seen) -> result<app::private_change> {
        return app::private_change{newest.version, entry(text_of(newest) + " after " + text_of(seen)), 0};
    };
    auto const made = run(with.space.change_with(who, journal, first.id, 1, both));
    REQUIRE(made);
    CHECK(text_of(*made) == "snow after rain");
    CHECK(made->based_on == 2);
    app::decide_change const refuse = [](app::private_text const&,
                                         app::private_text const&) -> result<app::private_change> {
        return errc::bad_request;
    };
    CHECK(run(with.space.change_with(who, journal, first.id, 1, refuse)).error().code == errc::bad_request);
    CHECK(run(with.space.versions(who, journal, first.id))->size() == 3);
    CHECK(run(with.space.remove_as_seen(who, journal, first.id, 2)).error().code == errc::conflict);
    CHECK(run(with.space.remove_as_seen(who, journal, first.id, 3)));
    CHECK(run(with.space.change_with(who, journal, first.id, 1, both)).error().code == errc::not_found);
}

TEST_CASE("of many versions the newest fifty stay, and the first")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const first = add(with, who, "key", "0");
    for (int version = 1; version <= 60; ++version)
        REQUIRE(run(with.space.change(who, journal, first.id, version, entry(std::to_string(version)))));
    auto const all = run(with.space.versions(who, journal, first.id));
    CHECK(all->size() == 51);
    CHECK(text_of(all->front()) == "0");
    CHECK(all->at(1).version == 12);
    CHECK(all->back().version == 61);
    CHECK(text_of(all->back()) == "60");
    CHECK(app::other_versions(*all).empty()); // what came between is gone, and the first isn't another's
}

TEST_CASE("what another device wrote stays through many saves, until it is settled")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const first = add(with, who, "key", "0");
    auto const save = [&](int based_on, std::string const& words, int settled = 0) {
        REQUIRE(run(with.space.change(who, journal, first.id, based_on, entry(words), settled)));
    };
    auto const all = [&] { return *run(with.space.versions(who, journal, first.id)); };
    for (int version = 1; version <= 9; ++version)
        save(version, std::to_string(version));
    save(10, "from the phone");
    save(10, "from the laptop");
    for (int version = 12; version <= 90; ++version)
        save(version, std::to_string(version));
    auto const others = app::other_versions(all());
    REQUIRE(others.size() == 1);
    CHECK(text_of(others.front()) == "from the phone");
    save(91, "both", 11);
    CHECK(app::other_versions(all()).empty());
    CHECK(all().size() == 51);
    CHECK(all().front().version == 1);
}

TEST_CASE("words that changed and where a goal stood stay through many presses on its steps")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const goal_kind = domain::private_kind::goal;
    auto const steps = [](char const* state) {
        return boost::json::array{boost::json::object{{"text", "Shoes"}, {"state", state}}};
    };
    boost::json::object goal{{"what", "Walk"}, {"state", "active"}, {"steps", steps("open")}};
    auto const id = run(with.space.add(who, goal_kind, "key", goal))->id;
    auto version = 0;
    auto const save = [&] { REQUIRE(run(with.space.change(who, goal_kind, id, version += 1, goal))); };
    goal["what"] = "Walk in the park";
    save();
    goal["state"] = "archived";
    goal["kept"] = "The ducks.";
    save();
    goal["state"] = "active";
    save();
    for (int press = 0; press < 60; ++press) {
        goal["steps"] = steps(press % 2 == 0 ? "done" : "open");
        save();
    }
    auto const all = run(with.space.versions(who, goal_kind, id));
    CHECK(all->size() == 54);
    std::vector<app::goal_event> told;
    for (auto const& one : app::over_time(*all, app::own_clock()))
        told.push_back(one.what);
    using event = app::goal_event;
    CHECK(std::count(told.begin(), told.end(), event::changed) == 1);
    CHECK(std::count(told.begin(), told.end(), event::put_away) == 1);
    CHECK(std::count(told.begin(), told.end(), event::taken_up) == 1);
    CHECK(app::other_versions(*all).empty());
    CHECK(app::text_in(all->front().body, "what") == "Walk");
}

TEST_CASE("even of those that tell most there are no more than two hundred, and the first goes last")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const first = add(with, who, "key", "0");
    for (int version = 1; version <= 220; ++version) // each by a device that saw only the first
        REQUIRE(run(with.space.change(who, journal, first.id, 1, entry(std::to_string(version)))));
    auto const all = run(with.space.versions(who, journal, first.id));
    CHECK(all->size() == limits::private_versions_kept_max);
    CHECK(text_of(all->front()) == "0");
    CHECK(all->at(1).version == 23);
    CHECK(app::other_versions(*all).size() == 198);
}

namespace {
std::size_t room_of(services_under_test& with, app::signed_in const& who)
{
    auto look = [account = who.who->account](store::read_tx& tx) -> result<std::size_t> {
        return tx.private_bytes(account);
    };
    return *run(with.database.read(look));
}

// All that one member wrote takes so much: rows of another kind, which nobody opens here.
private_id fill(services_under_test& with, app::signed_in const& who, std::size_t bytes)
{
    auto const id = private_id::random();
    auto write = [&](store::write_tx& tx) -> result<void> {
        constexpr std::size_t at_once = 4 * 1024 * 1024;
        for (int version = 1; bytes > 0; ++version) {
            auto const some = std::min(bytes, at_once);
            sealed_text sealed;
            sealed.bytes.assign(some, '\0');
            tx.add_private_version(who.who->account, domain::private_kind::card, {id, version, sealed});
            bytes -= some;
        }
        return result<void>();
    };
    REQUIRE(run(with.database.write(write)));
    return id;
}
} // namespace

TEST_CASE("the room that private writing takes is known, and given back when something goes")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const other = with.join("Wren");
    CHECK(room_of(with, who) == 0);
    auto const first = add(with, who, "key", "rain");
    auto const one = room_of(with, who);
    CHECK(one > 0);
    for (int version = 1; version <= 60; ++version)
        REQUIRE(run(with.space.change(who, journal, first.id, version, entry(std::to_string(version)))));
    CHECK(room_of(with, who) == 51 * one); // the oldest went, but for the first
    CHECK(room_of(with, other) == 0);
    REQUIRE(run(with.space.remove(who, journal, first.id)));
    CHECK(room_of(with, who) == 0);
}

TEST_CASE("one member's writing has its room and no more: what doesn't fit is refused whole, by every way in")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const kept = add(with, who, "key", "rain");
    auto const one = room_of(with, who);
    auto const copy =
        boost::json::serialize(boost::json::object{{"private", *run(with.space.everything(who))}});
    auto const large = fill(with, who, limits::private_bytes_max - 2 * one);
    add(with, who, "fits", "the last that fits");
    auto const full = room_of(with, who);
    CHECK(full == limits::private_bytes_max);
    auto const plan = domain::private_kind::plan;
    CHECK(run(with.space.add(who, journal, "more", entry("more"))).error().code == errc::no_room);
    CHECK(run(with.space.change(who, journal, kept.id, 1, entry("sun"))).error().code == errc::no_room);
    CHECK(run(with.space.set_only(who, plan, 0, {{"signs", "x"}})).error().code == errc::no_room);
    CHECK(run(with.space.put(who, journal, "a day", entry("x"))).error().code == errc::no_room);
    CHECK(room_of(with, who) == full);
    CHECK(text_of(run(with.space.versions(who, journal, kept.id))->back()) == "rain");
    CHECK(add(with, who, "key", "rain").id == kept.id); // sent again it takes none

    auto const of_another = with.join("Wren");
    REQUIRE(run(with.space.add(of_another, journal, "key", entry("of another"))));
    auto const more =
        boost::json::serialize(boost::json::object{{"private", *run(with.space.everything(of_another))}});
    app::language const english("en", {});
    CHECK(run(with.space.take_in(who, more, english)).error().code == errc::no_room);
    CHECK(run(with.space.take_in(who, copy, english))); // what is here already takes none
    CHECK(room_of(with, who) == full);

    REQUIRE(run(with.space.remove(who, domain::private_kind::card, large)));
    CHECK(run(with.space.take_in(who, more, english)));
    add(with, who, "more", "more");
}

TEST_CASE("nobody reads, changes or takes out what is another's, or learns that it is there")
{
    services_under_test with;
    auto const mine = with.join("Maple");
    auto const other = with.lead("Wren"); // not even a lead
    auto const first = add(with, mine, "key", "rain");
    for (auto const& id : {first.id, private_id::random()}) {
        CHECK(run(with.space.versions(other, journal, id)).error().code == errc::not_found);
        CHECK(run(with.space.change(other, journal, id, 1, entry("x"))).error().code == errc::not_found);
        CHECK(run(with.space.remove(other, journal, id)).error().code == errc::not_found);
    }
    CHECK(
        run(with.space.versions(mine, domain::private_kind::card, first.id)).error().code == errc::not_found
    );
    CHECK(run(with.space.all(other, journal))->empty());
    CHECK(run(with.space.versions(mine, journal, first.id)));
}

TEST_CASE("what is taken out is gone with all its versions")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const first = add(with, who, "key", "rain");
    REQUIRE(run(with.space.change(who, journal, first.id, 1, entry("sun"))));
    REQUIRE(run(with.space.remove(who, journal, first.id)));
    CHECK(run(with.space.versions(who, journal, first.id)).error().code == errc::not_found);
    CHECK(*run(with.space.count(who.who, journal)) == 0);
}

TEST_CASE("a version that was moved, or changed by a bit, does not open")
{
    services_under_test with;
    auto const who = with.join("Maple");
    auto const first = add(with, who, "one", "rain");
    auto const second = add(with, who, "two", "sun");
    auto swap = [&](store::write_tx& tx) -> result<void> {
        auto const rows = tx.private_versions(who.who->account, journal, first.id);
        tx.add_private_version(who.who->account, journal, {second.id, 2, rows.front().body});
        return result<void>();
    };
    REQUIRE(run(with.database.write(swap)));
    CHECK(run(with.space.versions(who, journal, second.id)).error().code == errc::damaged);
    CHECK(run(with.space.versions(who, journal, first.id)));
}

TEST_CASE("the length on the disk tells a bad day from a good one to nobody")
{
    services_under_test with;
    auto const who = with.join("Maple");
    add(with, who, "one", "x");
    add(with, who, "two", "a longer sentence about a longer day");
    auto sizes = [&](store::read_tx& tx) -> result<std::vector<std::size_t>> {
        std::vector<std::size_t> made;
        for (auto const& row : tx.private_records(who.who->account, journal))
            made.push_back(row.body.bytes.size());
        return made;
    };
    auto const found = *run(with.database.read(sizes));
    CHECK(found.at(0) == found.at(1));
}

TEST_CASE("a cry for help in private writing brings care to its author, and is told to nobody")
{
    services_under_test with;
    auto counted = 0;
    with.screen.on_screened([&](app::screened const&) { ++counted; });
    auto const who = with.join("Maple"); // counts once, for the name
    auto const before = counted;
    auto last = [](store::read_tx& tx) -> result<std::int64_t> { return tx.last_event(); };
    auto const events = *run(with.database.read(last));
    add(with, who, "one", crisis);
    auto const care = with.space.care_for(*who.who, crisis);
    REQUIRE(care);
    CHECK(care->lines.size() >= 2);
    CHECK_FALSE(with.space.care_for(*who.who, calm));
    CHECK(*run(with.database.read(last)) == events);
    CHECK(counted == before);
    auto const lead = with.lead("Juniper");
    CHECK(run(with.review.items(lead.who, {}, 100))->items.empty());
}

TEST_CASE("one's own writing is found by month, and by words in every form")
{
    services_under_test with;
    auto const who = with.join("Maple");
    add(with, who, "one", "We walked along the river.");
    with.time.advance(24h * 40);
    add(with, who, "two", "Walking again, without the river.");
    auto const all = *run(with.space.all(who, journal));
    auto found = [&](std::string const& month, std::string const& words) {
        return app::matching(all, journal, *app::browse_of(month, words), app::own_clock()).size();
    };
    CHECK(text_of(all.front()) == "Walking again, without the river."); // the newest first
    CHECK(found("", "") == 2);
    CHECK(found("", "walk") == 2);
    CHECK(found("", "walked again") == 1);
    CHECK(found("", "mountain") == 0);
    CHECK(found("2023-11", "") == 1);
    CHECK(found("2023-12", "river") == 1);
    CHECK_FALSE(app::browse_of("2023-13", ""));
}

TEST_CASE("each kind has its fields: what is missing, too much or unknown is named")
{
    CHECK(fault_of({{"kind", "writing"}}, journal, "text") == errc::invalid);
    CHECK(fault_of({{"kind", "poem"}, {"text", "x"}}, journal, "kind") == errc::invalid);
    CHECK(fault_of({{"kind", "writing"}, {"text", 7}}, journal, "text") == errc::invalid);
    CHECK(fault_of({{"kind", "writing"}, {"text", "x"}, {"more", "x"}}, journal, "more") == errc::invalid);
    CHECK(
        fault_of({{"day", "2026-02-30"}, {"level", 3}}, domain::private_kind::mood, "day") == errc::invalid
    );
    CHECK(
        fault_of({{"day", "2026-02-03"}, {"level", 6}}, domain::private_kind::mood, "level") == errc::invalid
    );
    CHECK(fault_of({}, domain::private_kind::plan, "signs") == errc::invalid);
    boost::json::object const step{{"text", "a\nb"}, {"state", "open"}};
    boost::json::object const goal{{"what", "x"}, {"state", "active"}, {"steps", boost::json::array{step}}};
    CHECK(fault_of(goal, domain::private_kind::goal, "steps") == errc::invalid);
    auto const good = app::shaped(journal, {{"kind", "writing"}, {"text", "x"}});
    REQUIRE(good);
    CHECK(app::words_in(journal, *good) == "x");
}
