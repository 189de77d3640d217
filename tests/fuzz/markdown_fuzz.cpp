// Markdown of members: whatever they write, only harmless HTML comes out.
#include "server/markdown/markdown.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <array>

using namespace holdfast;
using fuzz::must;

namespace {
constexpr std::array<std::string_view, 16> tags{
    "p",
    "br",
    "em",
    "strong",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h4",
    "hr",
    "a",
    "del",
    "!--",
    "table"};

void check_tag(std::string_view tag) // without its angle brackets
{
    if (tag.starts_with("!-- raw HTML omitted --")) return;
    if (tag.starts_with('/')) tag.remove_prefix(1);
    auto const name = tag.substr(0, tag.find_first_of(" />"));
    must(std::find(tags.begin(), tags.end(), name) != tags.end(), "only tags that can't hurt");
    auto const rest = tag.substr(name.size());
    if (name == "a" && !rest.empty()) {
        must(rest.starts_with(" rel=\"nofollow noopener noreferrer ugc\" href=\""), "a link tells nothing");
        auto const to = rest.substr(rest.find("href=\"") + 6);
        for (auto const* scheme : {"javascript:", "vbscript:", "file:", "data:"})
            must(!to.starts_with(scheme), "a link does nothing");
    }
    must(rest.find(" on") == std::string_view::npos || name == "a" || name == "code", "no handlers");
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const html = markdown::html_of(fuzz::text_of(data, size));
    // In cmark's output every angle bracket of the text is escaped, so each one left is a tag's.
    for (auto at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
        auto const end = html.find('>', at);
        must(end != std::string::npos, "tags are closed");
        check_tag(std::string_view(html).substr(at + 1, end - at - 1));
    }
    return 0;
}
