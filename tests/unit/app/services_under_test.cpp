#include "tests/unit/app/services_under_test.hpp"

#include "embedded/web.hpp"
#include "server/base/limits.hpp"

#include <catch2/catch.hpp>

namespace holdfast::tests {

namespace {
// What a host pays for each passphrase is tried in tests/unit/sealing and over the API; here it would only be
// waited for.
constexpr sealing::passphrase_cost quick_to_try{1, 8192};

// Made once: reading the model and the lexicon takes longer than most tests.
moderation::screen const& shipped_screen()
{
    static moderation::screen const made(moderation::shipped_policy());
    return made;
}

store::database_options options_in(folder const& here)
{
    store::database_options made;
    made.file = here / "holdfast.db";
    return made;
}
} // namespace

services_under_test::services_under_test(domain::desk_rules rules)
    : desk_rules(rules), keys(host_key), vault(keys), own_keys(keys, quick_to_try),
      screen(shipped_screen(), std::chrono::seconds(10)), lines(embedded::web(), "gb", time),
      ready(embedded::web()), database(options_in(here)), hashing(1, limits::hash_queue_max),
      identity(database, vault, own_keys, screen, hashing, time),
      erasure(database, vault, own_keys, identity, changes, hashing, time),
      passphrases(database, vault, own_keys, identity, hashing, time),
      space(database, own_keys, screen, lines, time), circles(database, vault, screen, identity, time),
      members(database, vault, screen, identity, circles, lines, {}, time),
      posts(database, vault, screen, circles, lines, changes, {}, desk_rules, time), pace(space, time),
      shares(database, vault, own_keys, space, posts, pace, time),
      partners(database, vault, own_keys, space, posts, pace, time), story_writing(space, pace),
      review(database, vault, screen, changes, ready, desk_rules, time), alarms(database, time),
      rota(database, vault, screen, time), talks(database, vault, screen, time),
      aftercare(database, vault, time), concerns(database, vault, screen, {}, time),
      reporting(database, time), search(database, vault, screen, circles, lines)
{
}

app::signed_in services_under_test::join(std::string const& nickname)
{
    auto const made = run(identity.join(nickname, passphrase, "gb"));
    REQUIRE(made);
    return *made;
}

domain::principal_ptr services_under_test::again(app::signed_in const& who)
{
    auto const made = run(identity.authenticate(who.token));
    REQUIRE(made);
    return *made;
}

app::signed_in services_under_test::lead(std::string const& nickname)
{
    auto made = join(nickname);
    REQUIRE(run(identity.set_lead(nickname, true)));
    made.who = again(made);
    return made;
}

circle_id services_under_test::circle(app::signed_in const& by, app::new_circle wanted)
{
    if (wanted.texts.name.empty()) wanted.texts = {"Open door", "A place to try things.", "Be kind.", ""};
    auto const made = run(circles.create(again(by), "circle " + std::to_string(++keys_made_), wanted));
    REQUIRE(made);
    return made->id;
}

domain::principal_ptr services_under_test::enter(app::signed_in const& who, circle_id const& circle)
{
    REQUIRE(run(members.join(again(who), circle, 1, "I would like to listen.")));
    return again(who);
}

app::submission
services_under_test::thread(domain::principal_ptr who, circle_id const& circle, std::string const& text)
{
    auto const sent =
        run(posts.start_thread(who, circle, "thread " + std::to_string(++keys_made_), {"A title", text}));
    REQUIRE(sent);
    return *sent;
}

result<app::submission> services_under_test::reply(
    domain::principal_ptr who, thread_id const& thread, std::string const& text, std::string key
)
{
    if (key.empty()) key = "reply " + std::to_string(++keys_made_);
    return run(posts.reply(who, thread, key, {"", text}));
}

result<app::submission>
services_under_test::edit(domain::principal_ptr who, post_id const& post, std::string const& text)
{
    return run(posts.edit(who, post, "edit " + std::to_string(++keys_made_), {"A title", text}));
}

std::vector<std::string> services_under_test::told_about(post_id const& post)
{
    auto read = [post](store::read_tx& tx) -> result<std::vector<std::string>> {
        std::vector<std::string> made;
        for (auto const& event : tx.events_after(0, 1000)) {
            if (event.post == post) made.push_back(event.type);
        }
        return made;
    };
    return *run(database.read(read));
}

domain::review_item services_under_test::item_of(domain::principal_ptr who, post_id const& post)
{
    auto const items = run(review.items(who, {}, 100));
    REQUIRE(items);
    for (auto const& one : items->items) {
        if (one.post == post) return one;
    }
    FAIL("nothing waits for this post");
    return {};
}

result<void> services_under_test::decide(
    domain::principal_ptr who, domain::review_item const& item, domain::verdict what, std::string reason
)
{
    app::review_decision decided;
    decided.what = what;
    decided.revision = item.revision;
    decided.reason = std::move(reason);
    return run(review.decide(who, item.id, decided));
}

} // namespace holdfast::tests
