// One line of JSON that asks for a decision: {"id", "text", optional "title", "context"}, and perhaps labels.
// A context is the text before it, or a list of those. What is of the wrong kind is told, never dropped.
#pragma once
#include "moderation/types.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace holdfast::cli {

struct asked_text {
    boost::json::object members; // all of the line
    std::string text;
    std::string title;
    std::vector<std::string> context;

    std::vector<std::string_view> context_views() const { return {context.begin(), context.end()}; }
    // Refers to this object and to `views`.
    moderation::input input(std::vector<std::string_view> const& views) const;
};

// None when the line is good; else what is wrong with it.
char const* read_line(std::string const& line, asked_text& into);

} // namespace holdfast::cli
