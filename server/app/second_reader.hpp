// A check by somebody else that a host may configure. Texts leave this machine only through it.
#pragma once
#include "moderation/policy/ruling.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"

#include <string>

namespace holdfast::app {

class second_reader {
  public:
    virtual ~second_reader() = default;
    // Time-boxed. Any error means: no opinion, and the screen's own decision stands.
    virtual task<result<moderation::second_opinion>> read(std::string text) = 0;
    virtual std::string const& name() const = 0; // who it is, for members
};

} // namespace holdfast::app
