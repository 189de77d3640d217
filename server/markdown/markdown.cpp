#include "server/pages/markdown.hpp"

#include <cmark-gfm.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace holdfast::pages {

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
} // namespace

std::string html_of(std::string_view markdown)
{
    if (is_too_intricate(markdown)) return as_it_is(markdown);
    // HARDBREAKS: a line break is a line break, as people expect. Safe mode is cmark's default.
    constexpr int options = CMARK_OPT_HARDBREAKS | CMARK_OPT_VALIDATE_UTF8;
    std::unique_ptr<cmark_node, node_closer> const document(
        cmark_parse_document(markdown.data(), markdown.size(), options)
    );
    tame(document.get());
    std::unique_ptr<char, text_closer> const made(cmark_render_html(document.get(), options, nullptr));
    std::string html(made.get());
    replace_all(html, "<a href=", "<a rel=\"nofollow noopener noreferrer ugc\" href=");
    return html;
}

} // namespace holdfast::pages
