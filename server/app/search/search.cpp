#include "server/app/search/search.hpp"

#include "moderation/policy/ruling.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/readable.hpp"
#include "server/app/screener.hpp"
#include "server/app/texts.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

namespace holdfast::app {

search::search(
    store::database& database, texts& vault, screener& screen, circles& groups, help_lines const& lines
)
    : database_(database), texts_(vault), screener_(screen), circles_(groups), lines_(lines)
{
}

task<result<found>>
search::find(domain::principal_ptr who, circle_id circle, std::string words, std::size_t limit)
{
    auto const valid = validate_note("q", words, true);
    if (!valid) co_return valid.error();
    auto const group = co_await circles_.get(who, circle);
    if (!group) co_return group.error();
    if (!may_read(**group, who)) co_return errc::not_found;
    auto& vault = texts_;
    auto look = [&vault, circle, words, limit](store::read_tx& tx) -> result<std::vector<domain::post>> {
        texts::known_terms none;
        auto const terms = vault.search_terms(tx, circle, words, none);
        if (!terms) return terms.error();
        return open_all_visible(tx, vault, tx.search(circle, *terms, std::min(limit, limits::page_rows_max)));
    };
    auto posts = co_await database_.read(std::move(look));
    if (!posts) co_return posts.error();
    found made;
    made.posts = std::move(*posts);
    moderation::input input;
    input.text = words;
    input.kind = moderation::text_kind::note;
    auto const seen = screener_.screen(input);
    if (domain::care_is_due(seen.decision) && !moderation::is_only_unread(seen.decision)) {
        made.care = lines_.chosen_for(
            who ? std::string_view(who->country) : std::string_view(), seen.decision.triage
        );
    }
    co_return made;
}

} // namespace holdfast::app
