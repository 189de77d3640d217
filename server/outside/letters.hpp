// Letters to members by mail, only where a host configured it.
#pragma once
#include "server/app/notices/letter_channel.hpp"
#include "server/base/worker_pool.hpp"
#include "server/outside/mail_server.hpp"

namespace holdfast::outside {

class letters final : public app::letter_channel {
  public:
    explicit letters(mail_server settings); // throws std::runtime_error for settings that are not allowed
    task<result<void>> send(app::letter what) override;

  private:
    mail_server settings_;
    worker_pool pool_;
};

// What is sent. Pure.
std::string mail_text(app::letter const& what, std::string const& from);

} // namespace holdfast::outside
