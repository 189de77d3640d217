// What somebody wrote that stands neither in their own space nor in a post as it is now nor in a talk:
// earlier versions of posts, and the words that went to those who look after a circle. For the copy of
// everything.
#pragma once
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"

#include <boost/json/object.hpp>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;

class written {
  public:
    written(store::database& database, texts& vault) : database_(database), vault_(vault) {}

    // {"earlier_versions", "reports", "appeals", "applications", "concerns", "duty_notes"}: a list each.
    task<result<boost::json::object>> elsewhere(domain::principal_ptr who);

  private:
    store::database& database_;
    texts& vault_;
};

} // namespace holdfast::app
