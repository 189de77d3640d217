// One's own pace: pauses in reading, late hours, topics and people put aside. All by choice, and off in one
// press.
#include "server/app/space/pacing.hpp"
#include "server/app/help/opening_hours.hpp"
#include "server/app/partner/pace_changed.hpp"
#include "server/app/posts/posts.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/other_version.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/space/pacing_words.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::pages::pacing_pages {

namespace json = boost::json;
using app::private_text;
using domain::private_kind;
using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr auto kind = private_kind::pacing;

view shields_view(http::fields const& form, std::chrono::sys_days today)
{
    view made(view::type::list);
    for (auto const& topic : app::shield_topics) {
        auto const typed = http::field_of(form, topic.field);
        auto const until = app::day_from(typed);
        view one;
        one.set("field", std::string(topic.field));
        one.set("words", say(topic.words));
        one.set("until", until && *until < today ? std::string() : typed); // over by itself
        made.push_back(one);
    }
    return made;
}

task<net::response> settings_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const me = asked.session();
    auto const settings = co_await asked.services.space.only(me, kind);
    if (!settings) co_return with.error_page()(asked, settings.error());
    auto const has_failed = has_faults(failed);
    // What is newer than the form is shown instead of it: nothing was typed that it would take away.
    auto const shows_typed = has_failed && failed.code != errc::conflict;
    auto const form = shows_typed || !*settings ? typed : fields_of(kind, (*settings)->body);
    auto const today = co_await today_of(asked);
    view made;
    if (*settings && !shows_typed) {
        auto const id = (*settings)->id;
        auto const versions = co_await asked.services.space.versions(me, kind, id);
        if (!versions) co_return with.error_page()(asked, versions.error());
        auto const clock = co_await clock_of(asked);
        made.set("others_html", others_html(with.get(), kind, *versions, "/me/pacing", clock));
    }
    made.set("any", settings->has_value());
    made.set("pauses", pauses_view(http::field_of(form, "pause_after")));
    made.set("heavy_pauses", heavy_pauses_view(http::field_of(form, "pause_after_heavy")));
    made.set("from", hours_view(http::field_of(form, "late_from")));
    made.set("to", hours_view(http::field_of(form, "late_to")));
    made.set("waits", http::field_of(form, "late_posts") == "wait");
    made.set("shields", shields_view(form, today));
    made.set("muted", http::field_of(form, "muted"));
    made.set("clock", http::field_of(form, "clock"));
    made.set("zone", http::field_of(form, "zone"));
    made.set("shown", http::field_of(typed, "shown"));
    auto const newest = *settings ? std::to_string((*settings)->version) : std::string("0");
    made.set("based_on", shows_typed ? http::field_of(typed, "based_on") : newest);
    made.set("saved", was_saved(asked) && !has_failed);
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    auto const status = status_of_form(failed);
    co_return with.get().page(asked, status, say("My pace"), "pacing", made);
}

task<net::response> show(context asked, renderer const& with)
{
    return settings_page(std::move(asked), with, http::fields(), error());
}

// The form's late hours need to know where the member's clock stands.
result<json::object> settings_from(http::fields form, timestamp now)
{
    auto const shown = app::minute_named(http::field_of(form, "shown"));
    if (shown >= 0) form["clock"] = app::text_of_offset(app::offset_of(shown, now));
    auto const from = http::field_of(form, "late_from");
    auto const to = http::field_of(form, "late_to");
    if (from.empty() != to.empty())
        return invalid_field(
            from.empty() ? "late_from" : "late_to", "Late hours need a beginning and an end."
        );
    if (!from.empty() && from == to) return invalid_field("late_to", "Please choose another end.");
    auto const zone = http::field_of(form, "zone");
    if (!from.empty() && http::field_of(form, "clock").empty() && zone.empty())
        return invalid_field("shown", "Please say what time your clock shows now, such as 21:30.");
    auto made = body_of(kind, form);
    if (from.empty()) {
        made.erase("late_posts");
        made.erase("clock");
    }
    if (made.empty()) return made; // all of it is off
    return app::shaped(kind, made);
}

// All of it goes only as its writer saw it: what another device put aside since is not theirs to lose.
task<result<void>> turn_off_as_seen(context asked, int seen)
{
    auto const me = asked.session();
    auto const there = co_await asked.services.space.only(me, kind);
    if (!there) co_return there.error();
    if (!*there) co_return result<void>();
    auto const id = (*there)->id;
    auto gone = co_await asked.services.space.remove_as_seen(me, kind, id, seen);
    if (!gone && gone.error().code == errc::conflict) {
        auto failed = gone.error();
        failed.detail = "This was changed somewhere else since, so nothing was turned off. Here is how it is "
                        "now.";
        co_return failed;
    }
    co_return gone;
}

