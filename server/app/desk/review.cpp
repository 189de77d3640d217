#include "server/app/desk/review.hpp"

#include "server/app/circles/circles.hpp"
#include "server/app/desk/appeals.hpp"
#include "server/app/desk/review_state.hpp"
#include "server/app/texts.hpp"
#include "server/base/limits.hpp"
#include "server/base/phrase.hpp"
#include "server/store/database.hpp"

#include <algorithm>
#include <array>

namespace holdfast::app {

namespace {
using step = domain::review_step::kind;
constexpr auto claim_time = std::chrono::minutes(10);
} // namespace

std::vector<circle_id> looked_after(store::read_tx& tx, domain::principal const& who)
{
    std::vector<circle_id> made;
    if (who.is_lead) {
        std::optional<circle_id> after;
        for (auto some = tx.circles(after, limits::page_rows_max); !some.empty();
             some = tx.circles(after, limits::page_rows_max)) {
            for (auto const& row : some)
                made.push_back(row.id);
            after = some.back().id;
        }
        return made;
    }
    for (auto const& [circle, role] : who.roles) {
        if (role == domain::role::facilitator) made.push_back(circle);
    }
    return made;
}

namespace {
using item_place = domain::place<review_item_id>;

domain::queue_place place_of(store::queued_row const& row)
{
    return {row.lane == domain::lane::care, {row.due_at, row.id}};
}

// From where on a lane is looked through; none: all of it lies behind.
std::optional<item_place> begin_in(domain::lane lane, std::optional<domain::queue_place> const& after)
{
    auto const is_care = lane == domain::lane::care;
    if (!after || (after->is_care && !is_care)) return item_place();
    if (is_care && !after->is_care) return std::nullopt;
    return after->due;
}
} // namespace

std::vector<store::queued_row>
queue_of(store::read_tx& tx, domain::principal const& who, review_filter const& wanted, std::size_t limit)
{
    using domain::lane;
    constexpr std::array all{lane::care, lane::harm, lane::newcomer, lane::report, lane::appeal};
    std::vector<store::queued_row> made;
    for (auto const& circle : looked_after(tx, who)) {
        if (wanted.circle && *wanted.circle != circle) continue;
        for (auto const one : all) {
            if (wanted.lane && *wanted.lane != one) continue;
            auto const from = begin_in(one, wanted.after);
            if (!from) continue;
            auto const some = tx.review_queue(circle, one, *from, limit);
            made.insert(made.end(), some.begin(), some.end());
        }
    }
    std::sort(made.begin(), made.end(), [](auto const& left, auto const& right) {
        auto const one = place_of(left);
        auto const other = place_of(right);
        return one.is_care != other.is_care ? one.is_care : one.due < other.due;
    });
    return made;
}

bool may_review(store::read_tx& tx, domain::principal_ptr const& who, store::review_item_row const& row)
{
    if (!looks_after(who, row.item.circle) || row.author == who->account) return false;
    if (row.item.lane != domain::lane::appeal) return true;
    return !decided_before(tx, who->account, row.item.post, row.item.version);
}

std::int64_t day_of(timestamp at)
{
    return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

void settle_claim(store::read_tx& tx, texts& vault, domain::review_item& item, timestamp now)
{
    if (item.claimed_by && item.claimed_until > now) {
        auto const name = vault.open_nickname(tx, *item.claimed_by);
        item.claimed_by_name = name && !name->empty() ? *name : std::string("Somebody");
    } else {
        item.claimed_by.reset();
        item.claimed_until.reset();
    }
}

bool has_step(
    std::vector<domain::review_step> const& steps, domain::review_step::kind what, account_id const& by
)
{
    return std::any_of(steps.begin(), steps.end(), [&](auto const& one) {
        return one.what == what && one.by == by;
    });
}

review::review(
    store::database& database,
    texts& vault,
    screener& screen,
    change_log& changes,
    reasons const& ready,
    domain::desk_rules rules,
    clock const& time
)
    : state_(std::make_unique<state>(state{database, vault, screen, changes, ready, rules, time}))
{
}

review::~review() = default;

task<result<review_page>> review::items(domain::principal_ptr who, review_filter wanted, std::size_t limit)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto list = [&vault, who, wanted, limit, now = state_->time.now()](store::read_tx& tx
                ) -> result<review_page> {
        auto const looked_through = wanted.mine ? places_max : limit + 1;
        auto places = queue_of(tx, *who, wanted, looked_through);
        auto const has_more = places.size() >= looked_through;
        if (has_more) places.resize(looked_through); // beyond, a lane that has more is not in its order
        review_page made;
        for (auto const& place : places) {
            if (made.items.size() == limit) return made;
            made.next = place_of(place);
            auto row = tx.review_item(place.id);
            if (!row || !may_review(tx, who, *row)) continue;
            settle_claim(tx, vault, row->item, now);
            if (wanted.mine && row->item.claimed_by != who->account) continue;
            made.items.push_back(std::move(row->item));
        }
        if (!has_more) made.next.reset();
        return made;
    };
    auto found = co_await state_->database.read(std::move(list));
    co_return found;
}

task<result<std::vector<circle_id>>> review::circles_of(domain::principal_ptr who)
{
    if (!who) co_return errc::not_found;
    auto read = [who](store::read_tx& tx) -> result<std::vector<circle_id>> {
        return looked_after(tx, *who);
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

result<domain::review_item> take(
    store::write_tx& tx, texts& vault, account_id const& who, store::review_item_row const& row, timestamp at
)
{
    auto const& item = row.item;
    if (!tx.claim_review_item(item.id, who, at, at + claim_time)) {
        auto seen = item;
        settle_claim(tx, vault, seen, at);
        error taken{errc::conflict};
        taken.detail =
            say("{name} has it for some minutes. Please take another one.", {{"name", seen.claimed_by_name}});
        return taken;
    }
    tx.append_audit({at, who, "review.claimed", item.circle, item.id.text(), "{}"});
    tx.append_event({0, "review.changed", item.circle, std::nullopt, item.post, std::nullopt, at});
    auto made = tx.review_item(item.id)->item;
    settle_claim(tx, vault, made, at);
    return made;
}

task<result<domain::review_item>> review::claim(domain::principal_ptr who, review_item_id item)
{
    if (!who) co_return errc::not_found;
    auto& vault = state_->vault;
    auto const at = state_->time.now();
    auto claim = [&vault, who, item, at](store::write_tx& tx) -> result<domain::review_item> {
        auto const row = tx.review_item(item);
        if (!row || !may_review(tx, who, *row) || !tx.review_item_waits(item)) return errc::not_found;
        return take(tx, vault, who->account, *row, at);
    };
    auto found = co_await state_->database.write(std::move(claim));
    co_return found;
}

namespace {
// A step of one's own with an item that goes on waiting, for others.
task<result<void>>
step_back(store::database& database, domain::principal_ptr who, review_item_id item, step what, timestamp at)
{
    if (!who) co_return errc::not_found;
    auto note = [who, item, what, at](store::write_tx& tx) -> result<void> {
        auto const row = tx.review_item(item);
        if (!row || !may_review(tx, who, *row) || !tx.review_item_waits(item)) return errc::not_found;
        tx.release_review_item(item, who->account);
        if (has_step(tx.review_steps(item), what, who->account)) return result<void>(); // said before
        if (what == step::escalated) tx.ask_a_lead(item);
        tx.add_review_step(item, what, who->account, at);
        auto const action = "review." + std::string(domain::name_of(what));
        tx.append_audit({at, who->account, action, row->item.circle, item.text(), "{}"});
        tx.append_event(
            {0, "review.changed", row->item.circle, std::nullopt, row->item.post, std::nullopt, at}
        );
        return result<void>();
    };
    auto const done = co_await database.write(std::move(note));
    co_return done;
}
} // namespace

task<result<void>> review::pass_on(domain::principal_ptr who, review_item_id item)
{
    auto const done = co_await step_back(state_->database, who, item, step::passed, state_->time.now());
    co_return done;
}

task<result<void>> review::ask_second(domain::principal_ptr who, review_item_id item)
{
    auto const done = co_await step_back(state_->database, who, item, step::second, state_->time.now());
    co_return done;
}

task<result<void>> review::ask_lead(domain::principal_ptr who, review_item_id item)
{
    auto const done = co_await step_back(state_->database, who, item, step::escalated, state_->time.now());
    co_return done;
}

} // namespace holdfast::app
