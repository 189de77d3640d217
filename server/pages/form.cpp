#include "server/pages/form.hpp"

#include "server/http/answers.hpp"
#include "server/http/problem.hpp"

#include <cctype>
#include <charconv>

namespace holdfast::pages {

namespace {
struct comma {
    std::size_t at = 0;
    std::size_t width = 0; // bytes; 0: there is none, and `at` is the end
};
// The first one, whichever keyboard it was typed on.
comma comma_in(std::string_view text)
{
    comma made{text.size(), 0};
    for (std::string_view const sign : {",", "،", "、", "，"}) {
        auto const at = text.substr(0, made.at).find(sign);
        if (at != std::string_view::npos) made = {at, sign.size()};
    }
    return made;
}
} // namespace

std::vector<std::string> words_between_commas(std::string_view typed)
{
    std::vector<std::string> made;
    while (!typed.empty()) {
        auto const [end, width] = comma_in(typed);
        auto one = typed.substr(0, end);
        typed.remove_prefix(end + width);
        while (!one.empty() && one.front() == ' ')
            one.remove_prefix(1);
        while (!one.empty() && one.back() == ' ')
            one.remove_suffix(1);
        if (!one.empty()) made.emplace_back(one);
    }
    return made;
}

std::string as_typed(std::string_view text)
{
    std::string made;
    made.reserve(text.size());
    for (auto const letter : text) {
        if (letter == '\v' || letter == '\f') {
            made += ' ';
        } else if (letter == '\n' || letter == '\t' || !std::iscntrl(static_cast<unsigned char>(letter))) {
            made += letter;
        }
    }
    return made;
}

std::optional<int> whole_number(std::string_view text)
{
    int made = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), made);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return made;
}

void put_words(view& to, std::string const& name, std::string const& words)
{
    if (words.empty()) {
        to.set(name, false);
    } else {
        to.set(name, words);
    }
}

bool was_saved(http::context const& asked)
{
    auto const query = http::form_fields(asked.request->query());
    return query && !http::field_of(*query, "saved").empty();
}

int based_on(http::fields const& form)
{
    return whole_number(http::field_of(form, "based_on")).value_or(0);
}

error kept_words(error failed)
{
    if (failed.fields.empty() && failed.detail.empty())
        failed.detail = "This could not be saved right now. Your words are still here: please try again.";
    return failed;
}

bool has_faults(error const& failed)
{
    return !failed.fields.empty() || !failed.detail.empty();
}

unsigned status_of_form(error const& failed)
{
    return has_faults(failed) ? http::status_of(failed.code) : 200U;
}

} // namespace holdfast::pages
