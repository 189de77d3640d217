// The memory that bodies may take while they are read and answered, of all connections together. Any thread.
#pragma once
#include <atomic>
#include <cstddef>

namespace holdfast::net {

class body_budget {
  public:
    explicit body_budget(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    // False: there is no room for as much more, and nothing was taken.
    bool take(std::size_t bytes)
    {
        if (taken_.fetch_add(bytes) + bytes <= bytes_max_) return true;
        give_back(bytes);
        return false;
    }
    void give_back(std::size_t bytes) { taken_.fetch_sub(bytes); }

  private:
    std::size_t const bytes_max_;
    std::atomic<std::size_t> taken_ = 0;
};

// What one body takes of it, until it is gone. One thread.
class body_share {
  public:
    explicit body_share(body_budget& from) : from_(from) {}
    ~body_share() { from_.give_back(bytes_); }
    body_share(body_share const&) = delete;
    body_share& operator=(body_share const&) = delete;

    // False: there is no room.
    bool grow_to(std::size_t bytes)
    {
        if (bytes <= bytes_) return true;
        if (!from_.take(bytes - bytes_)) return false;
        bytes_ = bytes;
        return true;
    }

  private:
    body_budget& from_;
    std::size_t bytes_ = 0;
};

} // namespace holdfast::net
