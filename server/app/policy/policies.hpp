// Which policy decides, and that what decided is kept: the host's from its file, a circle's own from the
// people who look after it. The same name and version never means two texts.
#pragma once
#include "moderation/policy/policy.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/policy_change.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
class read_tx;
struct circle_policy_row;
} // namespace holdfast::store

namespace holdfast::app {

class texts;
class screener;

// How a circle stands: the id that decisions there name, and its own policy for who may see and change it.
struct circle_policy_view {
    std::string id;
    std::shared_ptr<moderation::policy const> own; // null: none, or not for `who`
};

// What somebody would like a circle's own policy to be, while it waits for a second person.
struct circle_policy_wish {
    std::string toml;     // "": to have none
    std::string nickname; // of who asked; "" when they left
    bool is_mine = false;
    timestamp asked_at;
};

// A file's policy as it decides once these changes, all of that file and in their order, are in use.
moderation::policy with_changes(moderation::policy file, std::vector<domain::rule_change> const& changes);

// A circle's own policy as it was stored. damaged: its seal doesn't hold, or this program knows less than the
// one that took it; nobody decides by half of it.
result<moderation::policy>
opened_policy(store::read_tx& tx, texts& vault, store::circle_policy_row const& kept);

class policies {
  public:
    policies(store::database& database, texts& vault, screener& screen, clock const& time);
    ~policies();
    policies(policies const&) = delete;
    policies& operator=(policies const&) = delete;

    // Once, before the first text: keeps the host's policy and takes the circles' own ones into use.
    // conflict: the host's name and version stood for another text before.
    task<result<void>> start();
    // The circles' own alone, for the shell.
    task<result<void>> load();
    // A host's changed file. conflict as above; then the old one stays.
    task<result<void>> use(moderation::policy host);
    // The file's policy with what the desk changed of it, from now on.
    task<result<void>> use_changes();
    // Facilitators of the circle (else not_found). "" takes the circle's own away. What lets more through
    // than before waits until somebody else agrees. invalid: line and cause, or looser than the host's;
    // returned: the screen noticed something in its words.
    task<result<domain::change_stage>> set(domain::principal_ptr who, circle_id circle, std::string toml);
    // About what waits there, for who looks after the circle: `agrees` needs somebody else than who asked
    // (else conflict), taking it back doesn't. not_found: nothing waits.
    task<result<void>> settle(domain::principal_ptr who, circle_id circle, bool agrees);
    task<result<std::optional<circle_policy_wish>>> wish(domain::principal_ptr who, circle_id circle);

    circle_policy_view of(domain::principal_ptr const& who, circle_id const& circle) const;
    std::shared_ptr<moderation::policy const> host() const;      // as it decides
    std::shared_ptr<moderation::policy const> from_file() const; // as its file says
    std::string outside_check() const;                           // whom posts are also sent to, "" for nobody

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
