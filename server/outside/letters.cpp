#include "server/outside/letters.hpp"

#include "server/outside/transfer.hpp"

#include <stdexcept>

namespace holdfast::outside {

namespace {
constexpr std::size_t letters_waiting_max = 64;
} // namespace

std::string mail_text(app::letter const& what, std::string const& from)
{
    return "From: " + from + "\r\nTo: " + what.to + "\r\nSubject: " + what.subject + "\r\nMessage-ID: <" +
           what.id +
           "@holdfast>\r\nAuto-Submitted: auto-generated\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
           what.text + "\r\n";
}

letters::letters(mail_server settings) : settings_(std::move(settings)), pool_(1, letters_waiting_max)
{
    if (!is_mail_server(settings_.url)) throw std::runtime_error("mail.url begins with smtps:// or smtp://.");
    if (!is_mail_address(settings_.from)) throw std::runtime_error("mail.from is a mail address.");
    start_curl();
}

task<result<void>> letters::send(app::letter what)
{
    auto work = [this, to = what.to, text = mail_text(what, settings_.from)]() -> result<void> {
        return send_mail(settings_, {to}, text);
    };
    auto const done = co_await offload(pool_, errc::overloaded, std::move(work));
    co_return done;
}

} // namespace holdfast::outside
