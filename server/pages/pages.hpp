// The pages that people see: rendered on the server, usable without JavaScript. Handlers decode a form, call
// the same services as the API, and render a template of web/templates; every change is answered with 303.
#pragma once
#include "server/http/rendered_cache.hpp"
#include "server/http/router.hpp"

#include <memory>
#include <string>
#include <vector>

namespace holdfast::pages {

// The templates and the names of the built assets in one language, ready to render, with those of the other
// languages beside them. Immutable after construction.
class renderer {
  public:
    explicit renderer(std::string leave_to); // English
    ~renderer();
    renderer(renderer const&) = delete;
    renderer& operator=(renderer const&) = delete;

    renderer const& for_reader(http::context const& asked) const; // this one, or the one of their language
    http::error_page error_page() const;                          // refers to this renderer
    // Above a page that refuses what somebody wrote in need; refers to this renderer.
    std::string refused_care(
        http::context const& asked,
        domain::care const& care,
        std::string const& words,
        net::response const& page
    ) const;
    struct parts;
    parts const& get() const { return *parts_; }

  private:
    explicit renderer(std::unique_ptr<parts const> made);
    std::unique_ptr<parts const> parts_;
    std::vector<std::unique_ptr<renderer const>> others_;
};

void add_routes(std::vector<http::route>& to, http::rendered_cache& cache, renderer const& with);

} // namespace holdfast::pages
