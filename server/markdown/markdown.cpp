#include "server/markdown/markdown.hpp"

#include <cmark-gfm.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

namespace holdfast::markdown {

namespace {
struct node_closer {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct text_closer {
    void operator()(char* text) const { std::free(text); }
};
struct iterator_closer {
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

// Images would tell other servers who reads, and can hurt: their words stay. Headings would break the page's
// order.
void tame(cmark_node* document)
{
    std::unique_ptr<cmark_iter, iterator_closer> const all(cmark_iter_new(document));
    for (auto event = cmark_iter_next(all.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(all.get())) {
        auto* const node = cmark_iter_get_node(all.get());
        auto const type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HEADING && event == CMARK_EVENT_ENTER) cmark_node_set_heading_level(node, 4);
        if (type == CMARK_NODE_IMAGE && event == CMARK_EVENT_EXIT) {
            for (auto* child = cmark_node_first_child(node); child != nullptr;
                 child = cmark_node_first_child(node)) {
                if (cmark_node_insert_before(node, child) == 0) break;
            }
            cmark_node_free(node);
        }
    }
}

void replace_all(std::string& text, std::string_view what, std::string_view with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}
// How deep the quotes and lists are that one line opens.
std::size_t depth_of(std::string_view line)
{
    std::size_t depth = 0;
    for (;;) {
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (line.empty()) return depth;
        auto const digits = std::min(line.find_first_not_of("0123456789"), line.size());
        auto const marker =
            digits < line.size() && (digits > 0 ? line[digits] == '.' || line[digits] == ')'
                                                : line[0] == '-' || line[0] == '+' || line[0] == '*');
        auto const opens_item =
            marker && (digits + 1 == line.size() || line[digits + 1] == ' ' || line[digits + 1] == '\t');
        if (line[0] != '>' && !opens_item) return depth;
        line.remove_prefix(digits + 1);
        ++depth;
    }
}

// Debian's cmark-gfm takes seconds for some texts that nobody writes by accident (CVE-2023-22483 and after):
// very deep quotes and lists, and thousands of brackets. They are shown as they are, and harm nobody.
bool is_too_intricate(std::string_view text)
{
    constexpr std::size_t depth_max = 16;
    constexpr std::ptrdiff_t brackets_max = 300;
    if (std::count(text.begin(), text.end(), '[') > brackets_max) return true;
    while (!text.empty()) {
        auto const end = std::min(text.find_first_of("\r\n"), text.size());
        if (depth_of(text.substr(0, end)) > depth_max) return true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

std::string as_it_is(std::string_view text)
{
    std::string made = "<p>";
    for (auto const one : text) {
        switch (one) {
        case '&':
            made += "&amp;";
            break;
        case '<':
            made += "&lt;";
            break;
        case '>':
            made += "&gt;";
            break;
        case '"':
            made += "&quot;";
            break;
        case '\n':
            made += "<br />\n";
            break;
        default:
            made += one;
        }
    }
    return made + "</p>\n";
}

// HARDBREAKS: a line break is a line break, as people expect. Safe mode is cmark's default.
constexpr int options = CMARK_OPT_HARDBREAKS | CMARK_OPT_VALIDATE_UTF8;
using parsed_text = std::unique_ptr<cmark_node, node_closer>;

// What the page and the screen both read.
parsed_text read(std::string_view text)
{
    parsed_text made(cmark_parse_document(text.data(), text.size(), options));
    tame(made.get());
    return made;
}

// Writes down what a reader sees, line by line. What stands in a quote stays a quoted line, and what stands
// in a list a listed one: they say whose words these are.
class plain_writer {
  public:
    std::string write(cmark_node* document)
    {
        std::unique_ptr<cmark_iter, iterator_closer> const all(cmark_iter_new(document));
        for (auto event = cmark_iter_next(all.get()); event != CMARK_EVENT_DONE;
             event = cmark_iter_next(all.get())) {
            auto* const node = cmark_iter_get_node(all.get());
            if (event == CMARK_EVENT_ENTER) {
                enter(node);
            } else {
                leave(cmark_node_get_type(node));
            }
        }
        while (!made_.empty() && made_.back() == '\n')
            made_.pop_back();
        return std::move(made_);
    }

  private:
    void enter(cmark_node* node)
    {
        auto const type = cmark_node_get_type(node);
        if (type == CMARK_NODE_BLOCK_QUOTE) ++quotes_;
        if (type == CMARK_NODE_ITEM) opens_item_ = true;
        if (type == CMARK_NODE_LINEBREAK || type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_THEMATIC_BREAK)
            end_line();
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK)
            add(cmark_node_get_literal(node));
        if (type == CMARK_NODE_CODE_BLOCK) end_block();
    }

    void leave(cmark_node_type type)
    {
        if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) end_block();
        if (type == CMARK_NODE_BLOCK_QUOTE) --quotes_;
    }

    void add(char const* text)
    {
        for (std::string_view left = text == nullptr ? "" : text; !left.empty();) {
            auto const end = std::min(left.find('\n'), left.size());
            if (end > 0) {
                begin_line();
                made_ += left.substr(0, end);
            }
            if (end < left.size()) end_line();
            left.remove_prefix(std::min(end + 1, left.size()));
        }
    }

    void begin_line()
    {
        if (!made_.empty() && made_.back() != '\n') return;
        if (quotes_ > 0) made_ += "> ";
        if (opens_item_) made_ += "- ";
        opens_item_ = false;
    }

    void end_line()
    {
        if (!made_.empty()) made_ += '\n';
    }

    void end_block()
    {
        if (!made_.empty() && made_.back() != '\n') made_ += '\n';
        end_line();
    }

    std::string made_;
    int quotes_ = 0;
    bool opens_item_ = false;
};
} // namespace

bool turns_direction(std::string_view text)
{
    if (text.size() < 3 || text[0] != '\xE2') return false;
    auto const middle = static_cast<unsigned char>(text[1]);
    auto const last = static_cast<unsigned char>(text[2]);
    return (middle == 0x80 && last >= 0xAA && last <= 0xAE) ||
           (middle == 0x81 && last >= 0xA6 && last <= 0xA9);
}

std::string without_turning(std::string text)
{
    for (auto at = text.find('\xE2'); at != std::string::npos; at = text.find('\xE2', at)) {
        if (turns_direction(std::string_view(text).substr(at))) {
            text.erase(at, 3);
        } else {
            ++at;
        }
    }
    return text;
}

std::string html_of(std::string_view markdown)
{
    if (is_too_intricate(markdown)) return without_turning(as_it_is(markdown));
    auto const parsed = read(markdown);
    std::unique_ptr<char, text_closer> const made(cmark_render_html(parsed.get(), options, nullptr));
    auto html = without_turning(made.get());
    replace_all(html, "<a href=", "<a rel=\"nofollow noopener noreferrer ugc\" href=");
    return html;
}

bool may_read_otherwise(std::string_view markdown)
{
    static constexpr auto acts = [] {
        std::array<bool, 256> made{};
        for (auto const one : {'&', '\\', '*', '_', '`', '<', '[', '\xE2'})
            made[static_cast<unsigned char>(one)] = true;
        return made;
    }();
    for (std::size_t at = 0; at < markdown.size(); ++at) {
        if (!acts[static_cast<unsigned char>(markdown[at])]) continue;
        if (markdown[at] != '\xE2' || turns_direction(markdown.substr(at))) return true; // E2: also a dash
    }
    return false;
}

std::string visible_text(std::string_view markdown)
{
    if (!may_read_otherwise(markdown) || is_too_intricate(markdown))
        return without_turning(std::string(markdown));
    return without_turning(plain_writer().write(read(markdown).get()));
}

} // namespace holdfast::markdown
