#include "server/app/story/story_writing.hpp"

#include "server/app/space/private_shape.hpp"
#include "server/app/story/story_text.hpp"

#include <boost/json.hpp>

namespace holdfast::app {

namespace json = boost::json;
using domain::private_kind;

namespace {
constexpr auto story_kind = private_kind::story;

private_text seen(private_text text, json::object const& newest, std::chrono::sys_days today)
{
    text.body = as_seen(std::move(text.body), newest, today);
    return text;
}

json::object goal_of(json::object const& story)
{
    json::object made;
    made["what"] = text_in(story, "next");
    made["state"] = "active";
    auto const* const values = story.if_contains("values");
    if (values != nullptr && values->is_array() && !values->get_array().empty())
        made["value"] = values->get_array().front();
    return made;
}
} // namespace

task<result<std::vector<private_text>>> story_writing::all(member_session who)
{
    auto const today = co_await pace_.today(who);
    auto found = co_await space_.all(who, story_kind);
    if (!found) co_return found.error();
    for (auto& one : *found) {
        auto const newest = one.body;
        one = seen(std::move(one), newest, today);
    }
    co_return found;
}

task<result<std::vector<private_text>>> story_writing::versions(member_session who, private_id id)
{
    auto const today = co_await pace_.today(who);
    auto found = co_await space_.versions(who, story_kind, id);
    if (!found) co_return found.error();
    auto const newest = found->back().body;
    for (auto& one : *found)
        one = seen(std::move(one), newest, today);
    co_return found;
}

task<result<private_text>>
story_writing::add(member_session who, std::string idempotency_key, json::object typed)
{
    auto const today = co_await pace_.today(who);
    json::object const nothing;
    auto const body = shaped(story_kind, carried_on(std::move(typed), nothing, today));
    if (!body) co_return body.error();
    auto made = co_await space_.add(who, story_kind, idempotency_key, *body);
    co_return made;
}

task<result<private_text>> story_writing::write(
    member_session who, private_id id, int based_on, decide_change how, std::chrono::sys_days today
)
{
    auto made = co_await space_.change_with(who, story_kind, id, based_on, std::move(how));
    if (!made) co_return made.error();
    auto const newest = made->body;
    co_return seen(std::move(*made), newest, today);
}

task<result<private_text>>
story_writing::change(member_session who, private_id id, int based_on, json::object typed, int settled)
{
    auto const today = co_await pace_.today(who);
    decide_change how = [=](private_text const& newest,
                            private_text const& before) -> result<private_change> {
        auto const kept = shaped(story_kind, carried_on(typed, before.body, today));
        if (!kept) return kept.error();
        return private_change{based_on, with_newest(*kept, newest.body, today), settled};
    };
    auto made = co_await write(who, id, based_on, std::move(how), today);
    co_return made;
}

namespace {
// The story that a passage is put away in: as it was kept, or as it was typed since.
result<json::object>
story_now(json::object const& before, std::optional<json::object> typed, std::chrono::sys_days today)
{
    if (!typed) return before;
    return shaped(story_kind, carried_on(std::move(*typed), before, today));
}
} // namespace

task<result<private_text>> story_writing::put_away(
    member_session who,
    private_id id,
    int based_on,
    std::string words,
    std::string until,
    std::optional<json::object> typed
)
{
    auto const today = co_await pace_.today(who);
    decide_change how = [=](private_text const& newest,
                            private_text const& before) -> result<private_change> {
        auto const now = story_now(before.body, typed, today);
        if (!now) return now.error();
        auto body = with_put_away(with_newest(*now, newest.body, today), words, until, today);
        if (!body) return body.error();
        return private_change{based_on, std::move(*body), 0};
    };
    auto made = co_await write(who, id, based_on, std::move(how), today);
    co_return made;
}

task<result<private_text>> story_writing::bring_back(
    member_session who, private_id id, int based_on, int number, std::optional<json::object> typed
)
{
    auto const today = co_await pace_.today(who);
    decide_change how = [=](private_text const& newest,
                            private_text const& before) -> result<private_change> {
        auto const now = story_now(before.body, typed, today);
        if (!now) return now.error();
        std::string words;
        for (auto const& one : put_away_in(*now))
            if (one.number == number) words = one.words;
        auto const back = with_brought_back(*now, number);
        if (!back) return back.error();
        return private_change{based_on, with_newest(*back, newest.body, today, words), 0};
    };
    auto made = co_await write(who, id, based_on, std::move(how), today);
    co_return made;
}

task<result<private_id>> story_writing::next_to_goal(member_session who, private_id id)
{
    auto const versions = co_await space_.versions(who, story_kind, id);
    if (!versions) co_return versions.error();
    auto const body = versions->back().body;
    if (text_in(body, "next").empty())
        co_return invalid_field("next", "Please write down one next step first.");
    auto const goal_kind = private_kind::goal;
    if (auto const before = private_id::parse(text_in(body, "next_goal"))) {
        auto const there = co_await space_.versions(who, goal_kind, *before);
        if (there) co_return *before; // it was asked before
        if (there.error().code != errc::not_found) co_return there.error();
    }
    auto const based_on = versions->back().version;
    auto const wanted = goal_of(body);
    auto const source = "next step of " + id.text() + ", version " + std::to_string(based_on);
    auto const goal = co_await space_.make_from(who, goal_kind, source, wanted);
    if (!goal) co_return goal.error();
    decide_change how =
        [next = text_in(body, "next"),
         made = goal->id](private_text const& newest, private_text const&) -> result<private_change> {
        private_change known{newest.version, newest.body, 0};
        if (text_in(newest.body, "next") == next) known.body["next_goal"] = made.text();
        return known;
    };
    auto const kept = co_await space_.change_with(who, story_kind, id, based_on, std::move(how));
    if (!kept) co_return kept.error();
    co_return goal->id;
}

} // namespace holdfast::app
