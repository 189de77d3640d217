#include "server/net/http_connection.hpp"

#include "server/base/limits.hpp"
#include "server/base/log.hpp"
#include "server/net/head_validator.hpp"
#include "server/net/websocket_connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <array>
#include <ctime>

namespace holdfast::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {
constexpr auto to_tuple = asio::as_tuple(asio::use_awaitable);
using parser = http::request_parser<http::string_body>;

method method_of(http::verb verb)
{
    switch (verb) {
    case http::verb::get: return method::get;
    case http::verb::head: return method::head;
    case http::verb::post: return method::post;
    case http::verb::put: return method::put;
    case http::verb::patch: return method::patch;
    case http::verb::delete_: return method::del;
    case http::verb::options: return method::options;
    default: return method::other;
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

std::string http_date()
{
    auto const now = std::time(nullptr);
    static thread_local std::time_t made_at = 0;
    static thread_local std::string made;
    if (now != made_at) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        std::array<char, 40> text{};
        made.assign(text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts));
        made_at = now;
    }
    return made;
}

response problem(unsigned status, std::string_view detail)
{
    response made;
    made.status = status;
    made.headers.emplace_back("content-type", "application/problem+json");
    std::string body = "{\"type\":\"/problems/bad-request\",\"title\":\"This request could not be read\",\"status\":" +
                       std::to_string(status) + ",\"detail\":\"";
    body += detail; // fixed words of ours, never the request's
    made.body = std::make_shared<std::string const>(body + "\"}");
    made.close = true;
    return made;
}

class connection {
  public:
    connection(asio::ip::tcp::socket socket, handlers const& serve, connections& all, server_options const& options)
        : stream_(std::move(socket)), serve_(serve), all_(all), options_(options)
    {
        boost::system::error_code failed;
        stream_.socket().set_option(asio::ip::tcp::no_delay(true), failed);
        auto const peer = stream_.socket().remote_endpoint(failed);
        if (!failed) address_ = peer.address().to_string();
    }

    // Serves requests until the peer goes, something is wrong or the server stops; then, perhaps, a WebSocket.
    task<void> run()
    {
        auto open = true;
        while (open && !all_.stopping()) open = co_await serve_one();
        if (upgrade_) {
            co_await run_websocket(std::move(upgrade_), serve_, all_, options_);
            co_return;
        }
        boost::system::error_code ignored;
        stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }

    // From any thread: finish the request that runs, then close; close at once between requests.
    void finish_soon(std::shared_ptr<connection> self)
    {
        asio::post(stream_.get_executor(), [self = std::move(self)] {
            if (self->between_requests_) self->stream_.cancel();
        });
    }

  private:
    task<bool> serve_one()
    {
        auto const refused = co_await read_head();
        if (refused.status == 1) co_return false; // the peer is gone, or nothing came
        if (refused.status != 0) {
            auto answer = problem(refused.status, refused.reason);
            co_await write(std::move(answer), false, 11);
            co_return false;
        }
        auto const body_failed = co_await read_body();
        if (body_failed != 0) {
            auto answer = problem(body_failed, body_failed == 413 ? "The body is too large." : "The body could not be read.");
            co_await write(std::move(answer), false, 11);
            co_return false;
        }
        auto open = co_await answer();
        co_return open;
    }

    // Status 0: a good head lies in the buffer; 1: the connection ended; else what to answer.
    task<head_verdict> read_head()
    {
        between_requests_ = buffer_.size() == 0;
        stream_.expires_after(between_requests_ ? std::chrono::seconds(limits::idle_time_max) : std::chrono::seconds(limits::head_time_max));
        std::size_t seen = 0;
        for (;;) {
            std::string_view const bytes(static_cast<char const*>(buffer_.data().data()), buffer_.size());
            auto const length = head_length(bytes, seen);
            if (length != std::string_view::npos) {
                between_requests_ = false;
                if (length > limits::head_bytes_max) co_return head_verdict{431, "The head is too large."};
                auto const verdict = validate_head(bytes.substr(0, length));
                co_return verdict;
            }
            if (bytes.size() >= limits::head_bytes_max) co_return head_verdict{431, "The head is too large."};
            seen = bytes.size();
            auto const room = buffer_.prepare(4096);
            auto const [failed, size] = co_await stream_.async_read_some(room, to_tuple);
            if (failed == beast::error::timeout && buffer_.size() > 0) co_return head_verdict{408, "The head took too long."};
            if (failed) co_return head_verdict{1, ""};
            if (seen == 0) stream_.expires_after(limits::head_time_max);
            between_requests_ = false;
            buffer_.commit(size);
        }
    }

