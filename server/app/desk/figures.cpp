#include "server/app/desk/figures.hpp"

#include "server/app/circles/circles.hpp"
#include "server/app/desk/review_state.hpp"
#include "server/app/texts.hpp"
#include "server/store/database.hpp"

#include <algorithm>
#include <map>

namespace holdfast::app {

namespace {
constexpr int days_max = 90;
constexpr int published_days = 30;
constexpr std::size_t decided_max = 20'000; // of each circle, the newest: about 20 ms

using seconds = std::chrono::seconds;

// The value below which this share of them lies.
seconds at_share(std::vector<seconds>& all, double share)
{
    if (all.empty()) return seconds(0);
    auto const last = static_cast<double>(all.size() - 1);
    auto const place = all.begin() + static_cast<std::ptrdiff_t>(share * last + 0.5);
    std::nth_element(all.begin(), place, all.end());
    return *place;
}

class counting {
  public:
    counting(store::read_tx& tx, int days, timestamp now) : tx_(tx), since_(now - std::chrono::days(days))
    {
        made_.days = days;
    }

    void add(circle_id const& circle)
    {
        for (auto const& one : tx_.waiting_counts(circle)) {
            auto& lane = made_.lanes[static_cast<std::size_t>(one.lane)];
            lane.waiting += one.count;
            lane.oldest_due = std::min(lane.oldest_due.value_or(one.oldest_due), one.oldest_due);
        }
        for (auto const& one : tx_.decided_since(circle, since_, decided_max))
            add(one);
        auto const sent = tx_.posts_since(circle, day_of(since_));
        made_.posts += sent.all;
        made_.by_the_check += sent.by_the_check;
        for (auto const& person : tx_.facilitators_of(circle))
            people_[person]; // also who decided nothing
    }

    desk_figures end(texts* vault)
    {
        for (std::size_t at = 0; at < times_.size(); ++at) {
            made_.lanes[at].median = at_share(times_[at], 0.5);
            made_.lanes[at].ninety_fifth = at_share(times_[at], 0.95);
        }
        if (vault != nullptr) put_people(*vault);
        return std::move(made_);
    }

  private:
    void add(store::decided_row const& one)
    {
        auto const at = static_cast<std::size_t>(one.lane);
        auto& lane = made_.lanes[at];
        ++lane.decided;
        if (one.decided_at <= one.due_at) ++lane.within_clock;
        ++lane.verdicts[static_cast<std::size_t>(one.verdict)];
        times_[at].push_back(std::chrono::duration_cast<seconds>(one.decided_at - one.created_at));
        if (one.by) ++people_[*one.by];
        if (one.lane != domain::lane::appeal) return;
        ++(one.verdict == domain::verdict::keep ? made_.upheld : made_.overturned);
    }

    void put_people(texts& vault)
    {
        for (auto const& [person, decided] : people_) {
            auto const name = vault.open_nickname(tx_, person);
            if (!name || name->empty()) continue;
            made_.people.push_back({*name, decided, tx_.exposure_since(person, day_of(since_))});
        }
        std::sort(made_.people.begin(), made_.people.end(), [](auto const& left, auto const& right) {
            return left.nickname < right.nickname;
        });
    }

    store::read_tx& tx_;
    timestamp since_;
    desk_figures made_;
    std::array<std::vector<seconds>, 5> times_;
    std::map<account_id, int> people_;
};
} // namespace

task<result<desk_figures>>
figures::of_desk(domain::principal_ptr who, std::optional<circle_id> circle, int days)
{
    if (!who) co_return errc::not_found;
    if (days < 1 || days > days_max) co_return invalid_field("days", "Please choose from 1 to 90 days.");
    auto read = [&vault = vault_, who, circle, days, now = time_.now()](store::read_tx& tx
                ) -> result<desk_figures> {
        auto all = looked_after(tx, *who);
        if (circle) std::erase_if(all, [&](auto const& one) { return one != *circle; });
        if (all.empty()) return errc::not_found;
        counting count(tx, days, now);
        for (auto const& one : all)
            count.add(one);
        return count.end(who->is_lead ? &vault : nullptr);
    };
    auto found = co_await database_.read(std::move(read));
    co_return found;
}

task<result<desk_figures>> figures::published()
{
    if (!rules_.publishes_figures) co_return errc::not_found;
    auto read = [now = time_.now()](store::read_tx& tx) -> result<desk_figures> {
        domain::principal everybody;
        everybody.is_lead = true; // all circles there are
        counting count(tx, published_days, now);
        for (auto const& one : looked_after(tx, everybody))
            count.add(one);
        return count.end(nullptr);
    };
    auto found = co_await database_.read(std::move(read));
    co_return found;
}

} // namespace holdfast::app
