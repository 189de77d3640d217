// A circle's own policy: what people who look after it may make of it. Whatever lets more through needs two.
#include "moderation/policy/policy_text.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/policy/policies_state.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/base/phrase.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

namespace {
constexpr std::size_t policy_bytes_max = 64 * 1024;

error at_line(moderation::policy_error const& wrong)
{
    return invalid_field("policy", "Line " + std::to_string(wrong.line) + ": " + wrong.cause + ".");
}

bool are_the_hosts(moderation::policy const& host, std::string const& words)
{
    if (host.language.why == words || host.language.reason == words) return true;
    return std::any_of(host.rules.begin(), host.rules.end(), [&](auto const& rule) {
        return rule.why == words || rule.reason == words;
    });
}

bool names_it_too(moderation::policy const& host, std::string const& name)
{
    return std::any_of(host.rules.begin(), host.rules.end(), [&](auto const& rule) {
        return rule.name == name;
    });
}

std::string as_words(std::string name)
{
    std::replace_if(
        name.begin(), name.end(), [](char one) { return one == '-' || one == '_' || one == '.'; }, ' '
    );
    return name;
}

// Whys, reasons and names are read by others, so they pass the screen like any text; but the host's own may
// be taken over.
result<void> screened(screener const& screen, circle_id const& circle, moderation::policy const& own)
{
    struct said {
        int line;
        std::string_view rule;
        std::string words;
        moderation::text_kind kind = moderation::text_kind::note;
    };
    auto const host = screen.host_policy();
    std::vector<said> all;
    all.push_back({1, own.name, as_words(own.name), moderation::text_kind::name});
    for (auto const& rule : own.rules) {
        if (!names_it_too(*host, rule.name))
            all.push_back({rule.line, rule.name, as_words(rule.name), moderation::text_kind::name});
        all.push_back({rule.line, rule.name, rule.why});
        all.push_back({rule.line, rule.name, rule.reason});
    }
    if (own.language.line > 0) {
        all.push_back({own.language.line, "language", own.language.why});
        all.push_back({own.language.line, "language", own.language.reason});
    }
    for (auto const& one : all) {
        if (are_the_hosts(*host, one.words)) continue;
        moderation::input input;
        input.text = one.words;
        input.kind = one.kind;
        auto const noticed =
            say("Line {line}: our automatic check noticed something in the words of the rule “{rule}”. "
                "Could you put it in other words?",
                {{"line", std::to_string(one.line)}, {"rule", std::string(one.rule)}});
        auto const passed = screen.check(input, circle, "policy", noticed);
        if (!passed) return passed;
    }
    return result<void>();
}
result<moderation::policy> checked(screener const& screen, circle_id const& circle, std::string const& toml)
{
    if (toml.size() > policy_bytes_max)
        return invalid_field("policy", "This is too long. Could you make it shorter?");
    auto read = moderation::parse_policy(toml, "policy", moderation::policy_scope::circle);
    if (auto const* const wrong = std::get_if<moderation::policy_error>(&read)) return at_line(*wrong);
    auto own = screen.resolved(std::move(std::get<moderation::policy>(read)));
    auto const host = screen.host_policy();
    if (auto const wrong = moderation::looser_than(*host, own)) return at_line(*wrong);
    auto const passed = screened(screen, circle, own);
    if (!passed) return passed.error();
    own.text = moderation::toml_of(own);
    return own;
}

std::string detail_of(std::optional<moderation::policy> const& own)
{
    return own ? "{\"policy\":\"" + own->own_id() + "\"}" : std::string("{}");
}

// Asked inside the transaction, of what is in use there: two changes at once are seen one after the other.
result<bool> is_looser(
    store::read_tx& tx,
    texts& vault,
    moderation::policy const& host,
    circle_id const& circle,
    std::optional<moderation::policy> const& own
)
{
    auto const kept = tx.circle_policy_in_use(circle);
    if (!kept) return false; // it only ever tightens
    auto const now = opened_policy(tx, vault, *kept);
    if (!now) return now.error();
    return lets_more_through(laid_over(host, *now), own ? laid_over(host, *own) : host);
}

// As a row, sealed; or that its name and version stood for other rules before.
result<store::circle_policy_row> sealed(
    store::write_tx& tx,
    texts& vault,
    circle_id const& circle,
    moderation::policy const& own,
    account_id const& by,
    timestamp at
)
{
    auto const row = tx.circle(circle);
    if (!row) return errc::not_found;
    auto const opens = vault.open_circle(tx, *row); // makes the circle's key ready
    if (!opens) return opens.error();
    auto const hash = vault.policy_hash(circle, own.text);
    auto const before = tx.circle_policy(circle, own.own_id());
    if (before && before->hash != hash) {
        return invalid_field(
            "policy",
            say("The name and version {id} stood for other rules before. Please give it the next version.",
                {{"id", own.own_id()}})
        );
    }
    return store::circle_policy_row{
        circle, own.own_id(), hash, vault.seal_policy(circle, own.own_id(), own.text), by, at};
}

// What one transaction did: from when on it counts, or that it waits.
struct done_in_circle {
    std::uint64_t change = 0;
    bool waits = false;
};
} // namespace

