// For those who look after a circle: what rings right now, and the rota with its notes.
#include "server/app/care/care.hpp"
#include "server/app/care/alarms.hpp"
#include "server/app/care/rota.hpp"
#include "server/app/care/talks.hpp"
#include "server/app/circles/circles.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"

#include <charconv>

namespace holdfast::pages::care_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
std::string words_of(moderation::triage triage)
{
    switch (triage) {
    case moderation::triage::crisis:
        return say("Somebody may be in crisis");
    case moderation::triage::red:
        return say("Somebody is having a very hard time");
    default:
        return say("Somebody may need a kind word");
    }
}

std::string words_of(domain::alarm_stage stage)
{
    switch (stage) {
    case domain::alarm_stage::silent:
        return say("nobody was asked yet");
    case domain::alarm_stage::first:
        return say("the one on duty was asked");
    case domain::alarm_stage::second:
        return say("the second facilitator was asked too");
    case domain::alarm_stage::lead:
        return say("everybody who looks after the circle was asked, and the leads");
    }
    return "";
}

view view_of(domain::alarm const& alarm, domain::principal const& who)
{
    view made;
    made.set("id", alarm.id.text());
    made.set("is_concern", !alarm.post.has_value());
    made.set(
        "words",
        alarm.post ? words_of(alarm.triage)
                   : say("A member is worried about somebody, or wrote to us in need")
    );
    made.set("stage_words", words_of(alarm.stage));
    made.set("mine", alarm.taken_by == who.account);
    made.set("others", alarm.taken_by.has_value() && alarm.taken_by != who.account);
    made.set("free", !alarm.taken_by.has_value());
    made.set("is_lead", who.is_lead);
    made.set("outside_help", alarm.outside_help_at.has_value());
    put_time(made, "since", alarm.created_at);
    return made;
}

task<net::response> care_page(context asked, renderer const& with, std::string said)
{
    auto const found = co_await asked.services.care.alarms.open(asked.who);
    if (!found) co_return with.error_page()(asked, found.error());
    view all(view::type::list);
    for (auto const& one : *found) {
        auto entry = view_of(one, *asked.who);
        auto const circle = co_await asked.services.circles.get(asked.who, one.circle);
        if (circle) entry.set("circle_name", (*circle)->texts.name);
        all.push_back(entry);
    }
    view circles(view::type::list);
    auto const known = co_await asked.services.circles.list(asked.who, std::nullopt, 100);
    if (!known) co_return with.error_page()(asked, known.error());
    for (auto const& one : *known) {
        if (!app::looks_after(asked.who, one.id)) continue;
        view entry;
        entry.set("id", one.id.text());
        entry.set("name", one.texts.name);
        circles.push_back(entry);
    }
    auto const talks = co_await asked.services.care.talks.list(asked.who);
    if (!talks) co_return with.error_page()(asked, talks.error());
    view open(view::type::list);
    auto any = false;
    for (auto const& one : *talks) {
        if (one.member == asked.who->account) continue;
        view entry;
        entry.set("id", one.id.text());
        entry.set("nickname", one.nickname.empty() ? say("somebody who left") : one.nickname);
        entry.set("waits", one.waits);
        open.push_back(entry);
        any = true;
    }
    view made;
    auto const none = circle_id();
    auto const after = co_await follow_ups_html(asked, with, shown_on::care_page, none);
    made.set("follow_ups_html", after);
    made.set("is_lead", asked.who->is_lead);
    made.set("has_talks", any);
    made.set("talks", open);
    made.set("alarms", all);
    made.set("circles", circles);
    if (!said.empty()) made.set("said", said);
    co_return with.get().page(asked, said.empty() ? 200 : 409, say("Care"), "care", made);
}

task<net::response> care(context asked, renderer const& with)
{
    auto made = co_await care_page(asked, with, "");
    co_return made;
}

alarm_id alarm_in(context const& asked)
{
    return alarm_id::parse(asked.ids.at(0)).value_or(alarm_id());
}

// After one has it, its item opens: that is where one reads and answers.
task<net::response> take(context asked, renderer const& with)
{
    auto const done = co_await asked.services.care.alarms.take(asked.who, alarm_in(asked));
    if (done) co_return see_other((done->post ? "/review/" : "/concerns/") + asked.ids.at(0));
    if (done.error().code != errc::conflict) co_return with.error_page()(asked, done.error());
    auto made =
        co_await care_page(asked, with, say("Somebody else has this one already. Thank you for looking."));
    co_return made;
}

task<net::response> pass_on(context asked, renderer const& with)
{
    auto const done = co_await asked.services.care.alarms.pass_on(asked.who, alarm_in(asked));
    if (done) co_return see_other("/care");
    if (done.error().code != errc::conflict) co_return with.error_page()(asked, done.error());
    auto made = co_await care_page(asked, with, say("This one is with somebody else now."));
    co_return made;
}

task<net::response> outside_help(context asked, renderer const& with)
{
    auto const done = co_await asked.services.care.alarms.record_outside_help(asked.who, alarm_in(asked));
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/care");
}

view view_of(domain::duty const& duty, domain::principal const& who, timestamp now)
{
    view made;
    made.set("id", duty.id.text());
    made.set("circle", duty.circle.text());
    made.set("nickname", duty.nickname.empty() ? say("Somebody who left") : duty.nickname);
    made.set("mine", duty.account == who.account);
    made.set("may_remove", duty.account == who.account || who.is_lead);
    made.set("second", duty.place == 2);
    made.set("now", duty.starts_at <= now && now < duty.ends_at);
    put_time(made, "starts", duty.starts_at);
    put_time(made, "ends", duty.ends_at);
    made.set("note", duty.note);
    made.set("has_note", !duty.note.empty());
    return made;
}

