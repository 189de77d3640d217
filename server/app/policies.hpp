// Which policy decides, and that what decided is kept: the host's from its file, a circle's own from the
// people who look after it. The same name and version never means two texts.
#pragma once
#include "moderation/policy/policy.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"

#include <memory>
#include <optional>
#include <string>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;
class screener;

// How a circle stands: the id that decisions there name, and its own policy for who may see and change it.
struct circle_policy_view {
    std::string id;
    std::shared_ptr<moderation::policy const> own; // null: none, or not for `who`
};

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
    // Facilitators of the circle (else not_found). "" takes the circle's own away. invalid: line and cause,
    // or looser than the host's; returned: the screen noticed something in its words.
    task<result<void>> set(domain::principal_ptr who, circle_id circle, std::string toml);

    circle_policy_view of(domain::principal_ptr const& who, circle_id const& circle) const;
    std::shared_ptr<moderation::policy const> host() const;
    std::string outside_check() const; // whom posts are also sent to, "" for nobody

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
