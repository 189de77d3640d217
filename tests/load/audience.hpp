// Many live subscribers that count the frames they get, on a thread of their own: as cheap as a client can
// be, so that the server is what is measured.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace holdfast::load {

class audience {
  public:
    // Connects by WebSocket and sends `subscribe` (a JSON message) on each connection, if there is one.
    audience(std::uint16_t port, std::size_t count, std::string_view subscribe);
    ~audience();
    audience(audience const&) = delete;
    audience& operator=(audience const&) = delete;

    std::size_t size() const { return listeners_.size(); }
    std::uint64_t frames() const { return frames_; }   // of all subscribers together
    std::uint64_t slowest() const { return slowest_; } // of the one that has the fewest, a moment ago
    std::uint64_t bytes() const { return bytes_; }
    // Throws once a subscriber was dropped: what the server said, as RFC 6455's code, or 0 for nothing.
    void check_all_there() const;

  private:
    // Where one subscriber's stream stands: frames may be cut anywhere between two reads.
    struct listener {
        int file = -1;
        std::string head;        // of a frame, unfinished
        std::uint64_t skip = 0;  // what is still to come of the frame's payload
        bool is_message = false; // not a ping
        std::uint64_t frames = 0;
    };
    void listen();
    static void answer_ping(listener const& one);
    void take(listener& one, std::string_view bytes);

    int poll_;
    std::vector<listener> listeners_; // used by the constructor, then by thread_ alone
    std::atomic<std::uint64_t> frames_ = 0;
    std::atomic<std::uint64_t> slowest_ = 0;
    std::atomic<std::uint64_t> bytes_ = 0;
    std::atomic<bool> lost_ = false;
    std::atomic<unsigned> close_code_ = 0; // of the one that was lost
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

} // namespace holdfast::load