task<net::response> duty_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const id = circle_id::parse(asked.ids.at(0)).value_or(circle_id());
    auto const found = co_await asked.services.care.rota.list(asked.who, id);
    if (!found) co_return with.error_page()(asked, found.error());
    auto const circle = co_await asked.services.circles.get(asked.who, id);
    if (!circle) co_return with.error_page()(asked, circle.error());
    auto const now = asked.services.time.now();
    view all(view::type::list);
    for (auto const& one : *found)
        all.push_back(view_of(one, *asked.who, now));
    view made;
    made.set("id", id.text());
    made.set("name", (*circle)->texts.name);
    made.set("duties", all);
    made.set("is_lead", asked.who->is_lead);
    made.set("key", key_or_new(typed));
    for (auto const* name : {"starts_at", "ends_at", "nickname"})
        made.set(name, http::field_of(typed, name));
    auto const weeks = http::field_of(typed, "weeks");
    made.set("weeks", weeks.empty() ? std::string("1") : weeks);
    made.set("is_second", http::field_of(typed, "place") == "2");
    auto const has_failed = has_faults(failed);
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    co_return with.get().page(asked, status_of_form(failed), say("On duty"), "duty", made);
}

task<net::response> duty(context asked, renderer const& with)
{
    http::fields const nothing;
    error const none;
    auto made = co_await duty_page(asked, with, nothing, none);
    co_return made;
}

int number_in(http::fields const& form, std::string_view name)
{
    auto const text = http::field_of(form, name);
    int made = 1;
    if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), made);
    return made;
}

task<net::response> add_duty(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const id = circle_id::parse(asked.ids.at(0)).value_or(circle_id());
    auto const starts_at = time_from_iso8601(http::field_of(*form, "starts_at"));
    auto const ends_at = time_from_iso8601(http::field_of(*form, "ends_at"));
    error failed{errc::invalid};
    if (!starts_at) failed.fields.push_back({"starts_at", "Please give the day and the time."});
    if (!ends_at) failed.fields.push_back({"ends_at", "Please give the day and the time."});
    if (failed.fields.empty()) {
        auto const key = key_or_new(*form);
        app::duty_wanted wanted;
        wanted.starts_at = *starts_at;
        wanted.ends_at = *ends_at;
        wanted.place = number_in(*form, "place");
        wanted.weeks = number_in(*form, "weeks");
        wanted.nickname = http::field_of(*form, "nickname");
        auto const done = co_await asked.services.care.rota.add(asked.who, id, key, wanted);
        if (done) co_return see_other("/circles/" + id.text() + "/duty");
        failed = done.error();
        if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
        if (failed.fields.empty() && failed.detail.empty())
            failed.detail = "This could not be saved right now. Please try again.";
    }
    auto typed = *form;
    typed.erase("key"); // nothing was put down
    auto made = co_await duty_page(asked, with, typed, failed);
    co_return made;
}

// Both go back to the circle's rota, which the form names.
std::string back_to(http::fields const& form)
{
    auto const circle = circle_id::parse(http::field_of(form, "circle"));
    return circle ? "/circles/" + circle->text() + "/duty" : std::string("/care");
}

task<net::response> remove_duty(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const duty = duty_id::parse(asked.ids.at(0)).value_or(duty_id());
    auto const done = co_await asked.services.care.rota.remove(asked.who, duty);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other(back_to(*form));
}

task<net::response> write_note(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const duty = duty_id::parse(asked.ids.at(0)).value_or(duty_id());
    auto const words = http::field_of(*form, "note");
    auto const done = co_await asked.services.care.rota.write_note(asked.who, duty, words);
    if (done) co_return see_other(back_to(*form));
    auto const& failed = done.error();
    if (failed.code == errc::not_found || failed.fields.empty()) co_return with.error_page()(asked, failed);
    view made;
    made.set("id", duty.text());
    made.set("circle", http::field_of(*form, "circle"));
    made.set("note", words);
    made.set("errors_html", errors_html(with.get(), failed));
    co_return with.get().page(
        asked, http::status_of(failed.code), say("A note for the next one"), "duty_note", made
    );
}
} // namespace
} // namespace holdfast::pages::care_pages

namespace holdfast::pages {

void add_care_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace care_pages;
    auto const add = [&](method how, char const* path, least who, char const* object, page_handler run) {
        auto const rate = how == method::get ? rate_kind::read : rate_kind::write;
        add_page(to, with, how, path, who, object, run, rate);
    };
    add(method::get, "/care", least::member, "", care);
    add(method::post, "/care/{id}/take", least::facilitator, "alarm", take);
    add(method::post, "/care/{id}/pass", least::facilitator, "alarm", pass_on);
    add(method::post, "/care/{id}/outside-help", least::lead, "alarm", outside_help);
    add(method::get, "/circles/{id}/duty", least::facilitator, "circle", duty);
    add(method::post, "/circles/{id}/duty", least::facilitator, "circle", add_duty);
    add(method::post, "/duty/{id}/delete", least::facilitator, "duty", remove_duty);
    add(method::post, "/duty/{id}/note", least::facilitator, "duty", write_note);
}

} // namespace holdfast::pages
