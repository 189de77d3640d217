// How notices come about, from the log of events; and mail, from what waits for it.
#include "server/app/notices/notice_state.hpp"
#include "server/app/terms/share_access.hpp"
#include "server/base/failpoint.hpp"
#include "server/base/log.hpp"
#include "server/sealing/secret.hpp"
#include "server/store/database.hpp"

#include <algorithm>

namespace holdfast::app {

using domain::letter_kind;
using domain::notice_kind;

namespace {
constexpr std::string_view consumer_name = "notices";
constexpr std::size_t looked_at_once = 100; // people's words go in between
constexpr std::size_t told_at_once = 200;   // a story for a large circle is told by itself
constexpr std::size_t letters_at_once = 20;
constexpr int letter_tries_max = 20; // the last ones an hour apart: most of a day

template <class Id>
about_id about(Id const& id)
{
    return about_id(id.raw());
}

struct wanted {
    account_id account;
    notice_kind kind = notice_kind::reply;
    about_id about;
    std::optional<post_id> post{};
};

void add_reply(store::read_tx& tx, store::event_row const& event, std::vector<wanted>& to)
{
    if (!event.thread || !event.post) return;
    auto const opening = tx.visible_opening(*event.thread);
    auto const reply = tx.visible_post(*event.post);
    if (!opening || !reply || opening->author == reply->author) return;
    auto const theirs = tx.memberships_of(opening->author);
    auto const is_there = std::any_of(theirs.begin(), theirs.end(), [&](auto const& one) {
        return one.circle == opening->circle;
    });
    if (!is_there) return;
    to.push_back({opening->author, notice_kind::reply, about(opening->thread), *event.post});
}

// To a reader: it was shared, or it is gone. To its writer: somebody left a note.
void add_story(store::read_tx& tx, store::event_row const& event, std::vector<wanted>& to)
{
    auto const story = event.post ? tx.share(*event.post) : std::nullopt;
    if (!story || !is_open(*story, event.at)) return;
    if (event.account) {
        auto const kind = *event.account == story->owner ? notice_kind::note : notice_kind::story;
        to.push_back({*event.account, kind, about(story->id)});
        return;
    }
    for (auto const& member : tx.members_of(story->circle)) {
        if (member != story->owner) to.push_back({member, notice_kind::story, about(story->id)});
    }
}

// Only what still is so: a question that waits, an answer, words while it lasts.
void add_partner(store::read_tx& tx, store::event_row const& event, std::vector<wanted>& to)
{
    using domain::partner_state;
    auto const between = event.post ? tx.partnership(*event.post) : std::nullopt;
    if (!between) return;
    auto const share = tx.share(between->id);
    if (event.type == "me.asked" || event.type == "partner.asked") {
        if (between->state == partner_state::asked && share && is_open(*share, event.at))
            to.push_back({between->partner, notice_kind::asked, about(between->id)});
    } else if (!event.account) {
        return;
    } else if (event.type == "me.answered") {
        to.push_back({*event.account, notice_kind::answer, about(between->id)});
    } else if (between->state == partner_state::accepted) {
        auto const kind = event.type == "me.checkin" ? notice_kind::checkin : notice_kind::partner;
        to.push_back({*event.account, kind, about(between->id)});
    }
}

// To whom a safety plan was shared.
void add_plan(store::read_tx& tx, store::event_row const& event, std::vector<wanted>& to)
{
    auto const share = event.post ? tx.share(*event.post) : std::nullopt;
    if (!share || share->what != domain::share_what::plan || !is_open(*share, event.at)) return;
    if (event.account && *event.account != share->owner)
        to.push_back({*event.account, notice_kind::plan, about(share->id)});
}

// What the member wrote themselves is no news to them.
void add_message(store::read_tx& tx, store::event_row const& event, std::vector<wanted>& to)
{
    auto const talk = event.circle ? tx.care().open_talk(*event.circle, *event.account) : std::nullopt;
    if (talk && talk->last_number > 0 && !talk->waits)
        to.push_back({*event.account, notice_kind::message, about(talk->id)});
}

std::vector<wanted> wanted_by(store::read_tx& tx, store::event_row const& event)
{
    std::vector<wanted> made;
    auto const to_me = [&](notice_kind kind, auto const& id) {
        if (id) made.push_back({*event.account, kind, about(*id)});
    };
    if (event.type == "post.published") add_reply(tx, event, made);
    if (event.type == "me.story" || (event.type == "story.shared" && event.circle))
        add_story(tx, event, made);
    if (event.type == "partner.asked") add_partner(tx, event, made);
    if (!event.account) return made;
    if (event.type == "me.decided") to_me(notice_kind::decision, event.post);
    if (event.type == "me.application") to_me(notice_kind::circle, event.circle);
    if (event.type == "me.report") to_me(notice_kind::report, event.post);
    if (event.type == "me.appeal") to_me(notice_kind::question, event.post);
    if (event.type == "me.message") add_message(tx, event, made);
    if (event.type == "me.share") add_plan(tx, event, made);
    if (event.type == "me.asked" || event.type == "me.answered" || event.type == "me.partner" ||
        event.type == "me.checkin")
        add_partner(tx, event, made);
    return made;
}

// false: they don't want it, or are told of it already.
bool tell(store::write_tx& tx, texts& vault, wanted const& one, timestamp now)
{
    auto const wish = wish_of(tx, vault, one.account);
    if (wish.off.contains(one.kind)) return false;
    store::news_row row;
    row.id = notice_id::random();
    row.account = one.account;
    row.kind = one.kind;
    row.about = one.about;
    row.post = one.post;
    row.at = domain::is_between_partners(one.kind) ? std::chrono::floor<std::chrono::days>(now) : now;
    if (!tx.add_notice(row, notices_kept_max)) return false;
    // They may have put aside who asks, and only they can read that: their next page knows.
    if (one.kind == notice_kind::asked && tx.private_count(one.account, domain::private_kind::pacing) > 0)
        return true;
    auto const quiet = quiet_until(wish.quiet, now);
    if (!quiet) tx.append_event({0, "me.notice", std::nullopt, std::nullopt, std::nullopt, one.account, now});
    if (wish.is_mailed(one.kind))
        tx.want_letter(one.account, letter_kind::news, quiet.value_or(now), letter_pause);
    return true;
}

// Gives whose counts changed.
result<std::vector<account_id>> take_events(store::write_tx& tx, texts& vault, timestamp now)
{
    std::vector<account_id> made;
    auto const events = tx.events_after(tx.consumed(consumer_name), looked_at_once);
    std::int64_t upto = 0;
    for (auto const& event : events) {
        auto const is_gone = event.type == "post.removed" || event.type == "story.withdrawn" ||
                             event.type == "share.withdrawn" || event.type == "partner.ended";
        if (is_gone && event.post) {
            for (auto const& account : tx.remove_notices_about(about(*event.post)))
                made.push_back(account);
        }
        for (auto const& one : wanted_by(tx, event)) {
            if (tell(tx, vault, one, now)) made.push_back(one.account);
        }
        upto = event.number;
        if (made.size() >= told_at_once) break;
    }
    if (upto > 0) tx.set_consumed(consumer_name, upto);
    return made;
}

struct ready_letter {
    store::letter_row row;
    std::optional<letter> content; // none: nobody wants it any more
    std::optional<timestamp> quiet;
};

ready_letter letter_for(
    store::read_tx& tx,
    texts& vault,
    languages const& spoken_ones,
    store::letter_row const& row,
    std::string const& link,
    timestamp now
)
{
    auto const wish = wish_of(tx, vault, row.account);
    ready_letter made{row, std::nullopt, std::nullopt};
    auto const is_code = row.what == letter_kind::code;
    auto const is_wanted =
        wish.address && (is_code ? !wish.address->code.empty() && now < wish.address->code_until
                                 : wish.address->is_confirmed && tx.unseen_notices(row.account) > 0);
    if (!is_wanted) return made;
    if (!is_code) made.quiet = quiet_until(wish.quiet, now);
    letter one;
    one.to = wish.address->text;
    auto const name =
        "letter " + row.account.text() + std::string(domain::name_of(row.what)) + std::to_string(row.wanted);
    one.id = hex_of(vault.token_hash(name));
    if (is_code) {
        one.subject = say("Your code");
        one.text = say("Your code is {code}. It works for half an hour.", {{"code", wish.address->code}}) +
                   "\r\n" + say("If you did not ask for it, you can let this be. Nothing more comes.");
    } else {
        one.subject = say("Something new for you");
        one.text = say("There is something new for you.");
        if (!link.empty()) one.text += "\r\n" + link;
    }
    auto const& spoken = spoken_ones.in(wish.language);
    one.subject = spoken.text_of(one.subject);
    one.text = spoken.text_of(one.text);
    made.content = std::move(one);
    return made;
}
} // namespace

task<result<std::size_t>> notices::catch_up()
{
    std::size_t all = 0;
    for (;;) {
        auto look = [](store::read_tx& tx) -> result<bool> {
            return !tx.events_after(tx.consumed(consumer_name), 1).empty();
        };
        auto const any = co_await state_->database.read(std::move(look));
        if (!any) co_return any.error();
        if (!*any) co_return all; // quiet: no write, no fsync
        auto& vault = state_->vault;
        auto take = [&vault, now = state_->time.now()](store::write_tx& tx) {
            return take_events(tx, vault, now);
        };
        auto const taken = co_await state_->database.write(std::move(take));
        if (!taken) co_return taken.error();
        state_->forget(*taken);
        all += taken->size();
    }
}

task<result<std::size_t>> notices::send_letters()
{
    if (state_->channel == nullptr) co_return std::size_t(0);
    auto const now = state_->time.now();
    auto& vault = state_->vault;
    auto look = [&vault, &spoken = state_->spoken, link = state_->link, now](store::read_tx& tx
                ) -> result<std::vector<ready_letter>> {
        std::vector<ready_letter> made;
        for (auto const& row : tx.letters_due(now, letters_at_once))
            made.push_back(letter_for(tx, vault, spoken, row, link, now));
        return made;
    };
    auto const due = co_await state_->database.read(std::move(look));
    if (!due) co_return due.error();
    std::size_t sent = 0;
    for (auto const& one : *due) {
        auto is_told = false;
        if (one.content && !one.quiet) {
            auto content = *one.content;
            auto const done = co_await state_->channel->send(std::move(content));
            is_told = done.has_value();
            if (is_told) ++sent;
            if (!is_told) log::warning("a letter to a member could not be sent");
        }
        auto note = [one, is_told, now](store::write_tx& tx) -> result<void> {
            auto const pause = one.row.what == letter_kind::code ? code_pause : letter_pause;
            auto const tries = one.row.tries + 1;
            if (is_told || !one.content || tries >= letter_tries_max) {
                tx.end_letter(one.row, now, pause);
            } else if (one.quiet) {
                tx.put_letter_off(one.row, *one.quiet, one.row.tries);
            } else {
                auto const wait = std::chrono::seconds(30) * (1 << std::min(tries, 7));
                tx.put_letter_off(one.row, now + wait, tries);
            }
            return result<void>();
        };
        auto const noted = co_await state_->database.write(std::move(note));
        if (!noted) co_return noted.error();
    }
    co_return sent;
}

} // namespace holdfast::app
