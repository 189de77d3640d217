// What can be sent: a thread, a reply, an edit, a copy of one's own, a note to one, words between partners.
// Each is checked and put on its way.
#include "server/app/circles/circles.hpp"
#include "server/app/posts/posts_context.hpp"
#include "server/app/posts/posts_sending.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/store/database.hpp"

namespace holdfast::app {

posts::posts(
    store::database& database,
    texts& vault,
    screener& screen,
    circles& groups,
    help_lines const& lines,
    change_log& changes,
    domain::review_clocks clocks,
    domain::desk_rules rules,
    clock const& time
)
    : state_(std::make_unique<state>(database, vault, screen, groups, lines, changes, clocks, rules, time))
{
}

posts::~posts() = default;

namespace {
using circle_found = result<std::shared_ptr<domain::circle const>>;

// Why somebody may not write in a circle; none when they may.
std::optional<error> why_not(circle_found const& circle, domain::principal_ptr const& who)
{
    if (!circle) return circle.error();
    if (!who || who->role_in((*circle)->id) == domain::role::none) return error{errc::not_found};
    return std::nullopt;
}
} // namespace

task<result<submission>> posts::start_thread(
    domain::principal_ptr who, circle_id circle, std::string idempotency_key, domain::post_text content
)
{
    auto checked = validate_post(content, true);
    if (!checked) co_return checked.error();
    sending sent;
    sent.who = who;
    sent.circle = circle;
    sent.at = state_->time.now();
    sent.thread = thread_id::random_at(sent.at);
    sent.post = post_id::random_at(sent.at);
    sent.opens_thread = true;
    sent.body_hash = state_->vault.body_hash("thread", circle.text(), content);
    sent.idempotency_key = std::move(idempotency_key);
    auto const tools = state_->tools();
    auto const group = co_await state_->groups.get(who, circle);
    auto const refused = why_not(group, who);
    auto done = co_await send(tools, std::move(sent), std::move(content), refused);
    co_return done;
}

task<result<submission>> posts::share(
    domain::principal_ptr who,
    store::share_row shared,
    std::vector<account_id> readers,
    std::string idempotency_key,
    std::string asked,
    domain::post_text content,
    std::optional<error> refused
)
{
    auto const checked = validate_post(content, true);
    if (!checked && !refused) co_return checked.error();
    sending sent;
    sent.who = who;
    sent.circle = shared.circle;
    sent.at = shared.created_at;
    sent.thread = shared.thread;
    sent.post = shared.id;
    sent.opens_thread = true;
    sent.headed = shared.what;
    sent.body_hash = state_->vault.body_hash(domain::name_of(shared.what), asked, {});
    sent.share = std::move(shared);
    sent.readers = std::move(readers);
    sent.idempotency_key = std::move(idempotency_key);
    auto const tools = state_->tools();
    auto done = co_await send(tools, std::move(sent), std::move(content), refused);
    co_return done;
}

task<result<submission>> posts::ask_partner(
    domain::principal_ptr who,
    store::share_row shared,
    store::partnership_row between,
    std::string idempotency_key,
    std::string asked,
    domain::post_text content,
    std::optional<error> refused
)
{
    auto const checked = validate_post(content, true);
    if (!checked && !refused) co_return checked.error();
    sending sent;
    sent.who = who;
    sent.circle = shared.circle;
    sent.at = shared.created_at;
    sent.thread = shared.thread;
    sent.post = shared.id;
    sent.opens_thread = true;
    sent.body_hash = state_->vault.body_hash("partner", asked, {});
    sent.share = std::move(shared);
    sent.asks = std::move(between);
    sent.idempotency_key = std::move(idempotency_key);
    auto const tools = state_->tools();
    auto done = co_await send(tools, std::move(sent), std::move(content), refused);
    co_return done;
}

task<result<submission>> posts::say_to_partner(
    domain::principal_ptr who,
    store::share_row about,
    domain::partner_words kind,
    std::string idempotency_key,
    std::string text,
    bool nudge_seen,
    std::optional<error> refused
)
{
    domain::post_text content{"", std::move(text)};
    auto const checked = validate_post(content, false);
    if (!checked && !refused) co_return checked.error();
    sending sent;
    sent.who = who;
    sent.circle = about.circle;
    sent.thread = about.thread;
    sent.at = state_->time.now();
    // An id begins with its time: of this one its reader may know the day alone.
    sent.post = post_id::random_at(std::chrono::floor<std::chrono::days>(sent.at));
    sent.nudge_seen = nudge_seen;
    sent.between = kind;
    sent.headed = about.what;
    sent.share = std::move(about);
    auto const object = sent.share->id.text() + " " + std::string(domain::name_of(kind));
    sent.body_hash = state_->vault.body_hash("partner", object, content);
    sent.idempotency_key = std::move(idempotency_key);
    auto const tools = state_->tools();
    auto done = co_await send(tools, std::move(sent), std::move(content), refused);
    co_return done;
}

task<result<submission>> posts::witness(
    domain::principal_ptr who,
    store::share_row about,
    domain::witness_kind kind,
    std::string idempotency_key,
    std::string text,
    bool nudge_seen,
    std::optional<error> refused
)
{
    domain::post_text content{"", std::move(text)};
    auto const checked = validate_post(content, false);
    if (!checked && !refused) co_return checked.error();
    sending sent;
    sent.who = who;
    sent.circle = about.circle;
    sent.thread = about.thread;
    sent.at = state_->time.now();
    sent.post = post_id::random_at(sent.at);
    sent.nudge_seen = nudge_seen;
    sent.witness = kind;
    sent.share = std::move(about);
    auto const object = sent.share->id.text() + " " + std::string(domain::name_of(kind));
    sent.body_hash = state_->vault.body_hash("witness", object, content);
    sent.idempotency_key = std::move(idempotency_key);
    auto const tools = state_->tools();
    auto done = co_await send(tools, std::move(sent), std::move(content), refused);
    co_return done;
}

task<result<submission>> posts::reply(
    domain::principal_ptr who,
    thread_id thread,
    std::string idempotency_key,
    domain::post_text content,
    bool nudge_seen
)
{
    content.title.clear();
    auto checked = validate_post(content, false);
    if (!checked) co_return checked.error();
    sending sent;
    sent.who = who;
    sent.thread = thread;
    sent.at = state_->time.now();
    sent.post = post_id::random_at(sent.at);
    sent.nudge_seen = nudge_seen;
    sent.body_hash = state_->vault.body_hash("reply", thread.text(), content);
    sent.idempotency_key = std::move(idempotency_key);
    auto const tools = state_->tools();
    auto const circle = co_await circle_around(who, thread);
    auto const refused = why_not(circle, who);
    if (!refused) sent.circle = (*circle)->id;
    auto done = co_await send(tools, std::move(sent), std::move(content), refused);
    co_return done;
}

task<result<submission>> posts::edit(
    domain::principal_ptr who,
    post_id post,
    std::string idempotency_key,
    domain::post_text content,
    bool nudge_seen
)
{
    auto const before = co_await own(who, post);
    if (!before) co_return before.error();
    auto const is_taken_down = before->state == domain::post_state::removed;
    auto const opens = before->opens_thread; // also when it is taken down and has no title any more
    if (!opens) content.title.clear();
    auto checked = validate_post(content, opens);
    if (!checked) co_return checked.error();

    sending sent;
    sent.who = who;
    sent.circle = before->circle;
    sent.thread = before->thread;
    sent.post = post;
    sent.version = before->version + 1;
    sent.opens_thread = opens;
    if (before->shared && (before->shared->id == post || before->shared->what == domain::share_what::goal))
        sent.headed = before->shared->what;
    sent.nudge_seen = nudge_seen;
    sent.body_hash = state_->vault.body_hash("edit", post.text(), content);
    sent.idempotency_key = std::move(idempotency_key);
    sent.at = state_->time.now();
    auto const tools = state_->tools();
    std::optional<error> refused;
    if (is_taken_down || who->role_in(before->circle) == domain::role::none) refused = error{errc::not_found};
    auto done = co_await send(tools, std::move(sent), std::move(content), refused);
    co_return done;
}

std::vector<std::string> posts::texts_answered(store::read_tx& tx, store::post_row const& post) const
{
    if (post.number <= 1) return {};
    return texts_before(tx, state_->vault, post.circle, post.thread, post.number, post.author);
}

} // namespace holdfast::app
