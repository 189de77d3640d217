// Requests, responses and live sockets as the rest of the server sees them. No Beast in here: only
// server/net knows which library speaks HTTP.
#pragma once
#include "server/base/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::net {

enum class method : std::uint8_t { get, head, post, put, patch, del, options, other };

std::string_view name_of(method value); // "GET" …

struct request {
    net::method method = method::other;
    std::string target; // as sent, origin-form, validated: "/path?query"
    std::vector<std::pair<std::string, std::string>> headers; // names in lower case, in order
    std::string body;
    // Of the peer, or the trusted proxy's word; never stored, see server/http/rate_limits.hpp.
    std::string remote_address;
    boost::asio::any_io_executor executor; // the connection's strand

    std::string_view path() const;                                   // up to '?', still percent-encoded
    std::string_view query() const;                                  // after '?', may be empty
    std::string_view header(std::string_view lower_case_name) const; // first value or ""
};

struct response {
    unsigned status = 200;
    std::vector<std::pair<std::string, std::string>> headers; // without content-length, date, connection
    std::shared_ptr<std::string const> body;                  // may be shared by many responses
    std::string lead;   // stands before the body, and `tail` after it: what this response has of its own is
    std::string tail;   // sent beside what it shares, and the shared part is never copied
    bool close = false; // close the connection after this one

    std::size_t body_size() const { return body ? lead.size() + body->size() + tail.size() : 0; }
};

// Both directions of one WebSocket. All calls on the connection's strand.
class live_socket {
  public:
    virtual ~live_socket() = default;
    // The next text message; none when the peer is gone or close() was called.
    virtual task<std::optional<std::string>> read() = 0;
    // Queues a frame and returns at once, from any thread. A queue past its limit closes the socket with
    // 1013: a slow reader is dropped, never waited for; it comes back and resumes.
    virtual void send(std::shared_ptr<std::string const> text) = 0;
    // From any thread. Frames already queued are written first where the peer still reads.
    virtual void close(std::uint16_t code, std::string reason) = 0;
};

// What a body that is still to come may take.
struct body_allowance {
    std::size_t bytes_max = 0;
    bool is_known = false; // its sender is signed in; strangers share a small part of the memory
};

// What the program does with requests. Called on the connection's strand; may not block.
struct handlers {
    std::function<task<response>(std::shared_ptr<request>)> on_request;
    // Asked before a WebSocket upgrade is answered: none accepts it, a response refuses.
    std::function<task<std::optional<response>>(std::shared_ptr<request>)> on_upgrade;
    // Runs one accepted WebSocket to its end.
    std::function<task<void>(std::shared_ptr<request>, std::shared_ptr<live_socket>)> on_live;
    // Asked before a body is read that isn't small. None: as large as usual, and a stranger's.
    std::function<task<body_allowance>(std::shared_ptr<request>)> on_large_body{};
};

} // namespace holdfast::net
