// Help lines: data with country, hours, languages and source, read once at start (web/content/help-lines).
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/domain/care.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::app {

bool speaks(domain::help_line const& line, std::string_view language);

class help_lines {
  public:
    // Each file's JSON as documented in web/README.md. Throws std::runtime_error naming the file when one is
    // broken: a server without help lines does not start.
    explicit help_lines(
        std::span<std::pair<std::string_view, std::string_view> const> files,
        std::string default_country,
        clock const& time
    );

    // All lines of a country, in the file's order; of the default country when it has none.
    std::vector<domain::help_line> const& of(std::string_view country) const;
    std::string country_or_default(std::string_view country) const;
    // For who says only which language they read: the default country when a line of it speaks that, or when
    // none does; else the first country whose lines do.
    std::string country_speaking(std::string_view language) const;
    std::vector<std::string> countries() const;          // codes, sorted
    std::string name_of(std::string_view country) const; // "United Kingdom"
    // What an author in distress is shown: the two best lines that are open now, those in their language
    // ("en",
    // "" when not known) first, and the emergency number.
    domain::care
    chosen_for(std::string_view country, moderation::triage triage, std::string_view language = "") const;
    // For whoever wrote words of which this was decided, when care is due to them.
    std::optional<domain::care>
    care_after(moderation::decision const& decided, std::string_view country) const;

  private:
    std::vector<std::pair<std::string, std::vector<domain::help_line>>> by_country_;
    std::vector<std::pair<std::string, std::string>> names_;
    std::string default_country_;
    clock const& time_;
};

} // namespace holdfast::app
