#include "server/app/care/care_timer.hpp"

#include "server/app/care/aftercare.hpp"
#include "server/app/care/alarms.hpp"
#include "server/base/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>

namespace holdfast::app {

namespace asio = boost::asio;

namespace {
constexpr auto to_tuple = asio::as_tuple(asio::use_awaitable);
constexpr auto look_every = std::chrono::milliseconds(500); // looks at indices; far under the shortest clock
} // namespace

struct care_timer::state {
    asio::strand<asio::io_context::executor_type> strand;
    asio::steady_timer wait;
    asio::steady_timer wait_to_tell;
    alarms& ringing;
    aftercare& after;
    std::atomic<bool> stopping = false;

    state(asio::io_context& io, alarms& ringing_used, aftercare& after_used)
        : strand(asio::make_strand(io)), wait(strand), wait_to_tell(strand), ringing(ringing_used),
          after(after_used)
    {
    }

    static task<void> sound(std::shared_ptr<state> self)
    {
        while (!self->stopping) {
            auto const sounded = co_await self->ringing.sound_due();
            if (!sounded) log::warning("alarms wait: the store is busy");
            auto const told = co_await self->after.tell_due();
            if (!told) log::warning("follow-ups wait: the store is busy");
            if (self->stopping) co_return;
            self->wait.expires_after(look_every);
            co_await self->wait.async_wait(to_tuple);
        }
    }

    // By itself: a service outside that is slow holds up no alarm here.
    static task<void> tell_outside(std::shared_ptr<state> self)
    {
        while (!self->stopping) {
            auto const sent = co_await self->ringing.send_notices();
            if (!sent) log::warning("notices of alarms wait: the store is busy");
            if (self->stopping) co_return;
            self->wait_to_tell.expires_after(look_every);
            co_await self->wait_to_tell.async_wait(to_tuple);
        }
    }
};

care_timer::care_timer(asio::io_context& io, alarms& ringing, aftercare& after)
    : state_(std::make_shared<state>(io, ringing, after))
{
}

care_timer::~care_timer() = default;

void care_timer::start()
{
    asio::co_spawn(state_->strand, state::sound(state_), asio::detached);
    asio::co_spawn(state_->strand, state::tell_outside(state_), asio::detached);
}

void care_timer::stop()
{
    state_->stopping = true;
    asio::post(state_->strand, [self = state_] {
        self->wait.cancel();
        self->wait_to_tell.cancel();
    });
}

} // namespace holdfast::app
