#include "server/http/answers.hpp"

#include "server/base/limits.hpp"
#include "server/markdown/markdown.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <algorithm>
#include <chrono>

namespace holdfast::http {

namespace json = boost::json;

net::response json_response(unsigned status, json::value const& body, std::string_view type)
{
    net::response made;
    made.status = status;
    made.headers.emplace_back("content-type", type);
    made.headers.emplace_back("cache-control", "no-store");
    made.body = std::make_shared<std::string const>(json::serialize(body));
    return made;
}

net::response csv_response(std::string_view file_name, std::string body)
{
    net::response made;
    made.headers.emplace_back("content-type", "text/csv; charset=utf-8");
    made.headers.emplace_back("cache-control", "no-store");
    made.headers.emplace_back(
        "content-disposition", "attachment; filename=\"" + std::string(file_name) + "\""
    );
    made.body = std::make_shared<std::string const>(std::move(body));
    return made;
}

net::response empty_response(unsigned status)
{
    net::response made;
    made.status = status;
    made.headers.emplace_back("cache-control", "no-store");
    return made;
}

net::response redirect(std::string location)
{
    auto made = empty_response(303);
    made.headers.emplace_back("location", std::move(location));
    return made;
}

std::string cookie_of(net::request const& asked, std::string_view name)
{
    for (auto const& [field, value] : asked.headers) {
        if (field != "cookie") continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            auto const end = std::min(rest.find(';'), rest.size());
            auto pair = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            while (!pair.empty() && pair.front() == ' ')
                pair.remove_prefix(1);
            if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
                return std::string(pair.substr(name.size() + 1));
            }
        }
    }
    return {};
}

std::string set_cookie(std::string_view name, std::string_view value, long max_age_s, bool script_may_read)
{
    std::string made(name);
    made += '=';
    made += value;
    made += "; Path=/; Secure; SameSite=Lax; Max-Age=" + std::to_string(max_age_s);
    if (!script_may_read) made += "; HttpOnly";
    return made;
}

std::string set_session_cookie(std::string_view token)
{
    auto const kept =
        token.empty() ? std::chrono::seconds(0) : std::chrono::seconds(limits::session_time_max);
    return set_cookie(session_cookie, token, kept.count());
}

std::string bearer_of(net::request const& asked)
{
    constexpr std::string_view scheme = "Bearer ";
    auto const value = asked.header("authorization");
    return value.starts_with(scheme) ? std::string(value.substr(scheme.size())) : std::string();
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space)
{
    auto const encoded =
        boost::urls::make_pct_string_view(boost::urls::string_view(text.data(), text.size()));
    if (!encoded) return std::nullopt;
    boost::urls::encoding_opts how;
    how.space_as_plus = plus_is_space;
    return encoded->decode(how);
}

std::string percent_encoded(std::string_view text)
{
    return boost::urls::encode(
        boost::urls::string_view(text.data(), text.size()), boost::urls::unreserved_chars
    );
}

namespace {
// Signs that turn the direction of a line come along unseen when a text is copied. They are left out of all
// words, but a passphrase stays what it was.
bool is_secret(std::string_view name)
{
    return name.find("passphrase") != std::string_view::npos;
}

void leave_turning_out(json::value& value)
{
    if (auto* const text = value.if_string()) {
        auto const straight = markdown::without_turning(std::string(*text));
        if (straight.size() != text->size()) *text = straight;
    } else if (auto* const list = value.if_array()) {
        for (auto& one : *list)
            leave_turning_out(one);
    } else if (auto* const object = value.if_object()) {
        for (auto& member : *object) {
            if (!is_secret(member.key())) leave_turning_out(member.value());
        }
    }
}
} // namespace

result<fields> form_fields(std::string_view text)
{
    fields made;
    while (!text.empty()) {
        auto const end = std::min(text.find('&'), text.size());
        auto const pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        auto const equals = std::min(pair.find('='), pair.size());
        auto const name = percent_decoded(pair.substr(0, equals), true);
        auto const value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value) return errc::bad_request;
        made[*name] = is_secret(*name) ? *value : markdown::without_turning(*value);
    }
    return made;
}

std::string field_of(fields const& from, std::string_view name)
{
    auto const found = from.find(name);
    return found == from.end() ? std::string() : found->second;
}

result<moderation::label_set> labels_of(std::string_view names)
{
    moderation::label_set made;
    while (!names.empty()) {
        auto const end = std::min(names.find(','), names.size());
        auto name = names.substr(0, end);
        names.remove_prefix(std::min(end + 1, names.size()));
        while (name.starts_with(' '))
            name.remove_prefix(1);
        if (name.empty()) continue;
        auto const label = moderation::label_named(name);
        if (!label) return invalid_field("opt_outs", "One of these is no label.");
        made.add(*label);
    }
    return made;
}

