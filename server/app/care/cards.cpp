#include "server/app/care/cards.hpp"

#include "moderation/policy/ruling.hpp"
#include "server/app/care/aftercare.hpp"
#include "server/app/help/help_lines.hpp"

namespace holdfast::app {

namespace {
void put_people(
    store::read_tx& tx,
    domain::care_now& made,
    account_id const& author,
    circle_id const& circle,
    timestamp now
)
{
    auto roster = tx.care().roster_of(circle, now);
    // A facilitator who asks for help is not their own help.
    std::erase(roster.first, author);
    std::erase(roster.second, author);
    made.somebody_on_duty = roster.somebody_on_duty();
    if (auto const talk = tx.care().open_talk(circle, author)) made.talk = talk->id;
    if (!made.somebody_on_duty) made.duty_from = tx.care().next_duty(circle, now);
}
} // namespace

domain::care_now note_care(
    store::write_tx& tx,
    account_id const& author,
    circle_id const& circle,
    int version,
    domain::care_card card
)
{
    // Nobody knows yet whether it is one: no whole page in place of the next real one, no question tomorrow.
    card.shown = card.unread ? domain::care_shown::brief
                             : domain::how_to_show(tx.care().last_whole_card(author), card.triage, card.at);
    tx.care().add_card(author, version, card);
    if (!card.unread) plan_aftercare(tx, author, circle, card.post, card.at);
    domain::care_now made;
    made.shown = card.shown;
    put_people(tx, made, author, circle, card.at);
    return made;
}

domain::care_now care_around(
    store::read_tx& tx, account_id const& author, circle_id const& circle, post_id const& post, timestamp now
)
{
    domain::care_now made;
    if (auto const card = tx.care().card(post)) {
        made.shown = card->shown;
        made.safe = card->safe_at.has_value();
    }
    put_people(tx, made, author, circle, now);
    return made;
}

domain::care care_with(
    help_lines const& lines,
    std::string_view country,
    moderation::decision const& decided,
    post_id const& post,
    domain::care_now const& now
)
{
    auto made = lines.chosen_for(country, decided.triage);
    made.unread = moderation::is_only_unread(decided);
    made.post = post;
    made.now = now;
    return made;
}

} // namespace holdfast::app
