// Sends HTTP requests over a fixed number of kept connections, each as soon as it has the answer to the one
// before, and takes the time of every answer. One thread and as little work as a client can do: it shares the
// machine with what it measures.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::load {

int connect_to(std::uint16_t port); // 127.0.0.1; throws std::runtime_error

struct answer {
    int status = 0;
    std::string_view body; // valid during the call
};

struct measured {
    double per_second = 0;
    double p50_ms = 0;
    double p99_ms = 0;
    std::size_t answers = 0;
    double cpu_seconds = 0; // of whoever answered, for each; filled in by the caller
};

class load_client {
  public:
    // The next request of connection `who` into `out`; nothing: it pauses for a moment and is asked again.
    using asker = std::function<void(std::size_t who, std::string& out)>;
    // An answer it does not want ends the run with an exception of its own.
    using taker = std::function<void(std::size_t who, answer const& got)>;

    load_client(std::uint16_t port, std::size_t connections);
    ~load_client();
    load_client(load_client const&) = delete;
    load_client& operator=(load_client const&) = delete;

    // For this long, or until no connection has asked for `enough` answers; every answer is waited for.
    measured
    run(std::chrono::milliseconds time, asker const& ask, taker const& take, std::size_t enough = SIZE_MAX);

  private:
    struct connection {
        int file = -1;
        bool waits = false; // for an answer
        std::string out;
        std::string in;
        std::chrono::steady_clock::time_point sent_at;
    };

    bool send_next(std::size_t who, asker const& ask);
    bool receive(std::size_t who, taker const& take); // true: the answer is complete

    int poll_;
    std::vector<connection> connections_;
    std::vector<double> times_ms_;
};

// One request on a connection of its own; the body of the answer. Throws when the status is another.
std::string ask_once(std::uint16_t port, std::string const& request, int wanted_status);

std::string get(std::string_view path, std::string_view token = {});
std::string with_body(
    std::string_view method,
    std::string_view path,
    std::string_view token,
    std::string_view key,
    std::string_view json
);

} // namespace holdfast::load
