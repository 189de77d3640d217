// A real server on a thread of its own, and a client that sends raw bytes over a real loopback socket.
#pragma once
#include "server/net/http_server.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace holdfast::net::test {

// Answers with the request's body; its method, target and address in fields.
task<response> echo(std::shared_ptr<request> asked);
task<std::optional<response>> admit(std::shared_ptr<request> asked);
task<void> echo_live(std::shared_ptr<request> asked, std::shared_ptr<live_socket> socket);
handlers echoes();

server_options on_any_port();

// Runs until it goes out of scope, and then only ends when every connection did: a drain that hangs fails.
class running_server {
  public:
    explicit running_server(
        server_options options = on_any_port(), handlers serve = echoes(), std::size_t threads = 1
    );
    ~running_server();
    running_server(running_server const&) = delete;
    running_server& operator=(running_server const&) = delete;

    http_server& operator*() { return *server_; }
    std::uint16_t port() const { return server_->port(); }
    void stop() { server_->stop(); }
    // Waits for the condition, looked at on the server's thread after whatever it does; false after 10 s.
    bool becomes(std::function<bool(server_load)> const& condition);

  private:
    boost::asio::io_context io_;
    std::unique_ptr<http_server> server_;
    std::vector<std::thread> threads_;
};

struct answer {
    unsigned status = 0; // 0: the peer closed before a whole answer came
    std::string head;
    std::string body;
    bool has(std::string_view line) const { return head.find(line) != std::string::npos; }
};

// Blocking; every read gives up after 10 s.
class raw_client {
  public:
    explicit raw_client(std::uint16_t port);
    explicit raw_client(std::string const& unix_path);
    ~raw_client();
    raw_client(raw_client const&) = delete;
    raw_client& operator=(raw_client const&) = delete;

    bool send(std::string_view bytes); // false when the peer is gone
    void send_byte_by_byte(std::string_view bytes);
    void finish_sending();
    answer read_answer(bool is_head = false);
    std::string read_to_end(); // until the peer closes
    std::string read_exactly(std::size_t bytes);
    bool is_closed() { return read_to_end().empty(); }

  private:
    bool read_some();
    int file_;
    std::string buffer_;
};

std::string get(std::string_view target, std::string_view more_fields = "");

} // namespace holdfast::net::test
