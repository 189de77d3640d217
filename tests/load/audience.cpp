#include "tests/load/audience.hpp"

#include "tests/load/load_client.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace holdfast::load {

namespace {
int upgraded(std::uint16_t port)
{
    auto const file = connect_to(port);
    constexpr std::string_view ask =
        "GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    if (::send(file, ask.data(), ask.size(), MSG_NOSIGNAL) < 0) throw std::runtime_error("can't ask");
    std::string answer;
    while (!answer.ends_with("\r\n\r\n")) {
        char one = 0;
        if (::recv(file, &one, 1, 0) <= 0) throw std::runtime_error("no answer to the upgrade");
        answer += one;
    }
    if (!answer.starts_with("HTTP/1.1 101")) throw std::runtime_error("the upgrade was refused");
    return file;
}

// A short text frame, masked with zeros as a client's must be.
std::string frame_of(std::string_view text)
{
    if (text.size() > 125) throw std::runtime_error("too long for one short frame");
    std::string made{static_cast<char>(0x81), static_cast<char>(0x80 | text.size()), 0, 0, 0, 0};
    made += text;
    return made;
}
} // namespace

audience::audience(std::uint16_t port, std::size_t count, std::string_view subscribe)
    : poll_(::epoll_create1(EPOLL_CLOEXEC)), listeners_(count)
{
    for (std::size_t who = 0; who < count; ++who) {
        auto& one = listeners_[who];
        one.file = upgraded(port);
        if (!subscribe.empty()) {
            auto const frame = frame_of(subscribe);
            if (::send(one.file, frame.data(), frame.size(), MSG_NOSIGNAL) < 0)
                throw std::runtime_error("can't ask");
        }
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = who;
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, one.file, &event);
    }
    thread_ = std::thread([this] { listen(); });
}

audience::~audience()
{
    stopping_ = true;
    thread_.join();
    for (auto const& one : listeners_)
        ::close(one.file);
    ::close(poll_);
}

void audience::listen()
{
    std::vector<char> buffer(256 * 1024);
    std::array<epoll_event, 256> events{};
    constexpr auto look_again = std::chrono::milliseconds(5);
    auto looked_at = std::chrono::steady_clock::now();
    while (!stopping_ && !lost_) {
        auto const ready = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 20);
        for (int at = 0; at < ready; ++at) {
            auto& one = listeners_[events.at(static_cast<std::size_t>(at)).data.u64];
            auto const size = ::recv(one.file, buffer.data(), buffer.size(), 0);
            if (size <= 0) {
                lost_ = true;
                break;
            }
            take(one, {buffer.data(), static_cast<std::size_t>(size)});
        }
        auto const now = std::chrono::steady_clock::now();
        if (now - looked_at < look_again) continue;
        looked_at = now;
        auto const last =
            std::min_element(listeners_.begin(), listeners_.end(), [](auto const& a, auto const& b) {
                return a.frames < b.frames;
            });
        slowest_ = last->frames;
    }
}

// Who does not answer is taken for gone: a server that asks wants to hear of everybody within a minute.
void audience::answer_ping(listener const& one)
{
    constexpr std::string_view pong{"\x8A\x80\0\0\0\0", 6};   // masked with zeros, of nothing
    ::send(one.file, pong.data(), pong.size(), MSG_NOSIGNAL); // when it is closed, the next read says so
}

void audience::check_all_there() const
{
    if (!lost_) return;
    auto const code = close_code_.load();
    throw std::runtime_error(
        "a subscriber was dropped, " + (code == 0 ? "without a word" : "with code " + std::to_string(code))
    );
}

// RFC 6455, 5.2, as a server sends: no mask.
void audience::take(listener& one, std::string_view bytes)
{
    bytes_.fetch_add(bytes.size(), std::memory_order_relaxed);
    std::uint64_t finished = 0;
    while (!bytes.empty()) {
        if (one.skip > 0) {
            auto const here = std::min<std::uint64_t>(one.skip, bytes.size());
            one.skip -= here;
            bytes.remove_prefix(here);
            if (one.skip == 0 && one.is_message) {
                ++finished;
                ++one.frames;
            }
            continue;
        }
        one.head += bytes.front();
        bytes.remove_prefix(1);
        if (one.head.size() < 2) continue;
        auto const short_size = static_cast<unsigned char>(one.head[1]) & 0x7FU;
        auto const needed = short_size < 126 ? 2U : short_size == 126 ? 4U : 10U;
        if (one.head.size() < needed) continue;
        std::uint64_t size = needed == 2 ? short_size : 0;
        for (std::size_t at = 2; at < needed; ++at)
            size = size << 8 | static_cast<unsigned char>(one.head[at]);
        auto const kind = static_cast<unsigned char>(one.head[0]) & 0x0FU;
        if (kind == 8) { // the server closes
            if (bytes.size() >= 2)
                close_code_ =
                    static_cast<unsigned char>(bytes[0]) * 256U + static_cast<unsigned char>(bytes[1]);
            lost_ = true;
        }
        if (kind == 9 && size == 0) answer_ping(one);
        one.is_message = kind < 8;
        one.skip = size;
        one.head.clear();
    }
    frames_.fetch_add(finished, std::memory_order_relaxed);
}

} // namespace holdfast::load
