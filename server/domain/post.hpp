// Threads and posts, as their readers and their authors see them.
#pragma once
#include "moderation/types.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/domain/care.hpp"
#include "server/domain/place.hpp"
#include "server/domain/share_what.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::domain {

// What became of a post, as its author is told. The rest of the world only ever sees visible and folded.
enum class post_state : std::uint8_t { visible, folded, held, returned, removed };
std::string_view name_of(post_state value);
post_state state_after(moderation::outcome outcome);

struct post_text {
    std::string title; // only on a thread's opening
    std::string text;
};

// One post as a reader sees it: only ever made from the view that holds visible versions.
struct post {
    post_id id;
    thread_id thread;
    circle_id circle;
    account_id author;
    std::string nickname; // "" once the author erased their account
    bool by_facilitator = false;
    int number = 0;
    int version = 1;
    bool folded = false;
    moderation::label_set labels; // what the content note names, when folded
    post_text content;
    timestamp created_at;
    std::optional<timestamp> edited_at;
    std::optional<shared_as> shared; // none: it stands in a circle's thread
};

struct thread {
    thread_id id;
    circle_id circle;
    post_id opening;
    std::string title; // "" when its opening was taken down
    account_id author;
    std::string nickname;
    bool folded = false;          // its opening, with its title, stands behind a note
    moderation::label_set labels; // what the note names
    int visible_posts = 0;
    timestamp created_at;
    timestamp active_at;
};

// A thread's place in its circle's list, newest activity first: what a page of that list continues after.
using thread_place = place<thread_id>;

// A post as its author sees it: the newest version, whatever became of it.
struct own_post {
    post_id id;
    thread_id thread;
    circle_id circle;
    int version = 1;
    bool opens_thread = false;
    post_text content;
    post_state state = post_state::held;
    bool earlier_version_visible = false; // an edit waits or came back, the one before still stands
    moderation::decision screened;        // the screen's decision on this version
    std::string reason;                   // a facilitator's words, when one decided
    moderation::text_span passage{};      // what they would like to see changed, when they gave it back
    bool decided_by_person = false;       // so that another person can be asked to look again
    bool taken_out = false;               // a facilitator took it out of the circle; its words are still here
    std::optional<timestamp> due_at;      // while it waits
    std::optional<care_now> care;         // when its words called for care
    timestamp created_at;
    std::optional<shared_as> shared; // as in post
};

} // namespace holdfast::domain
