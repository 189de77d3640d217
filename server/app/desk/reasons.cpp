#include "server/app/desk/reasons.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <stdexcept>

namespace holdfast::app {

namespace {
reason_template template_from(boost::json::object const& from)
{
    auto const text = [&](char const* name) { return std::string(from.at(name).as_string()); };
    auto const words = text("words");
    auto const open = words.find('{');
    auto const close = words.find('}');
    if (open == std::string::npos || close == std::string::npos || close < open ||
        words.find('{', open + 1) != std::string::npos) {
        throw std::runtime_error("a reason needs exactly one blank");
    }
    return {
        text("id"),
        text("title"),
        words.substr(0, open),
        words.substr(open + 1, close - open - 1),
        words.substr(close + 1)};
}
} // namespace

reasons::reasons(std::span<std::pair<std::string_view, std::string_view> const> files)
{
    for (auto const& [name, content] : files) {
        if (name != "content/reasons.json") continue;
        auto const read = boost::json::parse(boost::json::string_view(content.data(), content.size()));
        for (auto const& one : read.as_array())
            all_.push_back(template_from(one.as_object()));
    }
    if (all_.empty()) throw std::runtime_error("the reasons for giving a text back are missing");
}

reason_template const* reasons::find(std::string_view id) const
{
    auto const found = std::find_if(all_.begin(), all_.end(), [&](auto const& one) { return one.id == id; });
    return found == all_.end() ? nullptr : &*found;
}

} // namespace holdfast::app