task<result<void>> keep(context asked, int seen, json::object settings)
{
    auto const me = asked.session();
    if (settings.empty()) {
        auto const gone = co_await turn_off_as_seen(asked, seen);
        if (!gone) co_return gone.error();
    } else {
        app::private_change wanted;
        wanted.based_on = seen;
        wanted.body = std::move(settings);
        auto how = app::pace_change(std::move(wanted));
        auto const made = co_await asked.services.space.set_only_with(me, kind, seen, std::move(how));
        if (!made) co_return made.error();
    }
    auto const followed = co_await app::pace_changed(asked.services, me);
    co_return followed;
}

task<net::response> change(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const settings = settings_from(*form, asked.services.time.now());
    auto failed = settings ? error() : settings.error();
    if (settings) {
        auto const before = based_on(*form);
        auto const done = co_await keep(asked, before, *settings);
        if (done) co_return see_other("/me/pacing?saved=1");
        failed = kept_words(done.error());
    }
    auto answer = co_await settings_page(asked, with, *form, failed);
    co_return answer;
}

task<net::response> turn_off(context asked, renderer const& with)
{
    auto const me = asked.session();
    auto const there = co_await asked.services.space.only(me, kind);
    if (!there) co_return with.error_page()(asked, there.error());
    if (*there) {
        auto const id = (*there)->id;
        auto const gone = co_await asked.services.space.remove(me, kind, id);
        if (!gone) co_return with.error_page()(asked, gone.error());
        auto const followed = co_await app::pace_changed(asked.services, me);
        if (!followed) co_return with.error_page()(asked, followed.error());
    }
    co_return see_other("/me/pacing?saved=1");
}

// One change to what is chosen, whatever else is.
using change_of_settings = void (*)(json::object&, std::string const&);
task<result<void>> change_one(context asked, change_of_settings how, std::string with_words)
{
    auto const me = asked.session();
    auto const there = co_await asked.services.space.only(me, kind);
    if (!there) co_return there.error();
    auto settings = *there ? (*there)->body : json::object();
    auto const before = *there ? (*there)->version : 0;
    how(settings, with_words);
    if (settings.empty()) {
        auto done = co_await keep(asked, before, settings);
        co_return done;
    }
    app::decide_change decide =
        [how, with_words](private_text const& newest, private_text const&) -> result<app::private_change> {
        auto changed = newest.body;
        how(changed, with_words);
        auto body = app::shaped(kind, changed);
        if (!body) return body.error();
        return app::private_change{newest.version, std::move(*body), 0};
    };
    auto const made = co_await asked.services.space.set_only_with(me, kind, before, std::move(decide));
    if (!made) co_return made.error();
    auto const followed = co_await app::pace_changed(asked.services, me);
    co_return followed;
}

void without_pauses(json::object& settings, std::string const&)
{
    settings.erase("pause_after");
    settings.erase("pause_after_heavy");
}

void with_muted(json::object& settings, std::string const& nickname)
{
    auto& muted = settings["muted"];
    if (!muted.is_array()) muted = json::array();
    auto& all = muted.get_array();
    auto const is_there = std::any_of(all.begin(), all.end(), [&](auto const& one) {
        return one.is_string() && std::string_view(one.get_string()) == nickname;
    });
    if (!is_there) all.push_back(json::string(nickname));
}

task<net::response> go_on(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    asked.services.pace.go_on(asked.who->session);
    if (!http::field_of(*form, "off").empty()) {
        std::string const nothing;
        auto const done = co_await change_one(asked, without_pauses, nothing);
        if (!done) co_return with.error_page()(asked, done.error());
    }
    auto const back = http::field_of(*form, "back");
    auto const is_thread = back.starts_with("/threads/") && thread_id::parse(back.substr(9));
    co_return see_other(is_thread ? back : "/circles");
}

task<net::response> mute(context asked, renderer const& with)
{
    auto const id = post_id::parse(asked.ids.at(0)).value_or(post_id());
    auto const post = co_await asked.services.posts.visible(asked.who, id);
    if (!post) co_return with.error_page()(asked, post.error());
    auto const may = asked.who->role_in(post->circle) != domain::role::none;
    if (!may || post->author == asked.who->account || post->nickname.empty()) {
        error const none{errc::not_found};
        co_return with.error_page()(asked, none);
    }
    auto const done = co_await change_one(asked, with_muted, post->nickname);
    if (!done) co_return with.error_page()(asked, done.error());
    co_return see_other("/me/pacing?saved=1#muted");
}
} // namespace
} // namespace holdfast::pages::pacing_pages

namespace holdfast::pages {

void add_pacing_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace pacing_pages;
    constexpr auto writes = rate_kind::write;
    add_page(to, with, method::get, "/me/pacing", least::member, "account", show);
    add_page(to, with, method::post, "/me/pacing", least::member, "account", change, writes);
    add_page(to, with, method::post, "/me/pacing/off", least::member, "account", turn_off, writes);
    add_page(to, with, method::post, "/me/pacing/go-on", least::member, "account", go_on, writes);
    add_page(to, with, method::post, "/posts/{id}/mute", least::circle_member, "post", mute, writes);
}

} // namespace holdfast::pages