task<result<domain::change_stage>>
policies::set(domain::principal_ptr who, circle_id circle, std::string toml)
{
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto const at = state_->time.now();
    std::optional<moderation::policy> own;
    if (!toml.empty()) {
        auto made = checked(state_->screen, circle, toml);
        if (!made) co_return made.error();
        own = std::move(*made);
    }
    auto store_it = [state = state_.get(), circle, at, own, actor = who->account](store::write_tx& tx
                    ) -> result<done_in_circle> {
        if (!tx.circle(circle)) return errc::not_found;
        auto const looser = is_looser(tx, state->vault, *state->screen.host_policy(), circle, own);
        if (!looser) return looser.error();
        store::policy_wish_row wish;
        wish.wanted.circle = circle;
        wish.wanted.set_by = actor;
        wish.wanted.set_at = at;
        wish.ends = !own;
        if (own) {
            auto made = sealed(tx, state->vault, circle, *own, actor, at);
            if (!made) return made.error();
            wish.wanted = std::move(*made);
        }
        auto const* const action = *looser ? "circle.policy_asked" : "circle.policy";
        tx.append_audit({at, actor, action, circle, circle.text(), detail_of(own)});
        if (*looser) {
            tx.set_policy_wish(wish);
            return done_in_circle{0, true};
        }
        tx.end_policy_wish(circle);
        if (own) tx.use_circle_policy(wish.wanted);
        if (!own) tx.end_circle_policy(circle);
        return done_in_circle{++state->changes, false};
    };
    auto const done = co_await state_->database.write(std::move(store_it));
    if (!done) co_return done.error();
    if (done->waits) co_return domain::change_stage::waits;
    state_->screen.use_in(circle, std::move(own), done->change);
    co_return domain::change_stage::in_use;
}

namespace {
struct settled_wish {
    std::optional<moderation::policy> own;
    std::uint64_t change = 0;
};

result<std::optional<moderation::policy>>
policy_wished(store::read_tx& tx, texts& vault, store::policy_wish_row const& wish)
{
    if (wish.ends) return std::optional<moderation::policy>();
    auto own = opened_policy(tx, vault, wish.wanted);
    if (!own) return own.error();
    return std::optional(std::move(*own));
}
} // namespace

task<result<void>> policies::settle(domain::principal_ptr who, circle_id circle, bool agrees)
{
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto settle_it = [state = state_.get(), circle, agrees, actor = who->account, at = state_->time.now()](
                         store::write_tx& tx
                     ) -> result<settled_wish> {
        auto const wish = tx.policy_wish(circle);
        if (!wish) return errc::not_found;
        if (agrees && wish->wanted.set_by == actor)
            return error{errc::conflict, {}, 0, "Somebody else has to agree to this change."};
        auto own = policy_wished(tx, state->vault, *wish);
        if (!own) return own.error();
        tx.end_policy_wish(circle);
        auto const* const action = agrees ? "circle.policy" : "circle.policy_withdrawn";
        tx.append_audit({at, actor, action, circle, circle.text(), detail_of(*own)});
        if (!agrees) return settled_wish{};
        if (*own) tx.use_circle_policy(wish->wanted);
        if (!*own) tx.end_circle_policy(circle);
        return settled_wish{std::move(*own), ++state->changes};
    };
    auto done = co_await state_->database.write(std::move(settle_it));
    if (!done) co_return done.error();
    if (agrees) state_->screen.use_in(circle, std::move(done->own), done->change);
    co_return result<void>();
}

task<result<std::optional<circle_policy_wish>>> policies::wish(domain::principal_ptr who, circle_id circle)
{
    if (!looks_after(who, circle)) co_return errc::not_found;
    auto read = [&vault = state_->vault, who, circle](store::read_tx& tx
                ) -> result<std::optional<circle_policy_wish>> {
        auto const wish = tx.policy_wish(circle);
        if (!wish) return std::optional<circle_policy_wish>();
        auto const own = policy_wished(tx, vault, *wish);
        if (!own) return own.error();
        auto const name = vault.open_nickname(tx, wish->wanted.set_by);
        circle_policy_wish made;
        made.toml = *own ? (*own)->text : std::string();
        made.nickname = name ? *name : std::string();
        made.is_mine = wish->wanted.set_by == who->account;
        made.asked_at = wish->wanted.set_at;
        return std::optional(std::move(made));
    };
    auto found = co_await state_->database.read(std::move(read));
    co_return found;
}

} // namespace holdfast::app
