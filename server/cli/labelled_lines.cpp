#include "server/cli/labelled_lines.hpp"

#include "server/cli/screen_line.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace holdfast::cli {

namespace json = boost::json;
namespace training = moderation::training;

namespace {
using moderation::head;
using moderation::label;

struct teaching {
    label about;
    head taught;
};
constexpr std::array teachings{
    teaching{label::harassment, head::insult},
    teaching{label::hate, head::hate},
    teaching{label::threat, head::threat},
    teaching{label::violence, head::violence},
    teaching{label::sexual, head::sexual},
    teaching{label::self_harm, head::self_harm},
    teaching{label::spam, head::spam},
};
// They say nothing about whether a text harms somebody by what it says.
constexpr std::array beside_harm{label::self_harm, label::pii, label::spam, label::abuse_danger};

label label_of(json::value const& name)
{
    auto const found =
        name.is_string() ? moderation::label_named(std::string_view(name.get_string())) : std::nullopt;
    if (!found) throw std::runtime_error("there is no label " + json::serialize(name));
    return *found;
}

// None when the line says nothing about labels.
std::optional<moderation::label_set> labels_of(json::object const& line)
{
    auto const* const one = line.if_contains("label");
    auto const* const all = line.if_contains("labels");
    if (one == nullptr && all == nullptr) return std::nullopt;
    moderation::label_set made;
    if (one != nullptr && !one->is_null()) made.add(label_of(*one));
    if (all == nullptr) return made;
    if (!all->is_array()) throw std::runtime_error("\"labels\" is not a list");
    for (auto const& name : all->get_array())
        made.add(label_of(name));
    return made;
}

std::optional<int> risk_of(json::object const& line)
{
    constexpr std::int64_t highest = 6;
    auto const* const value = line.if_contains("risk");
    if (value == nullptr || value->is_null()) return std::nullopt;
    auto const level = value->is_int64() ? value->get_int64() : -1;
    if (level < 0 || level > highest) throw std::runtime_error("\"risk\" is not a whole number from 0 to 6");
    return static_cast<int>(level);
}

// Those that are named are there, and the others are not.
void mark(moderation::label_set named, training::example& into)
{
    bool has_any = false;
    bool harms = false;
    for (std::size_t at = 0; at < moderation::label_count; ++at) {
        auto const about = static_cast<label>(at);
        auto const has = named.has(about);
        into.labels[at] = has ? 1 : 0;
        has_any = has_any || has;
        harms =
            harms || (has && std::find(beside_harm.begin(), beside_harm.end(), about) == beside_harm.end());
    }
    for (auto const& one : teachings)
        into.heads[static_cast<std::size_t>(one.taught)] = named.has(one.about) ? 1 : 0;
    if (has_any && !harms) return;
    into.harm = harms ? 1 : 0;
    into.heads[static_cast<std::size_t>(head::any_harm)] = into.harm;
}

void mark(int risk, training::example& into)
{
    auto const from = [&](head taught, int level) {
        into.heads[static_cast<std::size_t>(taught)] = risk >= level ? 1 : 0;
    };
    into.risk = risk;
    from(head::thoughts, 2);
    from(head::intent, 4);
    from(head::act, 6);
}

training::example example_of(std::string const& line)
{
    asked_text read;
    if (auto const* const wrong = read_line(line, read)) throw std::runtime_error(wrong);
    auto const labels = labels_of(read.members);
    auto const risk = risk_of(read.members);
    if (!labels && !risk) throw std::runtime_error("there is neither \"label\", \"labels\" nor \"risk\"");
    training::example made;
    made.heads.fill(training::unknown);
    made.labels.fill(training::unknown);
    if (auto const* const id = read.members.if_contains("id"))
        made.id = id->is_string() ? std::string(id->get_string()) : json::serialize(*id);
    made.text = std::move(read.text);
    if (!read.context.empty()) made.context = std::move(read.context.back());
    if (labels) mark(*labels, made);
    if (risk) mark(*risk, made);
    return made;
}
} // namespace

training::example_set read_labelled(std::filesystem::path const& file, training::use may)
{
    training::example_set made;
    made.name = file.stem().string();
    made.may = may;
    std::ifstream lines(file);
    if (!lines) throw std::runtime_error(file.string() + " can't be read.");
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.empty()) continue;
        try {
            made.examples.push_back(example_of(line));
        } catch (std::runtime_error const& wrong) {
            throw std::runtime_error(
                file.string() + ", line " + std::to_string(number) + ": " + wrong.what()
            );
        }
    }
    if (made.examples.empty()) throw std::runtime_error(file.string() + " has no line in it.");
    return made;
}

} // namespace holdfast::cli
