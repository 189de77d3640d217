// The plain list of what waits, and one item: reasons first, the text only when asked for.
#include "server/app/review.hpp"
#include "server/base/limits.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/view.hpp"

#include <charconv>

namespace holdfast::pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
std::string words_of(domain::lane lane)
{
    switch (lane) {
    case domain::lane::care:
        return "Somebody may need care";
    case domain::lane::harm:
        return "A text that may hurt";
    case domain::lane::newcomer:
        return "Somebody's first words here";
    case domain::lane::report:
        return "Somebody is worried about a post";
    case domain::lane::appeal:
        return "Somebody asks for another look";
    }
    return "";
}

std::string words_of(moderation::triage triage)
{
    switch (triage) {
    case moderation::triage::green:
        return "No sign of crisis";
    case moderation::triage::amber:
        return "Low, please look within hours";
    case moderation::triage::red:
        return "Serious, please look within the half hour";
    case moderation::triage::crisis:
        return "Crisis, please look now";
    }
    return "";
}

std::string words_of(domain::post_state state)
{
    switch (state) {
    case domain::post_state::visible:
        return "the circle can read it";
    case domain::post_state::folded:
        return "the circle can read it, behind a note";
    case domain::post_state::held:
        return "nobody else can read it yet";
    case domain::post_state::returned:
        return "it went back to its author";
    case domain::post_state::removed:
        return "its author took it down";
    }
    return "";
}

view view_of(domain::review_item const& item)
{
    view made;
    made.set("id", item.id.text());
    made.set("lane", std::string(domain::name_of(item.lane)));
    made.set("is_care", item.lane == domain::lane::care);
    made.set("lane_words", words_of(item.lane));
    made.set("triage_words", words_of(item.triage));
    made.set("state_words", words_of(item.state));
    made.set(
        "size_words",
        item.text_bytes > 1500  ? "a long text"
        : item.text_bytes > 400 ? "a middling text"
                                : "a short text"
    );
    made.set("safe", item.author_safe);
    made.set("taken", item.claimed_by.has_value());
    made.set("revision", std::to_string(item.revision));
    put_time(made, "due", item.due_at);
    return made;
}

task<net::response> list(context asked, renderer const& with)
{
    auto const found = co_await asked.services.review.items(asked.who, std::nullopt, limits::page_rows_max);
    if (!found) co_return with.error_page()(asked, found.error());
    view all(view::type::list);
    for (auto const& item : *found)
        all.push_back(view_of(item));
    view made;
    made.set("items", all);
    co_return with.get().page(asked, 200, "What waits for you", "review", made);
}

task<net::response> item_page(context asked, renderer const& with, std::string typed, error failed)
{
    auto const id = review_item_id::parse(asked.ids.at(0)).value_or(review_item_id());
    auto const found = co_await asked.services.review.open(asked.who, id);
    if (!found) co_return with.error_page()(asked, found.error());
    auto made = view_of(found->item);
    made.set("nickname", found->nickname.empty() ? std::string("somebody who left") : found->nickname);
    made.set("has_text", !found->content.text.empty());
    if (!found->content.title.empty()) made.set("thread_title", found->content.title);
    made.set("text_html", html_of(found->content.text));
    made.set("reason", typed);
    put_reasons(made, found->screened, found->content.text, reader::facilitator);
    auto const has_failed = !failed.fields.empty() || !failed.detail.empty();
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    co_return with.get().page(
        asked, has_failed ? http::status_of(failed.code) : 200, "One that waits", "review_item", made
    );
}

task<net::response> item(context asked, renderer const& with)
{
    error const none;
    auto answer = co_await item_page(asked, with, "", none);
    co_return answer;
}

task<net::response> decide(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const id = review_item_id::parse(asked.ids.at(0)).value_or(review_item_id());
    auto const what = domain::verdict_named(http::field_of(*form, "decision"));
    auto const revision = http::field_of(*form, "revision");
    app::review_decision decided;
    decided.revision = 0;
    std::from_chars(revision.data(), revision.data() + revision.size(), decided.revision);
    decided.reason = http::field_of(*form, "reason");
    if (!what) {
        auto const missing = invalid_field("decision", "Please choose one of these.");
        auto again = co_await item_page(asked, with, decided.reason, missing);
        co_return again;
    }
    decided.what = *what;
    auto const done = co_await asked.services.review.decide(asked.who, id, decided);
    if (done) co_return see_other("/review");
    auto failed = done.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    if (failed.fields.empty())
        failed.detail = "This item changed, or somebody else has it. Here is how it stands now.";
    auto answer = co_await item_page(asked, with, decided.reason, failed);
    co_return answer;
}
} // namespace

void add_review_pages(std::vector<http::route>& to, renderer const& with)
{
    add_page(to, with, method::get, "/review", least::member, "", list);
    add_page(to, with, method::get, "/review/{id}", least::facilitator, "review_item", item);
    add_page(
        to, with, method::post, "/review/{id}", least::facilitator, "review_item", decide, rate_kind::write
    );
}

void add_routes(std::vector<http::route>& to, http::rendered_cache& cache, renderer const& with)
{
    add_support_pages(to, with);
    add_people_pages(to, with);
    add_circle_pages(to, with);
    add_thread_pages(to, cache, with);
    add_policy_pages(to, with);
    add_post_pages(to, with);
    add_review_pages(to, with);
    add_audit_pages(to, with);
}

} // namespace holdfast::pages
