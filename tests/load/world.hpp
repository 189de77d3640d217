// The real server with a data folder of its own, 64 members in one circle, and what they do: everything goes
// through the program's own doors, as outside.
#pragma once
#include "tests/load/child.hpp"
#include "tests/load/load_client.hpp"
#include "tests/load/sample_texts.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::load {

inline constexpr std::size_t posts_in_thread = 50;

class world {
  public:
    // `folder` is made anew.
    world(std::filesystem::path holdfast, std::filesystem::path folder, std::size_t members);

    // Replies (and, every 50 posts, a new thread) by each member in turn with itself.
    measured write(std::chrono::milliseconds time, std::size_t enough = SIZE_MAX);
    // Until nothing is left to do behind the answers, such as filling the search index; how long that took,
    // in s.
    double settle();
    double start_again(int signal); // ends the server so; seconds until the next one answers

    child const& server() const { return *server_; }
    std::uint16_t port() const { return port_; }
    std::string const& token() const { return members_.front().token; }
    std::size_t posts() const { return posts_; }
    std::size_t held() const { return held_; } // of them
    std::vector<std::string> const& full_threads() const { return full_threads_; }
    std::string new_thread();                                            // its id
    std::string reply_to(std::string const& thread, std::size_t member); // the request
    std::filesystem::path database() const { return folder_ / "data" / "holdfast.db"; }

  private:
    struct member {
        std::string nickname;
        std::string token;
        std::string thread; // where they write; "" before the first answer
        std::size_t posts_there = 0;
        std::size_t sent = 0;
    };

    void start();
    void make_members(std::size_t count);
    void make_circle();
    std::string thread_request(std::size_t member, std::string const& text);
    std::string const& next_text();

    std::filesystem::path holdfast_;
    std::filesystem::path folder_;
    std::unique_ptr<child> server_;
    std::uint16_t port_ = 0;
    std::string circle_;
    std::vector<member> members_;
    std::vector<std::string> texts_;
    std::size_t next_text_ = 0;
    std::size_t posts_ = 0;
    std::size_t held_ = 0;
    std::vector<std::string> full_threads_;
};

} // namespace holdfast::load
