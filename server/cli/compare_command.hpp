// `holdfast screen --policy A --compare B`: what another policy would change, over lines or over what was
// decided.
#pragma once
#include "moderation/policy/policy.hpp"
#include "server/cli/config.hpp"

#include <istream>
#include <ostream>

namespace holdfast::cli {

struct compared_policies {
    moderation::policy a;
    moderation::policy b;
};

// JSONL; a line may carry labels: "harms" (names), "crisis_min" (the author's risk).
int run_compare(compared_policies const& both, std::istream& in, std::ostream& out);
// Every version in a data folder, each under its circle's own policy too; what people decided are the labels.
int run_compare_history(compared_policies const& both, config const& settings, std::ostream& out);

} // namespace holdfast::cli
