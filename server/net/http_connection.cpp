#include "server/net/http_connection.hpp"

#include "server/base/limits.hpp"
#include "server/base/log.hpp"
#include "server/base/to_tuple.hpp"
#include "server/net/body_reader.hpp"
#include "server/net/head_validator.hpp"
#include "server/net/response_head.hpp"
#include "server/net/websocket_connection.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <algorithm>
#include <array>

namespace holdfast::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {
constexpr std::size_t read_bytes = 8 * 1024;
constexpr std::size_t body_read_bytes = 64 * 1024;
constexpr std::size_t kept_bytes_max = 64 * 1024;                      // of a buffer, between two requests
constexpr std::size_t linger_bytes_max = 2 * limits::import_bytes_max; // so that who sent too much hears it
constexpr std::size_t empty_lines_max = 2; // some programs send one after a body (RFC 9112, 2.2)

constexpr auto never = std::chrono::steady_clock::time_point::max();
constexpr auto cancel_again = std::chrono::milliseconds(500);

using head_parser = http::request_parser<http::empty_body>;

method method_of(http::verb verb)
{
    switch (verb) {
    case http::verb::get:
        return method::get;
    case http::verb::head:
        return method::head;
    case http::verb::post:
        return method::post;
    case http::verb::put:
        return method::put;
    case http::verb::patch:
        return method::patch;
    case http::verb::delete_:
        return method::del;
    case http::verb::options:
        return method::options;
    default:
        return method::other;
    }
}

std::string lower(std::string_view name)
{
    std::string made(name);
    for (auto& one : made) {
        if (one >= 'A' && one <= 'Z') one = static_cast<char>(one + 32);
    }
    return made;
}

// Who the nearest proxy says it speaks for: the last name of the last field, if that is an address.
std::string forwarded_address(request const& asked)
{
    std::string_view last;
    for (auto const& [name, value] : asked.headers) {
        if (name == "x-forwarded-for") last = value;
    }
    last = last.substr(last.rfind(',') + 1);
    last = last.substr(std::min(last.find_first_not_of(" \t"), last.size()));
    last = last.substr(0, last.find_last_not_of(" \t") + 1);
    boost::system::error_code failed;
    auto const address = asio::ip::make_address(std::string(last), failed);
    return failed ? std::string() : address.to_string();
}

class connection : public std::enable_shared_from_this<connection> {
  public:
    connection(
        asio::generic::stream_protocol::socket socket,
        std::string address,
        handlers const& serve,
        connections& all,
        server_options const& options
    )
        : executor_(socket.get_executor()), stream_(std::move(socket)), watch_(executor_), serve_(serve),
          all_(all), options_(options), address_(std::move(address))
    {
    }

    // Serves requests until the peer goes, something is wrong or the server stops; then, perhaps, a
    // WebSocket.
    task<void> run(connections::entry& listed)
    {
        auto open = true;
        while (open && !all_.stopping())
            open = co_await serve_one();
        if (!upgrade_) {
            co_await close_gently();
            co_return;
        }
        auto from = std::move(upgrade_);
        co_await run_websocket(std::move(from), serve_, all_, listed, options_);
    }

    // From any thread: finish the request that runs, then close; close at once between requests.
    static void finish_soon(std::shared_ptr<connection> self)
    {
        auto const executor = self->executor_;
        auto cancel = [self = std::move(self)] {
            boost::system::error_code ignored;
            if (self->between_requests_) self->stream_.cancel(ignored);
        };
        asio::post(executor, std::move(cancel));
    }

  private:
    // False when no other request follows on this connection.
    task<bool> serve_one()
    {
        auto refused = co_await read_head();
        if (peer_gone_) co_return false;
        if (refused.status == 0) refused = parse_head();
        if (refused.status == 0) {
            asked_ = taken_request();
            if (beast::websocket::is_upgrade(parser_->get())) {
                auto const open = co_await upgrade_or_refuse();
                co_return open;
            }
            refused = co_await read_body();
            if (peer_gone_) co_return false;
        }
        if (refused.status != 0) {
            auto told = problem(refused.status, refused.reason);
            co_await write(std::move(told));
            co_return false;
        }
        auto const open = co_await answer();
        co_return open;
    }

