// Threads that nobody answered yet, for members who said that they would like to welcome others.
#pragma once
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/measures.hpp"
#include "server/domain/post.hpp"

#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;

class welcome {
  public:
    welcome(store::database& database, texts& vault, domain::desk_rules rules, clock const& time)
        : database_(database), vault_(vault), rules_(rules), time_(time)
    {
    }

    // Of the circles where `who` welcomes; oldest first, none older than two weeks.
    task<result<std::vector<domain::thread>>> unanswered(domain::principal_ptr who, std::size_t limit);
    // Members of the circle (else not_found).
    task<result<void>> set(domain::principal_ptr who, circle_id circle, bool does);
    task<result<bool>> does(domain::principal_ptr who, circle_id circle);

  private:
    store::database& database_;
    texts& vault_;
    domain::desk_rules rules_;
    clock const& time_;
};

} // namespace holdfast::app
