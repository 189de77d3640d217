// The one timer behind notices: makes them from new events and on members' own days, and mails what waits.
// All of it is in rows, so after a restart the first look makes good what was missed.
#pragma once
#include <boost/asio/io_context.hpp>

#include <memory>

namespace holdfast::app {

class notices;
class partner_days;

class notice_timer {
  public:
    notice_timer(
        boost::asio::io_context& io, notices& made, partner_days& days
    ); // outlives the io_context's run
    ~notice_timer();
    notice_timer(notice_timer const&) = delete;
    notice_timer& operator=(notice_timer const&) = delete;

    void start();
    void stop();

  private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace holdfast::app
