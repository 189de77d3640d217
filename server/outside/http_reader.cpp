#include "server/outside/http_reader.hpp"

#include <boost/json.hpp>
#include <curl/curl.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

namespace holdfast::outside {

namespace json = boost::json;

namespace {
constexpr std::size_t texts_waiting_max = 64;
constexpr std::size_t answer_bytes_max = 256 * 1024;
constexpr double sure = 0.5; // from here on "intent" counts as thoughts of suicide

using steady = std::chrono::steady_clock;

// What the categories of that API mean in our words. A server of one's own may answer with our labels' names.
struct meaning {
    std::string_view category;
    moderation::label about;
};
constexpr meaning meanings[] = {
    {"harassment", moderation::label::harassment},
    {"harassment/threatening", moderation::label::threat},
    {"hate", moderation::label::hate},
    {"hate/threatening", moderation::label::threat},
    {"self-harm", moderation::label::self_harm},
    {"self-harm/intent", moderation::label::self_harm},
    {"self-harm/instructions", moderation::label::method_info},
    {"sexual", moderation::label::sexual},
    {"sexual/minors", moderation::label::sexual},
    {"violence", moderation::label::violence},
    {"violence/graphic", moderation::label::violence},
};

std::optional<moderation::label> label_of(std::string_view category)
{
    for (auto const& [name, about] : meanings) {
        if (name == category) return about;
    }
    return moderation::label_named(category);
}

void check_url(std::string const& url)
{
    constexpr std::string_view here[] = {
        "http://127.0.0.1:",
        "http://127.0.0.1/",
        "http://localhost:",
        "http://localhost/",
        "http://[::1]:",
        "http://[::1]/"};
    auto const stays = std::any_of(std::begin(here), std::end(here), [&](auto const& start) {
        return url.starts_with(start);
    });
    if (stays || url.starts_with("https://")) return;
    throw std::runtime_error(
        "outside_check.url is https, or http to this machine itself: texts don't travel in the open."
    );
}

std::size_t take(char* data, std::size_t, std::size_t bytes, void* into)
{
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + bytes > answer_bytes_max) return 0; // ends the transfer
    body.append(data, bytes);
    return bytes;
}

struct call {
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle{curl_easy_init(), &curl_easy_cleanup};
    curl_slist* headers = nullptr;

    void header(std::string const& line) { headers = curl_slist_append(headers, line.c_str()); }
    call() = default;
    call(call const&) = delete;
    call& operator=(call const&) = delete;
    ~call() { curl_slist_free_all(headers); }
};

// Blocks until the answer, the deadline or a failure.
result<std::string>
post(reader_settings const& settings, std::string const& body, steady::time_point deadline)
{
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady::now()).count();
    if (left <= 0) return errc::overloaded; // waited too long in the queue
    call one;
    if (!one.handle) return errc::internal;
    one.header("content-type: application/json");
    one.header("expect:");
    if (!settings.key.empty()) one.header("authorization: Bearer " + settings.key);
    std::string answer;
    auto* const handle = one.handle.get();
    curl_easy_setopt(handle, CURLOPT_URL, settings.url.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, one.headers);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(left));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(left));
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L); // to that address and to no other
    curl_easy_setopt(handle, CURLOPT_PROXY, "");          // nor by way of what the environment names
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
    auto const done = curl_easy_perform(handle);
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (done != CURLE_OK || status != 200) return errc::internal;
    return answer;
}

std::string question(reader_settings const& settings, std::string const& text)
{
    json::object made;
    made["input"] = text;
    if (!settings.model.empty()) made["model"] = settings.model;
    return json::serialize(made);
}
} // namespace

result<moderation::second_opinion> opinion_from(std::string const& body, reader_settings const& settings)
{
    boost::system::error_code failed;
    auto const answer = json::parse(body, failed);
    if (failed) return errc::internal;
    auto const* const scores = answer.find_pointer("/results/0/category_scores", failed);
    if (scores == nullptr || !scores->is_object()) return errc::internal;
    moderation::second_opinion made;
    made.by = settings.name;
    for (auto const& [category, value] : scores->get_object()) {
        auto const about = label_of(std::string_view(category.data(), category.size()));
        if (!about || !value.is_number()) continue;
        auto const score = value.to_number<double>(failed);
        if (failed || !std::isfinite(score)) continue;
        if (category == "self-harm/intent" && score >= sure) made.risk = 2; // a person looks, sooner
        auto const may =
            std::find(settings.labels.begin(), settings.labels.end(), *about) != settings.labels.end();
        auto& kept = made.scores[static_cast<std::size_t>(*about)];
        if (may) kept = std::max(kept, std::clamp(score, 0.0, 1.0));
    }
    return made;
}

http_reader::http_reader(reader_settings settings)
    : settings_(std::move(settings)), pool_(std::max<std::size_t>(1, settings_.threads), texts_waiting_max)
{
    check_url(settings_.url);
    static auto const started =
        curl_global_init(CURL_GLOBAL_DEFAULT); // once in a process, before any thread calls
    if (started != CURLE_OK) throw std::runtime_error("The library for outgoing HTTP could not start.");
}

task<result<moderation::second_opinion>> http_reader::read(std::string text)
{
    auto const deadline = steady::now() + settings_.time_max;
    auto ask = [this, deadline, body = question(settings_, text)]() -> result<moderation::second_opinion> {
        try {
            auto const answer = post(settings_, body, deadline);
            if (!answer) return answer.error();
            return opinion_from(*answer, settings_);
        } catch (std::exception const&) {
            return errc::internal;
        }
    };
    auto made = co_await offload(pool_, errc::overloaded, std::move(ask));
    co_return made;
}

} // namespace holdfast::outside
