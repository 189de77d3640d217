// A private conversation as a page: works without JavaScript, and grows by itself with it.
#include "server/app/care/talks.hpp"
#include "server/app/care/care.hpp"
#include "server/base/limits.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"

#include <algorithm>
#include <charconv>

namespace holdfast::pages::talk_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
talk_id talk_in(context const& asked)
{
    return talk_id::parse(asked.ids.at(0)).value_or(talk_id());
}

std::string address_of(talk_id const& talk)
{
    return "/talks/" + talk.text();
}

std::string messages_html(renderer const& with, domain::talk_opened const& found, bool is_member)
{
    view all(view::type::list);
    for (auto const& message : found.messages) {
        view one;
        one.set("number", std::to_string(message.number));
        auto const mine = message.from_member == is_member && message.from_member;
        one.set("mine", mine);
        if (!message.nickname.empty()) one.set("nickname", message.nickname);
        one.set("facilitator", !message.from_member);
        one.set("folded", message.folded && !mine);
        one.set("words", message.words);
        put_time(one, "at", message.at);
        all.push_back(one);
    }
    view made;
    made.set("messages", all);
    return with.get().render("talk_messages", made);
}

std::optional<int> number_in(context const& asked, std::string_view name)
{
    auto const query = http::form_fields(asked.request->query());
    auto const text = query ? http::field_of(*query, name) : std::string();
    int number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || failed != std::errc() || number < 0) return std::nullopt;
    return number;
}

struct typed_words {
    std::string text;
    std::string key;
    error why;
};

task<net::response> talk_page(context asked, renderer const& with, typed_words typed)
{
    auto const before = number_in(asked, "before"); // earlier words, one page of them
    auto const page = static_cast<int>(limits::page_posts);
    auto const after = before ? std::optional(std::max(0, *before - 1 - page)) : std::nullopt;
    auto found = co_await asked.services.care.talks.read(asked.who, talk_in(asked), after);
    if (!found) co_return with.error_page()(asked, found.error());
    if (before) std::erase_if(found->messages, [&](auto const& one) { return one.number >= *before; });
    auto const& talk = found->talk;
    auto const is_member = talk.member == asked.who->account;
    auto const has_failed = has_faults(typed.why);
    view made;
    made.set("id", talk.id.text());
    made.set("alarm", talk.alarm.text());
    made.set("is_member", is_member);
    made.set("nickname", talk.nickname.empty() ? say("somebody who left") : talk.nickname);
    made.set("open", !talk.closed_at.has_value());
    made.set("empty", talk.last_number == 0);
    made.set("is_newest", !before);
    if (found->has_earlier && !found->messages.empty())
        made.set("earlier", std::to_string(found->messages.front().number));
    made.set("last", std::to_string(talk.last_number));
    made.set("outside_help", talk.outside_help_at.has_value());
    if (talk.outside_help_at) put_time(made, "outside", *talk.outside_help_at);
    made.set("messages_html", messages_html(with, *found, is_member));
    made.set("key", typed.key.empty() ? talk_id::random().text() : typed.key);
    made.set("text", typed.text);
    made.set("errors_html", has_failed ? errors_html(with.get(), typed.why) : std::string());
    auto const status = status_of_form(typed.why);
    co_return with.get().page(asked, status, say("A talk"), "talk", made);
}

task<net::response> show(context asked, renderer const& with)
{
    typed_words const nothing;
    auto made = co_await talk_page(asked, with, nothing);
    co_return made;
}

// What came after a number, for a page that grows by itself.
task<net::response> fragment(context asked, renderer const& with)
{
    std::optional<int> const after = number_in(asked, "after").value_or(0);
    auto const found = co_await asked.services.care.talks.read(asked.who, talk_in(asked), after);
    if (!found) co_return with.error_page()(asked, found.error());
    co_return html_response(200, messages_html(with, *found, found->talk.member == asked.who->account));
}

task<net::response> write(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const key = key_or_new(*form);
    auto const text = http::field_of(*form, "text");
    auto const talk = talk_in(asked);
    auto const done = co_await asked.services.care.talks.write(asked.who, talk, key, text);
    if (done) co_return see_other(address_of(talk) + "#m-" + std::to_string(done->number));
    typed_words typed;
    typed.text = text;
    typed.key = key;
    typed.why = done.error();
    if (typed.why.code == errc::not_found) co_return with.error_page()(asked, typed.why);
    if (typed.why.code == errc::key_reused) typed.key.clear();
    if (typed.why.fields.empty())
        typed.why.detail = "This could not be sent right now. Your words are still here: please try again.";
    if (typed.why.code == errc::conflict)
        typed.why.detail = "You have a newer talk open in this circle. Your words are still here.";
    auto made = co_await talk_page(asked, with, typed);
    co_return made;
}

task<net::response> close(context asked, renderer const& with)
{
    auto const talk = talk_in(asked);
    auto const done = co_await asked.services.care.talks.close(asked.who, talk);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other(address_of(talk));
}

task<net::response> ask_for(context asked, renderer const& with)
{
    auto const post = post_id::parse(asked.ids.at(0)).value_or(post_id());
    auto const made = co_await asked.services.care.talks.ask_for(asked.who, post);
    if (!made) co_return with.error_page()(asked, made.error());
    co_return see_other(address_of(made->id));
}

task<net::response> offer(context asked, renderer const& with)
{
    auto const alarm = alarm_id::parse(asked.ids.at(0)).value_or(alarm_id());
    auto const made = co_await asked.services.care.talks.offer(asked.who, alarm);
    if (!made) co_return with.error_page()(asked, made.error());
    co_return see_other(address_of(made->id));
}
} // namespace
} // namespace holdfast::pages::talk_pages

namespace holdfast::pages {

void add_talk_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace talk_pages;
    auto const add = [&](method how, char const* path, least who, char const* object, page_handler run) {
        auto const rate = how == method::get ? rate_kind::read : rate_kind::write;
        add_page(to, with, how, path, who, object, run, rate);
    };
    add(method::post, "/posts/{id}/talk", least::author, "post", ask_for);
    add(method::post, "/care/{id}/talk", least::facilitator, "alarm", offer);
    add(method::get, "/talks/{id}", least::author, "talk", show);
    add(method::get, "/talks/{id}/messages", least::author, "talk", fragment);
    add(method::post, "/talks/{id}", least::author, "talk", write);
    add(method::post, "/talks/{id}/close", least::author, "talk", close);
}

} // namespace holdfast::pages
