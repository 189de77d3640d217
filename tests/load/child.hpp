// A program that runs beside this one while the object lives: the server, or a ceiling. Its standard output
// and error come here together, line by line.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <sys/types.h>
#include <vector>

namespace holdfast::load {

class child {
  public:
    explicit child(std::vector<std::string> const& command, std::string const& input_file = {});
    ~child(); // asks it to end, if it still runs, and waits
    child(child const&) = delete;
    child& operator=(child const&) = delete;

    std::string line(); // the next one; "" at the end
    // Reads lines up to one with "…127.0.0.1:PORT"; throws when the program ends without it.
    std::uint16_t port();
    int end(int signal = 0); // sends the signal, if any, and waits; the exit status
    std::size_t resident_bytes() const;
    double cpu_seconds() const; // so far

  private:
    pid_t id_ = -1;
    std::FILE* out_ = nullptr;
};

// Runs it to its end; its output. Throws when it fails.
std::string output_of(std::vector<std::string> const& command);

} // namespace holdfast::load
