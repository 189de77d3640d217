#include "server/outside/letters.hpp"

#include "server/outside/transfer.hpp"

#include <algorithm>
#include <stdexcept>

namespace holdfast::outside {

namespace {
constexpr std::size_t letters_waiting_max = 64;

std::string base64_of(std::string_view bytes)
{
    constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string made;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        auto const some = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t of = 0; of < 3; ++of)
            bits = bits << 8 | (of < some.size() ? static_cast<unsigned char>(some[of]) : 0U);
        for (std::size_t of = 0; of < 4; ++of)
            made += of > some.size() ? '=' : signs[bits >> (18 - 6 * of) & 63U];
    }
    return made;
}

std::string in_lines(std::string_view text)
{
    constexpr std::size_t line_max = 76; // RFC 2045
    std::string made;
    for (; !text.empty(); text.remove_prefix(std::min(line_max, text.size())))
        made.append(text.substr(0, line_max)).append("\r\n");
    return made;
}

bool is_ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char one) {
        return static_cast<unsigned char>(one) < 0x80;
    });
}

// A header holds ASCII; other letters are written as RFC 2047 says. Ours are short: one word is enough.
std::string subject_of(std::string const& text)
{
    return is_ascii(text) ? text : "=?utf-8?B?" + base64_of(text) + "?=";
}
} // namespace

std::string mail_text(app::letter const& what, std::string const& from)
{
    auto const plain = is_ascii(what.text);
    return "From: " + from + "\r\nTo: " + what.to + "\r\nSubject: " + subject_of(what.subject) +
           "\r\nMessage-ID: <" + what.id +
           "@holdfast>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
           "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: " +
           (plain ? "7bit\r\n\r\n" + what.text + "\r\n"
                  : "base64\r\n\r\n" + in_lines(base64_of(what.text + "\r\n")));
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
