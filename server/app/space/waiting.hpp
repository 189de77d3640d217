// Words that wait for their author's word: shared the way of every post, under the key that they had at
// first, so that it happens once however often it is asked for.
#pragma once
#include "server/app/posts/posts.hpp"
#include "server/app/space/space.hpp"

namespace holdfast::app {

// Sent, they don't wait any more; nudged, they do. conflict: where they were for is not open to their author
// any more, or they were shared already.
task<result<submission>>
send_waiting(space& in, posts& by, member_session who, private_id waiting, bool nudge_seen);

} // namespace holdfast::app
