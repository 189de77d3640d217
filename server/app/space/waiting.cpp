#include "server/app/space/waiting.hpp"

#include "server/app/space/other_versions.hpp"
#include "server/app/space/private_shape.hpp"

#include <boost/json/object.hpp>

namespace holdfast::app {

namespace {
task<result<submission>> send(posts& by, member_session who, boost::json::object body, bool nudge_seen)
{
    domain::post_text const content{text_in(body, "title"), text_in(body, "text")};
    auto const key = text_in(body, "key");
    if (auto const thread = thread_id::parse(text_in(body, "thread"))) {
        auto const to = *thread;
        auto sent = co_await by.reply(who.who, to, key, content, nudge_seen);
        co_return sent;
    }
    auto const circle = circle_id::parse(text_in(body, "circle")).value_or(circle_id());
    auto sent = co_await by.start_thread(who.who, circle, key, content);
    co_return sent;
}

error in_words(error failed)
{
    auto const is_closed = failed.code == errc::not_found;
    if (!is_closed && failed.code != errc::key_reused) return failed;
    failed.code = errc::conflict;
    failed.detail =
        is_closed ? "The place that this was for is not open to you any more. Your words are still here."
                  : "This was shared already. You find it under your posts.";
    return failed;
}
} // namespace

task<result<submission>>
send_waiting(space& in, posts& by, member_session who, private_id waiting, bool nudge_seen)
{
    auto const versions = co_await in.versions(who, domain::private_kind::waiting, waiting);
    if (!versions) co_return versions.error();
    // Sharing it ends it, with all its versions: what another device wrote must have been seen before.
    if (!other_versions(*versions).empty()) {
        error twice{errc::conflict};
        twice.detail = "This was changed in two places at once. Please look at the other one first.";
        co_return twice;
    }
    auto const body = versions->back().body;
    auto sent = co_await send(by, who, body, nudge_seen);
    if (!sent) co_return in_words(sent.error());
    if (sent->nudged) co_return sent;
    // It is with the circle now. Should this fail, sharing it again finds the same post.
    auto const removed = co_await in.remove(who, domain::private_kind::waiting, waiting);
    static_cast<void>(removed);
    co_return sent;
}

} // namespace holdfast::app
