#include "server/app/notices/notice_timer.hpp"

#include "server/app/notices/notices.hpp"
#include "server/app/partner/partner_days.hpp"
#include "server/app/posts/posts.hpp"
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
constexpr auto look_every = std::chrono::milliseconds(300);   // a look at an index, and at a row
constexpr auto look_at_times_every = std::chrono::minutes(1); // at days that people chose, and at ends
} // namespace

struct notice_timer::state {
    asio::strand<asio::io_context::executor_type> strand;
    asio::steady_timer wait;
    asio::steady_timer wait_to_send;
    asio::steady_timer wait_for_times;
    notices& made;
    partner_days& days;
    posts& line;
    std::atomic<bool> stopping = false;

    state(asio::io_context& io, notices& made_used, partner_days& days_used, posts& line_used)
        : strand(asio::make_strand(io)), wait(strand), wait_to_send(strand), wait_for_times(strand),
          made(made_used), days(days_used), line(line_used)
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

    static task<void> look_at_times(std::shared_ptr<state> self)
    {
        while (!self->stopping) {
            auto const told = co_await self->days.tell_of_today();
            if (!told) log::warning("news of days wait: the store is busy");
            auto const taken = co_await self->line.take_ended_back();
            if (!taken) log::warning("shares that ended wait: the store is busy");
            if (self->stopping) co_return;
            self->wait_for_times.expires_after(look_at_times_every);
            co_await self->wait_for_times.async_wait(to_tuple);
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

notice_timer::notice_timer(asio::io_context& io, notices& made, partner_days& days, posts& line)
    : state_(std::make_shared<state>(io, made, days, line))
{
}

notice_timer::~notice_timer() = default;

void notice_timer::start()
{
    asio::co_spawn(state_->strand, state::follow(state_), asio::detached);
    asio::co_spawn(state_->strand, state::look_at_times(state_), asio::detached);
    if (state_->made.sends_mail()) asio::co_spawn(state_->strand, state::send(state_), asio::detached);
}

void notice_timer::stop()
{
    state_->stopping = true;
    asio::post(state_->strand, [self = state_] {
        self->wait.cancel();
        self->wait_to_send.cancel();
        self->wait_for_times.cancel();
    });
}

} // namespace holdfast::app
