#include "server/http/refused_words.hpp"

#include "server/app/posts/json_of.hpp"
#include "server/app/space/space.hpp"
#include "server/base/utf8.hpp"
#include "server/http/answers.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace holdfast::http {

namespace {
namespace json = boost::json;

bool holds_words(std::string_view name)
{
    for (auto const* const other : {"passphrase", "code", "key", "token"}) {
        if (name.find(other) != std::string_view::npos) return false;
    }
    return true;
}

void add(refused_words& made, std::string_view words)
{
    if (words.size() > made.longest.size()) made.longest = words;
    made.all.append(words).append("\n");
}

void add(refused_words& made, json::value const& value)
{
    if (auto const* const text = value.if_string()) {
        add(made, std::string_view(*text));
    } else if (auto const* const list = value.if_array()) {
        for (auto const& one : *list)
            add(made, one);
    } else if (auto const* const object = value.if_object()) {
        for (auto const& member : *object) {
            if (holds_words(member.key())) add(made, member.value());
        }
    }
}
} // namespace

refused_words words_of(net::request const& asked, std::size_t heard_max)
{
    refused_words made;
    auto const type = asked.header("content-type");
    if (type.starts_with("application/json")) {
        boost::system::error_code failed;
        auto const value = json::parse(asked.body, failed);
        if (!failed) add(made, value);
    } else if (type.starts_with("application/x-www-form-urlencoded")) {
        auto const form = form_fields(asked.body);
        if (!form) return made;
        for (auto const& [name, value] : *form) {
            if (holds_words(name)) add(made, value);
        }
    }
    if (made.all.size() > heard_max) made.all.resize(border_before(made.all, heard_max));
    return made;
}

std::optional<domain::care> care_for_refused(context const& asked, refused_words const& words)
{
    domain::principal const nobody;
    return asked.services.space.care_for(asked.who ? *asked.who : nobody, words.all);
}

void put_care(net::response& problem, domain::care const& care)
{
    boost::system::error_code failed;
    auto body = json::parse(*problem.body, failed);
    if (failed || !body.is_object() || body.get_object().contains("care")) return;
    body.get_object()["care"] = app::json_of(care);
    problem.body = std::make_shared<std::string const>(json::serialize(body));
}

} // namespace holdfast::http
