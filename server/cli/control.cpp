#include "server/cli/control.hpp"

#include "server/app/circles/circles.hpp"
#include "server/app/circles/members.hpp"
#include "server/app/people/identity.hpp"
#include "server/base/limits.hpp"
#include "server/base/log.hpp"
#include "server/base/to_tuple.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>
#include <sys/un.h>

namespace holdfast::cli {

namespace asio = boost::asio;
namespace json = boost::json;
using local = asio::local::stream_protocol;

namespace {

std::filesystem::path socket_in(std::filesystem::path const& folder)
{
    auto made = std::filesystem::absolute(folder) / "control";
    if (made.string().size() >= sizeof(sockaddr_un::sun_path)) {
        throw std::runtime_error(
            "The data folder's path is too long for a socket in it: " + folder.string() + "."
        );
    }
    return made;
}

std::string line_of(role_change const& wanted)
{
    json::object const made{{"nickname", wanted.nickname}, {"role", wanted.role}, {"circle", wanted.circle}};
    return json::serialize(made) + "\n";
}

std::optional<role_change> change_in(std::string const& line)
{
    boost::system::error_code failed;
    auto const value = json::parse(line, failed);
    if (failed || !value.is_object()) return std::nullopt;
    auto const text = [&](char const* name) {
        auto const* const member = value.get_object().if_contains(name);
        return member != nullptr && member->is_string() ? std::string(member->get_string()) : std::string();
    };
    return role_change{text("nickname"), text("role"), text("circle")};
}

// One question, one answer. The peer is the host's own shell, so a wrong line is a mistake, not an attack.
task<void> answer(local::socket peer, app::services const& services)
{
    std::string line;
    auto buffer = asio::dynamic_buffer(line, limits::note_letters_max);
    auto const [unread, size] = co_await asio::async_read_until(peer, buffer, '\n', to_tuple);
    if (unread) co_return;
    line.resize(size);
    std::string said = "This was not understood.";
    auto wanted = change_in(line);
    if (wanted) said = co_await change_role(services, *wanted);
    said += '\n';
    auto const bytes = asio::buffer(said);
    co_await asio::async_write(peer, bytes, to_tuple);
}
} // namespace

task<std::string> change_role(app::services const& services, role_change wanted)
{
    if (wanted.role == "lead" || wanted.role == "no-lead") {
        auto const done = co_await services.identity.set_lead(wanted.nickname, wanted.role == "lead");
        co_return done ? "" : "Nobody here has that nickname.";
    }
    auto const circle = circle_id::parse(wanted.circle);
    auto const account = co_await services.identity.find(wanted.nickname);
    if (!circle || !account) co_return "There is no such circle or nickname.";
    auto role = domain::role::none;
    if (wanted.role == "facilitator") role = domain::role::facilitator;
    if (wanted.role == "member") role = domain::role::member;
    auto const done = co_await services.members.set_role(*circle, *account, role);
    co_return done ? "" : "There is no such circle.";
}

control_server::control_server(
    asio::io_context& io, std::filesystem::path const& folder, app::services const& services
)
    : socket_(socket_in(folder)), services_(services), acceptor_(io)
{
    std::filesystem::remove(socket_); // one that a killed server left behind
    boost::system::error_code failed;
    acceptor_.open(local(), failed);
    if (!failed) acceptor_.bind(local::endpoint(socket_.string()), failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (failed)
        throw std::runtime_error("No socket can be made in " + folder.string() + ": " + failed.message());
    std::filesystem::permissions(
        socket_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
}

control_server::~control_server()
{
    std::error_code ignored;
    std::filesystem::remove(socket_, ignored);
}

void control_server::start()
{
    asio::co_spawn(acceptor_.get_executor(), accept_all(), asio::detached);
}

void control_server::stop()
{
    boost::system::error_code ignored;
    acceptor_.close(ignored);
}

task<void> control_server::accept_all()
{
    asio::steady_timer pause(acceptor_.get_executor());
    for (;;) {
        auto [failed, peer] = co_await acceptor_.async_accept(to_tuple);
        if (failed == asio::error::operation_aborted || !acceptor_.is_open()) co_return;
        if (failed) {
            log::warning("the host's shell could not be heard: " + failed.message());
            pause.expires_after(std::chrono::seconds(1)); // no descriptors, most likely
            co_await pause.async_wait(to_tuple);
            continue;
        }
        auto answering = answer(std::move(peer), services_);
        asio::co_spawn(acceptor_.get_executor(), std::move(answering), asio::detached);
    }
}

std::optional<std::string> ask_server(std::filesystem::path const& folder, role_change const& wanted)
{
    asio::io_context io;
    local::socket server(io);
    boost::system::error_code failed;
    server.connect(local::endpoint(socket_in(folder).string()), failed);
    if (failed) return std::nullopt;
    auto const line = line_of(wanted);
    asio::write(server, asio::buffer(line), failed);
    std::string said;
    auto buffer = asio::dynamic_buffer(said, limits::note_letters_max);
    if (!failed) asio::read_until(server, buffer, '\n', failed);
    if (failed) throw std::runtime_error("The server on this folder gave no answer. Please try again.");
    said.resize(said.find('\n'));
    return said;
}

} // namespace holdfast::cli
