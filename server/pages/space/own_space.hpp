// What the pages of one's own space share: reading a form by its kind's shape, and care for the author alone.
#pragma once
#include "server/app/space/space.hpp"
#include "server/pages/view.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace holdfast::pages {

app::signed_in owner_of(http::context const& asked);
task<std::chrono::sys_days> today_of(http::context asked); // where they are, as far as they said it
task<app::own_clock> clock_of(http::context asked);
private_id id_in(http::context const& asked); // of the path; none of theirs when it is no id
// What was typed, as people mean it: a line ends with one letter, and signs that nobody sees (such as those
// of word processors) are left out, so that no pasted text is refused for them.
std::string as_typed(std::string_view text);
// The fields of a form as the kind's body: lists from words between commas, line ends as people mean them.
boost::json::object body_of(domain::private_kind kind, http::fields const& form);
std::vector<std::string> words_between_commas(std::string_view typed); // whichever keyboard they came from
// The same the other way: what a form shows of a body, "" for what isn't there.
http::fields fields_of(domain::private_kind kind, boost::json::object const& body);
// An empty text is put in as false, so that a section of a template can ask for it.
void put_words(view& to, std::string const& name, std::string const& words);
void put_body(view& to, domain::private_kind kind, boost::json::object const& body);
int page_in(http::fields const& said); // the number of a part of a long list; 0 when they say none
int number_asked(http::context const& asked, std::string_view name); // of the address; 0 when it says none
// A long list is shown in parts, of which "?page=2" asks for the second; past the end it is the last.
struct list_part {
    std::size_t number = 1;
    std::size_t count = 1; // of parts
    std::size_t first = 0; // of what is shown
    std::size_t end = 0;
    bool has_older() const { return number < count; }
};
list_part list_part_of(int wanted, std::size_t count, std::size_t rows); // the part of this number
list_part list_part_of(http::context const& asked, std::size_t count, std::size_t rows);
list_part list_part_with(std::size_t row, std::size_t count, std::size_t rows); // the one that has this row
// For rows of very different lengths: a part also ends before it would have more bytes than that.
list_part list_part_of(
    http::context const& asked, std::vector<std::size_t> const& bytes, std::size_t rows, std::size_t bytes_max
);
template <class Row>
std::vector<Row> in_part(std::vector<Row> const& all, list_part const& part)
{
    auto const at = [&](std::size_t row) { return all.begin() + static_cast<std::ptrdiff_t>(row); };
    return {at(part.first), at(part.end)};
}
// Links to the parts beside it, which keep what else the address asks for; "" when there are none.
std::string list_parts_html(renderer::parts const& with, http::context const& asked, list_part const& part);
// The same for what was searched for: a press sends the words again, so that no address holds them.
std::string search_parts_html(
    renderer::parts const& with, std::string const& path, std::string const& words, list_part const& part
);
// The same for a list whose parts have other addresses: what stands behind the "?" of each, "" for none.
std::string links_to_parts(renderer::parts const& with, std::string const& newer, std::string const& older);
// Has this person, if it is one, a safety plan? If that can't be read, help still can: false.
task<bool> has_plan(http::context asked);
// Help lines above one's own words, when they sound heavy; "" otherwise. Nobody else learns of it.
task<std::string> care_html(http::context asked, renderer const& with, std::string words);
// "?saved=1" after a save: the page says that it worked.
bool was_saved(http::context const& asked);
int based_on(http::fields const& form);
// Words above a form whose save did not work.
error kept_words(error failed);
// A form is shown again with what was wrong; error() is a form shown for the first time.
bool has_faults(error const& failed);
unsigned status_of_form(error const& failed);
// On the page of one record: what was wrong, or that it was saved, with care when it sounds heavy.
task<void> put_outcome(
    view& to,
    http::context asked,
    renderer const& with,
    domain::private_kind kind,
    app::private_text newest,
    error failed
);

// What the forms of each kind do. `path` is where its records are listed; each is at path/ID.
// Shows a form again, with what was typed and what was wrong.
using form_page = task<net::response> (*)(http::context, renderer const&, http::fields typed, error failed);
// `body` is what was made of the form, or what was wrong with it.
task<net::response> add_made(
    http::context asked,
    renderer const& with,
    domain::private_kind kind,
    std::string path,
    http::fields form,
    result<boost::json::object> body,
    form_page again
);
task<net::response> change_made(
    http::context asked,
    renderer const& with,
    domain::private_kind kind,
    std::string path,
    http::fields form,
    result<boost::json::object> body,
    form_page again
);
task<net::response> add_record(
    http::context asked, renderer const& with, domain::private_kind kind, std::string path, form_page again
);
task<net::response> change_record(
    http::context asked, renderer const& with, domain::private_kind kind, std::string path, form_page again
);
task<net::response>
remove_record(http::context asked, renderer const& with, domain::private_kind kind, std::string then_to);

// A list whose words can be searched: what its address asks for, and what a form does. Words to look for come
// in the body alone: an address stays in the browser, for whoever looks next.
using searched_page = task<net::response> (*)(http::context, renderer const&, http::fields said);
task<net::response> list_of_address(http::context asked, renderer const& with, searched_page show);
task<net::response> list_of_search(http::context asked, renderer const& with, searched_page show);

// The page that shows a recovery code, once; signs in when `made` has a token.
net::response
code_page(http::context const& asked, renderer const& with, unsigned status, app::signed_in const& made);

} // namespace holdfast::pages
