#include "server/cli/program.hpp"

#include "embedded/schema.hpp"
#include "server/api/api.hpp"
#include "server/base/limits.hpp"
#include "server/base/log.hpp"
#include "server/cli/control.hpp"
#include "server/cli/core.hpp"
#include "server/cli/metrics.hpp"
#include "server/cli/routes.hpp"
#include "server/http/problem.hpp"
#include "server/live/live.hpp"
#include "server/pages/pages.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <csignal>
#include <thread>

namespace holdfast::cli {

namespace asio = boost::asio;

namespace {
void run_to_end(asio::io_context& io, std::function<task<void>()> const& work)
{
    std::exception_ptr failed;
    asio::co_spawn(io, work(), [&](std::exception_ptr thrown) { failed = thrown; });
    io.restart();
    io.run();
    if (failed) std::rethrow_exception(failed);
}

// Which circles are locked is known, the host's policy is on record and the circles' own are known before the
// first text is screened.
task<void> start_policies(app::policies& policies, app::measures& measures, config const& settings)
{
    auto const known = co_await measures.start();
    if (!known) throw std::runtime_error("Which circles are locked could not be read.");
    auto const done = co_await policies.start();
    if (done) co_return;
    auto const file = settings.policy.empty() ? std::string("The shipped policy") : settings.policy.string();
    if (done.error().code == errc::conflict) {
        throw std::runtime_error(
            file +
            " has other rules than before under the same name and version. Please give it the next version."
        );
    }
    throw std::runtime_error("The policies could not be read or kept in the database.");
}

// A changed policy file is taken into use; one that is broken is refused, and the old one stays.
task<void> reload_policy(app::policies& policies, config const& settings, metrics& counted)
{
    std::string refused;
    try {
        auto rules = read_policy(settings.policy);
        auto const id = rules.id();
        auto const done = co_await policies.use(std::move(rules));
        if (done) log::info("the policy " + id + " decides from now on");
        if (!done && done.error().code == errc::conflict)
            refused = id + " stood for other rules before: please give it the next version";
        if (!done && refused.empty()) refused = "it could not be kept in the database";
    } catch (std::exception const& broken) {
        refused = broken.what();
    }
    if (!refused.empty()) log::error("the changed policy is refused, the old one stays: " + refused);
    counted.policy_refused(!refused.empty());
}

// Figures are for the host's own monitoring on this machine: what a proxy passes on comes from elsewhere.
bool is_from_this_machine(net::request const& asked)
{
    auto const relayed = !asked.header("x-forwarded-for").empty() || !asked.header("forwarded").empty();
    auto const& from = asked.remote_address;
    return !relayed && (from.empty() || from.starts_with("127.") || from == "::1");
}

http::route metrics_route(
    metrics& counted, store::database& database, app::live_feed& live, net::http_server* const* server
)
{
    auto serve = [&counted, &database, &live, server](http::context asked) -> task<net::response> {
        error const nothing{errc::not_found};
        if (!is_from_this_machine(*asked.request)) co_return http::problem_response(nothing);
        net::response made;
        made.headers.emplace_back("content-type", "text/plain; version=0.0.4; charset=utf-8");
        auto const net = *server == nullptr ? net::server_load() : (*server)->load();
        made.body =
            std::make_shared<std::string const>(counted.text(database.load(), net, live.subscribers()));
        co_return made;
    };
    return {net::method::get, "/metrics", http::least::visitor, "", http::answers::json, serve};
}
} // namespace

struct program::parts {
    folder_lock lock;
    core all;
    metrics counted;
    http::rendered_cache cache;
    pages::renderer pages;
    net::http_server* listening = nullptr; // for the metrics route, which the server's own table holds
    http::router router;
    live::live_server live;
    control_server control;
    net::http_server server;

    // What is still being written must wake nobody who is gone.
    ~parts() { all.database.on_commit({}); }
    parts(parts const&) = delete;
    parts& operator=(parts const&) = delete;

    explicit parts(config const& settings)
        : lock(settings.data), all(settings, standing::sole_owner), pages(settings.leave_to),
          router(routes(), all.services, settings.rates, pages.error_page()), live(all.services, router),
          control(all.io, settings.data, all.services), server(all.io, settings.server, handlers())
    {
        listening = &server;
        all.screen.on_screened([this](app::screened const& seen) { counted.screened(seen); });
        router.on_refused_care([this](
                                   auto const& asked, auto const& care, auto const& words, auto const& page
                               ) { return pages.refused_care(asked, care, words, page); });
        router.on_answered([this](std::string const& route, unsigned status, double seconds) {
            counted.answered(route, status, seconds);
        });
        all.database.on_commit([this] {
            all.live.wake();
            all.index.wake();
        });
        run_to_end(all.io, [this] { return start_policies(all.policies, all.measures, all.settings); });
        all.live.on_role_changed([this](account_id const& account) { all.identity.account_changed(account); }
        );
    }

