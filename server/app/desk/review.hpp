// The desk: what waits for a facilitator, who takes it, and what they decide. Reading a held text is audited,
// and its author sees that it was read. Absent and forbidden look the same: not_found.
#pragma once
#include "server/app/desk/appeals.hpp"
#include "server/app/text_diff.hpp"
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/domain/measures.hpp"
#include "server/domain/post.hpp"
#include "server/domain/review.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;
class screener;
class change_log;
class reasons;

struct review_filter {
    std::optional<domain::lane> lane;
    std::optional<circle_id> circle;
    bool mine = false; // only what one has taken
    std::optional<domain::queue_place> after{};
};

struct review_page {
    std::vector<domain::review_item> items;
    std::optional<domain::queue_place> next; // where to go on; none at the end
};

struct review_decision {
    domain::verdict what = domain::verdict::publish;
    int revision = 1;        // of the item as the facilitator saw it; conflict when it changed
    std::string reason;      // needed to give back or take out; goes to the author, screened like any text
    std::string passage;     // quoted from the text: what to change
    std::string ready_words; // a template's id, or ""
    std::string blank;       // what fills that template's blank
    // Only with a text given back or taken out for harm.
    int strike = 0;                          // its weight, 0 for none
    std::optional<domain::limit_kind> limit; // any but lock
    int limit_hours = 0;
    int slow_minutes = 0;
};

// How much of an item somebody wants to see: what was noticed; the sentences that it was noticed in; all of
// it.
enum class shown : std::uint8_t { reasons, sentences, all };

// A sentence with what was noticed in it, in three parts.
struct marked_sentence {
    std::string before, marked, after;
};

struct facilitator_note {
    std::string by; // a nickname
    std::string words;
    bool folded = false; // the screen found something hard to read in it
    timestamp at;
};

// How somebody has been in this circle: counts, not a dossier. Care is not in it.
struct author_history {
    std::optional<timestamp> joined_at;
    int posts = 0;                                    // of their last 500, that the circle can read
    std::array<int, domain::verdict_count> decided{}; // by verdict, of the last 200 in this circle
    std::vector<facilitator_note> notes;              // newest first
};

struct policy_sentence {
    std::string rule;
    std::string why;
};

struct told_report {
    domain::report_category category = domain::report_category::other;
    std::string words;
    bool folded = false;
    double weight = 1;
    timestamp at;
};

// An item opened to be read: this much is shown only to a facilitator of its circle. From `sentences` on its
// author sees that it was read.
struct review_item_opened {
    domain::review_item item;
    app::shown shown = app::shown::all;
    std::string nickname;
    moderation::decision screened;
    std::vector<marked_sentence> sentences;  // with shown::sentences
    domain::post_text content;               // with shown::all; empty when its author took it down
    std::vector<domain::post> before, after; // around it in the thread, with shown::all
    std::vector<policy_sentence> policy;     // why the rules that acted are there
    author_history history;
    std::vector<std::string> also_looking; // nicknames of others who opened it in the last minutes
    std::vector<domain::review_step> steps;
    std::vector<told_report> reports;   // what members said about it, without who
    std::vector<appeal_message> appeal; // in the appeal lane
    std::string decided_before;         // in the appeal lane: the reason that the author was given
    std::string returned_because;       // with meant_for: what its author was told about the version before
    std::vector<diff_piece> changes;    // with meant_for and shown::all: since that version
};

struct handed_out {
    enum class pause : std::uint8_t { none, chosen, budget };
    std::optional<domain::review_item> item; // none: nothing waits for them, or they have a pause
    handed_out::pause why_not = handed_out::pause::none;
    std::optional<timestamp> until; // of a chosen pause
};

// What a facilitator carried today. Only they see it; a lead sees sums.
struct own_day {
    int weight = 0;
    int budget = 0;
    moderation::label_set opt_outs;
    std::optional<timestamp> paused_until;
};

class review {
  public:
    review(
        store::database& database,
        texts& vault,
        screener& screen,
        change_log& changes,
        reasons const& ready,
        domain::desk_rules rules,
        clock const& time
    );
    ~review();
    review(review const&) = delete;
    review& operator=(review const&) = delete;

    // Of the circles that `who` looks after; care first, oldest due first. Empty for others. There may be
    // more even where a page is short: what is not for `who` is left out of it.
    task<result<review_page>> items(domain::principal_ptr who, review_filter wanted, std::size_t limit);
    // The circles that `who` looks after: a lead's are all there are.
    task<result<std::vector<circle_id>>> circles_of(domain::principal_ptr who);
    task<result<review_item_opened>>
    open(domain::principal_ptr who, review_item_id item, shown much = shown::all);
    // About the author of the item's post, for those who look after the circle. invalid: empty or too long.
    task<result<void>>
    add_note(domain::principal_ptr who, review_item_id item, std::string idempotency_key, std::string words);
    // For ten minutes nobody else gets it. conflict: somebody else has it.
    task<result<domain::review_item>> claim(domain::principal_ptr who, review_item_id item);
    // Takes the first that is for `who`: not what others have, what they passed on or would rather not read,
    // what comes back to somebody else in time, or what is somebody else's turn. Nothing more once the day's
    // budget is spent: what waits then climbs by its clock.
    task<result<handed_out>> next(domain::principal_ptr who);
    // One's own day, and what one chose for it: what is given is changed. A pause of 0 minutes ends one.
    task<result<own_day>> day(domain::principal_ptr who);
    task<result<void>> choose(
        domain::principal_ptr who,
        std::optional<moderation::label_set> opt_outs,
        std::optional<int> pause_minutes
    );

    // "I can't right now", without a why: it is not handed to them again.
    task<result<void>> pass_on(domain::principal_ptr who, review_item_id item);
    // Another facilitator decides; `who` can't any more.
    task<result<void>> ask_second(domain::principal_ptr who, review_item_id item);
    task<result<void>> ask_lead(domain::principal_ptr who, review_item_id item);
    // conflict: changed or decided meanwhile, with what changed, or `who` asked for a second pair of eyes;
    // invalid: no reason where one is needed, an empty blank, a passage that isn't in the text, or what the
    // care lane has no way to; returned: the reason did not pass the screen. One's own text is decided by
    // somebody else: not_found. The same again by the same person is done already.
    task<result<void>> decide(domain::principal_ptr who, review_item_id item, review_decision decided);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
