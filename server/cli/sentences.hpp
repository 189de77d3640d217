// Expands patterns of our own (moderation/training/sentences.toml) into labelled sentences, the same ones
// each time.
#pragma once
#include "moderation/training/example.hpp"

#include <filesystem>

namespace holdfast::cli {

moderation::training::example_set read_sentences(std::filesystem::path const& file);

} // namespace holdfast::cli
