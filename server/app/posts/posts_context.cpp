#include "server/app/posts/posts_context.hpp"

#include "server/base/utf8.hpp"

namespace holdfast::app {

namespace {
constexpr std::size_t last_texts = 3;
constexpr std::size_t bytes_max = 2000; // of each, from its end: there the question stands

std::string end_of(domain::post_text content)
{
    auto words = content.title.empty() ? std::move(content.text) : content.title + "\n" + content.text;
    if (words.size() <= bytes_max) return words;
    return words.substr(border_behind(words, words.size() - bytes_max));
}
} // namespace

std::vector<std::string> texts_before(
    store::read_tx& tx,
    texts& vault,
    circle_id const& circle,
    thread_id const& thread,
    int number,
    account_id const& author
)
{
    auto rows = tx.texts_before(thread, number, author, last_texts);
    if (!rows.empty() && rows.front().number != 1) {
        auto const opening = tx.texts_before(thread, 2, author, 1);
        rows.insert(rows.begin(), opening.begin(), opening.end());
    }
    std::vector<std::string> made;
    for (auto const& row : rows) {
        auto opened = vault.open_post(tx, circle, row.author, row.post, row.version, row.text);
        if (opened) made.push_back(end_of(std::move(*opened)));
    }
    return made;
}

} // namespace holdfast::app
