#include "server/net/live_queue.hpp"

#include "server/base/limits.hpp"

namespace holdfast::net {

namespace {
constexpr std::size_t batch_bytes = 64 * 1024; // about what a socket takes at once
}

live_queue::change live_queue::push(std::shared_ptr<std::string const> message, bool is_binary)
{
    std::lock_guard const hold(guard_);
    if (closing_) return {};
    if (queue_.size() >= limits::live_queue_frames_max ||
        bytes_ + message->size() > limits::live_queue_bytes_max) {
        queue_.clear();
        return close_locked({1013, "Please come back and resume."});
    }
    bytes_ += message->size();
    queue_.push_back({std::move(message), is_binary});
    change made;
    made.must_write = !is_writing_;
    is_writing_ = true;
    return made;
}

live_queue::change live_queue::close(live_close with)
{
    std::lock_guard const hold(guard_);
    if (closing_) return {};
    return close_locked(std::move(with));
}

live_queue::change live_queue::close_locked(live_close with)
{
    closing_ = std::move(with);
    change made;
    made.closes = true;
    made.must_write = !is_writing_;
    is_writing_ = true;
    return made;
}

bool live_queue::may_gather() const
{
    std::lock_guard const hold(guard_);
    return !queue_.empty() && bytes_ < batch_bytes && !closing_;
}

live_queue::batch live_queue::next_batch()
{
    batch made;
    auto& frames = made.frames;
    std::lock_guard const hold(guard_);
    while (!queue_.empty() &&
           (frames.empty() || frames.size() + queue_.front().message->size() <= batch_bytes)) {
        append_frame(frames, *queue_.front().message, queue_.front().is_binary);
        bytes_ -= queue_.front().message->size();
        queue_.pop_front();
    }
    if (!frames.empty()) return made;
    made.closing = closing_;
    is_writing_ = closing_.has_value(); // a closed queue is never written again
    return made;
}

void append_frame(std::string& out, std::string const& message, bool is_binary)
{
    auto const byte = [&out](std::size_t value) {
        out += static_cast<char>(static_cast<unsigned char>(value & 0xFF));
    };
    auto const size = message.size();
    byte(is_binary ? 0x82 : 0x81);
    if (size < 126) {
        byte(size);
    } else if (size <= 0xFFFF) {
        byte(126);
        byte(size >> 8);
        byte(size);
    } else {
        byte(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            byte(static_cast<std::uint64_t>(size) >> shift);
    }
    out += message;
}

} // namespace holdfast::net
