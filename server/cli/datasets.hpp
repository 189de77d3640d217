// Reads labelled sets for `holdfast train` and `holdfast evaluate`: a manifest (TOML, see
// moderation/training/datasets.toml) says which file, which field means what, and what a set may be used for.
#pragma once
#include "moderation/training/example.hpp"

#include <filesystem>
#include <vector>

namespace holdfast::cli {

// The sets of a manifest in the folder `data`; without a manifest, `data` is a file of labelled lines by
// itself, of which `file_may` says what it may be used for. Throws std::runtime_error naming file, line and
// cause.
std::vector<moderation::training::example_set> read_sets(
    std::filesystem::path const& manifest,
    std::filesystem::path const& data,
    moderation::training::use file_may
);

// Throws std::runtime_error naming file, line and cause. Sets whose file is missing are left out and named on
// standard error: not everybody may hold every set.
std::vector<moderation::training::example_set>
read_datasets(std::filesystem::path const& manifest, std::filesystem::path const& data);

} // namespace holdfast::cli
