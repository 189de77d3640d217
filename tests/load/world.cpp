#include "tests/load/world.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <csignal>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace holdfast::load {

namespace json = boost::json;
using steady = std::chrono::steady_clock;

namespace {
constexpr unsigned seed = 20;
constexpr std::size_t texts_kept = 4096;

std::string member_of(std::string_view body, char const* name)
{
    return std::string(json::parse(json::string_view(body.data(), body.size())).at(name).as_string());
}
} // namespace

world::world(std::filesystem::path holdfast, std::filesystem::path folder, std::size_t members)
    : holdfast_(std::move(holdfast)), folder_(std::move(folder))
{
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "config.toml") << "[limits]\nenabled = false\n";
    sample_texts words(seed);
    for (std::size_t made = 0; made < texts_kept; ++made)
        texts_.push_back(words.post());
    start();
    make_members(members);
    make_circle();
}

void world::start()
{
    std::vector<std::string> const command{
        holdfast_,
        "serve",
        "--config",
        folder_ / "config.toml",
        "--data",
        folder_ / "data",
        "--listen",
        "127.0.0.1:0"};
    server_ = std::make_unique<child>(command);
    port_ = server_->port();
    ask_once(port_, get("/readyz"), 200);
}

double world::start_again(int signal)
{
    server_->end(signal);
    auto const begun = steady::now();
    start();
    return std::chrono::duration<double>(steady::now() - begun).count();
}

void world::make_members(std::size_t count)
{
    for (std::size_t made = 0; made < count; ++made) {
        member one;
        one.nickname = "Writer " + std::to_string(made + 1);
        json::object const asked{{"nickname", one.nickname}, {"passphrase", "a long enough passphrase"}};
        auto const body =
            ask_once(port_, with_body("POST", "/api/v1/accounts", "", "", json::serialize(asked)), 201);
        one.token = member_of(body, "token");
        members_.push_back(std::move(one));
    }
}

void world::make_circle()
{
    std::string const config = folder_ / "config.toml";
    std::string const data = folder_ / "data";
    output_of({holdfast_, "admin", "role", "--config", config, "--data", data, members_[0].nickname, "lead"});
    auto const is_lead = [&] {
        auto const me = ask_once(port_, get("/api/v1/me", token()), 200);
        return json::parse(me).at("lead").as_bool();
    };
    for (auto const end = steady::now() + std::chrono::seconds(10); !is_lead();) {
        if (steady::now() > end) throw std::runtime_error("a role was not noticed");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    json::object const asked{
        {"name", "Open door"},
        {"purpose", "We talk about our week here."},
        {"agreement", "Be kind."},
        {"readable_by", "everyone"}};
    auto const made =
        ask_once(port_, with_body("POST", "/api/v1/circles", token(), "circle", json::serialize(asked)), 201);
    circle_ = member_of(made, "id");
    for (auto const& one : members_) {
        auto const path = "/api/v1/circles/" + circle_ + "/membership";
        ask_once(port_, with_body("PUT", path, one.token, "", R"({"agreement_version":1})"), 200);
    }
}

std::string const& world::next_text()
{
    return texts_[next_text_++ % texts_.size()];
}

std::string world::thread_request(std::size_t which, std::string const& text)
{
    auto& one = members_[which];
    json::object const asked{{"title", "What helped this week"}, {"text", text}};
    auto const key = "key-" + std::to_string(++one.sent);
    return with_body(
        "POST", "/api/v1/circles/" + circle_ + "/threads", one.token, key, json::serialize(asked)
    );
}

std::string world::reply_to(std::string const& thread, std::size_t which)
{
    auto& one = members_[which];
    json::object const asked{{"text", next_text()}};
    auto const key = "key-" + std::to_string(++one.sent);
    return with_body("POST", "/api/v1/threads/" + thread + "/posts", one.token, key, json::serialize(asked));
}

std::string world::new_thread()
{
    // Not one of the sample texts: of those some are held, and their threads can't be followed.
    auto const request = thread_request(0, "Tea and a walk helped me.");
    return member_of(ask_once(port_, request, 201), "thread");
}

measured world::write(std::chrono::milliseconds time, std::size_t enough)
{
    load_client client(port_, members_.size());
    auto const ask = [&](std::size_t who, std::string& out) {
        auto const& one = members_[who];
        out = one.thread.empty() ? thread_request(who, next_text()) : reply_to(one.thread, who);
    };
    auto const take = [&](std::size_t who, answer const& got) {
        // 202: held for a person, by what it says or because the screen took too long. As durable.
        if (got.status != 201 && got.status != 202)
            throw std::runtime_error("a post was answered: " + std::string(got.body));
        if (got.status == 202) ++held_;
        auto& one = members_[who];
        if (one.thread.empty() && got.status == 202) return; // nobody can reply to a held opening
        if (one.thread.empty()) one.thread = member_of(got.body, "thread");
        ++posts_;
        if (++one.posts_there < posts_in_thread) return;
        full_threads_.push_back(std::move(one.thread));
        one.thread.clear();
        one.posts_there = 0;
    };
    return client.run(time, ask, take, enough);
}

double world::settle()
{
    constexpr auto look = std::chrono::milliseconds(250);
    constexpr int quiet_looks = 6; // the index rests for a second at most
    auto const begun = steady::now();
    auto busy_until = begun;
    auto before = -1.0;
    for (int quiet = 0; quiet < quiet_looks; ++quiet) {
        if (steady::now() - begun > std::chrono::minutes(5))
            throw std::runtime_error("the server does not come to rest");
        auto const now = server_->cpu_seconds();
        if (now - before > 0.025) {
            quiet = 0;
            busy_until = steady::now();
        }
        before = now;
        std::this_thread::sleep_for(look);
    }
    return std::chrono::duration<double>(busy_until - begun).count();
}

} // namespace holdfast::load