    std::vector<http::route> routes()
    {
        auto made = all_routes(cache, pages);
        made.push_back(metrics_route(counted, all.database, all.live, &listening));
        return made;
    }

    net::handlers handlers()
    {
        net::handlers made;
        made.on_request = [this](std::shared_ptr<net::request> asked) {
            return router.answer(std::move(asked));
        };
        made.on_large_body = [this](std::shared_ptr<net::request> asked) {
            return router.allowance_for_body(std::move(asked));
        };
        made.on_upgrade = [this](std::shared_ptr<net::request> asked) {
            return live.admit(std::move(asked));
        };
        made.on_live = [this](std::shared_ptr<net::request> asked, std::shared_ptr<net::live_socket> socket) {
            return live.serve(std::move(asked), std::move(socket));
        };
        return made;
    }
};

namespace {
task<void> stop_when_idle(asio::io_context& io, net::http_server const& server)
{
    asio::steady_timer pause(io);
    while (server.load().connections > 0) {
        pause.expires_after(std::chrono::milliseconds(10));
        co_await pause.async_wait(asio::use_awaitable);
    }
    io.stop();
}
} // namespace

std::vector<http::route> all_routes(http::rendered_cache& cache, pages::renderer const& pages)
{
    std::string_view openapi;
    for (auto const& [name, content] : embedded::schema()) {
        if (name == "openapi.yaml") openapi = content;
    }
    std::vector<http::route> made;
    api::add_routes(made, cache, openapi);
    pages::add_routes(made, cache, pages);
    return made;
}

// Again after each signal: SIGHUP reads the policy file anew.
void program::watch_policy(asio::signal_set& changed, parts& of)
{
    changed.async_wait([&changed, &of](boost::system::error_code failed, int) {
        if (failed) return;
        asio::co_spawn(
            of.all.io, reload_policy(of.all.policies, of.all.settings, of.counted), asio::detached
        );
        watch_policy(changed, of);
    });
}

program::program(config const& settings) : parts_(std::make_unique<parts>(settings)) {}
program::~program() = default;
app::services const& program::services() const
{
    return parts_->all.services;
}
std::uint16_t program::port() const
{
    return parts_->server.port();
}
void program::run_first(std::function<task<void>()> work)
{
    run_to_end(parts_->all.io, work);
}

void program::serve(std::function<void()> when_ready)
{
    auto& io = parts_->all.io;
    io.restart();
    asio::signal_set stop(io, SIGINT, SIGTERM);
    asio::steady_timer drain(io);
    std::signal(SIGPIPE, SIG_IGN);
    stop.async_wait([&](boost::system::error_code failed, int) {
        if (failed) return;
        log::info("stopping: running requests finish, nothing new is taken");
        parts_->server.stop();
        parts_->control.stop();
        parts_->all.live.stop();
        parts_->all.index.stop();
        parts_->all.jobs.stop();
        drain.expires_after(limits::shutdown_drain_max);
        drain.async_wait([&](boost::system::error_code) { io.stop(); });
        asio::co_spawn(io, stop_when_idle(io, parts_->server), asio::detached);
    });
    asio::signal_set changed(io, SIGHUP);
    watch_policy(changed, *parts_);
    parts_->all.live.start();
    parts_->all.index.start();
    parts_->all.jobs.start();
    parts_->control.start();
    parts_->server.start();
    if (when_ready) when_ready();
    auto const cores = std::max(1U, std::thread::hardware_concurrency());
    auto const threads = parts_->all.settings.io_threads > 0 ? parts_->all.settings.io_threads : cores;
    {
        std::vector<std::jthread> workers;
        for (std::size_t made = 1; made < threads; ++made)
            workers.emplace_back([&io] { io.run(); });
        io.run();
    }
    log::info("stopped");
}

struct shell::parts {
    std::optional<folder_lock> lock;
    core all;
    parts(config const& settings, standing as)
        : lock(
              as == standing::sole_owner ? std::optional<folder_lock>(std::in_place, settings.data)
                                         : std::nullopt
          ),
          all(settings, as)
    {
    }
};

shell::shell(config const& settings, standing as) : parts_(std::make_unique<parts>(settings, as)) {}
shell::~shell() = default;
app::services const& shell::services() const
{
    return parts_->all.services;
}
void shell::run(std::function<task<void>()> work)
{
    run_to_end(parts_->all.io, work);
}

} // namespace holdfast::cli
