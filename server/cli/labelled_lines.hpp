// Labelled lines that need no manifest, because they name this program's own labels: {"text", "label" or
// "labels", optional "id", "context", "risk"}. "label": null or "labels": [] says that there is none.
#pragma once
#include "moderation/training/example.hpp"

#include <filesystem>

namespace holdfast::cli {

// One set, named like the file. Throws std::runtime_error naming file, line and cause.
moderation::training::example_set
read_labelled(std::filesystem::path const& file, moderation::training::use may);

} // namespace holdfast::cli
