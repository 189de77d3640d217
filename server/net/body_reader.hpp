// Puts a request's body together from the bytes that arrive: of a known length, or chunked. Stricter than
// Beast's own parser, which takes trailers for headers and sets no bound to them or to chunk extensions.
// Pure: no sockets. One thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace holdfast::net {

class body_reader {
  public:
    static body_reader of_length(std::size_t bytes, std::size_t bytes_max);
    static body_reader chunked(std::size_t bytes_max);

    // Takes from the front what belongs to the body and says how many bytes that was; what is left is the
    // next request's. Takes nothing more once is_done() or status() is set.
    std::size_t take(std::string_view bytes);
    bool is_done() const { return state_ == state::done; }
    unsigned status() const { return status_; } // 0: good so far; 400 or 413: answer that and close
    std::string body;

  private:
    enum class state : std::uint8_t { data, size_line, data_end, trailer, done };

    std::size_t take_data(std::string_view bytes);
    std::size_t take_line(std::string_view bytes);
    void end_of_line();
    void read_size_line();
    void fail(unsigned status);

    state state_ = state::done;
    bool chunked_ = false;
    unsigned status_ = 0;
    std::size_t left_ = 0; // of the body or of the chunk
    std::size_t bytes_max_ = 0;
    std::size_t overhead_ = 0; // extensions and trailers so far
    std::string line_;         // the line that is being read, with its CR
};

} // namespace holdfast::net
