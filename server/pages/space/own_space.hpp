// What the pages of one's own space share: reading a form by its kind's shape, and care for the author alone.
#pragma once
#include "server/app/space/space.hpp"
#include "server/pages/view.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace holdfast::pages {

task<std::chrono::sys_days> today_of(http::context asked); // where they are, as far as they said it
task<app::own_clock> clock_of(http::context asked);
private_id id_in(http::context const& asked); // of the path; none of theirs when it is no id
// The fields of a form as the kind's body: lists from words between commas, line ends as people mean them.
boost::json::object body_of(domain::private_kind kind, http::fields const& form);
// The same the other way: what a form shows of a body, "" for what isn't there.
http::fields fields_of(domain::private_kind kind, boost::json::object const& body);
void put_body(view& to, domain::private_kind kind, boost::json::object const& body);
// Has this person, if it is one, a safety plan? If that can't be read, help still can: false.
task<bool> has_plan(http::context asked);
// Help lines above one's own words, when they sound heavy; "" otherwise. Nobody else learns of it.
task<std::string> care_html(http::context asked, renderer const& with, std::string words);
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

} // namespace holdfast::pages
