// `holdfast evaluate`: screens labelled JSONL and prints how well, set by set. Ids are printed, texts never.
#pragma once
#include "moderation/policy/policy.hpp"

#include <filesystem>
#include <ostream>
#include <string>

namespace holdfast::cli {

struct evaluate_request {
    std::filesystem::path manifest; // empty: `data` is one file of labelled lines
    std::filesystem::path data;
    std::filesystem::path model; // empty: the one in this program
    moderation::policy rules;
    std::string only; // the name of one set; empty: all
    std::uint64_t seed = 1;
    bool folds = false;       // report the small sets, each fold by a model trained without it
    std::size_t mistakes = 0; // name that many of the worst by id
};

int run_evaluate(evaluate_request const& asked, std::ostream& out, std::ostream& progress);

} // namespace holdfast::cli
