#include "server/pages/pages.hpp"

#include "server/pages/families.hpp"

namespace holdfast::pages {

void add_routes(std::vector<http::route>& to, http::rendered_cache& cache, renderer const& with)
{
    add_support_pages(to, with);
    add_people_pages(to, with);
    add_passphrase_pages(to, with);
    add_dialogue_pages(to, with);
    add_journal_pages(to, with);
    add_experiment_pages(to, with);
    add_habit_pages(to, with);
    add_value_pages(to, with);
    add_pacing_pages(to, with);
    add_waiting_pages(to, with);
    add_mood_pages(to, with);
    add_copy_pages(to, with);
    add_news_pages(to, with);
    add_goals_pages(to, with); // before those with an id in the same place
    add_goal_pages(to, with);
    add_other_version_pages(to, with);
    add_story_look_pages(to, with); // before those with an id in the same place
    add_story_pages(to, with);
    add_story_share_pages(to, with);
    add_shared_story_pages(to, with);
    add_partner_ask_pages(to, with);
    add_partner_pages(to, with);
    add_plan_share_pages(to, with);
    add_card_share_pages(to, with);
    add_plan_pages(to, with);
    add_offline_copy_pages(to, with);
    add_tool_pages(to, with);
    add_circle_pages(to, with);
    add_thread_pages(to, cache, with);
    add_circle_policy_pages(to, with);
    add_policy_pages(to, with);
    add_post_pages(to, with);
    add_review_pages(to, with);
    add_care_pages(to, with);
    add_talk_pages(to, with);
    add_aftercare_pages(to, with);
    add_review_item_pages(to, with);
    add_safety_pages(to, with);
    add_audit_pages(to, with);
    add_figure_pages(to, with);
}

} // namespace holdfast::pages
