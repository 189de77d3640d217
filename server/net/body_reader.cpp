#include "server/net/body_reader.hpp"

#include "server/net/head_validator.hpp"

#include <algorithm>
#include <charconv>

namespace holdfast::net {

namespace {
constexpr std::size_t size_digits_max = 8;
constexpr std::size_t line_bytes_max = 1024;
constexpr std::size_t overhead_bytes_max = 8 * 1024; // extensions and trailers, of which nothing is used

// What may follow a chunk's size: nothing, or an extension in visible letters.
bool is_extension(std::string_view rest)
{
    if (rest.empty()) return true;
    auto const first = rest.find_first_not_of(" \t");
    if (first == std::string_view::npos || rest[first] != ';') return false;
    return std::all_of(rest.begin(), rest.end(), [](char one) {
        auto const byte = static_cast<unsigned char>(one);
        return byte == '\t' || (byte >= 0x20 && byte < 0x7F);
    });
}
} // namespace

body_reader body_reader::of_length(std::size_t bytes, std::size_t bytes_max)
{
    body_reader made;
    made.bytes_max_ = bytes_max;
    made.left_ = bytes;
    made.state_ = bytes == 0 ? state::done : state::data;
    if (bytes > bytes_max) made.fail(413);
    return made;
}

body_reader body_reader::chunked(std::size_t bytes_max)
{
    body_reader made;
    made.chunked_ = true;
    made.bytes_max_ = bytes_max;
    made.state_ = state::size_line;
    return made;
}

void body_reader::fail(unsigned status)
{
    status_ = status;
}

std::size_t body_reader::take(std::string_view bytes)
{
    std::size_t taken = 0;
    while (taken < bytes.size() && status_ == 0 && state_ != state::done) {
        auto const rest = bytes.substr(taken);
        taken += state_ == state::data ? take_data(rest) : take_line(rest);
    }
    return taken;
}

std::size_t body_reader::take_data(std::string_view bytes)
{
    auto const size = std::min(left_, bytes.size());
    body.append(bytes.data(), size);
    left_ -= size;
    if (left_ == 0) state_ = chunked_ ? state::data_end : state::done;
    return size;
}

std::size_t body_reader::take_line(std::string_view bytes)
{
    auto const feed = bytes.find('\n');
    auto const size = feed == std::string_view::npos ? bytes.size() : feed + 1;
    auto const end = feed == std::string_view::npos ? size : feed;
    line_.append(bytes.data(), end);
    if (line_.size() > line_bytes_max) {
        fail(400);
    } else if (feed != std::string_view::npos) {
        end_of_line();
        line_.clear();
    }
    return size;
}

void body_reader::end_of_line()
{
    if (line_.empty() || line_.back() != '\r') return fail(400);
    line_.pop_back();
    overhead_ += line_.size();
    switch (state_) {
    case state::size_line:
        return read_size_line();
    case state::data_end:
        if (!line_.empty()) return fail(400);
        state_ = state::size_line;
        return;
    case state::trailer:
        if (line_.empty()) {
            state_ = state::done;
        } else if (!is_field_line(line_)) {
            fail(400);
        } else if (overhead_ > overhead_bytes_max) {
            fail(413);
        }
        return;
    case state::data:
    case state::done:
        return;
    }
}

void body_reader::read_size_line()
{
    std::uint64_t size = 0;
    auto const* const begin = line_.data();
    auto const* const end = begin + line_.size();
    auto const [rest, failed] = std::from_chars(begin, end, size, 16);
    auto const digits = static_cast<std::size_t>(rest - begin);
    if (failed != std::errc() || *begin == '-' || digits > size_digits_max) return fail(400);
    if (!is_extension(std::string_view(line_).substr(digits))) return fail(400);
    overhead_ -= digits;
    if (overhead_ > overhead_bytes_max || size > bytes_max_ - body.size()) return fail(413);
    left_ = static_cast<std::size_t>(size);
    state_ = size == 0 ? state::trailer : state::data;
}

} // namespace holdfast::net
