// The one timer behind care: sounds alarms that are due, tells outside what waits to be told, and tells
// people of follow-ups. All of it is in rows with times, so after a restart the first look makes good what
// was missed.
#pragma once
#include <boost/asio/io_context.hpp>

#include <memory>

namespace holdfast::app {

class aftercare;
class alarms;

class care_timer {
  public:
    care_timer(
        boost::asio::io_context& io, alarms& ringing, aftercare& after
    ); // both outlive the io_context's run
    ~care_timer();
    care_timer(care_timer const&) = delete;
    care_timer& operator=(care_timer const&) = delete;

    void start();
    void stop();

  private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace holdfast::app
