// What the server counts, as Prometheus text. Numbers only: no names, no addresses, no words.
#pragma once
#include "server/app/screener.hpp"
#include "server/http/router.hpp"
#include "server/net/http_server.hpp"
#include "server/store/database.hpp"

#include <memory>
#include <string>

namespace holdfast::cli {

class metrics {
  public:
    metrics();
    ~metrics();
    metrics(metrics const&) = delete;
    metrics& operator=(metrics const&) = delete;

    void answered(std::string const& route, unsigned status, double seconds);
    void screened(app::screened const& seen);
    void policy_refused(bool refused); // the newest policy file was broken, an older one decides
    std::string
    text(store::database_load const& store, net::server_load const& net, std::size_t subscriptions);

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace holdfast::cli
