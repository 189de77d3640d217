#include "server/cli/metrics.hpp"

#include "server/base/log.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <atomic>
#include <mutex>
#include <unordered_map>

namespace holdfast::cli {

namespace {
prometheus::Histogram::BucketBoundaries const latency_s{
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
prometheus::Histogram::BucketBoundaries const screen_s{
    0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.005, 0.02, 0.05};
} // namespace

struct metrics::parts {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& answers = prometheus::BuildCounter()
                                                           .Name("holdfast_http_answers_total")
                                                           .Help("Answers by route and status")
                                                           .Register(registry);
    prometheus::Histogram& latency = prometheus::BuildHistogram()
                                         .Name("holdfast_http_answer_seconds")
                                         .Help("Time from the whole request to the answer")
                                         .Register(registry)
                                         .Add({}, latency_s);
    prometheus::Histogram& screen = prometheus::BuildHistogram()
                                        .Name("holdfast_screen_seconds")
                                        .Help("Time the screen took for one text")
                                        .Register(registry)
                                        .Add({}, screen_s);
    prometheus::Family<prometheus::Counter>& outcomes = prometheus::BuildCounter()
                                                            .Name("holdfast_screen_outcomes_total")
                                                            .Help("Decisions of the screen")
                                                            .Register(registry);
    prometheus::Family<prometheus::Counter>& second =
        prometheus::BuildCounter()
            .Name("holdfast_outside_checks_total")
            .Help("Whether the service outside answered in time")
            .Register(registry);
    prometheus::Family<prometheus::Gauge>& gauges = prometheus::BuildGauge()
                                                        .Name("holdfast_load")
                                                        .Help("What is open or waits right now")
                                                        .Register(registry);

    std::atomic<bool> policy_refused{false};
    std::mutex guard;
    std::unordered_map<std::string, prometheus::Counter*>
        by_route; // guarded by guard: spares the label look-up
};

metrics::metrics() : parts_(std::make_unique<parts>()) {}
metrics::~metrics() = default;

void metrics::answered(std::string const& route, unsigned status, double seconds)
{
    parts_->latency.Observe(seconds);
    auto const code = std::to_string(status);
    auto const name = code + route;
    std::lock_guard const hold(parts_->guard);
    auto& counter = parts_->by_route[name];
    if (counter == nullptr) counter = &parts_->answers.Add({{"route", route}, {"status", code}});
    counter->Increment();
}

void metrics::screened(app::screened const& seen)
{
    parts_->screen.Observe(static_cast<double>(seen.micros) / 1e6);
    parts_->outcomes.Add({{"outcome", std::string(moderation::name_of(seen.decision.outcome))}}).Increment();
    if (seen.second_answered)
        parts_->second.Add({{"answered", *seen.second_answered ? "yes" : "no"}}).Increment();
}

void metrics::policy_refused(bool refused)
{
    parts_->policy_refused = refused;
}

std::string
metrics::text(store::database_load const& store, net::server_load const& net, std::size_t subscriptions)
{
    auto const set = [&](char const* what, double value) { parts_->gauges.Add({{"what", what}}).Set(value); };
    set("connections", static_cast<double>(net.connections));
    set("live_sockets", static_cast<double>(net.live));
    set("subscriptions", static_cast<double>(subscriptions));
    set("writes_waiting", static_cast<double>(store.writes_waiting));
    set("reads_waiting", static_cast<double>(store.reads_waiting));
    set("commits", static_cast<double>(store.commits));
    set("writes", static_cast<double>(store.writes));
    set("log_lines_dropped", static_cast<double>(log::dropped()));
    set("policy_refused", parts_->policy_refused ? 1 : 0);
    set("store_broken", store.broken ? 1 : 0);
    return prometheus::TextSerializer().Serialize(parts_->registry.Collect());
}

} // namespace holdfast::cli
