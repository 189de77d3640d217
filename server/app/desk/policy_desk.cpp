#include "server/app/desk/policy_desk.hpp"

#include "server/app/circles/circles.hpp"
#include "server/app/policy/policies.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/sealing/secret.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

namespace {
using domain::change_stage;
using domain::rule_change;
using moderation::rule_state;

constexpr std::size_t replayed_max = 5'000; // texts
constexpr std::size_t replayed_at_once = 200;
constexpr std::size_t counted_max = 500; // texts of each rule
constexpr auto counted_time = std::chrono::days(90);
constexpr std::size_t settled_max = 20;
constexpr std::size_t versions_max = 50;

bool is_lead(domain::principal_ptr const& who)
{
    return who && who->is_lead;
}

bool looks_after_any(domain::principal_ptr const& who)
{
    return who && who->looks_after_any();
}

struct wanted_change {
    std::string rule;
    rule_state before{};
    rule_state after{};
};

result<wanted_change>
wanted_of(moderation::policy const& decides, std::string const& rule, std::string const& state)
{
    auto const known = std::find_if(decides.rules.begin(), decides.rules.end(), [&](auto const& one) {
        return one.name == rule;
    });
    if (known == decides.rules.end()) return invalid_field("rule", "There is no rule of this name.");
    auto const after = moderation::rule_state_named(state);
    if (!after) return invalid_field("state", "This is one of: live, shadow, off.");
    return wanted_change{rule, known->state, *after};
}

moderation::policy with_state(moderation::policy rules, wanted_change const& wanted)
{
    for (auto& rule : rules.rules) {
        if (rule.name == wanted.rule) rule.state = wanted.after;
    }
    return rules;
}

std::string detail_of(rule_change const& change)
{
    return "{\"rule\":\"" + change.rule + "\",\"before\":\"" + std::string(name_of(change.before)) +
           "\",\"after\":\"" + std::string(name_of(change.after)) + "\",\"policy\":\"" + change.policy +
           "\"}";
}

// Keeps the text that decides from now on under the id that decisions will name.
void keep_changed(store::write_tx& tx, moderation::policy const& file, timestamp at)
{
    auto const decides = with_changes(file, tx.rule_changes(file.own_id()));
    if (tx.policy(decides.own_id())) return;
    tx.keep_policy({decides.own_id(), sealing::plain_hash({decides.text}), decides.text, at});
}

std::string name_of(store::read_tx& tx, texts& vault, std::optional<account_id> const& who)
{
    if (!who) return "";
    auto const name = vault.open_nickname(tx, *who);
    return name ? *name : std::string();
}

void put_changes(
    store::read_tx& tx,
    texts& vault,
    std::vector<rule_change> const& changes,
    account_id const& reader,
    policy_desk_view& to
)
{
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        auto const waits = change->stage == change_stage::waits;
        if (!waits && to.settled.size() == settled_max) continue;
        auto& list = waits ? to.waiting : to.settled;
        list.push_back(
            {*change,
             name_of(tx, vault, change->asked_by),
             name_of(tx, vault, change->settled_by),
             change->asked_by == reader}
        );
    }
}
} // namespace

task<result<policy_desk_view>> policy_desk::view(domain::principal_ptr who)
{
    if (!looks_after_any(who)) co_return errc::not_found;
    auto const decides = policies_.host();
    auto const file = policies_.from_file();
    auto read = [&vault = vault_, decides, file, who, since = time_.now() - counted_time](store::read_tx& tx
                ) -> result<policy_desk_view> {
        policy_desk_view made;
        made.id = decides->own_id();
        made.hold_from_risk = decides->hold_from_risk;
        made.language = decides->language;
        for (auto const& rule : decides->rules) {
            auto const same = std::find_if(file->rules.begin(), file->rules.end(), [&](auto const& one) {
                return one.name == rule.name;
            });
            auto const in_file = same == file->rules.end() ? rule.state : same->state;
            made.rules.push_back({rule, in_file, tx.rule_counts_since(rule.name, since, counted_max)});
        }
        put_changes(tx, vault, tx.rule_changes(file->own_id()), who->account, made);
        for (auto const& one : tx.policies(versions_max))
            made.versions.push_back({one.id, one.at});
        return made;
    };
    auto found = co_await database_.read(std::move(read));
    co_return found;
}

task<result<std::string>> policy_desk::text_of(domain::principal_ptr who, std::string id)
{
    if (!looks_after_any(who)) co_return errc::not_found;
    auto read = [id](store::read_tx& tx) -> result<std::string> {
        auto const found = tx.policy(id);
        if (!found) return errc::not_found;
        return found->text;
    };
    auto found = co_await database_.read(std::move(read));
    co_return found;
}

