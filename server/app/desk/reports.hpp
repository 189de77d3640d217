// Telling facilitators about a post. Who told is kept from its author; the outcome is told to who told.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/care.hpp"
#include "server/domain/measures.hpp"

#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;
class screener;
class posts;
class help_lines;
class change_log;

struct own_report {
    post_id post;
    domain::report_category category = domain::report_category::other;
    timestamp at;
    std::optional<bool> made_a_change; // none: nobody has looked yet
};

class reports {
  public:
    reports(
        store::database& database,
        texts& vault,
        screener& screen,
        posts& readers,
        help_lines const& lines,
        change_log& changes,
        domain::review_clocks clocks,
        domain::desk_rules rules,
        clock const& time
    )
        : database_(database), vault_(vault), screen_(screen), posts_(readers), lines_(lines),
          changes_(changes), clocks_(clocks), rules_(rules), time_(time)
    {
    }

    // Members of its circle, about others' posts that they can see (else not_found). Once for each version:
    // the same again is no error, other words are a conflict. `other` needs words. Enough weight hides the
    // post until somebody has looked, unless its author may be in need or a person let it through. Gives care
    // when the reporter's own words call for it.
    task<result<std::optional<domain::care>>>
    tell(domain::principal_ptr who, post_id post, domain::report_category category, std::string words);
    task<result<std::vector<own_report>>> own(domain::principal_ptr who, std::size_t limit); // newest first

  private:
    store::database& database_;
    texts& vault_;
    screener& screen_;
    posts& posts_;
    help_lines const& lines_;
    change_log& changes_;
    domain::review_clocks clocks_;
    domain::desk_rules rules_;
    clock const& time_;
};

} // namespace holdfast::app
