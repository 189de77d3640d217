// A second reader over HTTP: an OpenAI-compatible POST /v1/moderations, or a model server on this machine
// that answers in the same shape. Runs on threads of its own with a bounded queue; a full queue, a slow or a
// broken service means no opinion.
#pragma once
#include "server/app/second_reader.hpp"
#include "server/base/worker_pool.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace holdfast::outside {

struct reader_settings {
    std::string name;  // told to members; "" switches the whole thing off
    std::string url;   // https, or http to this machine itself
    std::string model; // sent along when not ""
    std::string key;   // bearer, when not ""
    std::chrono::milliseconds time_max{1500};
    std::size_t threads = 2;
    // What it may raise. Not `violence`: general services score what survivors tell as if it were a threat.
    std::vector<moderation::label> labels{
        moderation::label::harassment,
        moderation::label::hate,
        moderation::label::threat,
        moderation::label::sexual,
        moderation::label::self_harm,
        moderation::label::method_info,
    };
    friend bool operator==(reader_settings const&, reader_settings const&) = default;
};

class http_reader final : public app::second_reader {
  public:
    explicit http_reader(reader_settings settings); // throws std::runtime_error for a url that is not allowed
    task<result<moderation::second_opinion>> read(std::string text) override;
    std::string const& name() const override { return settings_.name; }

  private:
    reader_settings settings_;
    worker_pool pool_;
};

// From a service's answer; none when it has another shape. Pure.
result<moderation::second_opinion> opinion_from(std::string const& body, reader_settings const& settings);

} // namespace holdfast::outside
