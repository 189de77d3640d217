// Inside server/pages: one function per file of handlers.
#pragma once
#include "server/http/answers.hpp"
#include "server/pages/pages.hpp"

namespace holdfast::pages {

void add_support_pages(std::vector<http::route>& to, renderer const& with);
void add_people_pages(std::vector<http::route>& to, renderer const& with);
void add_journal_pages(std::vector<http::route>& to, renderer const& with);
void add_dialogue_pages(std::vector<http::route>& to, renderer const& with);
void add_experiment_pages(std::vector<http::route>& to, renderer const& with);
void add_story_look_pages(std::vector<http::route>& to, renderer const& with);
void add_story_pages(std::vector<http::route>& to, renderer const& with);
void add_story_share_pages(std::vector<http::route>& to, renderer const& with);
void add_shared_story_pages(std::vector<http::route>& to, renderer const& with);
void add_goal_pages(std::vector<http::route>& to, renderer const& with);
void add_goals_pages(std::vector<http::route>& to, renderer const& with);
void add_other_version_pages(std::vector<http::route>& to, renderer const& with);
void add_partner_ask_pages(std::vector<http::route>& to, renderer const& with);
void add_partner_pages(std::vector<http::route>& to, renderer const& with);
void add_plan_share_pages(std::vector<http::route>& to, renderer const& with);
void add_card_share_pages(std::vector<http::route>& to, renderer const& with);
void add_plan_pages(std::vector<http::route>& to, renderer const& with);
void add_offline_copy_pages(std::vector<http::route>& to, renderer const& with);
void add_tool_pages(std::vector<http::route>& to, renderer const& with);
void add_waiting_pages(std::vector<http::route>& to, renderer const& with);
void add_pacing_pages(std::vector<http::route>& to, renderer const& with);
void add_value_pages(std::vector<http::route>& to, renderer const& with);
void add_habit_pages(std::vector<http::route>& to, renderer const& with);
void add_mood_pages(std::vector<http::route>& to, renderer const& with);
void add_copy_pages(std::vector<http::route>& to, renderer const& with);
void add_news_pages(std::vector<http::route>& to, renderer const& with);
void add_passphrase_pages(std::vector<http::route>& to, renderer const& with);
void add_circle_pages(std::vector<http::route>& to, renderer const& with);
void add_thread_pages(std::vector<http::route>& to, http::rendered_cache& cache, renderer const& with);
void add_circle_policy_pages(std::vector<http::route>& to, renderer const& with);
void add_policy_pages(std::vector<http::route>& to, renderer const& with);
void add_post_pages(std::vector<http::route>& to, renderer const& with);
void add_care_pages(std::vector<http::route>& to, renderer const& with);
void add_aftercare_pages(std::vector<http::route>& to, renderer const& with);
void add_talk_pages(std::vector<http::route>& to, renderer const& with);
void add_review_pages(std::vector<http::route>& to, renderer const& with);
void add_review_item_pages(std::vector<http::route>& to, renderer const& with);
void add_safety_pages(std::vector<http::route>& to, renderer const& with);
void add_figure_pages(std::vector<http::route>& to, renderer const& with);
void add_audit_pages(std::vector<http::route>& to, renderer const& with);

// What is due for the reader after a hard evening, for the pages where people arrive; "" when nothing is.
enum class shown_on : std::uint8_t { arrival, care_page, circle_page };
task<std::string>
follow_ups_html(http::context asked, renderer const& with, shown_on where, circle_id circle = circle_id());

// One entry of the journal; shown again with what was typed when something did not work.
task<net::response>
journal_entry_page(http::context asked, renderer const& with, http::fields typed, error failed);

// Registers a handler that also gets the renderer, of the reader's language.
using page_handler = task<net::response> (*)(http::context, renderer const&);
inline void add_page(
    std::vector<http::route>& to,
    renderer const& with,
    net::method method,
    std::string pattern,
    http::least least,
    std::string object,
    page_handler run,
    http::rate_kind rate = http::rate_kind::read
)
{
    auto call = [run, &with](http::context asked) {
        auto const& spoken = with.for_reader(asked);
        return run(std::move(asked), spoken);
    };
    to.push_back({method, std::move(pattern), least, std::move(object), http::answers::html, call, rate});
}

} // namespace holdfast::pages
