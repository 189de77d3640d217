// Ready words for giving a text back, each with one blank that says what is meant: web/content/reasons.json.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::app {

struct reason_template {
    std::string id;
    std::string title;
    std::string before; // the words before the blank
    std::string blank;  // what belongs there
    std::string after;
};

class reasons {
  public:
    // From embedded files. Throws std::runtime_error when one can't be read or has not exactly one blank.
    explicit reasons(std::span<std::pair<std::string_view, std::string_view> const> files);

    std::vector<reason_template> const& all() const { return all_; }
    reason_template const* find(std::string_view id) const;

  private:
    std::vector<reason_template> all_;
};

} // namespace holdfast::app
