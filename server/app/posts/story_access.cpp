#include "server/app/posts/story_access.hpp"

#include <algorithm>

namespace holdfast::app {

bool is_open(store::story_row const& story, timestamp now)
{
    return !story.withdrawn_at && (!story.expires_at || *story.expires_at > now);
}

bool may_read_story(
    store::read_tx& tx, store::story_row const& story, domain::principal_ptr const& who, timestamp now
)
{
    if (!who) return false;
    if (who->account == story.owner) return true;
    if (!is_open(story, now)) return false;
    if (who->role_in(story.circle) == domain::role::none || who->is_paused_in(story.circle)) return false;
    if (story.audience == domain::story_audience::circle) return true;
    auto const readers = tx.story_readers(story.id);
    return std::find(readers.begin(), readers.end(), who->account) != readers.end();
}

std::optional<store::visible_post_row>
post_of_story(store::read_tx& tx, post_id const& post, domain::principal_ptr const& who, timestamp now)
{
    auto row = tx.let_through_post(post);
    if (!row) return std::nullopt;
    auto const story = tx.story_in(row->thread);
    if (!story || !may_read_story(tx, *story, who, now)) return std::nullopt;
    return row;
}

void announce_post(store::write_tx& tx, store::event_row const& event)
{
    auto const story = event.thread ? tx.story_in(*event.thread) : std::nullopt;
    if (!story) {
        tx.append_event(event);
        return;
    }
    auto const is_copy = event.post == story->id;
    auto const is_gone = event.type == "post.removed" && is_copy;
    auto const is_new = event.type == "thread.started";
    if (story->withdrawn_at && !is_gone) return;
    auto const in_circle = story->audience == domain::story_audience::circle && (is_new || is_gone);
    store::event_row told;
    told.type = is_gone ? "story.withdrawn" : is_new ? "story.shared" : "story.changed";
    told.thread = story->thread;
    if (in_circle) told.circle = story->circle;
    told.post = story->id;
    told.at = event.at;
    tx.append_event(told);
    told.type = "me.story";
    if (event.type == "post.published") { // a note: its writer hears of it
        told.account = story->owner;
        tx.append_event(told);
    } else if (is_new || is_gone) {
        for (auto const& reader : tx.story_readers(story->id)) {
            told.account = reader;
            tx.append_event(told);
        }
    }
}

} // namespace holdfast::app
