#include "server/http/router.hpp"

#include "server/app/languages.hpp"
#include "server/app/notices/notices.hpp"
#include "server/app/people/identity.hpp"
#include "server/base/log.hpp"
#include "server/http/answers.hpp"
#include "server/http/asked_language.hpp"
#include "server/http/problem.hpp"
#include "server/http/refused_words.hpp"

#include <algorithm>
#include <chrono>

namespace holdfast::http {

std::string_view name_of(least value)
{
    constexpr std::string_view names[] = {
        "visitor", "member", "circle_member", "author", "facilitator", "lead"};
    return names[static_cast<std::size_t>(value)];
}

namespace {
constexpr std::size_t heard_briefly = 4096; // about a millisecond

std::vector<std::string> split(std::string_view path)
{
    std::vector<std::string> made;
    while (!path.empty()) {
        path.remove_prefix(1); // the slash
        auto const end = std::min(path.find('/'), path.size());
        made.emplace_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return made;
}

bool is_safe(net::method method)
{
    return method == net::method::get || method == net::method::head;
}

} // namespace

bool is_from_here(net::request const& asked)
{
    auto const site = asked.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    auto const origin = asked.header("origin");
    if (!origin.empty()) {
        auto const host = asked.header("host");
        auto const at = origin.find("://");
        return at != std::string_view::npos && origin.substr(at + 3) == host;
    }
    return !site.empty() || asked.header("cookie").empty();
}

namespace {
void add_safety(net::response& answer, answers with)
{
    auto const has = [&](std::string_view name) {
        return std::any_of(answer.headers.begin(), answer.headers.end(), [&](auto const& one) {
            return one.first == name;
        });
    };
    answer.headers.emplace_back("x-content-type-options", "nosniff");
    // Not no-referrer: with it browsers send "Origin: null" from our own forms. Other sites are told nothing
    // either way.
    answer.headers.emplace_back("referrer-policy", "same-origin");
    answer.headers.emplace_back("cross-origin-resource-policy", "same-origin");
    if (with == answers::json) {
        if (!has("content-security-policy"))
            answer.headers.emplace_back(
                "content-security-policy", "default-src 'none'; frame-ancestors 'none'"
            );
        return;
    }
    answer.headers.emplace_back("cross-origin-opener-policy", "same-origin");
    answer.headers.emplace_back("permissions-policy", "camera=(), microphone=(), geolocation=()");
    answer.headers.emplace_back(
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
        "'none'; "
        "require-trusted-types-for 'script'; trusted-types holdfast"
    );
    if (!has("cache-control")) answer.headers.emplace_back("cache-control", "no-store");
}
} // namespace

router::router(
    std::vector<route> routes, app::services const& services, rate_settings rates, error_page page_for
)
    : routes_(std::move(routes)), services_(services), rates_(rates), page_for_(std::move(page_for))
{
    for (auto const& one : routes_)
        segments_.push_back(split(one.pattern));
}

void router::on_answered(std::function<void(std::string const&, unsigned, double)> listener)
{
    listener_ = std::move(listener);
}

void router::on_refused_care(refused_care_page page)
{
    refused_care_ = std::move(page);
}

router::match router::find(net::method method, std::string_view path) const
{
    match made;
    auto const asked = split(path);
    auto const wanted = method == net::method::head ? net::method::get : method;
    for (std::size_t at = 0; at < routes_.size(); ++at) {
        auto const& pattern = segments_[at];
        if (pattern.size() != asked.size()) continue;
        std::vector<std::string> ids;
        auto const fits = std::equal(
            pattern.begin(),
            pattern.end(),
            asked.begin(),
            [&](auto const& one, auto const& given) {
                if (!one.starts_with('{')) return one == given;
                auto decoded = percent_decoded(given, false);
                if (!decoded || decoded->empty()) return false;
                ids.push_back(std::move(*decoded));
                return true;
            }
        );
        if (!fits) continue;
        if (routes_[at].method == wanted) {
            made.found = &routes_[at];
            made.ids = std::move(ids);
            return made;
        }
        if (!made.allowed.empty()) made.allowed += ", ";
        made.allowed += net::name_of(routes_[at].method);
    }
    return made;
}

task<net::body_allowance> router::allowance_for_body(std::shared_ptr<net::request> request)
{
    auto const* const to = find(request->method, request->path()).found;
    net::body_allowance made{to == nullptr ? limits::body_bytes_max : to->body_bytes_max, false};
    auto const identified = co_await identify(request);
    made.is_known = identified && identified->who;
    co_return made;
}

result<void> router::may_ask(rate_kind kind, std::string_view who)
{
    auto const wait = rates_.ask(kind, who);
    if (wait == 0) return result<void>();
    error slow{errc::rate_limited};
    slow.retry_after_s = wait;
    return slow;
}

result<void> router::may_read(net::request const& request)
{
    return may_ask(rate_kind::read, request.remote_address);
}

net::response router::refusal(context const& asked, answers with, error const& why) const
{
    if (with == answers::json) return problem_response(why);
    if (why.code == errc::unauthenticated && is_safe(asked.request->method)) {
        return redirect("/sign-in"); // a person is shown the way in
    }
    return page_for_(asked, why);
}

task<result<context>> router::identify(std::shared_ptr<net::request> request)
{
    context made{request, nullptr, bearer_of(*request), {}, services_};
    auto const by_bearer = !made.token.empty();
    if (!by_bearer) made.token = cookie_of(*request, session_cookie);
    auto const acts = !is_safe(request->method) || !request->header("upgrade").empty();
    if (acts && !by_bearer && !is_from_here(*request)) co_return errc::forbidden_origin;
    if (!made.token.empty()) {
        auto const who = co_await services_.identity.authenticate(made.token);
        if (!who) co_return who.error();
        made.who = *who;
        if (!made.who) made.token.clear();
        if (!made.who && by_bearer) co_return errc::unauthenticated;
    }
    co_return made;
}

task<net::response> router::run(context& asked, route const& to)
{
    auto identified = co_await identify(asked.request);
    if (!identified) co_return refusal(asked, to.with, identified.error());
    asked.who = identified->who;
    asked.token = identified->token;
    auto made = co_await run_as(asked, to);
    co_return made;
}

task<net::response> router::run_as(context asked, route const& to)
{
    auto const request = asked.request;
    // Reading is counted for the whole address by answer(); acting is counted for the person too.
    if (to.rate != rate_kind::read) {
        auto const name =
            asked.who && to.rate == rate_kind::write ? asked.who->account.text() : request->remote_address;
        auto const may = may_ask(to.rate, name);
        if (!may) co_return refusal(asked, to.with, may.error());
    }
    if (to.least != least::visitor && !asked.who) {
        error const unknown{errc::unauthenticated};
        co_return refusal(asked, to.with, unknown);
    }
    if (to.with == answers::html) {
        auto const me = asked.session();
        auto const unseen = co_await services_.notices.unseen(me);
        asked.unseen = unseen;
    }
    auto made = co_await to.run(asked);
    co_return made;
}

// Crisis is not a violation: refused words are heard all the same, whoever wrote them and whatever for.
void router::hear_refused(context const& asked, answers with, net::response& refusal)
{
    // Listening costs time, so nobody has us listen without end: to strangers and to many requests at once
    // for a moment, to others for all that a text may hold, of which a letter takes four bytes at most.
    if (asked.request->body.empty()) return;
    auto const name = asked.who ? asked.who->account.text() : asked.request->remote_address;
    if (!may_ask(rate_kind::hear, name)) return;
    auto const briefly = !asked.who || refusal.status == status_of(errc::rate_limited);
    auto const words = words_of(*asked.request, briefly ? heard_briefly : 4 * limits::post_letters_max);
    auto const care = care_for_refused(asked, words);
    if (!care) return;
    if (with == answers::json) {
        put_care(refusal, *care);
    } else if (refused_care_) { // a page's lead ends where its own part begins
        refusal.lead += refused_care_(asked, *care, words.longest, refusal);
    }
}

task<net::response> router::answer(std::shared_ptr<net::request> request)
{
    auto const start = std::chrono::steady_clock::now();
    auto with = request->path().starts_with("/api/") ? answers::json : answers::html;
    static std::string const no_route = "none";
    auto const* pattern = &no_route;
    net::response made;
    context asked{request, nullptr, "", {}, services_};
    auto const may = may_read(*request);
    auto found = find(request->method, request->path());
    if (!may) {
        made = refusal(asked, with, may.error());
    } else if (found.found != nullptr) {
        with = found.found->with;
        pattern = &found.found->pattern;
        asked.ids = std::move(found.ids);
        made = co_await run(asked, *found.found);
    } else if (!found.allowed.empty()) {
        error const wrong{errc::wrong_method};
        made = refusal(asked, with, wrong);
        made.headers.emplace_back("allow", found.allowed);
    } else {
        error const nothing{errc::not_found};
        made = refusal(asked, with, nothing);
    }
    if (made.status >= 400 && !is_safe(request->method)) hear_refused(asked, with, made);
    put_into(services_.languages.in(language_for(*request)), made);
    add_safety(made, with);
    if (listener_) {
        auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        listener_(*pattern, made.status, seconds);
    }
    co_return made;
}

} // namespace holdfast::http
