// Writing a story for oneself: what space keeps, as its writer wants to meet it. What they put away from
// themselves shows in no version and no list until its day; forms and programs never carry it.
#pragma once
#include "server/app/space/pacing.hpp"
#include "server/app/space/space.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::app {

class story_writing {
  public:
    story_writing(space& own, own_pace& pace) : space_(own), pace_(pace) {}

    // As space has them, as they are seen today.
    task<result<std::vector<private_text>>> all(member_session who);
    task<result<std::vector<private_text>>> versions(member_session who, private_id id);
    // invalid names the fields that are wrong.
    task<result<private_text>>
    add(member_session who, std::string idempotency_key, boost::json::object typed);
    // `settled` as in space.
    task<result<private_text>>
    change(member_session who, private_id id, int based_on, boost::json::object typed, int settled = 0);
    // A passage of that version, until a day; and back before it. What was typed meanwhile is kept with it.
    task<result<private_text>> put_away(
        member_session who,
        private_id id,
        int based_on,
        std::string words,
        std::string until,
        std::optional<boost::json::object> typed = std::nullopt
    );
    task<result<private_text>> bring_back(
        member_session who,
        private_id id,
        int based_on,
        int number,
        std::optional<boost::json::object> typed = std::nullopt
    );
    // The next step as a goal, which the story then knows. Asked again it is the same goal. invalid: there is
    // none.
    task<result<private_id>> next_to_goal(member_session who, private_id id);

  private:
    task<result<private_text>>
    write(member_session who, private_id id, int based_on, decide_change how, std::chrono::sys_days today);

    space& space_;
    own_pace& pace_; // knows the day where the writer is
};

} // namespace holdfast::app