task<result<replayed>> policy_desk::replay(domain::principal_ptr who, std::string rule, std::string state)
{
    if (!is_lead(who)) co_return errc::not_found;
    auto const decides = policies_.host();
    auto const wanted = wanted_of(*decides, rule, state);
    if (!wanted) co_return wanted.error();
    auto const own = [&screen = screen_](circle_id const& circle) { return screen.own_policy(circle); };
    auto const past = std::make_shared<policy_replay>(*decides, with_state(*decides, *wanted), own);
    std::optional<std::int64_t> row;
    for (std::size_t looked_at = 0; looked_at < replayed_max; looked_at += replayed_at_once) {
        // A few at a time: other readers get their turn in between.
        auto some = [&vault = vault_, past, row](store::read_tx& tx) -> result<std::optional<std::int64_t>> {
            auto const found = tx.versions_before_row(row, replayed_at_once);
            for (auto const& one : found)
                past->add(tx, vault, one);
            return found.empty() ? std::optional<std::int64_t>() : std::optional(found.back().row);
        };
        auto const read = co_await database_.read(std::move(some));
        if (!read) co_return read.error();
        if (!*read) break;
        row = *read;
    }
    co_return past->found();
}

task<result<rule_change>> policy_desk::ask(domain::principal_ptr who, std::string rule, std::string state)
{
    if (!is_lead(who)) co_return errc::not_found;
    auto const decides = policies_.host();
    auto const file = policies_.from_file();
    auto const wanted = wanted_of(*decides, rule, state);
    if (!wanted) co_return wanted.error();
    auto ask_it = [file, wanted = *wanted, actor = who->account, at = time_.now()](store::write_tx& tx
                  ) -> result<rule_change> {
        auto const changes = tx.rule_changes(file->own_id());
        auto const now =
            wanted_of(with_changes(*file, changes), wanted.rule, std::string(name_of(wanted.after)));
        if (!now || now->before != wanted.before || now->before == now->after)
            return error{errc::conflict, {}, 0, "This rule is in that state already."};
        rule_change made;
        made.id = rule_change_id::random();
        made.policy = file->own_id();
        made.rule = wanted.rule;
        made.before = wanted.before;
        made.after = wanted.after;
        made.loosens = made.before == rule_state::live;
        made.asked_by = actor;
        made.asked_at = at;
        auto const waits = std::any_of(changes.begin(), changes.end(), [&](rule_change const& one) {
            return one.rule == made.rule && one.stage == change_stage::waits;
        });
        if (waits) return error{errc::conflict, {}, 0, "A change of this rule waits for a second person."};
        if (!made.loosens) {
            made.stage = change_stage::in_use;
            made.settled_by = actor;
            made.settled_at = at;
        }
        tx.add_rule_change(made);
        if (!made.loosens) keep_changed(tx, *file, at);
        auto const* const action = made.loosens ? "policy.asked" : "policy.changed";
        tx.append_audit({at, actor, action, std::nullopt, made.id.text(), detail_of(made)});
        return made;
    };
    auto const made = co_await database_.write(std::move(ask_it));
    if (!made) co_return made.error();
    if (made->stage == change_stage::in_use) {
        auto const used = co_await policies_.use_changes();
        if (!used) co_return used.error();
    }
    co_return *made;
}

task<result<void>> policy_desk::settle(domain::principal_ptr who, rule_change_id change, bool agrees)
{
    if (!is_lead(who)) co_return errc::not_found;
    auto const file = policies_.from_file();
    auto settle_it = [file, change, agrees, actor = who->account, at = time_.now()](store::write_tx& tx
                     ) -> result<void> {
        auto const changes = tx.rule_changes(file->own_id());
        auto const found = std::find_if(changes.begin(), changes.end(), [&](rule_change const& one) {
            return one.id == change;
        });
        if (found == changes.end()) return errc::not_found;
        if (found->stage != change_stage::waits)
            return error{errc::conflict, {}, 0, "This change was settled meanwhile."};
        if (agrees && found->asked_by == actor)
            return error{errc::conflict, {}, 0, "Another lead has to agree to this change."};
        tx.settle_rule_change(change, agrees ? change_stage::in_use : change_stage::withdrawn, actor, at);
        if (agrees) keep_changed(tx, *file, at);
        auto const* const action = agrees ? "policy.changed" : "policy.withdrawn";
        tx.append_audit({at, actor, action, std::nullopt, change.text(), detail_of(*found)});
        return result<void>();
    };
    auto const done = co_await database_.write(std::move(settle_it));
    if (!done || !agrees) co_return done;
    auto const used = co_await policies_.use_changes();
    co_return used;
}

} // namespace holdfast::app
