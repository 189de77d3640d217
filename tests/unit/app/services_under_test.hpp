// All services over a real SQLite file, with a clock that goes only where the test sends it.
#pragma once
#include "server/app/care/aftercare.hpp"
#include "server/app/care/alarms.hpp"
#include "server/app/care/concerns.hpp"
#include "server/app/care/figures.hpp"
#include "server/app/care/rota.hpp"
#include "server/app/care/talks.hpp"
#include "server/app/change_log.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/circles/members.hpp"
#include "server/app/desk/reasons.hpp"
#include "server/app/desk/review.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/partner/partners.hpp"
#include "server/app/people/erasure.hpp"
#include "server/app/people/identity.hpp"
#include "server/app/people/member_keys.hpp"
#include "server/app/people/passphrases.hpp"
#include "server/app/posts/posts.hpp"
#include "server/app/screener.hpp"
#include "server/app/search/search.hpp"
#include "server/app/share/shares.hpp"
#include "server/app/space/space.hpp"
#include "server/app/story/story_writing.hpp"
#include "server/app/texts.hpp"
#include "server/base/worker_pool.hpp"
#include "server/store/database.hpp"
#include "tests/unit/support/folder.hpp"
#include "tests/unit/support/manual_clock.hpp"
#include "tests/unit/support/run.hpp"

namespace holdfast::tests {

// Sentences of our own for what the screen must notice. Short, and without anything that could be used.
inline constexpr char const* calm = "The rain stopped and I opened the window for a while.";
inline constexpr char const* harm = "You are such a pathetic loser, shut up.";
inline constexpr char const* crisis = "I am done, I will kill myself before the morning comes.";
inline constexpr char const* tonight =
    "I have a plan to kill myself tonight and I will do it."; // the highest level
inline constexpr char const* contact = "Write to me at river.stone@example.org if you like.";
inline constexpr char const* passphrase = "seven quiet lanterns";

struct services_under_test {
    domain::desk_rules desk_rules;
    folder here;
    manual_clock time{timestamp(std::chrono::milliseconds(1'700'000'000'000))};
    sealing::secret_ptr host_key = sealing::secret::random();
    sealing::keyring keys;
    app::texts vault;
    app::member_keys own_keys;
    app::screener screen;
    app::help_lines lines;
    app::reasons ready;
    store::database database;
    app::change_log changes;
    worker_pool hashing;
    app::identity identity;
    app::erasure erasure;
    app::passphrases passphrases;
    app::space space;
    app::circles circles;
    app::members members;
    app::posts posts;
    app::own_pace pace;
    app::shares shares;
    app::partners partners;
    app::story_writing story_writing;
    app::review review;
    app::alarms alarms;
    app::rota rota;
    app::talks talks;
    app::aftercare aftercare;
    app::concerns concerns;
    app::care_reporting reporting;
    app::search search;

    explicit services_under_test(domain::desk_rules rules = {});

    // A session of theirs; `again` gives the same person as they are now.
    app::signed_in join(std::string const& nickname);
    domain::principal_ptr again(app::signed_in const& who);
    app::signed_in lead(std::string const& nickname);
    circle_id circle(app::signed_in const& lead, app::new_circle more = {});
    domain::principal_ptr enter(app::signed_in const& who, circle_id const& circle);
    app::submission thread(domain::principal_ptr who, circle_id const& circle, std::string const& text);
    result<app::submission>
    reply(domain::principal_ptr who, thread_id const& thread, std::string const& text, std::string key = "");
    result<app::submission> edit(domain::principal_ptr who, post_id const& post, std::string const& text);
    // The types of what was announced about a post, in order.
    std::vector<std::string> told_about(post_id const& post);
    domain::review_item item_of(domain::principal_ptr who, post_id const& post);
    result<void> decide(
        domain::principal_ptr who,
        domain::review_item const& item,
        domain::verdict what,
        std::string reason = ""
    );

  private:
    int keys_made_ = 0;
};

} // namespace holdfast::tests
