#include "server/app/care/concerns.hpp"

#include "server/app/care/listening.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/keyed_write.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

namespace {
constexpr auto words_kind = "concern";
constexpr auto a_day = std::chrono::hours(24);
constexpr int ask_again_s = 3600;
constexpr std::size_t shown_max = 10;

// Whom it is about, if they can be found in this circle by somebody who is in it.
result<account_id> account_about(
    store::read_tx& tx,
    texts& vault,
    circle_id const& circle,
    account_id const& by,
    concern_wanted const& wanted
)
{
    std::optional<account_id> about;
    if (wanted.post) {
        auto const post = tx.visible_post(*wanted.post);
        if (!post || post->circle != circle) return errc::not_found;
        about = post->author;
    } else if (auto const named = tx.account_named(vault.nickname_hash(wanted.nickname))) {
        auto const circles = tx.memberships_of(*named);
        auto const is_here = std::any_of(circles.begin(), circles.end(), [&](auto const& one) {
            return one.circle == circle;
        });
        if (is_here) about = named;
    }
    if (!about)
        return invalid_field("nickname", "Nobody in this circle has that name. Please look at it again.");
    if (*about == by)
        return invalid_field(
            "nickname", "For yourself, Help now is always open, and you can write here as well."
        );
    return *about;
}

bool may_look(domain::principal_ptr const& who, domain::concern const& about)
{
    return looks_after(who, about.circle) && about.about != who->account;
}

struct raising {
    domain::principal_ptr who;
    circle_id circle;
    std::string key;
    store::hash256 body_hash{};
    concern_wanted wanted;
    heard seen;
    domain::review_clocks clocks;
    timestamp at;
};

result<domain::concern> record(store::write_tx& tx, texts& vault, raising const& asked)
{
    auto const by = asked.who->account;
    if (auto const earlier = tx.care().concern_made_with(by, asked.key)) {
        if (earlier->body_hash != asked.body_hash) return errc::key_reused;
        return earlier->concern;
    }
    auto const about = account_about(tx, vault, asked.circle, by, asked.wanted);
    if (!about) return about.error();
    auto const before = tx.care().concerns_of(by, asked.at - a_day);
    if (!domain::may_be_concerned(before)) {
        error slow{errc::rate_limited};
        slow.retry_after_s = ask_again_s;
        slow.detail =
            "You told us about several people today. All of it is kept for the facilitators. If a life is in "
            "danger right now, please open Help now.";
        return slow;
    }
    auto const ready = vault.make_ready(tx, by, asked.circle);
    if (!ready) return ready.error();
    store::concern_row row;
    auto& made = row.concern;
    made.id = concern_id::random();
    made.circle = asked.circle;
    made.by = by;
    made.about = *about;
    made.post = asked.wanted.post;
    made.triage = domain::triage_of_concern(before, asked.seen.triage);
    made.folded = !asked.seen.is_plain();
    made.made_at = asked.at;
    row.words = vault.seal_about(words_kind, made.id.text(), asked.circle, by, asked.wanted.words);
    row.clock = asked.clocks.due[static_cast<std::size_t>(made.triage)];
    row.idempotency_key = asked.key;
    row.body_hash = asked.body_hash;
    tx.care().add_concern(row);
    tx.append_audit({asked.at, by, "care.concern", asked.circle, made.id.text(), "{}"});
    return made;
}
} // namespace

struct concerns::state {
    store::database& database;
    texts& vault;
    screener& screen;
    domain::review_clocks clocks;
    clock const& time;
};

concerns::concerns(
    store::database& database, texts& vault, screener& screen, domain::review_clocks clocks, clock const& time
)
    : state_(std::make_unique<state>(state{database, vault, screen, clocks, time}))
{
}

concerns::~concerns() = default;

