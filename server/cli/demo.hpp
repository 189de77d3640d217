// Sample people, circles and threads for a throw-away data folder, made through the same services as real
// ones.
#pragma once
#include "server/app/services.hpp"
#include "server/base/task.hpp"

#include <string>
#include <vector>

namespace holdfast::cli {

struct demo_account {
    std::string nickname;
    std::string passphrase;
    std::string role;
};

std::vector<demo_account> const& demo_accounts();
// Throws std::runtime_error when a sample is refused: then it is no sample of what works.
task<void> fill_demo(app::services const& services);

} // namespace holdfast::cli
