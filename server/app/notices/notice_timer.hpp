// The one timer behind notices: makes them from new events and on members' own days, and mails what waits.
// Once a minute it also takes back what was shared until now.
// All of it is in rows, so after a restart the first look makes good what was missed.
#pragma once
#include <boost/asio/io_context.hpp>

#include <memory>

namespace holdfast::app {

class notices;
class partner_days;
class posts;

class notice_timer {
  public:
    notice_timer(
        boost::asio::io_context& io, notices& made, partner_days& days, posts& line
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
