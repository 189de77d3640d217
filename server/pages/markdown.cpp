#include "server/pages/view.hpp"

#include <cmark-gfm.h>

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

// Images would tell other servers who reads, and can hurt: their words stay. Headings would break the page's order.
void tame(cmark_node* document)
{
    std::unique_ptr<cmark_iter, iterator_closer> const all(cmark_iter_new(document));
    for (auto event = cmark_iter_next(all.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(all.get())) {
        auto* const node = cmark_iter_get_node(all.get());
        auto const type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HEADING && event == CMARK_EVENT_ENTER) cmark_node_set_heading_level(node, 4);
        if (type == CMARK_NODE_IMAGE && event == CMARK_EVENT_EXIT) {
            for (auto* child = cmark_node_first_child(node); child != nullptr; child = cmark_node_first_child(node)) {
                if (cmark_node_insert_before(node, child) == 0) break;
            }
            cmark_node_free(node);
        }
    }
}

void replace_all(std::string& text, std::string_view what, std::string_view with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}
} // namespace

std::string html_of(std::string_view markdown)
{
    // HARDBREAKS: a line break is a line break, as people expect. Safe mode is cmark's default.
    constexpr int options = CMARK_OPT_HARDBREAKS | CMARK_OPT_VALIDATE_UTF8;
    std::unique_ptr<cmark_node, node_closer> const document(cmark_parse_document(markdown.data(), markdown.size(), options));
    tame(document.get());
    std::unique_ptr<char, text_closer> const made(cmark_render_html(document.get(), options, nullptr));
    std::string html(made.get());
    replace_all(html, "<a href=", "<a rel=\"nofollow noopener noreferrer ugc\" href=");
    return html;
}

} // namespace holdfast::pages