    // 0, or the status to answer.
    task<unsigned> read_body()
    {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(limits::head_bytes_max));
        parser_->body_limit(limits::body_bytes_max);
        parser_->eager(true);
        beast::error_code failed;
        auto const used = parser_->put(buffer_.cdata(), failed);
        buffer_.consume(used);
        if (failed == http::error::need_more) failed = {};
        if (failed) co_return status_of(failed);
        if (parser_->is_done()) co_return 0;
        stream_.expires_after(limits::body_time_max);
        auto const expects = parser_->get().find(http::field::expect) != parser_->get().end();
        if (expects) {
            static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            auto const bytes = asio::buffer(go_on);
            auto const [write_failed, written] = co_await asio::async_write(stream_, bytes, to_tuple);
            if (write_failed) co_return 400;
        }
        auto const [read_failed, read_size] = co_await http::async_read(stream_, buffer_, *parser_, to_tuple);
        if (read_failed) co_return status_of(read_failed);
        co_return 0;
    }

    static unsigned status_of(beast::error_code const& failed)
    {
        if (failed == http::error::body_limit) return 413;
        if (failed == beast::error::timeout) return 408;
        return 400;
    }

    std::shared_ptr<request> taken_request()
    {
        auto const made = std::make_shared<request>();
        auto& head = parser_->get();
        made->method = method_of(head.method());
        made->target = std::string(head.target());
        for (auto const& field : head) made->headers.emplace_back(lower(std::string_view(field.name_string())), std::string(field.value()));
        made->remote_address = address_;
        if (options_.trusts_proxy) {
            auto const forwarded = made->header("x-forwarded-for");
            auto const last = forwarded.rfind(' ');
            if (!forwarded.empty()) made->remote_address = std::string(last == std::string_view::npos ? forwarded : forwarded.substr(last + 1));
        }
        made->executor = stream_.get_executor();
        return made;
    }

    // False when the connection ends here.
    task<bool> answer()
    {
        auto asked = taken_request();
        auto const version = parser_->get().version();
        auto const keeps = parser_->get().keep_alive();
        if (beast::websocket::is_upgrade(parser_->get())) {
            auto refused = co_await ask_upgrade(asked);
            if (!refused) {
                upgrade_ = std::make_unique<upgrade>(std::move(stream_), parser_->release(), asked);
                co_return false;
            }
            co_await write(std::move(*refused), false, version);
            co_return false;
        }
        asked->body = std::move(parser_->get().body());
        stream_.expires_never(); // while the handler works; its own parts have their own limits
        auto made = co_await ask(asked);
        auto const close = made.close || !keeps || all_.stopping();
        auto const is_head = asked->method == method::head;
        made.close = close;
        auto const written = co_await write(std::move(made), is_head, version);
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
        auto made = problem(500, "Something went wrong on our side.");
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
        std::optional<response> made(problem(500, "Something went wrong on our side."));
        co_return made;
    }

    task<bool> write(response answer, bool is_head, unsigned version)
    {
        static std::string const nothing;
        auto const& body = answer.body ? *answer.body : nothing;
        http::response<http::span_body<char const>> message;
        message.version(version);
        message.result(answer.status);
        message.set(http::field::date, http_date());
        for (auto const& [name, value] : answer.headers) message.insert(name, value);
        auto const has_body = answer.status >= 200 && answer.status != 204 && answer.status != 304;
        if (has_body) message.content_length(body.size());
        message.keep_alive(!answer.close);
        if (has_body && !is_head) message.body() = beast::span<char const>(body.data(), body.size());
        stream_.expires_after(limits::write_time_max);
        http::response_serializer<http::span_body<char const>> serializer(message);
        if (is_head) {
            auto const [failed, size] = co_await http::async_write_header(stream_, serializer, to_tuple);
            co_return !failed;
        }
        auto const [failed, size] = co_await http::async_write(stream_, serializer, to_tuple);
        co_return !failed;
    }

    beast::tcp_stream stream_;
    beast::flat_buffer buffer_{limits::head_bytes_max + limits::body_bytes_max + 8192};
    std::optional<parser> parser_;
    handlers const& serve_;
    connections& all_;
    server_options const& options_;
    std::string address_;
    bool between_requests_ = true;
    std::unique_ptr<upgrade> upgrade_;
};
} // namespace

task<void> run_connection(
    asio::ip::tcp::socket socket, handlers const& serve, connections& all, server_options const& options
)
{
    auto const one = std::make_shared<connection>(std::move(socket), serve, all, options);
    std::weak_ptr<connection> const weak = one;
    connections::stop_one stop = [weak] {
        if (auto open = weak.lock()) {
            auto& target = *open;
            target.finish_soon(std::move(open));
        }
    };
    connections::entry const listed(all, std::move(stop));
    co_await one->run();
}

} // namespace holdfast::net
