// The host's policy: its file with what the desk changed of it. The circles' own are read here at the start.
#include "moderation/policy/policy_text.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/policy/policies_state.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/base/log.hpp"
#include "server/sealing/secret.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

policies::policies(store::database& database, texts& vault, screener& screen, clock const& time)
    : state_(std::make_unique<state>(database, vault, screen, time))
{
}

policies::~policies() = default;

namespace {
// Keeps a policy's text under its id, unless that id means another text already.
task<result<void>> keep(store::database& database, moderation::policy const& rules, timestamp at)
{
    store::policy_row const row{rules.own_id(), sealing::plain_hash({rules.text}), rules.text, at};
    auto look = [id = row.id](store::read_tx& tx) -> result<std::optional<store::policy_row>> {
        return tx.policy(id);
    };
    auto const known = co_await database.read(std::move(look));
    if (!known) co_return known.error();
    if (*known && (*known)->hash != row.hash) co_return errc::conflict;
    if (*known) co_return result<void>();
    auto add = [row](store::write_tx& tx) -> result<void> {
        auto const meanwhile = tx.policy(row.id);
        if (meanwhile && meanwhile->hash != row.hash) return errc::conflict;
        if (!meanwhile) tx.keep_policy(row);
        return result<void>();
    };
    auto const done = co_await database.write(std::move(add));
    co_return done;
}

task<result<moderation::policy>> changed(store::database& database, moderation::policy file)
{
    auto read = [id = file.own_id()](store::read_tx& tx) -> result<std::vector<domain::rule_change>> {
        return tx.rule_changes(id);
    };
    auto const found = co_await database.read(std::move(read));
    if (!found) co_return found.error();
    co_return with_changes(std::move(file), *found);
}
} // namespace

moderation::policy with_changes(moderation::policy file, std::vector<domain::rule_change> const& changes)
{
    auto made = std::move(file);
    for (auto const& change : changes) {
        if (change.stage != domain::change_stage::in_use) continue;
        ++made.revision;
        for (auto& rule : made.rules) {
            if (rule.name == change.rule) rule.state = change.after;
        }
    }
    if (made.revision > 0) made.text = moderation::toml_of(made);
    return made;
}

result<moderation::policy>
opened_policy(store::read_tx& tx, texts& vault, store::circle_policy_row const& kept)
{
    auto const text = vault.open_policy(tx, kept);
    if (!text) return text.error();
    auto read = moderation::parse_policy(*text, "circle", moderation::policy_scope::circle);
    if (auto* const own = std::get_if<moderation::policy>(&read)) return std::move(*own);
    log::error("the own policy of circle " + kept.circle.text() + " can't be read by this version");
    return errc::damaged;
}

task<result<void>> policies::start()
{
    auto const host = state_->screen.host_policy();
    auto const used = co_await use(*host);
    if (!used) co_return used.error();
    auto const loaded = co_await load();
    co_return loaded;
}

task<result<void>> policies::load()
{
    auto read_all = [&vault = state_->vault](store::read_tx& tx
                    ) -> result<std::vector<std::pair<circle_id, moderation::policy>>> {
        std::vector<std::pair<circle_id, moderation::policy>> made;
        for (auto const& row : tx.circle_policies_in_use()) {
            auto own = opened_policy(tx, vault, row);
            if (!own) return own.error();
            made.emplace_back(row.circle, std::move(*own));
        }
        return made;
    };
    auto found = co_await state_->database.read(std::move(read_all));
    if (!found) co_return found.error();
    for (auto& [circle, own] : *found)
        state_->screen.use_in(circle, std::move(own), 0);
    co_return result<void>();
}

task<result<void>> policies::use(moderation::policy host)
{
    auto const kept = co_await keep(state_->database, host, state_->time.now());
    if (!kept) co_return kept.error();
    auto decides = co_await changed(state_->database, host);
    if (!decides) co_return decides.error();
    std::lock_guard const hold(state_->guard);
    state_->file = std::make_shared<moderation::policy const>(std::move(host));
    state_->screen.use(std::move(*decides));
    co_return result<void>();
}

task<result<void>> policies::use_changes()
{
    auto const file = from_file();
    auto decides = co_await changed(state_->database, *file);
    if (!decides) co_return decides.error();
    std::lock_guard const hold(state_->guard);
    // Another file came meanwhile, or a later change was quicker: that one decides already.
    auto const late = state_->file != file || decides->revision < state_->screen.host_policy()->revision;
    if (!late) state_->screen.use(std::move(*decides));
    co_return result<void>();
}

std::shared_ptr<moderation::policy const> policies::host() const
{
    return state_->screen.host_policy();
}

std::shared_ptr<moderation::policy const> policies::from_file() const
{
    std::lock_guard const hold(state_->guard);
    return state_->file;
}

std::string policies::outside_check() const
{
    return state_->screen.second_name();
}

circle_policy_view policies::of(domain::principal_ptr const& who, circle_id const& circle) const
{
    circle_policy_view made;
    made.id = state_->screen.policy_id(circle);
    if (looks_after(who, circle)) made.own = state_->screen.own_policy(circle);
    return made;
}

} // namespace holdfast::app
