// How a reader's own pace shows in a thread: a word about a pause, posts put aside as they asked, and a late
// post that waits first.
#pragma once
#include "server/app/space/pacing.hpp"
#include "server/pages/parts.hpp"

#include <optional>
#include <string>

namespace holdfast::pages {

using app::own_pacing;

task<result<own_pacing>> pacing_of(http::context asked);
// The word about a pause: there at once when it is due, else for the script to show; "" without one chosen.
std::string pause_html(renderer::parts const& with, http::context const& asked, own_pacing const& chosen);

// In place of a post that its reader put aside; `path` shows it all the same.
std::string aside_html(
    renderer::parts const& with, domain::post const& post, app::put_aside const& why, std::string const& path
);
std::optional<app::put_aside> put_aside_by(own_pacing const& chosen, domain::post const& post, timestamp now);
bool is_put_aside(own_pacing const& chosen, domain::thread const& thread, timestamp now);
// A post where it stands alone: as it is, or in its place that it was put aside.
std::string
own_post_html(renderer::parts const& with, own_pacing const& chosen, domain::post const& post, timestamp now);

// A text that was sent: of a thread that begins in a circle, or a reply.
struct late_text {
    circle_id circle;
    std::optional<thread_id> thread; // none: it begins one
    domain::post_text content;
    std::string key;
};
// The page about a text that waits now, when its author chose that for these hours; nothing when it is to go
// on its way: at another time, when they say so, and whenever its words may call for care.
task<std::optional<net::response>>
kept_for_later(http::context asked, http::fields form, own_pacing chosen, late_text text);

// For pages where people arrive: what waited and may go now; "" when nothing does.
task<std::string> waiting_html(http::context asked, renderer const& with);

} // namespace holdfast::pages
