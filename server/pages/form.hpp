// What pages with forms share: what was typed as people mean it, and a form that is shown again.
#pragma once
#include "server/pages/view.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::pages {

// What was typed, as people mean it: a line ends with one letter, and signs that nobody sees (such as those
// of word processors) are left out, so that no pasted text is refused for them.
std::string as_typed(std::string_view text);
std::vector<std::string> words_between_commas(std::string_view typed); // whichever keyboard they came from
std::optional<int> whole_number(std::string_view text);                // none when it is anything else
// An empty text is put in as false, so that a section of a template can ask for it.
void put_words(view& to, std::string const& name, std::string const& words);
// "?saved=1" after a save: the page says that it worked.
bool was_saved(http::context const& asked);
int based_on(http::fields const& form);
// Words above a form whose save did not work.
error kept_words(error failed);
// A form is shown again with what was wrong; error() is a form shown for the first time.
bool has_faults(error const& failed);
unsigned status_of_form(error const& failed);

} // namespace holdfast::pages
