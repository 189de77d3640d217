#include "server/app/space/browse.hpp"

#include "server/app/search_words.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/validate.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace holdfast::app {

std::optional<std::chrono::year_month> month_from(std::string_view text)
{
    auto const day = day_from(std::string(text) + "-01");
    if (!day) return std::nullopt;
    std::chrono::year_month_day const date(*day);
    return date.year() / date.month();
}

std::string text_of(std::chrono::year_month month)
{
    return text_of(std::chrono::sys_days(month / std::chrono::day(1))).substr(0, 7);
}

result<browse> browse_of(std::string_view month, std::string_view words)
{
    browse made;
    if (!month.empty()) {
        made.month = month_from(month);
        if (!made.month) return invalid_field("month", "Please give a month, such as 2026-05.");
    }
    auto const valid = validate_note("q", words, false);
    if (!valid) return valid.error();
    made.words = words;
    return made;
}

std::chrono::sys_days day_of(private_text const& text, own_clock const& clock)
{
    auto const own = day_from(text_in(text.body, "day"));
    return own ? *own : clock.day_of(text.created_at);
}

std::chrono::sys_days day_of(private_text const& text)
{
    return day_of(text, own_clock());
}

std::chrono::year_month month_of(private_text const& text, own_clock const& clock)
{
    std::chrono::year_month_day const date(day_of(text, clock));
    return date.year() / date.month();
}

namespace {
// Words that a text has to have all of. What a word comes to is remembered from text to text: years of one
// person's writing use the same few thousand.
class word_search {
  public:
    explicit word_search(std::string_view words) : asked_(search_words(words)) {}

    bool is_met_by(std::string_view text)
    {
        std::set<std::size_t> met;
        each_word(text, [&](std::string const& word) {
            auto const place = place_of(word);
            if (place < asked_.size()) met.insert(place);
            return met.size() < asked_.size();
        });
        return !asked_.empty() && met.size() == asked_.size();
    }

  private:
    std::size_t place_of(std::string const& word) // asked_.size(): it wasn't asked for
    {
        auto const [known, is_new] = places_.try_emplace(word, asked_.size());
        if (is_new) {
            auto const found = std::find(asked_.begin(), asked_.end(), stem_of(word));
            known->second = static_cast<std::size_t>(found - asked_.begin());
        }
        return known->second;
    }

    std::vector<std::string> asked_;
    std::unordered_map<std::string, std::size_t> places_;
};
} // namespace

std::vector<private_text> matching(
    std::vector<private_text> const& all,
    domain::private_kind kind,
    browse const& wanted,
    own_clock const& clock
)
{
    word_search asked(wanted.words);
    auto const fits = [&](private_text const& text) {
        if (wanted.month && month_of(text, clock) != *wanted.month) return false;
        return wanted.words.empty() || asked.is_met_by(words_in(kind, text.body));
    };
    std::vector<private_text> made;
    std::copy_if(all.begin(), all.end(), std::back_inserter(made), fits);
    return made;
}

} // namespace holdfast::app
