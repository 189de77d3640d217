// The live protocol over one WebSocket (schema/live.md): subscribe, resume, leave. A socket ends within a
// second of its session, and a topic within a second of the right to read it.
#pragma once
#include "server/http/router.hpp"
#include "server/net/http.hpp"

#include <memory>

namespace holdfast::live {

class live_server {
  public:
    live_server(app::services const& services, http::router& router);
    ~live_server();
    live_server(live_server const&) = delete;
    live_server& operator=(live_server const&) = delete;

    // For net::handlers.
    task<std::optional<net::response>> admit(std::shared_ptr<net::request> request);
    task<void> serve(std::shared_ptr<net::request> request, std::shared_ptr<net::live_socket> socket);

  private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace holdfast::live
