// A circle with a lead, two facilitators, an author and another member, and everything that the desk does.
#pragma once
#include "server/app/desk/appeals.hpp"
#include "server/app/desk/measures.hpp"
#include "server/app/desk/reports.hpp"
#include "server/app/desk/welcome.hpp"
#include "tests/unit/app/services_under_test.hpp"

namespace holdfast::tests {

struct desk_under_test : services_under_test {
    app::reports reports{database, vault, screen, posts, lines, changes, {}, desk_rules, time};
    app::measures measures{database, vault, screen, time};
    app::appeals appeals{database, vault, screen, lines, {}, time};
    app::welcome welcome{database, vault, desk_rules, time};
    app::signed_in lead = services_under_test::lead("Juniper");
    circle_id circle = services_under_test::circle(lead);
    app::signed_in author = join("Maple");
    app::signed_in member = join("Wren");
    app::signed_in first = join("Rowan");
    app::signed_in second = join("Hazel");
    domain::principal_ptr me = enter(author, circle);
    domain::principal_ptr other = enter(member, circle);
    domain::principal_ptr rowan = looking_after(first);
    domain::principal_ptr hazel = looking_after(second);
    thread_id in = thread(me, circle, calm).thread;

    explicit desk_under_test(domain::desk_rules rules = {}) : services_under_test(rules) {}

    domain::principal_ptr looking_after(app::signed_in const& who)
    {
        REQUIRE(run(members.set_role(circle, who.who->account, domain::role::facilitator)));
        return again(who);
    }
    domain::post_state state_of(post_id const& post) { return run(posts.own(me, post))->state; }
    domain::review_item held(std::string const& text = harm)
    {
        auto const sent = reply(me, in, text);
        REQUIRE(sent);
        return item_of(rowan, sent->post);
    }
    // Decides with everything that a decision can carry.
    result<void>
    decide_fully(domain::principal_ptr who, domain::review_item const& item, app::review_decision decided)
    {
        decided.revision = item.revision;
        return run(review.decide(who, item.id, decided));
    }
    result<void> take_out(domain::principal_ptr who, domain::review_item const& item, int strike = 0)
    {
        app::review_decision decided;
        decided.what = domain::verdict::remove;
        decided.reason = "This part may hurt somebody here. Your words are saved.";
        decided.strike = strike;
        return decide_fully(who, item, decided);
    }
    result<void> limit(domain::review_item const& item, domain::limit_kind kind, int hours, int minutes = 0)
    {
        app::review_decision decided;
        decided.what = domain::verdict::remove;
        decided.reason = "This part may hurt somebody here. Your words are saved.";
        decided.limit = kind;
        decided.limit_hours = hours;
        decided.slow_minutes = minutes;
        auto const done = decide_fully(rowan, item, decided);
        identity.account_changed(author.who->account); // as the live feed does
        me = again(author);
        return done;
    }
};

} // namespace holdfast::tests
