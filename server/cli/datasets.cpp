#include "server/cli/datasets.hpp"

#include "server/cli/labelled_lines.hpp"
#include "server/cli/marks.hpp"
#include "server/cli/sentences.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>

namespace holdfast::cli {

namespace json = boost::json;
namespace training = moderation::training;

namespace {
[[noreturn]] void fail(std::string const& where, std::string const& cause)
{
    throw std::runtime_error(where + ": " + cause);
}

std::string printed(json::value const& value)
{
    if (value.is_string()) return std::string(value.get_string());
    return json::serialize(value);
}

// "What a row says when a field is, begins with or has something"; without a field it always says so.
struct meaning {
    std::string field;
    std::string is;
    std::string begins;
    std::array<std::int8_t, moderation::head_count> heads{};
    std::array<std::int8_t, moderation::label_count> labels{};
    std::int8_t harm = training::unknown;
    int risk = training::unknown;
    bool skip = false;
    float weight = 1;

    bool holds_for(json::object const& row) const
    {
        if (field.empty()) return true;
        auto const* const value = row.if_contains(field);
        if (value == nullptr) return false;
        if (!value->is_array()) return matches(printed(*value));
        auto const& all = value->get_array();
        return std::any_of(all.begin(), all.end(), [&](json::value const& one) {
            return matches(printed(one));
        });
    }
    bool matches(std::string const& text) const
    {
        return begins.empty() ? text == is : text.starts_with(begins);
    }
};

struct manifest_entry {
    training::example_set set;
    std::vector<std::string> files;
    std::string text_field;
    std::string context_field;
    std::string function_field;
    std::string base_field;
    std::string writer_field;
    std::string risk_field;
    std::string risk_min_field;
    std::string risk_max_field;
    std::string labels_field; // an array of label names; those not in it are absent
    std::vector<meaning> meanings;
};

meaning meaning_from(toml::table const& table, std::string const& where)
{
    meaning made;
    made.field = table["field"].value_or("");
    made.is = table["is"].value_or("");
    made.begins = table["begins"].value_or("");
    made.harm = static_cast<std::int8_t>(table["harm"].value_or(static_cast<int>(training::unknown)));
    made.risk = table["risk"].value_or(static_cast<int>(training::unknown));
    made.skip = table["skip"].value_or(false);
    made.weight = table["weight"].value_or(1.0F);
    read_marks(table["heads"], moderation::head_named, made.heads, where);
    read_marks(table["labels"], moderation::label_named, made.labels, where);
    return made;
}

training::source source_named(std::string const& own, std::string const& where)
{
    if (own == "lines") return training::source::lines;
    if (own == "passages") return training::source::passages;
    fail(where, "\"own\" is lines or passages, and not " + own);
}

manifest_entry entry_from(toml::table const& table, std::string const& where)
{
    manifest_entry made;
    made.set.name = table["name"].value_or("");
    if (auto const one = table["file"].value<std::string>()) made.files.push_back(*one);
    if (auto const* const all = table["files"].as_array()) {
        for (auto const& one : *all)
            made.files.push_back(one.value_or(std::string()));
    }
    if (made.set.name.empty() || made.files.empty()) fail(where, "a set needs a name and a file");
    auto const use = table["use"].value_or(std::string());
    if (use == "split") {
        made.set.may = training::use::split;
    } else if (use == "folds") {
        made.set.may = training::use::folds;
    } else if (use != "measure") {
        fail(where, "\"use\" is split, folds or measure in the set " + made.set.name);
    }
    if (table.contains("own")) made.set.from = source_named(table["own"].value_or(std::string()), where);
    made.set.ordinary = table["ordinary"].value_or(false);
    if (auto const* const all = table["harm_shares"].as_array()) {
        for (auto const& one : *all) {
            auto const share = one.value_or(0.0);
            if (share <= 0 || share >= 1)
                fail(where, "\"harm_shares\" are over 0 and under 1 in the set " + made.set.name);
            made.set.harm_shares.push_back(share);
        }
    }
    made.text_field = table["text"].value_or("text");
    made.context_field = table["context"].value_or("context");
    made.function_field = table["function"].value_or("");
    made.base_field = table["base"].value_or("");
    made.writer_field = table["writer"].value_or("");
    made.risk_field = table["risk"].value_or("");
    made.risk_min_field = table["risk_min"].value_or("");
    made.risk_max_field = table["risk_max"].value_or("");
    made.labels_field = table["labels"].value_or("");
    if (auto const* const all = table["says"].as_array()) {
        for (auto const& one : *all) {
            if (one.is_table())
                made.meanings.push_back(meaning_from(*one.as_table(), where + ", " + made.set.name));
        }
    }
    return made;
}

int number_in(json::object const& row, std::string const& field)
{
    if (field.empty()) return training::unknown;
    auto const* const value = row.if_contains(field);
    if (value == nullptr) return training::unknown;
    if (value->is_int64()) return static_cast<int>(value->get_int64());
    if (value->is_double()) return static_cast<int>(value->get_double());
    return training::unknown;
}

std::string text_in(json::object const& row, std::string const& field)
{
    auto const* const value = field.empty() ? nullptr : row.if_contains(field);
    if (value == nullptr || value->is_null()) return {};
    if (!value->is_array()) return printed(*value);
    return value->get_array().empty() ? std::string() : printed(value->get_array().back());
}

// -2 takes back what an earlier meaning said.
template <class Mark>
void take(Mark said, Mark& mark)
{
    if (said != training::unknown) mark = said < training::unknown ? Mark{training::unknown} : said;
}

// False when the manifest says to leave the row out.
bool apply(manifest_entry const& entry, json::object const& row, training::example& made)
{
    made.heads.fill(training::unknown);
    made.labels.fill(training::unknown);
    for (auto const& one : entry.meanings) {
        if (!one.holds_for(row)) continue;
        if (one.skip) return false;
        for (std::size_t at = 0; at < made.heads.size(); ++at) {
            take(one.heads[at], made.heads[at]);
        }
        for (std::size_t at = 0; at < made.labels.size(); ++at) {
            take(one.labels[at], made.labels[at]);
        }
        take(one.harm, made.harm);
        take(one.risk, made.risk);
        made.weight *= one.weight;
    }
    if (!entry.labels_field.empty()) {
        made.labels.fill(0);
        auto const* const names = row.if_contains(entry.labels_field);
        if (names != nullptr && names->is_array()) {
            for (auto const& name : names->get_array()) {
                if (auto const which = moderation::label_named(printed(name)))
                    made.labels[static_cast<std::size_t>(*which)] = 1;
            }
        }
    }
    return true;
}

void read_rows(manifest_entry& entry, std::filesystem::path const& file, std::size_t set_index)
{
    std::ifstream lines(file);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.empty()) continue;
        boost::system::error_code failed;
        auto const value = json::parse(line, failed);
        if (failed || !value.is_object())
            fail(file.string() + ", line " + std::to_string(number), "not a JSON object");
        auto const& row = value.get_object();
        training::example made;
        made.set = set_index;
        made.id = text_in(row, "id");
        made.text = text_in(row, entry.text_field);
        made.context = text_in(row, entry.context_field);
        made.function = text_in(row, entry.function_field);
        made.base = text_in(row, entry.base_field);
        made.writer = text_in(row, entry.writer_field);
        made.risk = number_in(row, entry.risk_field);
        made.risk_min = number_in(row, entry.risk_min_field);
        made.risk_max = number_in(row, entry.risk_max_field);
        if (apply(entry, row, made)) entry.set.examples.push_back(std::move(made));
    }
}
} // namespace

