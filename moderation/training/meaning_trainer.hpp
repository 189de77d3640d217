// Learns what words mean from the company they keep: counts of neighbours, weighed by how much more often
// than by chance they stand together (positive pointwise mutual information), brought down to few dimensions.
#pragma once
#include "moderation/learned/meanings.hpp"
#include "moderation/training/random.hpp"

#include <string>
#include <unordered_map>

namespace holdfast::moderation::training {

class meaning_trainer {
  public:
    void add(std::span<token const> text);
    meanings trained(std::uint64_t seed) const;

  private:
    std::unordered_map<std::string, std::uint32_t> words_;
    std::vector<std::string> names_;
    std::vector<std::vector<std::uint32_t>> texts_;
};

} // namespace holdfast::moderation::training
