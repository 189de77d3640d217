// The pages that people see: rendered on the server, usable without JavaScript. Handlers decode a form, call
// the same services as the API, and render a template of web/templates; every change is answered with 303.
#pragma once
#include "server/http/rendered_cache.hpp"
#include "server/http/router.hpp"

#include <memory>
#include <string>
#include <vector>

namespace holdfast::pages {

// The templates and the names of the built assets, ready to render. Immutable after construction.
class renderer {
  public:
    explicit renderer(std::string leave_to); // throws when a template is broken
    ~renderer();
    renderer(renderer const&) = delete;
    renderer& operator=(renderer const&) = delete;

    http::error_page error_page() const; // refers to this renderer
    struct parts;
    parts const& get() const { return *parts_; }

  private:
    std::unique_ptr<parts const> parts_;
};

void add_routes(std::vector<http::route>& to, http::rendered_cache& cache, renderer const& with);

} // namespace holdfast::pages
