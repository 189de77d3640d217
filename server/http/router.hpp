// The table of routes, for the API and for pages alike, and the way of a request through it: rate, route,
// who asks, from where, may they at all; then the route's own handler.
#pragma once
#include "server/app/people/member_session.hpp"
#include "server/app/services.hpp"
#include "server/base/limits.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/care.hpp"
#include "server/http/rate_limits.hpp"
#include "server/net/http.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::http {

// The least that one must be. Roles beyond `member` depend on the object, so the services check them; the
// table says them for people and for the test that tries every combination.
enum class least : std::uint8_t { visitor, member, circle_member, author, facilitator, lead };
std::string_view name_of(least value);

enum class answers : std::uint8_t { json, html };

struct context {
    std::shared_ptr<net::request> request;
    domain::principal_ptr who;    // null: a visitor
    std::string token;            // of the session, "" for a visitor
    std::vector<std::string> ids; // what stood at {…} in the pattern, decoded
    app::services const& services;
    std::size_t unseen = 0; // of notices, for the frame of a page

    app::member_session session() const { return {who, token}; }
};

using handler = std::function<task<net::response>(context)>;

struct route {
    net::method method;
    std::string pattern; // "/api/v1/circles/{id}"
    http::least least;
    std::string object; // "circle", "thread" …, "" for none
    answers with;
    handler run;
    rate_kind rate = rate_kind::read;
    std::size_t body_bytes_max = limits::body_bytes_max;
};

// Makes an error's answer for people; the API's is always problem+json.
using error_page = std::function<net::response(context const&, error const&)>;

// A browser says where a request comes from; a page of another site may not act in a member's name. A request
// that says nothing at all comes from a program, which has no cookie to be abused.
bool is_from_here(net::request const& asked);

// What stands above a refusal's own part of the page for somebody whose words cry for help.
using refused_care_page = std::function<
    std::string(context const&, domain::care const&, std::string const& words, net::response const& page)>;

class router {
  public:
    router(
        std::vector<route> routes, app::services const& services, rate_settings rates, error_page page_for
    );

    task<net::response> answer(std::shared_ptr<net::request> request);
    std::span<route const> routes() const { return routes_; }
    task<net::body_allowance> allowance_for_body(std::shared_ptr<net::request> request);
    // Counts a request of an address that reads, or opens a live connection: rate_limited when it has to
    // wait.
    result<void> may_read(net::request const& request);

    // For WebSocket upgrades, which have no route: the same look at the origin and the session.
    task<result<context>> identify(std::shared_ptr<net::request> request);
    void on_refused_care(refused_care_page page); // set before the first request
    // Told of each answer: route pattern, status, seconds. Set before the first request.
    void on_answered(std::function<void(std::string const&, unsigned, double)> listener);

  private:
    struct match {
        route const* found = nullptr;
        std::vector<std::string> ids;
        std::string allowed; // methods, when only the method is wrong
    };
    match find(net::method method, std::string_view path) const;
    task<net::response> run(context& asked, route const& to); // notes who asks in `asked`
    task<net::response> run_as(context asked, route const& to);
    void hear_refused(context const& asked, answers with, net::response& refusal);
    result<void> may_ask(rate_kind kind, std::string_view who);
    net::response refusal(context const& asked, answers with, error const& why) const;

    std::vector<route> routes_;
    std::vector<std::vector<std::string>> segments_; // of each route
    app::services const& services_;
    rate_limits rates_;
    error_page page_for_;
    refused_care_page refused_care_;
    std::function<void(std::string const&, unsigned, double)> listener_;
};

} // namespace holdfast::http
