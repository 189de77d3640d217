#include "server/app/care/aftercare.hpp"

#include "server/app/texts.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace holdfast::app {

namespace {
using domain::follow_up_kind;
using namespace std::chrono_literals;
constexpr auto evening = 12h; // more posts of one evening plan nothing new
constexpr std::size_t follow_ups_at_once = 100;

void plan(
    store::write_tx& tx,
    follow_up_kind what,
    circle_id const& circle,
    std::optional<account_id> account,
    post_id const& post,
    timestamp at,
    std::chrono::hours after,
    std::chrono::hours lasts
)
{
    if (tx.care().has_follow_up(what, circle, account, at - evening)) return;
    domain::follow_up made;
    made.id = follow_up_id::random();
    made.kind = what;
    made.circle = circle;
    made.account = account;
    made.post = post;
    made.due_at = at + after;
    made.until = made.due_at + lasts;
    tx.care().add_follow_up(made, at);
}

std::string answer_detail(domain::follow_up const& one)
{
    boost::json::object detail;
    detail["kind"] = domain::name_of(one.kind);
    return boost::json::serialize(detail);
}
} // namespace

void plan_aftercare(
    store::write_tx& tx, account_id const& author, circle_id const& circle, post_id const& post, timestamp at
)
{
    plan(tx, follow_up_kind::author_day, circle, author, post, at, 24h, 72h);
    plan(tx, follow_up_kind::author_week, circle, author, post, at, 168h, 168h);
    plan(tx, follow_up_kind::circle, circle, std::nullopt, post, at, 24h, 48h);
}

struct aftercare::state {
    store::database& database;
    texts& vault;
    clock const& time;
};

aftercare::aftercare(store::database& database, texts& vault, clock const& time)
    : state_(std::make_unique<state>(state{database, vault, time}))
{
}

aftercare::~aftercare() = default;

task<result<std::vector<domain::follow_up>>> aftercare::due(domain::principal_ptr who)
{
    if (!who) co_return errc::not_found;
    auto const now = state_->time.now();
    auto& vault = state_->vault;
    auto read = [&vault, who, now](store::read_tx& tx) -> result<std::vector<domain::follow_up>> {
        auto made = tx.care().follow_ups_for(who->account, now);
        for (auto const& [circle, role] : who->roles) {
            for (auto& one : tx.care().follow_ups_of(circle, now)) {
                // "If others read it": what nobody else could see needs no word to the circle.
                auto const author = one.post ? tx.post(*one.post) : std::nullopt;
                if (!author || !author->visible_version || author->author == who->account) continue;
                one.post.reset(); // to the circle it says nothing about whose words they were
                made.push_back(std::move(one));
            }
        }
        if (!who->is_lead) return made;
        for (auto& one : tx.care().wishes_to_talk(limits::page_rows_max)) {
            if (one.account == who->account) continue;
            auto nickname = vault.open_nickname(tx, one.account.value_or(account_id()));
            if (nickname) one.nickname = std::move(*nickname);
            if (!one.nickname.empty()) made.push_back(std::move(one));
        }
        return made;
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<void>> aftercare::answer(
    domain::principal_ptr who, follow_up_id id, domain::follow_up_answer answer, domain::helped help
)
{
    if (!who) co_return errc::not_found;
    auto const now = state_->time.now();
    auto note = [who, id, answer, help, now](store::write_tx& tx) -> result<void> {
        auto const one = tx.care().follow_up(id);
        if (!one || one->due_at > now) return errc::not_found;
        // A lead has talked with somebody who wished to.
        auto const wish =
            who->is_lead && one->answer == domain::follow_up_answer::talk && one->account != who->account;
        if (one->account != who->account && !wish) return errc::not_found;
        auto const says = help == domain::helped::unsaid ? one->helped : help;
        auto const is_author =
            one->kind != follow_up_kind::facilitator && one->kind != follow_up_kind::circle;
        if (answer == domain::follow_up_answer::none && is_author && help != domain::helped::unsaid) {
            tx.care().answer_follow_up(id, answer, help, now); // "did this help?" is one tap by itself
            return result<void>();
        }
        if (!domain::may_answer(one->kind, answer) || (wish && answer != domain::follow_up_answer::fine))
            return invalid_field("answer", "Please choose one of the answers.");
        tx.care().answer_follow_up(id, answer, says, now);
        tx.append_audit({now, who->account, "care.follow_up", one->circle, id.text(), answer_detail(*one)});
        if (answer != domain::follow_up_answer::talk) return result<void>();
        for (auto const& lead : tx.care().roster_of(one->circle, now).leads) {
            if (lead == who->account) continue;
            tx.append_event({0, "me.follow_up", one->circle, std::nullopt, std::nullopt, lead, now});
        }
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(note));
    co_return done;
}

task<result<std::size_t>> aftercare::tell_due()
{
    auto const now = state_->time.now();
    auto look = [now](store::read_tx& tx) -> result<bool> {
        return !tx.care().follow_ups_untold(now, 1).empty();
    };
    auto const any = co_await state_->database.read(std::move(look));
    if (!any) co_return any.error();
    if (!*any) co_return std::size_t(0);
    auto tell = [now](store::write_tx& tx) -> result<std::size_t> {
        auto const due = tx.care().follow_ups_untold(now, follow_ups_at_once);
        for (auto const& one : due) {
            tx.care().mark_follow_up_told(one.id, now);
            if (!one.account) continue; // the circle reads it on its page
            tx.append_event({0, "me.follow_up", one.circle, std::nullopt, one.post, one.account, now});
        }
        return due.size();
    };
    auto const told = co_await state_->database.write(std::move(tell));
    co_return told;
}

} // namespace holdfast::app
