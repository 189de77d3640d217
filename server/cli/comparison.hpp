// Two policies over the same texts: what would change, and who would be right where labels say so. Ids and
// counts only, never a text.
#pragma once
#include "moderation/policy/policy.hpp"
#include "moderation/types.hpp"

#include <array>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::cli {

// What is right for a text, from labels or from what a person decided.
struct truth {
    bool stop = false;           // held or returned is right
    moderation::label_set harms; // that are in it
    std::optional<int> risk;     // of its author, at least
    bool has_harms = false;      // false: a person said only whether to stop it
};

class comparison {
  public:
    comparison(std::string name_a, std::string name_b) : names_{std::move(name_a), std::move(name_b)} {}

    void
    add(std::string const& id,
        moderation::decision const& a,
        moderation::decision const& b,
        std::optional<truth> const& right);
    void print(std::ostream& out) const;

  private:
    struct hits {
        std::size_t right = 0, found = 0, there = 0;
    };
    void judge(std::string const& id, std::size_t side, moderation::decision const& made, truth const& right);
    void print_changes(std::ostream& out) const;
    void print_labels(std::ostream& out) const;

    std::array<std::string, 2> names_;
    std::size_t texts_ = 0, labelled_ = 0, to_stop_ = 0;
    std::array<std::array<std::size_t, 4>, 2> outcomes_{};
    std::map<std::pair<moderation::outcome, moderation::outcome>, std::vector<std::string>> changed_;
    std::map<std::string, std::array<std::size_t, 2>> rules_; // how often each acted
    std::array<hits, 2> stopped_{};
    std::array<std::array<hits, moderation::label_count>, 2> labels_{};
    std::array<std::vector<std::string>, 2> missed_crisis_;
    std::size_t crises_ = 0;
};

} // namespace holdfast::cli
