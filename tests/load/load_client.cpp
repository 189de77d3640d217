#include "tests/load/load_client.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstring>
#include <netinet/tcp.h>
#include <optional>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace holdfast::load {

using steady = std::chrono::steady_clock;

int connect_to(std::uint16_t port)
{
    auto const file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr any{};
    std::memcpy(&any, &address, sizeof any);
    if (file < 0 || ::connect(file, &any, sizeof any) != 0) throw std::runtime_error("can't connect");
    int const on = 1;
    ::setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return file;
}

namespace {
// The whole answer at the front of `bytes`, if it is there: its head's size and its body's.
struct frame {
    std::size_t head = 0;
    std::size_t body = 0;
    int status = 0;
};

std::optional<frame> whole_answer(std::string_view bytes)
{
    auto const end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    auto const head = bytes.substr(0, end + 2);
    frame made;
    made.head = end + 4;
    std::from_chars(head.data() + 9, head.data() + 12, made.status);
    for (auto const name : {"\r\nContent-Length: ", "\r\ncontent-length: "}) {
        auto const at = head.find(name);
        if (at == std::string_view::npos) continue;
        auto const* const digits = head.data() + at + std::strlen(name);
        std::from_chars(digits, head.data() + head.size(), made.body);
    }
    if (bytes.size() < made.head + made.body) return std::nullopt;
    return made;
}

double quantile(std::vector<double>& of, double which)
{
    if (of.empty()) return 0;
    auto const at = of.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(of.size() - 1) * which);
    std::nth_element(of.begin(), at, of.end());
    return *at;
}
} // namespace

load_client::load_client(std::uint16_t port, std::size_t connections)
    : poll_(::epoll_create1(EPOLL_CLOEXEC)), connections_(connections)
{
    for (std::size_t who = 0; who < connections; ++who) {
        connections_[who].file = connect_to(port);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = who;
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, connections_[who].file, &event);
    }
}

load_client::~load_client()
{
    for (auto const& one : connections_)
        ::close(one.file);
    ::close(poll_);
}

bool load_client::send_next(std::size_t who, asker const& ask)
{
    auto& one = connections_[who];
    one.out.clear();
    ask(who, one.out);
    if (one.out.empty()) return false;
    one.waits = true;
    one.sent_at = steady::now();
    std::string_view rest = one.out;
    while (!rest.empty()) {
        auto const sent = ::send(one.file, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent <= 0) throw std::runtime_error("a connection was closed");
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool load_client::receive(std::size_t who, taker const& take)
{
    static thread_local std::array<char, 256 * 1024> buffer;
    auto& one = connections_[who];
    auto const size = ::recv(one.file, buffer.data(), buffer.size(), 0);
    if (size <= 0) throw std::runtime_error("a connection was closed");
    std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
    if (!one.in.empty()) {
        one.in.append(bytes);
        bytes = one.in;
    }
    auto const whole = whole_answer(bytes);
    if (!whole) {
        if (one.in.empty()) one.in = bytes;
        return false;
    }
    times_ms_.push_back(std::chrono::duration<double, std::milli>(steady::now() - one.sent_at).count());
    take(who, {whole->status, bytes.substr(whole->head, whole->body)});
    one.in.clear();
    one.waits = false;
    return true;
}

measured
load_client::run(std::chrono::milliseconds time, asker const& ask, taker const& take, std::size_t enough)
{
    times_ms_.clear();
    auto const start = steady::now();
    std::size_t waiting = 0;
    std::size_t asked = 0;
    auto const open = [&] { return asked < enough && steady::now() - start < time; };
    auto const next = [&](std::size_t who) {
        if (open() && send_next(who, ask)) {
            ++waiting;
            ++asked;
        }
    };
    for (std::size_t who = 0; who < connections_.size(); ++who)
        next(who);
    std::array<epoll_event, 64> events{};
    std::size_t in_time = 0;
    while (waiting > 0 || open()) {
        auto const all_wait = waiting == connections_.size();
        auto const ready =
            ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), all_wait ? 10'000 : 1);
        if (ready == 0 && all_wait) throw std::runtime_error("no answer came for ten seconds");
        for (int at = 0; at < ready; ++at) {
            auto const who = events.at(static_cast<std::size_t>(at)).data.u64;
            if (!receive(who, take)) continue;
            --waiting;
            next(who);
        }
        if (steady::now() - start < time) in_time = times_ms_.size();
        if (all_wait && ready > 0) continue;
        for (std::size_t who = 0; who < connections_.size(); ++who) {
            if (!connections_[who].waits) next(who);
        }
    }
    if (enough != SIZE_MAX) in_time = times_ms_.size();
    auto const passed = std::chrono::duration<double>(steady::now() - start).count();
    auto const seconds = enough != SIZE_MAX ? passed : std::chrono::duration<double>(time).count();
    measured made;
    made.answers = times_ms_.size();
    made.per_second = static_cast<double>(in_time) / seconds;
    made.p50_ms = quantile(times_ms_, 0.5);
    made.p99_ms = quantile(times_ms_, 0.99);
    return made;
}

std::string ask_once(std::uint16_t port, std::string const& request, int wanted_status)
{
    std::string body;
    load_client client(port, 1);
    auto const ask = [&](std::size_t, std::string& out) { out = request; };
    auto const take = [&](std::size_t, answer const& got) {
        body = got.body;
        if (got.status != wanted_status)
            throw std::runtime_error("an answer was " + std::to_string(got.status) + ": " + body);
    };
    client.run(std::chrono::seconds(30), ask, take, 1);
    return body;
}

namespace {
std::string head_of(std::string_view method, std::string_view path, std::string_view token)
{
    std::string made(method);
    made += ' ';
    made += path;
    made += " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    if (!token.empty()) {
        made += "Authorization: Bearer ";
        made += token;
        made += "\r\n";
    }
    return made;
}
} // namespace

std::string get(std::string_view path, std::string_view token)
{
    return head_of("GET", path, token) + "\r\n";
}

std::string with_body(
    std::string_view method,
    std::string_view path,
    std::string_view token,
    std::string_view key,
    std::string_view json
)
{
    auto made = head_of(method, path, token);
    if (!key.empty()) {
        made += "Idempotency-Key: ";
        made += key;
        made += "\r\n";
    }
    made += "Content-Type: application/json\r\nContent-Length: " + std::to_string(json.size()) + "\r\n\r\n";
    made += json;
    return made;
}

} // namespace holdfast::load
