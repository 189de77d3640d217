// How fast Holdfast is, beside the raw ceilings of what it is built on: both ends on this machine, in one
// run, in turn. See "How fast" in tests/README.md for what each line means.
#include "tests/load/audience.hpp"
#include "tests/load/figures.hpp"
#include "tests/load/world.hpp"

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <thread>

namespace holdfast::load {
namespace {
using steady = std::chrono::steady_clock;

struct options {
    std::filesystem::path holdfast;
    std::filesystem::path ceilings; // the folder of their programs
    std::filesystem::path folder;
    std::size_t rounds = 5;
    double seconds = 3;
    std::size_t posts = 100'000;
    std::size_t subscribers = 1000;
    std::size_t writers = 64;
    std::size_t readers = 32;
    std::string only; // one part, while looking for where its time goes

    bool wants(std::string_view part) const { return only.empty() || only == part; }
    std::chrono::milliseconds time() const
    {
        return std::chrono::milliseconds(static_cast<long>(seconds * 1000));
    }
};

constexpr auto warm_up = std::chrono::milliseconds(300);

// Ours first in one round, the ceiling first in the next: what drifts on the machine hits both.
template <class Ours, class Bare>
void in_turn(std::size_t round, Ours ours, Bare bare)
{
    if (round % 2 == 0) {
        ours();
        bare();
    } else {
        bare();
        ours();
    }
}

// SQLite alone, with rows taken from the server's database.
measured bare_writes(options const& given, world const& all, bool keyed)
{
    auto const file = given.folder / "ceiling.db";
    for (auto const* const end : {"", "-wal", "-shm"})
        std::filesystem::remove(file.string() + end);
    std::vector<std::string> command{
        given.ceilings / "ceiling_sqlite",
        "--like",
        all.database(),
        "--file",
        file,
        "--writers",
        std::to_string(given.writers),
        "--seconds",
        std::to_string(given.seconds)};
    if (keyed) command.emplace_back("--keyed");
    std::istringstream told(output_of(command));
    measured made;
    told >> made.per_second >> made.p50_ms >> made.p99_ms >> made.cpu_seconds;
    return made;
}

void writes(options const& given, world& all)
{
    contest rate;
    contest keyed_rate;
    contest cpu; // microseconds
    figures keyed_cpu;
    contest half;
    contest most;
    figures index_behind;
    all.write(std::chrono::seconds(1)); // rows to take the sizes from
    for (std::size_t round = 0; round < given.rounds; ++round) {
        measured ours;
        measured bare;
        measured keyed;
        auto const our = [&] {
            all.settle();
            all.write(warm_up);
            all.settle();
            auto const before = all.server().cpu_seconds();
            ours = all.write(given.time());
            index_behind.add(all.settle());
            ours.cpu_seconds = (all.server().cpu_seconds() - before) / static_cast<double>(ours.answers);
        };
        auto const other = [&] {
            all.settle();
            bare = bare_writes(given, all, false);
            keyed = bare_writes(given, all, true);
        };
        in_turn(round, our, other);
        rate.add(ours.per_second, bare.per_second);
        keyed_rate.add(ours.per_second, keyed.per_second);
        cpu.add(ours.cpu_seconds * 1e6, bare.cpu_seconds * 1e6);
        keyed_cpu.add(keyed.cpu_seconds * 1e6);
        half.add(ours.p50_ms, bare.p50_ms);
        most.add(ours.p99_ms, bare.p99_ms);
    }
    print_heading(
        "Writing: " + std::to_string(given.writers) +
        " writers, posts of 60 to 700 characters; bare: SQLite's group commit"
    );
    print_contest("screened durable posts a second", rate);
    print_contest("  bare into the same tables, with their keys", keyed_rate);
    print_row("  processor time for each there, us", "", keyed_cpu.text(0));
    if (all.held() > 0)
        print_row("  held for a person", std::to_string(all.held()) + " of " + std::to_string(all.posts()));
    print_row("  processor time for each, with its search index, us", cpu.ours.text(0), cpu.bare.text(0));
    print_row("  half of them within, ms", half.ours.text(1), half.bare.text(1));
    print_row("  99 % of them within, ms", most.ours.text(1), most.bare.text(1));
    print_row("  then the search index is done after, s", index_behind.text(1));
}

using paths = std::function<std::string()>; // the next request

struct read_result {
    double per_second = 0;
    double cpu_micros = 0; // of the server, for each
};

read_result read(options const& given, std::uint16_t port, child const& server, paths const& next)
{
    load_client client(port, given.readers);
    auto const ask = [&](std::size_t, std::string& out) { out = next(); };
    auto const take = [&](std::size_t, answer const& got) {
        if (got.status != 200) throw std::runtime_error("a page was answered " + std::to_string(got.status));
    };
    client.run(warm_up, ask, take);
    auto const before = server.cpu_seconds();
    auto const got = client.run(given.time(), ask, take);
    return {got.per_second, (server.cpu_seconds() - before) / static_cast<double>(got.answers) * 1e6};
}

void read_contest(options const& given, world& all, std::string const& what, paths const& next)
{
    auto const once = ask_once(all.port(), next(), 200);
    child ceiling({given.ceilings / "ceiling_beast", "--bytes", std::to_string(once.size())});
    auto const ceiling_port = ceiling.port();
    contest rate;
    contest cpu;
    for (std::size_t round = 0; round < given.rounds; ++round) {
        read_result ours;
        read_result bare;
        auto const our = [&] { ours = read(given, all.port(), all.server(), next); };
        auto const other = [&] { bare = read(given, ceiling_port, ceiling, next); };
        in_turn(round, our, other);
        rate.add(ours.per_second, bare.per_second);
        cpu.add(ours.cpu_micros, bare.cpu_micros);
    }
    print_contest(what + ", " + std::to_string(once.size() / 1024) + " KiB", rate);
    print_row("  processor time for each, us", cpu.ours.text(0), cpu.bare.text(0));
}

void reads(options const& given, world& all)
{
    auto const& threads = all.full_threads();
    if (threads.empty()) throw std::runtime_error("no thread holds a page of posts: more --posts are needed");
    constexpr std::size_t favourites = 20;
    std::size_t at = 0;
    auto const json = [&](std::size_t which, std::string const& token) {
        return get("/api/v1/threads/" + threads[which % threads.size()] + "/posts?limit=50", token);
    };
    auto const html = [&](std::size_t which, std::string const& token) {
        return get("/threads/" + threads[which % threads.size()], token);
    };
    // Another address each time, so that nothing rendered before can be used.
    auto const fresh_json = [&](std::size_t which) {
        auto const limit = std::to_string(50 + which / threads.size() % 51);
        return get("/api/v1/threads/" + threads[which % threads.size()] + "/posts?limit=" + limit);
    };
    auto const fresh_html = [&](std::size_t which) {
        return get("/threads/" + threads[which % threads.size()] + "?after=-" + std::to_string(which));
    };
    print_heading(
        "Reading: pages of 50 posts a second, " + std::to_string(given.readers) +
        " readers; bare: Beast, a constant of the same size"
    );
    read_contest(given, all, "JSON, a member", [&] { return json(++at % favourites, all.token()); });
    read_contest(given, all, "HTML, a visitor", [&] { return html(++at % favourites, ""); });
    read_contest(given, all, "HTML, a member", [&] { return html(++at % favourites, all.token()); });
    std::size_t ever = 0;
    for (bool const is_json : {true, false}) {
        figures rate;
        figures cpu;
        paths const next = [&] { return is_json ? fresh_json(++ever) : fresh_html(++ever); };
        for (std::size_t round = 0; round < given.rounds; ++round) {
            auto const got = read(given, all.port(), all.server(), next);
            rate.add(got.per_second);
            cpu.add(got.cpu_micros);
        }
        print_row(std::string(is_json ? "JSON" : "HTML") + ", made anew each time", rate.text(0));
        print_row("  processor time for each, us", cpu.text(0));
    }
}

struct delivered {
    double per_second = 0;
    double bytes = 0; // of one message
};

// Posters go on while less than this waits for the slowest subscriber: fewer messages than a subscriber's
// queue takes, so that nobody is dropped.
constexpr std::uint64_t ahead_max = 256;

delivered deliver(
    options const& given,
    std::uint16_t port,
    std::string const& subscribe,
    std::size_t posters,
    std::function<std::string(std::size_t)> const& next
)
{
    audience hall(port, given.subscribers, subscribe);
    auto const end = steady::now() + std::chrono::seconds(20);
    while (!subscribe.empty() && hall.frames() < given.subscribers) { // each is told that it follows
        if (steady::now() > end) throw std::runtime_error("not all could subscribe");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    auto const before = hall.frames();
    auto const told_before = before / given.subscribers; // that they follow
    auto const bytes_before = hall.bytes();
    std::uint64_t told = 0;
    load_client client(port, posters);
    auto const ask = [&](std::size_t who, std::string& out) {
        hall.check_all_there();
        if (told + told_before < hall.slowest() + ahead_max) {
            out = next(who);
            ++told;
        }
    };
    auto const take = [&told](std::size_t, answer const& got) {
        if (got.status / 100 != 2) throw std::runtime_error("a post was answered: " + std::string(got.body));
        if (got.status == 202) --told; // held: nobody is told of it
    };
    auto const begun = steady::now();
    client.run(given.time(), ask, take);
    while (hall.frames() - before < told * given.subscribers) {
        hall.check_all_there();
        if (steady::now() > begun + std::chrono::minutes(1)) throw std::runtime_error("frames are missing");
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    auto const seconds = std::chrono::duration<double>(steady::now() - begun).count();
    auto const frames = static_cast<double>(hall.frames() - before);
    return {frames / seconds, static_cast<double>(hall.bytes() - bytes_before) / frames};
}

void deliveries(options const& given, world& all)
{
    constexpr std::size_t posters = 16;
    contest rate;
    std::unique_ptr<child> ceiling;
    std::uint16_t ceiling_port = 0;
    delivered ours;
    auto const our = [&] {
        all.settle();
        auto const thread = all.new_thread();
        auto const subscribe = R"({"subscribe":"thread:)" + thread + R"("})";
        ours = deliver(given, all.port(), subscribe, posters, [&](std::size_t who) {
            return all.reply_to(thread, who);
        });
    };
    our(); // warms up, and says how long a message is
    ceiling = std::make_unique<child>(std::vector<std::string>{
        given.ceilings / "ceiling_live", "--bytes", std::to_string(static_cast<std::size_t>(ours.bytes) - 4)}
    );
    ceiling_port = ceiling->port();
    auto const request = with_body("POST", "/", "", "", "{}");
    for (std::size_t round = 0; round < given.rounds; ++round) {
        delivered bare;
        auto const other = [&] {
            all.settle();
            bare = deliver(given, ceiling_port, "", posters, [&](std::size_t) { return request; });
        };
        in_turn(round, our, other);
        rate.add(ours.per_second, bare.per_second);
    }
    print_heading(
        "Live: one thread, " + std::to_string(given.subscribers) + " subscribers, messages of about " +
        std::to_string(static_cast<std::size_t>(ours.bytes)) + " bytes; bare: Beast writing such frames"
    );
    print_contest("deliveries a second, each post durable first", rate);
}

void idle_memory(options const& given, world& all)
{
    auto const thread = all.full_threads().front();
    all.start_again(SIGTERM);
    ask_once(all.port(), get("/threads/" + thread), 200);
    all.settle();
    auto const before = all.server().resident_bytes();
    audience hall(all.port(), given.subscribers, R"({"subscribe":"thread:)" + thread + R"("})");
    while (hall.frames() < given.subscribers)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    auto const each = (all.server().resident_bytes() - before) / given.subscribers;
    print_row("memory of the server at rest, MiB", std::to_string(before / 1024 / 1024));
    print_row("memory of an idle live connection, bytes", std::to_string(each));
}

void starts(options const& given, world& all)
{
    figures clean;
    figures killed;
    for (std::size_t round = 0; round < given.rounds; ++round)
        clean.add(1000 * all.start_again(SIGTERM));
    for (std::size_t round = 0; round < given.rounds; ++round) {
        all.write(warm_up);
        killed.add(1000 * all.start_again(SIGKILL));
    }
    auto const with = " with " + std::to_string(all.posts()) + " posts, ms";
    print_row("start" + with, clean.text(0));
    print_row("start after a kill" + with, killed.text(0));
}

void screen_times(options const& given)
{
    auto const file = given.folder / "texts.jsonl";
    {
        std::ofstream out(file);
        sample_texts words(7);
        for (int made = 0; made < 3000; ++made) {
            boost::json::object const line{{"id", std::to_string(made)}, {"text", words.of_length(700)}};
            out << boost::json::serialize(line) << '\n';
        }
    }
    child screen({given.holdfast, "screen"}, file);
    std::vector<double> micros;
    for (auto line = screen.line(); !line.empty(); line = screen.line())
        micros.push_back(boost::json::parse(line).at("micros").to_number<double>());
    if (screen.end() != 0 || micros.size() != 3000) throw std::runtime_error("the screen failed");
    std::sort(micros.begin(), micros.end());
    std::ostringstream text;
    text << micros[micros.size() / 2] << " / " << micros[micros.size() * 99 / 100];
    print_row("screen, 700 characters, p50 / p99, microseconds", text.str());
}

void run(options const& given)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    utsname system{};
    ::uname(&system);
    std::cout << output_of({given.holdfast, "--version"})
              << "Both ends on this machine: " << std::thread::hardware_concurrency() << " cores, "
              << system.sysname << ' ' << system.release << ". Medians of " << given.rounds
              << " rounds (least to most) of " << given.seconds
              << " s, the server and its ceiling in turn.\n";
    world all(given.holdfast, given.folder, given.writers);
    if (given.wants("writing")) writes(given, all);
    if (given.only == "writing") return;
    while (all.posts() < given.posts)
        all.write(std::chrono::minutes(10), std::min<std::size_t>(10'000, given.posts - all.posts()));
    all.settle();
    if (given.wants("reading")) reads(given, all);
    if (given.wants("live")) deliveries(given, all);
    if (!given.wants("rest")) return;
    print_heading("At rest and alone");
    idle_memory(given, all);
    starts(given, all);
    screen_times(given);
}
} // namespace
} // namespace holdfast::load

int main(int count, char** words)
{
    CLI::App app("How fast Holdfast is, beside what it is built on");
    holdfast::load::options given;
    app.add_option("--holdfast", given.holdfast, "the program")->required()->check(CLI::ExistingFile);
    app.add_option("--ceilings", given.ceilings, "the folder of the ceilings' programs")
        ->required()
        ->check(CLI::ExistingDirectory);
    app.add_option("--folder", given.folder, "for data, on a real disk; made anew")->required();
    app.add_option("--rounds", given.rounds)->check(CLI::PositiveNumber);
    app.add_option("--seconds", given.seconds, "of each round")->check(CLI::PositiveNumber);
    app.add_option("--posts", given.posts, "in the data folder for reading and starting");
    app.add_option("--only", given.only)->check(CLI::IsMember({"writing", "reading", "live", "rest"}));
    app.add_option("--subscribers", given.subscribers)->check(CLI::PositiveNumber);
    CLI11_PARSE(app, count, words);
    try {
        holdfast::load::run(given);
        std::filesystem::remove_all(given.folder);
        return 0;
    } catch (std::exception const& failed) {
        std::cerr << failed.what() << '\n';
        return 1;
    }
}
