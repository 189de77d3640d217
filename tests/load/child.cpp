#include "tests/load/child.hpp"

#include <array>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <regex>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace holdfast::load {

child::child(std::vector<std::string> const& command, std::string const& input_file)
{
    std::array<int, 2> pipe_ends{};
    if (::pipe2(pipe_ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(
        &actions, 0, input_file.empty() ? "/dev/null" : input_file.c_str(), O_RDONLY, 0
    );
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 2);
    std::vector<char*> words;
    for (auto const& word : command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    auto const failed = ::posix_spawn(&id_, words[0], &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe_ends[1]);
    if (failed != 0) throw std::runtime_error(command[0] + ": " + std::strerror(failed));
    out_ = ::fdopen(pipe_ends[0], "r");
}

child::~child()
{
    end(SIGTERM);
    if (out_ != nullptr) std::fclose(out_);
}

std::string child::line()
{
    char* text = nullptr;
    std::size_t room = 0;
    auto const size = ::getline(&text, &room, out_);
    std::string made = size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
    std::free(text);
    if (!made.empty() && made.back() == '\n') made.pop_back();
    return made;
}

std::uint16_t child::port()
{
    static std::regex const address("127\\.0\\.0\\.1:(\\d+)");
    std::string all;
    for (auto one = line(); !one.empty(); one = line()) {
        std::smatch found;
        if (std::regex_search(one, found, address)) return static_cast<std::uint16_t>(std::stoul(found[1]));
        all += one + "\n";
    }
    throw std::runtime_error("a program did not start: " + all);
}

int child::end(int signal)
{
    if (id_ < 0) return 0;
    if (signal != 0) ::kill(id_, signal);
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::size_t child::resident_bytes() const
{
    std::ifstream file("/proc/" + std::to_string(id_) + "/status");
    for (std::string text; std::getline(file, text);) {
        if (text.starts_with("VmRSS:")) return std::stoul(text.substr(6)) * 1024;
    }
    return 0;
}

double child::cpu_seconds() const
{
    std::ifstream file("/proc/" + std::to_string(id_) + "/stat");
    std::string text;
    std::getline(file, text);
    std::istringstream rest(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int at = 0; at < 11; ++at)
        rest >> skipped; // up to utime, proc(5)
    double user = 0;
    double system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string output_of(std::vector<std::string> const& command)
{
    child one(command);
    std::string made;
    for (auto text = one.line(); !text.empty(); text = one.line())
        made += text + "\n";
    if (one.end() != 0) throw std::runtime_error(command[0] + " failed: " + made);
    return made;
}

} // namespace holdfast::load
