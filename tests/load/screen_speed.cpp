// How much of one core's time the whole screen takes: posts of 700 characters, cut from our own items as
// people wrote them, and the worst 64 KiB that we know of; and how much memory it keeps, beside the model's
// file in the program itself: screen_speed tests/screening/items_long.jsonl
#include "moderation/screen.hpp"
#include "moderation/training/random.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <malloc.h>
#include <new>
#include <string>
#include <vector>

namespace {
std::size_t bytes_kept = 0; // from the heap, by this one thread
} // namespace

void* operator new(std::size_t size)
{
    auto* const made = std::malloc(size);
    if (made == nullptr) throw std::bad_alloc();
    bytes_kept += malloc_usable_size(made);
    return made;
}

void operator delete(void* gone) noexcept
{
    bytes_kept -= malloc_usable_size(gone);
    std::free(gone);
}

void operator delete(void* gone, std::size_t) noexcept
{
    operator delete(gone);
}

namespace {
using namespace holdfast::moderation;
using steady = std::chrono::steady_clock;

constexpr std::string_view words[] = {
    "i",       "i",      "the",   "the",    "and",     "to",     "to",    "a",       "of",     "my",
    "it",      "was",    "in",    "that",   "me",      "is",     "for",   "with",    "have",   "not",
    "but",     "so",     "just",  "about",  "like",    "when",   "feel",  "feeling", "really", "today",
    "friend",  "mum",    "work",  "school", "tired",   "sleep",  "night", "because", "people", "know",
    "think",   "want",   "can't", "don't",  "anymore", "better", "again", "never",   "always", "doctor",
    "therapy", "helped", "walk",  "talk",   "someone", "nobody", "hurt",  "alone",   "week",   "months",
    "years",   "ago",    "try",   "trying", "kill",    "die",    "dead",  "pills",   "cut",    "hate",
    "stupid",  "food",   "eat",   "weight", "money",   "house",  "dog",   "garden",
};

std::string words_of(std::size_t bytes, training::random_numbers& numbers)
{
    std::string made;
    std::size_t since_stop = 0;
    while (made.size() < bytes) {
        made += words[numbers.below(std::size(words))];
        made += ++since_stop > 6 + numbers.below(14) ? (since_stop = 0, ". ") : " ";
    }
    made.resize(bytes);
    return made;
}

// The items' texts one after the other, in pieces of that many bytes.
std::vector<std::string> posts_from(std::string const& items, std::size_t bytes)
{
    std::ifstream lines(items);
    std::string all;
    for (std::string line; std::getline(lines, line);)
        all += std::string(boost::json::parse(line).at("text").as_string()) + "\n\n";
    std::vector<std::string> made;
    for (std::size_t at = 0; at + bytes <= all.size(); at += bytes)
        made.push_back(all.substr(at, bytes));
    return made;
}

std::string repeated(std::string_view part, std::size_t bytes)
{
    std::string made;
    while (made.size() < bytes)
        made += part;
    made.resize(bytes);
    return made;
}

// Processor time of this thread: what else runs on the machine doesn't count.
double micros_now()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double micros_of(std::function<void()> const& work)
{
    auto const start = micros_now();
    work();
    return micros_now() - start;
}

decision decide(screen const& by, std::string_view text)
{
    input asked;
    asked.text = text;
    return by.decide(asked);
}
} // namespace

int main(int count, char** values)
{
    CLI::App options("Times the screen on one core");
    std::string items;
    double seconds = 5;
    options.add_option("items", items, "JSONL whose lines have a \"text\"")
        ->required()
        ->check(CLI::ExistingFile);
    options.add_option("--seconds", seconds, "how long posts are timed");
    CLI11_PARSE(options, count, values);
    auto const posts = posts_from(items, 700);
    if (posts.empty()) return std::cerr << "there is no post of 700 characters in it\n", 1;
    std::vector<screen> made;
    auto const before = bytes_kept;
    auto const load = micros_of([&] { made.emplace_back(shipped_policy()); });
    std::cout << "load " << load / 1000 << " ms, keeps " << static_cast<double>(bytes_kept - before) / 1e6
              << " MB\n";
    auto const& by = made.front();
    std::vector<double> took;
    for (auto const end = steady::now() + std::chrono::duration<double>(seconds); steady::now() < end;) {
        for (auto const& post : posts)
            took.push_back(micros_of([&] { decide(by, post); }));
    }
    std::sort(took.begin(), took.end());
    std::cout << "700 characters, " << posts.size() << " posts, " << took.size() << " times: p50 "
              << took[took.size() / 2] << " us, p99 " << took[took.size() * 99 / 100] << " us\n";
    constexpr std::size_t largest = 64 * 1024;
    training::random_numbers numbers(1);
    std::pair<char const*, std::string> const worst[] = {
        {"words at random", words_of(largest, numbers)},
        {"one word without end", repeated("a", largest)},
        {"one letter words", repeated("a b ", largest)},
        {"the same phrase", repeated("i want to die ", largest)},
        {"a phrase that never ends", repeated("i want to ", largest)},
        {"sentences without end", repeated("no. ", largest)},
        {"spaced out", repeated("k i l l m y s e l f ", largest)},
        {"not UTF-8", repeated("\xff\xfe\x80", largest)},
        {"combining marks", repeated("e\xCC\x81\xCC\x81", largest)},
        {"links", repeated("http://a.example/b ", largest)},
        {"digits", repeated("0123 456 789 ", largest)},
        {"quotes", repeated("> \"`", largest)},
    };
    for (auto const& [name, text] : worst) {
        auto least = 1e12;
        for (int again = 0; again < 3; ++again)
            least = std::min(least, micros_of([&, &asked = text] { decide(by, asked); }));
        std::cout << "64 KiB, " << name << ": " << least / 1000 << " ms\n";
    }
}