std::vector<training::example_set>
read_sets(std::filesystem::path const& manifest, std::filesystem::path const& data, training::use file_may)
{
    if (manifest.empty() == std::filesystem::is_directory(data))
        throw std::runtime_error("--data is a folder with --manifest, or one file of labelled lines without."
        );
    if (!manifest.empty()) return read_datasets(manifest, data);
    return {read_labelled(data, file_may)};
}

std::vector<training::example_set>
read_datasets(std::filesystem::path const& manifest, std::filesystem::path const& data)
{
    std::vector<training::example_set> made;
    try {
        auto const file = toml::parse_file(manifest.string());
        auto const* const sets = file["set"].as_array();
        if (sets == nullptr) fail(manifest.string(), "there is no [[set]]");
        if (auto const own = file["sentences"].value<std::string>())
            made.push_back(read_sentences(manifest.parent_path() / *own));
        for (auto const& one : *sets) {
            if (!one.is_table()) fail(manifest.string(), "a set is a table");
            auto entry = entry_from(*one.as_table(), manifest.string());
            for (auto const& name : entry.files) {
                auto const path =
                    (entry.set.from == training::source::people ? data : manifest.parent_path()) / name;
                if (std::filesystem::exists(path)) {
                    read_rows(entry, path, made.size());
                } else {
                    std::cerr << "left out, there is no " << name << "\n";
                }
            }
            if (!entry.set.examples.empty()) made.push_back(std::move(entry.set));
        }
    } catch (toml::parse_error const& broken) {
        fail(
            manifest.string() + ", line " + std::to_string(broken.source().begin.line),
            std::string(broken.description())
        );
    }
    return made;
}

} // namespace holdfast::cli
