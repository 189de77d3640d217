#include "tests/unit/net/server_under_test.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstring>
#include <stdexcept>

namespace holdfast::net::test {

task<response> echo(std::shared_ptr<request> asked)
{
    response made;
    made.headers.emplace_back("echo-method", name_of(asked->method));
    made.headers.emplace_back("echo-target", asked->target);
    made.headers.emplace_back("echo-address", asked->remote_address);
    made.headers.emplace_back("echo-cookie", asked->header("cookie"));
    made.body = std::make_shared<std::string const>(asked->body);
    co_return made;
}

task<std::optional<response>> admit(std::shared_ptr<request>)
{
    co_return std::nullopt;
}

task<void> echo_live(std::shared_ptr<request>, std::shared_ptr<live_socket> socket)
{
    for (;;) {
        auto message = co_await socket->read();
        if (!message) co_return;
        socket->send(std::make_shared<std::string const>(std::move(*message)));
    }
}

handlers echoes()
{
    return {echo, admit, echo_live};
}

server_options on_any_port()
{
    server_options made;
    made.port = 0;
    return made;
}

running_server::running_server(server_options options, handlers serve, std::size_t threads)
    : server_(std::make_unique<http_server>(io_, std::move(options), std::move(serve)))
{
    server_->start();
    for (std::size_t made = 0; made < threads; ++made)
        threads_.emplace_back([this] { io_.run(); });
}

running_server::~running_server()
{
    server_->stop();
    for (auto& thread : threads_)
        thread.join();
}

bool running_server::becomes(std::function<bool(server_load)> const& condition)
{
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < deadline) {
        if (condition(server_->load())) return true;
        std::this_thread::yield();
    }
    return false;
}

namespace {
int connected(int family, sockaddr const* address, socklen_t size)
{
    auto const file = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval const patience{10, 0};
    ::setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (file < 0 || ::connect(file, address, size) != 0) throw std::runtime_error("can't connect");
    int const on = 1;
    if (family == AF_INET) ::setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return file;
}
} // namespace

raw_client::raw_client(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr any{};
    std::memcpy(&any, &address, sizeof any);
    file_ = connected(AF_INET, &any, sizeof any);
}

raw_client::raw_client(std::string const& unix_path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, unix_path.data(), unix_path.size());
    void const* const any = &address;
    file_ = connected(AF_UNIX, static_cast<sockaddr const*>(any), sizeof address);
}

raw_client::~raw_client()
{
    ::close(file_);
}

bool raw_client::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const size = ::send(file_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

void raw_client::send_byte_by_byte(std::string_view bytes)
{
    for (auto const& one : bytes)
        send({&one, 1});
}

void raw_client::finish_sending()
{
    ::shutdown(file_, SHUT_WR);
}

bool raw_client::read_some()
{
    char bytes[16 * 1024];
    auto const size = ::recv(file_, bytes, sizeof bytes, 0);
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        throw std::runtime_error("nothing came for 10 s");
    if (size > 0) buffer_.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
}

answer raw_client::read_answer(bool is_head)
{
    answer made;
    auto end = buffer_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!read_some()) return made;
        end = buffer_.find("\r\n\r\n");
    }
    made.head = buffer_.substr(0, end + 2);
    buffer_.erase(0, end + 4);
    auto const status = std::string_view(made.head).substr(9, 3);
    unsigned number = 0;
    std::from_chars(status.data(), status.data() + status.size(), number);
    auto const length_at = made.head.find("\r\nContent-Length: ");
    if (length_at != std::string::npos && !is_head) {
        made.body = read_exactly(std::stoul(made.head.substr(length_at + 18)));
    }
    made.status = number;
    return made;
}

std::string raw_client::read_exactly(std::size_t bytes)
{
    while (buffer_.size() < bytes) {
        if (!read_some()) break;
    }
    auto made = buffer_.substr(0, bytes);
    buffer_.erase(0, bytes);
    return made;
}

std::string raw_client::read_to_end()
{
    while (read_some()) {
    }
    return std::exchange(buffer_, {});
}

std::string get(std::string_view target, std::string_view more_fields)
{
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(more_fields) + "\r\n";
}

} // namespace holdfast::net::test
