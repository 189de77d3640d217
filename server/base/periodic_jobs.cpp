#include "server/base/periodic_jobs.hpp"

#include "server/base/log.hpp"
#include "server/base/to_tuple.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <deque>
#include <utility>

namespace holdfast {

namespace asio = boost::asio;

struct periodic_jobs::state {
    struct one {
        std::string name;
        std::chrono::milliseconds pause;
        job run;
        asio::steady_timer wait;
    };
    asio::strand<asio::io_context::executor_type> strand;
    std::deque<one> all{}; // no job moves when another is added
    bool stopping = false; // touched on the strand alone

    explicit state(asio::io_context& io) : strand(asio::make_strand(io)) {}

    static task<void> repeat(std::shared_ptr<state> self, one& which)
    {
        while (!self->stopping) {
            auto const done = co_await which.run();
            if (!done) log::warning(which.name + " wait: the store is busy");
            if (self->stopping) co_return;
            which.wait.expires_after(which.pause);
            co_await which.wait.async_wait(to_tuple);
        }
    }
};

periodic_jobs::periodic_jobs(asio::io_context& io) : state_(std::make_shared<state>(io)) {}

periodic_jobs::~periodic_jobs() = default;

void periodic_jobs::add(std::string name, std::chrono::milliseconds pause, job run)
{
    state_->all.push_back({std::move(name), pause, std::move(run), asio::steady_timer(state_->strand)});
}

void periodic_jobs::start()
{
    for (auto& one : state_->all)
        asio::co_spawn(state_->strand, state::repeat(state_, one), asio::detached);
}

void periodic_jobs::stop()
{
    asio::post(state_->strand, [self = state_] {
        self->stopping = true;
        for (auto& one : self->all)
            one.wait.cancel();
    });
}

} // namespace holdfast
