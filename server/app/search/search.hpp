// Search over what a circle's readers can see, by keyed hashes of stems (search_index.hpp keeps them).
// Searching for crisis words leads to help first.
#pragma once
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/care.hpp"
#include "server/domain/post.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;
class screener;
class circles;
class help_lines;

struct found {
    std::vector<domain::post> posts; // newest first
    std::optional<domain::care> care;
};

class search {
  public:
    search(
        store::database& database, texts& vault, screener& screen, circles& groups, help_lines const& lines
    );

    task<result<found>>
    find(domain::principal_ptr who, circle_id circle, std::string words, std::size_t limit);

  private:
    store::database& database_;
    texts& texts_;
    screener& screener_;
    circles& circles_;
    help_lines const& lines_;
};

} // namespace holdfast::app
