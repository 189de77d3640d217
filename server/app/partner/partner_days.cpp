#include "server/app/partner/partner_days.hpp"

#include "server/app/partner/partner_state.hpp"
#include "server/store/database.hpp"

namespace holdfast::app {

using domain::partner_state;

namespace {
// Looked at anew, because it may have ended or changed since; the day is kept with the event.
result<std::size_t> tell(store::write_tx& tx, texts& vault, std::vector<post_id> const& of, timestamp now)
{
    std::size_t told = 0;
    for (auto const& id : of) {
        auto row = tx.partnership(id);
        if (!row || row->state != partner_state::accepted) continue;
        auto wishes = wishes_of(tx, vault, *row);
        auto const day = wishes.to_tell_on(now);
        if (!day) continue;
        wishes.told_on = day;
        auto sealed = sealed_wishes(tx, vault, *row, wishes);
        if (!sealed) return sealed.error();
        row->wishes = std::move(*sealed);
        tx.set_partnership(*row);
        tx.append_event({0, "me.checkin", std::nullopt, std::nullopt, id, row->member, now});
        ++told;
    }
    return told;
}
} // namespace

task<result<std::size_t>> partner_days::tell_of_today()
{
    auto& vault = vault_;
    auto const now = time_.now();
    auto look = [&vault, now](store::read_tx& tx) -> result<std::vector<post_id>> {
        std::vector<post_id> made;
        for (auto const& row : tx.partnerships_that_last()) {
            if (wishes_of(tx, vault, row).to_tell_on(now)) made.push_back(row.id);
        }
        return made;
    };
    auto const due = co_await database_.read(std::move(look));
    if (!due) co_return due.error();
    if (due->empty()) co_return std::size_t(0);
    auto write = [&vault, of = *due, now](store::write_tx& tx) { return tell(tx, vault, of, now); };
    auto const told = co_await database_.write(std::move(write));
    co_return told;
}

} // namespace holdfast::app