result<json::object> json_object(net::request const& asked)
{
    auto const type = asked.header("content-type");
    if (!type.starts_with("application/json")) {
        error failed{errc::bad_request};
        failed.detail = "Please send JSON with Content-Type: application/json.";
        return failed;
    }
    json::parse_options options;
    options.max_depth = 8;
    boost::system::error_code failed;
    auto value = json::parse(asked.body, failed, {}, options);
    if (failed || !value.is_object()) {
        error broken{errc::bad_request};
        broken.detail = "The body is not a JSON object.";
        return broken;
    }
    leave_turning_out(value);
    return std::move(value.get_object());
}

result<json_body> json_body::read(net::request const& asked)
{
    auto object = json_object(asked);
    if (!object) return object.error();
    json_body made;
    made.object_ = std::move(*object);
    return made;
}

std::string json_body::text(std::string_view name)
{
    auto value = maybe_text(name);
    if (!value && !object_.contains(name)) faults_.fields.push_back({std::string(name), "This is needed."});
    return value.value_or("");
}

std::optional<std::string> json_body::maybe_text(std::string_view name)
{
    asked_[std::string(name)] = true;
    auto const* const value = object_.if_contains(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (value->is_string()) return std::string(value->get_string());
    faults_.fields.push_back({std::string(name), "This needs to be a text."});
    return std::nullopt;
}

std::optional<std::int64_t> json_body::maybe_integer(std::string_view name)
{
    asked_[std::string(name)] = true;
    auto const* const value = object_.if_contains(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (value->is_int64()) return value->get_int64();
    faults_.fields.push_back({std::string(name), "This needs to be a whole number."});
    return std::nullopt;
}

std::optional<bool> json_body::maybe_boolean(std::string_view name)
{
    asked_[std::string(name)] = true;
    auto const* const value = object_.if_contains(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (value->is_bool()) return value->get_bool();
    faults_.fields.push_back({std::string(name), "This needs to be true or false."});
    return std::nullopt;
}

std::vector<std::string> json_body::maybe_texts(std::string_view name)
{
    asked_[std::string(name)] = true;
    std::vector<std::string> made;
    auto const* const value = object_.if_contains(name);
    if (value == nullptr || value->is_null()) return made;
    auto const is_text = [](json::value const& one) { return one.is_string(); };
    auto const* const list = value->if_array();
    if (list == nullptr || !std::all_of(list->begin(), list->end(), is_text)) {
        faults_.fields.push_back({std::string(name), "This needs to be a list of texts."});
        return made;
    }
    for (auto const& one : *list)
        made.emplace_back(one.get_string());
    return made;
}

std::vector<std::int64_t> json_body::maybe_integers(std::string_view name)
{
    asked_[std::string(name)] = true;
    std::vector<std::int64_t> made;
    auto const* const value = object_.if_contains(name);
    if (value == nullptr || value->is_null()) return made;
    auto const is_integer = [](json::value const& one) { return one.is_int64(); };
    auto const* const list = value->if_array();
    if (list == nullptr || !std::all_of(list->begin(), list->end(), is_integer)) {
        faults_.fields.push_back({std::string(name), "This needs to be a list of whole numbers."});
        return made;
    }
    for (auto const& one : *list)
        made.push_back(one.get_int64());
    return made;
}

json_body& json_body::maybe_object(std::string_view name)
{
    asked_[std::string(name)] = true;
    auto& made = inner_[std::string(name)];
    made = std::make_unique<json_body>();
    auto const* const value = object_.if_contains(name);
    if (value == nullptr || value->is_null()) return *made;
    if (value->is_object())
        made->object_ = value->get_object();
    else
        faults_.fields.push_back({std::string(name), "This needs to be an object."});
    return *made;
}

result<void> json_body::check() const
{
    auto all = faults_;
    for (auto const& [name, inner] : inner_) {
        auto const good = inner->check();
        if (good) continue;
        for (auto const& fault : good.error().fields)
            all.fields.push_back({name + "." + fault.field, fault.detail});
    }
    for (auto const& member : object_) {
        std::string name(member.key());
        if (name.size() > 64) name = "(long name)";
        if (!asked_.contains(std::string_view(member.key())))
            all.fields.push_back({name, "This is not known here."});
    }
    if (all.fields.empty()) return result<void>();
    return all;
}

} // namespace holdfast::http
