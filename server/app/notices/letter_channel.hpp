// A way out for letters to members, which a host may configure. What leaves says that there is something new,
// or is a code; never what it is about.
#pragma once
#include "server/base/result.hpp"
#include "server/base/task.hpp"

#include <string>

namespace holdfast::app {

struct letter {
    std::string to;      // a checked mail address
    std::string id;      // the same when it is tried again, so that mail programs know it
    std::string subject; // ours
    std::string text;    // ours, but for the code in it
};

class letter_channel {
  public:
    virtual ~letter_channel() = default;
    virtual task<result<void>> send(letter what) = 0; // time-boxed; an error: it is tried again later
};

} // namespace holdfast::app