task<result<domain::concern>> concerns::raise(
    domain::principal_ptr who, circle_id circle, std::string idempotency_key, concern_wanted wanted
)
{
    if (!who || who->role_in(circle) == domain::role::none) co_return errc::not_found;
    auto const valid = validate_note("text", wanted.words, true);
    if (!valid) co_return valid.error();
    raising asked;
    asked.who = who;
    asked.circle = circle;
    asked.key = std::move(idempotency_key);
    asked.seen = listen(state_->screen, wanted.words, circle, moderation::text_kind::post);
    auto const whom = wanted.post ? wanted.post->text() : wanted.nickname;
    asked.body_hash = state_->vault.body_hash("concern", circle.text(), {whom, wanted.words});
    asked.wanted = std::move(wanted);
    asked.clocks = state_->clocks;
    asked.at = state_->time.now();
    auto& vault = state_->vault;
    auto write = [&vault, asked](store::write_tx& tx) -> result<domain::concern> {
        if (!tx.circle(asked.circle)) return errc::not_found;
        return record(tx, vault, asked);
    };
    auto made = co_await state_->database.write(std::move(write));
    co_return made;
}

task<result<std::vector<domain::concern>>> concerns::mine(domain::principal_ptr who, circle_id circle)
{
    if (!who || who->role_in(circle) == domain::role::none) co_return errc::not_found;
    auto read = [by = who->account, circle](store::read_tx& tx) -> result<std::vector<domain::concern>> {
        if (!tx.circle(circle)) return errc::not_found;
        return tx.care().concerns_by(by, circle, shown_max);
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

task<result<domain::concern>> concerns::open(domain::principal_ptr who, concern_id id)
{
    if (!who) co_return errc::not_found;
    auto const now = state_->time.now();
    auto& vault = state_->vault;
    auto read = [&vault, who, id, now](store::write_tx& tx) -> result<domain::concern> {
        auto const row = tx.care().concern(id);
        if (!row || !may_look(who, row->concern)) return errc::not_found;
        auto made = row->concern;
        auto words = vault.open_about(tx, words_kind, id.text(), made.circle, made.by, row->words);
        if (words) made.words = std::move(*words);
        auto by = vault.open_nickname(tx, made.by);
        if (by) made.by_nickname = std::move(*by);
        auto about = vault.open_nickname(tx, made.about);
        if (about) made.about_nickname = std::move(*about);
        tx.append_audit(
            {now, who->account, "private.read", made.circle, id.text(), "{\"read\":\"concern\"}", made.by}
        );
        return made;
    };
    auto found = co_await state_->database.write(std::move(read));
    co_return found;
}

task<result<void>> concerns::answer(domain::principal_ptr who, concern_id id, bool real)
{
    if (!who) co_return errc::not_found;
    auto const now = state_->time.now();
    auto const hash =
        state_->vault.body_hash("concern answer", id.text(), {"", real ? "real" : "not needed"});
    auto const write = write_about(who->account, "concern " + id.text(), hash);
    auto note = [who, id, real, now, write](store::write_tx& tx) -> result<void> {
        if (is_repeated(tx, write)) return result<void>();
        auto const row = tx.care().concern(id);
        if (!row || !may_look(who, row->concern)) return errc::not_found;
        if (row->concern.state != domain::concern_state::waiting) return errc::conflict;
        auto const what = real ? domain::concern_state::real : domain::concern_state::not_needed;
        tx.care().answer_concern(id, what, who->account, now);
        keep(tx, write);
        auto const alarm = tx.care().alarm(alarm_id(id.raw()));
        if (alarm) {
            auto after = domain::answered(*alarm, who->account, now);
            after.ended_at = now;
            tx.care().set_alarm(after);
        }
        tx.append_audit({now, who->account, "care.concern_answered", row->concern.circle, id.text(), "{}"});
        tx.append_event(
            {0, "review.changed", row->concern.circle, std::nullopt, std::nullopt, std::nullopt, now}
        );
        if (row->concern.by == row->concern.about)
            return result<void>(); // their own words: answered as a person
        tx.append_event(
            {0, "me.concern", row->concern.circle, std::nullopt, std::nullopt, row->concern.by, now}
        );
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(note));
    co_return done;
}

} // namespace holdfast::app
