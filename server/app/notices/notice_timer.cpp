#include "server/app/notices/notice_timer.hpp"

#include "server/app/notices/notices.hpp"
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
constexpr auto look_every = std::chrono::milliseconds(300); // a look at an index, and at a row
} // namespace

struct notice_timer::state {
    asio::strand<asio::io_context::executor_type> strand;
    asio::steady_timer wait;
    asio::steady_timer wait_to_send;
    notices& made;
    std::atomic<bool> stopping = false;

    state(asio::io_context& io, notices& made_used)
        : strand(asio::make_strand(io)), wait(strand), wait_to_send(strand), made(made_used)
    {
    }

    static task<void> follow(std::shared_ptr<state> self)
    {
        while (!self->stopping) {
            auto const done = co_await self->made.catch_up();
            if (!done) log::warning("notices wait: the store is busy");
            if (self->stopping) co_return;
            self->wait.expires_after(look_every);
            co_await self->wait.async_wait(to_tuple);
        }
    }

    // By itself: a mail server that is slow holds up no notice here.
    static task<void> send(std::shared_ptr<state> self)
    {
        while (!self->stopping) {
            auto const sent = co_await self->made.send_letters();
            if (!sent) log::warning("letters wait: the store is busy");
            if (self->stopping) co_return;
            self->wait_to_send.expires_after(look_every);
            co_await self->wait_to_send.async_wait(to_tuple);
        }
    }
};

notice_timer::notice_timer(asio::io_context& io, notices& made) : state_(std::make_shared<state>(io, made)) {}

notice_timer::~notice_timer() = default;

void notice_timer::start()
{
    asio::co_spawn(state_->strand, state::follow(state_), asio::detached);
    if (state_->made.sends_mail()) asio::co_spawn(state_->strand, state::send(state_), asio::detached);
}

void notice_timer::stop()
{
    state_->stopping = true;
    asio::post(state_->strand, [self = state_] {
        self->wait.cancel();
        self->wait_to_send.cancel();
    });
}

} // namespace holdfast::app
