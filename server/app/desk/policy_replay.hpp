// What another policy would have made of texts that were screened before: from the scores that were kept with
// each decision, so that nothing is read and nothing screened again. Counts and ids only, never a text.
#pragma once
#include "moderation/policy/policy.hpp"
#include "server/store/rows.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::store {
class read_tx;
}

namespace holdfast::app {

class texts;

struct replayed {
    static constexpr std::size_t outcomes = 4; // by moderation::outcome

    std::size_t looked_at = 0;
    std::size_t left_out = 0; // no score was kept: its author left, or the check had failed on it
    std::array<std::array<std::size_t, outcomes>, outcomes> became{}; // [before][after]; equal ones too
    // Against what people decided about those that would change.
    std::size_t stops_what_people_let_through = 0;
    std::size_t lets_through_what_people_stopped = 0;
    std::size_t crises_not_held = 0;  // risk 4 and above, held now and no longer then
    std::vector<std::string> changed; // "POST.VERSION", the newest, at most 20

    std::size_t would_change() const;
};

class policy_replay {
  public:
    // A circle's own policy, or null; asked once for each circle.
    using policy_of = std::function<std::shared_ptr<moderation::policy const>(circle_id const&)>;

    // Both resolved.
    policy_replay(moderation::policy now, moderation::policy then, policy_of own);

    void add(store::read_tx& tx, texts& vault, store::numbered_version const& one);
    replayed const& found() const { return found_; }

  private:
    struct both {
        moderation::policy now, then;
    };
    both const& in(circle_id const& circle);

    both host_;
    policy_of own_;
    std::map<circle_id, both> circles_;
    replayed found_;
};

} // namespace holdfast::app
