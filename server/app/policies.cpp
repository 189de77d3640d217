#include "server/app/policies.hpp"

#include "moderation/policy/policy_text.hpp"
#include "server/app/circles.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/base/log.hpp"
#include "server/sealing/secret.hpp"
#include "server/store/database.hpp"

#include <algorithm>
#include <atomic>

namespace holdfast::app {

struct policies::state {
    store::database& database;
    texts& vault;
    screener& screen;
    clock const& time;
    // Counted on the writer thread, inside the transactions: their order is the order of the commits.
    std::atomic<std::uint64_t> changes{0};
};

policies::policies(store::database& database, texts& vault, screener& screen, clock const& time)
    : state_(new state{database, vault, screen, time})
{
}

policies::~policies() = default;

namespace {
constexpr std::size_t policy_bytes_max = 64 * 1024;

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

error at_line(moderation::policy_error const& wrong)
{
    return invalid_field("policy", "Line " + std::to_string(wrong.line) + ": " + wrong.cause + ".");
}

bool are_the_hosts(moderation::policy const& host, std::string const& words)
{
    return std::any_of(host.rules.begin(), host.rules.end(), [&](auto const& rule) {
        return rule.why == words || rule.reason == words;
    });
}

// Whys and reasons are read by others, so they pass the screen like any text; but the host's own may be taken
// over.
result<void> screened(screener const& screen, circle_id const& circle, moderation::policy const& own)
{
    auto const host = screen.host_policy();
    for (auto const& rule : own.rules) {
        for (auto const* const words : {&rule.why, &rule.reason}) {
            if (are_the_hosts(*host, *words)) continue;
            moderation::input input;
            input.text = *words;
            input.kind = moderation::text_kind::note;
            if (screen.passes(input, circle)) continue;
            error back{errc::returned};
            back.fields.push_back(
                {"policy",
                 "Line " + std::to_string(rule.line) +
                     ": our automatic check noticed something in the words of the rule \"" + rule.name +
                     "\". Could you put it in other words?"}
            );
            return back;
        }
    }
    return result<void>();
}
} // namespace

task<result<void>> policies::start()
{
    auto const host = state_->screen.host_policy();
    auto const kept = co_await keep(state_->database, *host, state_->time.now());
    if (!kept) co_return kept.error();
    auto const loaded = co_await load();
    co_return loaded;
}

task<result<void>> policies::load()
{
    auto read_all = [&vault = state_->vault](store::read_tx& tx
                    ) -> result<std::vector<std::pair<circle_id, std::string>>> {
        std::vector<std::pair<circle_id, std::string>> made;
        for (auto const& row : tx.circle_policies_in_use()) {
            auto text = vault.open_policy(tx, row);
            if (!text) return text.error();
            made.emplace_back(row.circle, std::move(*text));
        }
        return made;
    };
    auto const found = co_await state_->database.read(std::move(read_all));
    if (!found) co_return found.error();
    for (auto const& [circle, text] : *found) {
        auto read = moderation::parse_policy(text, "circle", moderation::policy_scope::circle);
        auto* const own = std::get_if<moderation::policy>(&read);
        if (own ==
            nullptr) { // a program that knows less than the one that took it: nobody decides by half of it
            log::error("the own policy of circle " + circle.text() + " can't be read by this version");
            co_return errc::damaged;
        }
        state_->screen.use_in(circle, std::move(*own), 0);
    }
    co_return result<void>();
}

task<result<void>> policies::use(moderation::policy host)
{
    auto const kept = co_await keep(state_->database, host, state_->time.now());
    if (!kept) co_return kept.error();
    state_->screen.use(std::move(host));
    co_return result<void>();
}

namespace {
struct new_policy {
    moderation::policy rules;
    std::string text; // in its one form, without remarks
};

result<new_policy> checked(screener const& screen, circle_id const& circle, std::string const& toml)
{
    if (toml.size() > policy_bytes_max) return invalid_field("policy", "This is too long: at most 64 KiB.");
    auto read = moderation::parse_policy(toml, "policy", moderation::policy_scope::circle);
    if (auto const* const wrong = std::get_if<moderation::policy_error>(&read)) return at_line(*wrong);
    auto own = screen.resolved(std::move(std::get<moderation::policy>(read)));
    auto const host = screen.host_policy();
    if (auto const wrong = moderation::looser_than(*host, own)) return at_line(*wrong);
    auto const passed = screened(screen, circle, own);
    if (!passed) return passed.error();
    own.text = moderation::toml_of(own);
    auto text = own.text;
    return new_policy{std::move(own), std::move(text)};
}
} // namespace

task<result<void>> policies::set(domain::principal_ptr who, circle_id circle, std::string toml)
{
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto const at = state_->time.now();
    std::optional<moderation::policy> own;
    if (!toml.empty()) {
        auto made = checked(state_->screen, circle, toml);
        if (!made) co_return made.error();
        own = std::move(made->rules);
    }
    auto store_it = [state = state_.get(), circle, at, own, actor = who->account](store::write_tx& tx
                    ) -> result<std::uint64_t> {
        auto const row = tx.circle(circle);
        if (!row) return errc::not_found;
        if (own) {
            auto const opens = state->vault.open_circle(tx, *row); // makes the circle's key ready
            if (!opens) return opens.error();
            auto const hash = state->vault.policy_hash(circle, own->text);
            auto const before = tx.circle_policy(circle, own->own_id());
            if (before && before->hash != hash) {
                return invalid_field(
                    "policy",
                    "The name and version " + own->own_id() +
                        " stood for other rules before. Please give it the next version."
                );
            }
            tx.use_circle_policy(
                {circle,
                 own->own_id(),
                 hash,
                 state->vault.seal_policy(circle, own->own_id(), own->text),
                 actor,
                 at}
            );
        } else {
            tx.end_circle_policy(circle);
        }
        auto const detail = own ? "{\"policy\":\"" + own->own_id() + "\"}" : std::string("{}");
        tx.append_audit({at, actor, "circle.policy", circle, circle.text(), detail});
        return ++state->changes;
    };
    auto const change = co_await state_->database.write(std::move(store_it));
    if (!change) co_return change.error();
    state_->screen.use_in(circle, std::move(own), *change);
    co_return result<void>();
}

std::shared_ptr<moderation::policy const> policies::host() const
{
    return state_->screen.host_policy();
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