    // What begins now may take this long; then it is cancelled and timed_out_ says so. The timer is set anew
    // only when it would ring too late, which between the requests of one connection is next to never.
    void expires_after(server_times::span time)
    {
        timed_out_ = false;
        deadline_ = std::chrono::steady_clock::now() + time;
        if (deadline_ < watch_rings_) watch_until(deadline_);
    }
    void expires_never() { deadline_ = never; }

    void watch_until(std::chrono::steady_clock::time_point time)
    {
        watch_rings_ = time;
        watch_.expires_at(time);
        watch_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
            auto const self = weak.lock();
            if (!cancelled && self) self->look_at_the_time();
        });
    }

    void look_at_the_time()
    {
        watch_rings_ = never;
        auto const now = std::chrono::steady_clock::now();
        if (now >= deadline_) {
            timed_out_ = true;
            boost::system::error_code ignored;
            stream_.cancel(ignored);
            deadline_ = now + cancel_again; // a write in several parts may just have been between two of them
        }
        if (deadline_ != never) watch_until(deadline_);
    }

    std::string_view buffered() const
    {
        return {static_cast<char const*>(buffer_.data().data()), buffer_.size()};
    }

    // More bytes into the buffer; false when none will come. timed_out_ says why.
    task<bool> read_more(std::size_t bytes)
    {
        auto const room = buffer_.prepare(bytes);
        auto const [failed, size] = co_await stream_.async_read_some(room, to_tuple);
        peer_gone_ = failed && !timed_out_;
        if (failed || timed_out_) co_return false;
        buffer_.commit(size);
        co_return true;
    }

    // A good head lies at the front of the buffer, head_bytes_ long; else what to answer; or the peer is
    // gone.
    task<head_verdict> read_head()
    {
        if (buffer_.size() == 0 && buffer_.capacity() > kept_bytes_max) buffer_.shrink_to_fit();
        is_head_ = false;
        is_http_10_ = false;
        between_requests_ = buffer_.size() == 0;
        auto idle = between_requests_;
        if (idle) {
            expires_after(options_.times.idle);
        } else {
            expires_after(options_.times.head);
        }
        std::size_t seen = 0;
        std::size_t empty_lines = 0;
        for (;;) {
            while (empty_lines < empty_lines_max && buffered().starts_with("\r\n")) {
                buffer_.consume(2);
                seen = 0;
                ++empty_lines;
            }
            auto const bytes = buffered();
            auto const end = find_head_end(bytes, seen);
            if (end.is_broken) co_return head_verdict{400, "A line ends without a carriage return."};
            if (end.length > limits::head_bytes_max ||
                (end.length == 0 && bytes.size() >= limits::head_bytes_max)) {
                auto const in_first_line = bytes.find('\n') >= limits::head_bytes_max;
                co_return in_first_line ? head_verdict{414, "The target is too long."}
                                        : head_verdict{431, "The head is too large."};
            }
            if (end.length > 0) {
                head_bytes_ = end.length;
                auto const verdict = validate_head(bytes.substr(0, end.length));
                co_return verdict;
            }
            seen = bytes.size();
            auto const more = co_await read_more(read_bytes);
            if (!more) {
                peer_gone_ = peer_gone_ || idle; // nobody waits for an answer
                co_return head_verdict{408, "The head took too long."};
            }
            between_requests_ = false;
            if (idle) expires_after(options_.times.head);
            idle = false;
        }
    }

    head_verdict parse_head()
    {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(limits::head_bytes_max) + 1);
        parser_->body_limit(boost::none); // the body has its own reader
        beast::error_code failed;
        parser_->put(asio::buffer(buffered().substr(0, head_bytes_)), failed);
        buffer_.consume(head_bytes_);
        if (failed || !parser_->is_header_done()) return {400, "The head could not be read."};
        is_head_ = parser_->get().method() == http::verb::head;
        is_http_10_ = parser_->get().version() == 10;
        return {};
    }

    std::shared_ptr<request> taken_request()
    {
        auto const made = std::make_shared<request>();
        auto const& head = parser_->get();
        made->method = method_of(head.method());
        made->target = std::string(origin_form(head.target()));
        for (auto const& field : head) {
            made->headers.emplace_back(lower(field.name_string()), std::string(field.value()));
        }
        if (options_.trusts_proxy) made->remote_address = forwarded_address(*made);
        if (made->remote_address.empty()) made->remote_address = address_;
        made->executor = executor_;
        return made;
    }

    task<body_allowance> allowance_for_body()
    {
        body_allowance made{limits::body_bytes_max, false};
        auto const is_large =
            parser_->chunked() || parser_->content_length().value_or(0) > limits::small_body_bytes_max;
        if (!is_large || !serve_.on_large_body) co_return made;
        try {
            made = co_await serve_.on_large_body(asked_);
        } catch (std::exception const& failed) {
            log::error(std::string("a body's sender could not be looked up: ") + failed.what());
        }
        co_return made;
    }

    // Status 0: the body is in asked_.
    task<head_verdict> read_body()
    {
        auto const length = parser_->content_length();
        auto const allowed = co_await allowance_for_body();
        auto const bytes_max = allowed.bytes_max;
        body_share_.emplace(allowed.is_known ? all_.known_bodies : all_.strangers_bodies);
        auto reader = parser_->chunked()
                          ? body_reader::chunked(bytes_max)
                          : body_reader::of_length(length ? static_cast<std::size_t>(*length) : 0, bytes_max);
        auto waits = !is_http_10_ && parser_->get().find(http::field::expect) != parser_->get().end();
        auto const usual_sizes = static_cast<int>(bytes_max / limits::body_bytes_max);
        if (!reader.is_done()) expires_after(options_.times.body * usual_sizes);
        for (;;) {
            auto const taken = reader.take(buffered());
            buffer_.consume(taken);
            if (reader.status() == 413) co_return head_verdict{413, "The body is too large."};
            if (reader.status() != 0)
                co_return head_verdict{reader.status(), "The body's chunks are not valid."};
            auto const size = reader.body.size();
            if (size > limits::small_body_bytes_max && !body_share_->grow_to(size))
                co_return head_verdict{503, "Many things came at once. Please try again in a moment."};
            if (reader.is_done()) break;
            if (waits && taken == 0) {
                waits = co_await say_go_on();
                if (!waits) co_return head_verdict{408, "The body took too long."};
            }
            waits = false;
            auto const more = co_await read_more(body_read_bytes);
            if (!more) co_return head_verdict{408, "The body took too long."};
        }
        asked_->body = std::move(reader.body);
        co_return head_verdict{};
    }

    task<bool> say_go_on()
    {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        auto const bytes = asio::buffer(go_on);
        auto const [failed, size] = co_await asio::async_write(stream_, bytes, to_tuple);
        peer_gone_ = static_cast<bool>(failed);
        co_return !failed;
    }

    task<bool> upgrade_or_refuse()
    {
        // A body, or bytes sent before the answer, would be read as requests by one side and frames by the
        // other.
        if (parser_->chunked() || parser_->content_length().value_or(0) > 0 || buffer_.size() > 0) {
            auto told = problem(400, "Nothing may follow an upgrade before its answer.");
            co_await write(std::move(told));
            co_return false;
        }
        if (auto unfit = not_a_websocket()) {
            unfit->close = true;
            co_await write(std::move(*unfit));
            co_return false;
        }
        auto refused = co_await ask_upgrade(asked_);
        if (refused) {
            refused->close = true;
            co_await write(std::move(*refused));
            co_return false;
        }
        upgrade_ = std::make_unique<upgrade>(std::move(stream_), parser_->release(), std::move(asked_));
        expires_never();
        watch_.cancel();
        parser_.reset(); // the WebSocket may live for hours and needs none of this
        buffer_.shrink_to_fit();
        co_return false;
    }

    // What Beast would refuse in a shape of its own.
    std::optional<response> not_a_websocket() const
    {
        auto const& head = parser_->get();
        if (head[http::field::sec_websocket_version] != "13") {
            auto made = problem(426, "Live updates speak version 13 of the WebSocket protocol.");
            made.headers.emplace_back("sec-websocket-version", "13");
            made.headers.emplace_back("upgrade", "websocket");
            return made;
        }
        constexpr std::size_t key_letters = 24; // 16 bytes in base64
        if (head[http::field::sec_websocket_key].size() != key_letters)
            return problem(400, "A WebSocket begins with a key of 16 bytes.");
        return std::nullopt;
    }

    // False when the connection ends here.
    task<bool> answer()
    {
        auto const keeps = parser_->get().keep_alive();
        expires_never(); // while the handler works; its own parts have their own limits
        auto made = co_await ask(asked_);
        asked_.reset();
        body_share_.reset();
        made.close = made.close || !keeps || all_.stopping();
        auto const close = made.close;
        auto const written = co_await write(std::move(made));
        co_return written && !close;
    }

    task<response> ask(std::shared_ptr<request> asked)
    {
        try {
            auto made = co_await serve_.on_request(asked);
            co_return made;
        } catch (std::exception const& failed) {
            log::error(std::string("a handler failed: ") + failed.what());
        }
        auto made = problem(500, "Please try again in a moment.");
        co_return made;
    }

    task<std::optional<response>> ask_upgrade(std::shared_ptr<request> asked)
    {
        try {
            auto made = co_await serve_.on_upgrade(asked);
            co_return made;
        } catch (std::exception const& failed) {
            log::error(std::string("an upgrade failed: ") + failed.what());
        }
        std::optional<response> made(problem(500, "Please try again in a moment."));
        co_return made;
    }

    // Head and body in one write; the body is never copied.
    task<bool> write(response answer)
    {
        head_.clear();
        head_form form;
        form.is_http_10 = is_http_10_;
        form.closes = answer.close;
        if (!write_head(head_, answer, form)) {
            log::error("an answer's header field holds a line end and was not sent");
            answer = problem(500, "Please try again in a moment.");
            form.closes = true;
            write_head(head_, answer, form);
        }
        auto const sends_body = answer.body && !is_head_ && has_body(answer.status);
        std::array<asio::const_buffer, 4> bytes{asio::buffer(head_)};
        if (sends_body)
            bytes = {
                bytes[0], asio::buffer(answer.lead), asio::buffer(*answer.body), asio::buffer(answer.tail)};
        expires_after(options_.times.write);
        auto const [failed, size] = co_await asio::async_write(stream_, bytes, to_tuple);
        peer_gone_ = static_cast<bool>(failed);
        co_return !failed && !form.closes;
    }

    // Says that nothing more comes, then reads on for a moment: a peer that is still sending would otherwise
    // lose the answer to a reset.
    task<void> close_gently()
    {
        boost::system::error_code failed;
        stream_.shutdown(asio::socket_base::shutdown_send, failed);
        if (peer_gone_ || failed) co_return;
        expires_after(options_.times.linger);
        for (std::size_t thrown_away = 0; thrown_away < linger_bytes_max;) {
            buffer_.clear();
            auto const more = co_await read_more(read_bytes);
            if (!more) co_return;
            thrown_away += buffer_.size();
        }
    }

    asio::any_io_executor const executor_;
    live_stream stream_;
    asio::steady_timer watch_;
    std::chrono::steady_clock::time_point deadline_ = never;
    std::chrono::steady_clock::time_point watch_rings_ = never;
    beast::flat_buffer buffer_;
    std::optional<head_parser> parser_;
    std::optional<body_share> body_share_; // while its body is read and answered
    std::shared_ptr<request> asked_;
    std::string head_; // of the answer; kept for its memory
    std::size_t head_bytes_ = 0;
    handlers const& serve_;
    connections& all_;
    server_options const& options_;
    std::string address_;
    bool between_requests_ = true;
    bool peer_gone_ = false;
    bool timed_out_ = false;
    bool is_head_ = false;
    bool is_http_10_ = false;
    std::unique_ptr<upgrade> upgrade_;
};
} // namespace

task<void> run_connection(
    asio::generic::stream_protocol::socket socket,
    std::string peer_address,
    handlers const& serve,
    connections& all,
    server_options const& options
)
{
    auto const one =
        std::make_shared<connection>(std::move(socket), std::move(peer_address), serve, all, options);
    std::weak_ptr<connection> const weak = one;
    connections::stop_one stop = [weak] {
        if (auto open = weak.lock()) connection::finish_soon(std::move(open));
    };
    connections::entry listed(all, std::move(stop));
    co_await one->run(listed);
}

} // namespace holdfast::net
