#include "server/app/notices/notices.hpp"

#include "server/app/help/opening_hours.hpp"
#include "server/app/notices/notice_state.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/sealing/recovery_code.hpp"
#include "server/store/database.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

namespace json = boost::json;
using domain::letter_kind;
using domain::notice_kind;

namespace {
constexpr auto code_time = std::chrono::minutes(30);
constexpr int code_tries_max = 5;
constexpr int codes_a_day = 5;
constexpr std::size_t code_letters = 9;        // two groups of four and a dash: 40 bits
constexpr std::size_t address_bytes_max = 254; // RFC 5321

std::string path_of(store::news_row const& row)
{
    auto const about = row.about.text();
    switch (row.kind) {
    case notice_kind::reply:
        return row.post ? "/posts/" + row.post->text() : "/threads/" + about;
    case notice_kind::note:
    case notice_kind::story:
        return "/stories/" + about;
    case notice_kind::decision:
        return "/posts/" + about;
    case notice_kind::circle:
        return "/circles/" + about;
    case notice_kind::report:
        return "/me/reports";
    case notice_kind::question:
        return "/posts/" + about + "/appeal";
    case notice_kind::message:
        return "/talks/" + about;
    case notice_kind::asked:
    case notice_kind::answer:
    case notice_kind::partner:
    case notice_kind::checkin:
        return "/partners/" + about;
    case notice_kind::plan:
        return "/plans/" + about;
    }
    return "/me/news";
}

notice notice_of(store::news_row const& row)
{
    return {row.id, row.kind, path_of(row), row.at, row.seen_at.has_value(), row.number};
}

// A question by somebody whom its reader put aside.
bool is_put_aside(store::read_tx& tx, texts& vault, store::news_row const& row, pacing const* chosen)
{
    if (chosen == nullptr || chosen->muted.empty() || row.kind != notice_kind::asked) return false;
    auto const between = tx.partnership(post_id(row.about.raw()));
    if (!between) return false;
    auto const from = vault.open_nickname(tx, between->member);
    return from && std::find(chosen->muted.begin(), chosen->muted.end(), *from) != chosen->muted.end();
}

bool is_address(std::string const& text)
{
    auto const odd = [](char one) {
        return one <= ' ' || one == 0x7F ||
               std::string_view("<>()[],;:\\\"").find(one) != std::string_view::npos;
    };
    auto const at = text.find('@');
    return text.size() <= address_bytes_max && at != std::string::npos && at > 0 && at == text.rfind('@') &&
           text.find('.', at) != std::string::npos && text.back() != '.' && text[at + 1] != '.' &&
           std::none_of(text.begin(), text.end(), odd);
}

json::object switches(std::set<notice_kind> const& off)
{
    json::object made;
    for (auto const name : domain::notice_kind_names)
        made[name] = !off.contains(*domain::notice_kind_named(name));
    return made;
}

std::string clock_words(int minute)
{
    auto const two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(minute / 60) + ":" + two(minute % 60);
}
} // namespace

std::string_view sentence_of(notice_kind kind)
{
    switch (kind) {
    case notice_kind::reply:
        return "Somebody answered in a thread of yours.";
    case notice_kind::note:
        return "Somebody left a note for a story of yours.";
    case notice_kind::story:
        return "Somebody shared a story with you.";
    case notice_kind::decision:
        return "Something changed with a post of yours.";
    case notice_kind::circle:
        return "There is an answer to your wish to join a circle.";
    case notice_kind::report:
        return "Somebody looked at what you told us about.";
    case notice_kind::question:
        return "There is a question about what you asked us to look at again.";
    case notice_kind::message:
        return "A facilitator wrote in a talk with you.";
    case notice_kind::asked:
        return "Somebody asks if you would keep them company with a goal."; // said
    case notice_kind::answer:
        return "There is an answer to what you asked somebody about a goal."; // said
    case notice_kind::partner:
        return "Somebody wrote something about a goal that you two look at together."; // said
    case notice_kind::plan:
        return "Somebody shared a safety plan with you."; // said
    case notice_kind::checkin:
        return "It is one of your days for a word about a goal, if you like."; // said
    }
    return "";
}

std::string_view words_for(notice_kind kind)
{
    switch (kind) {
    case notice_kind::reply:
        return "An answer in my thread"; // said
    case notice_kind::note:
        return "A note for my story"; // said
    case notice_kind::story:
        return "A story that is shared with me"; // said
    case notice_kind::decision:
        return "A decision about my post"; // said
    case notice_kind::circle:
        return "An answer to my wish to join"; // said
    case notice_kind::report:
        return "A look at what I told a facilitator about"; // said
    case notice_kind::question:
        return "A question to me before another look"; // said
    case notice_kind::message:
        return "A facilitator's words in a talk"; // said
    case notice_kind::asked:
        return "A question whether I keep somebody company with a goal"; // said
    case notice_kind::answer:
        return "An answer to my own question about a goal"; // said
    case notice_kind::partner:
        return "A check-in or encouragement about a goal"; // said
    case notice_kind::plan:
        return "A safety plan that is shared with me"; // said
    case notice_kind::checkin:
        return "One of my days for a word about a goal, where I asked for that"; // said
    }
    return "";
}

json::object json_of(notice const& one)
{
    json::object made;
    made["id"] = one.id.text();
    made["kind"] = domain::name_of(one.kind);
    made["sentence"] = say(sentence_of(one.kind));
    made["path"] = one.path;
    made["at"] = iso8601(one.at);
    made["seen"] = one.is_seen;
    return made;
}

json::object json_of(notice_wish const& wish)
{
    json::object made;
    made["here"] = switches(wish.off);
    made["mail"] = switches(wish.mail_off);
    made["quiet"] = nullptr;
    if (wish.quiet) {
        json::object hours;
        hours["from"] = clock_words(wish.quiet->from);
        hours["to"] = clock_words(wish.quiet->to);
        hours["zone"] = wish.quiet->zone;
        made["quiet"] = std::move(hours);
    }
    made["address"] = nullptr;
    if (wish.address) {
        json::object address;
        address["address"] = wish.address->text;
        address["confirmed"] = wish.address->is_confirmed;
        made["address"] = std::move(address);
    }
    return made;
}

std::optional<notices::state::known> notices::state::known_of(account_id const& account) const
{
    std::lock_guard const held(guard_);
    auto const found = known_.find(account);
    if (found == known_.end()) return std::nullopt;
    return found->second;
}

std::uint64_t notices::state::looks() const
{
    std::lock_guard const held(guard_);
    return looks_;
}

void notices::state::remember(account_id const& account, known what, std::uint64_t looks_before)
{
    std::lock_guard const held(guard_);
    if (looks_ != looks_before) return;
    if (known_.size() >= remembered_max) known_.clear();
    known_[account] = std::move(what);
}

void notices::state::forget(std::vector<account_id> const& accounts)
{
    if (accounts.empty()) return;
    std::lock_guard const held(guard_);
    ++looks_;
    for (auto const& account : accounts)
        known_.erase(account);
}

notice_wish wish_of(store::read_tx& tx, texts& vault, account_id const& account)
{
    auto const sealed = tx.notice_wish(account);
    if (!sealed) return {};
    auto const opened = vault.open_for(tx, "notice_wish", account, *sealed);
    return opened ? notice_wish::from(*opened) : notice_wish();
}

result<void> keep_wish(store::write_tx& tx, texts& vault, account_id const& account, notice_wish const& wish)
{
    auto const sealed = vault.seal_for(tx, "notice_wish", account, wish.text());
    if (!sealed) return sealed.error();
    tx.set_notice_wish(account, *sealed);
    return result<void>();
}

notices::notices(
    store::database& database,
    texts& vault,
    languages const& spoken,
    own_pace& pace,
    std::string link,
    clock const& time
)
    : state_(std::make_unique<state>(database, vault, spoken, pace, std::move(link), time))
{
}

notices::~notices() = default;

void notices::send_by(letter_channel* channel)
{
    state_->channel = channel;
}

bool notices::sends_mail() const
{
    return state_->channel != nullptr;
}

task<result<std::vector<notice>>>
notices::list(member_session who, std::optional<std::int64_t> before, std::size_t limit)
{
    if (!who.who) co_return errc::unauthenticated;
    auto const chosen = co_await state_->pace.of(who);
    if (!chosen) co_return chosen.error();
    auto& vault = state_->vault;
    auto look = [&vault, account = who.who->account, before, limit, aside = *chosen](store::read_tx& tx
                ) -> result<std::vector<notice>> {
        std::vector<notice> made;
        auto from = before;
        while (made.size() < limit) {
            auto const rows = tx.notices_of(account, from, limit - made.size());
            if (rows.empty()) break;
            from = rows.back().number;
            for (auto const& row : rows) {
                if (!is_put_aside(tx, vault, row, aside.get())) made.push_back(notice_of(row));
            }
        }
        return made;
    };
    auto found = co_await state_->database.read(std::move(look));
    co_return found;
}

task<std::size_t> notices::unseen(member_session who)
{
    if (!who.who) co_return 0;
    auto known = state_->known_of(who.who->account);
    if (!known) {
        auto const looks = state_->looks();
        auto const chosen = co_await state_->pace.of(who);
        if (!chosen) co_return 0; // a page is worth more than its count
        auto& vault = state_->vault;
        auto look = [&vault, account = who.who->account, aside = *chosen](store::read_tx& tx
                    ) -> result<state::known> {
            state::known made;
            made.unseen = tx.unseen_notices(account);
            made.quiet = wish_of(tx, vault, account).quiet;
            if (made.unseen == 0) return made;
            for (auto const& row : tx.notices_of(account, std::nullopt, notices_kept_max)) {
                if (row.seen_at || row.kind != notice_kind::asked) continue;
                made.any_question = true;
                if (is_put_aside(tx, vault, row, aside.get())) --made.unseen;
            }
            return made;
        };
        auto const found = co_await state_->database.read(std::move(look));
        if (!found) co_return 0;
        // Whom they put aside may change at any time; questions are few, so then we look again.
        if (!found->any_question) state_->remember(who.who->account, *found, looks);
        known = *found;
    }
    if (known->unseen > 0 && quiet_until(known->quiet, state_->time.now())) co_return 0;
    co_return known->unseen;
}

task<result<notice>> notices::see(domain::principal_ptr who, notice_id id)
{
    if (!who) co_return errc::unauthenticated;
    auto const now = state_->time.now();
    auto mark = [who, id, now](store::write_tx& tx) -> result<notice> {
        auto const row = tx.notice(who->account, id);
        if (!row) return errc::not_found;
        tx.see_notice(who->account, id, now);
        return notice_of(*row);
    };
    auto const done = co_await state_->database.write(std::move(mark));
    state_->forget({who->account});
    co_return done;
}

task<result<void>> notices::see_all(domain::principal_ptr who)
{
    if (!who) co_return errc::unauthenticated;
    auto const now = state_->time.now();
    auto mark = [who, now](store::write_tx& tx) -> result<void> {
        tx.see_all_notices(who->account, now);
        return result<void>();
    };
    auto const done = co_await state_->database.write(std::move(mark));
    state_->forget({who->account});
    co_return done;
}

task<result<notice_wish>> notices::wish(domain::principal_ptr who)
{
    if (!who) co_return errc::unauthenticated;
    auto& vault = state_->vault;
    auto look = [&vault, who](store::read_tx& tx) -> result<notice_wish> {
        return wish_of(tx, vault, who->account);
    };
    auto found = co_await state_->database.read(std::move(look));
    co_return found;
}

task<result<notice_wish>> notices::set_switches(domain::principal_ptr who, notice_wish wanted)
{
    if (!who) co_return errc::unauthenticated;
    if (wanted.quiet && (wanted.quiet->from < 0 || wanted.quiet->to < 0))
        co_return invalid_field("quiet_from", "Please give both times, such as 21:30 and 07:00.");
    if (wanted.quiet && (wanted.quiet->zone.size() > 64 || !is_zone(wanted.quiet->zone)))
        co_return invalid_field(
            "zone", "Please give a place, such as Europe/London, or an offset, such as GMT+02:00."
        );
    auto& vault = state_->vault;
    auto change = [&vault, who, wanted](store::write_tx& tx) -> result<notice_wish> {
        auto mine = wish_of(tx, vault, who->account);
        mine.off = wanted.off;
        mine.mail_off = wanted.mail_off;
        mine.quiet = wanted.quiet;
        auto const kept = keep_wish(tx, vault, who->account, mine);
        if (!kept) return kept.error();
        return mine;
    };
    auto const done = co_await state_->database.write(std::move(change));
    state_->forget({who->account});
    co_return done;
}

task<result<void>> notices::set_address(domain::principal_ptr who, std::string address, std::string language)
{
    if (!who) co_return errc::unauthenticated;
    if (!sends_mail()) co_return errc::conflict;
    if (!is_address(address)) co_return invalid_field("address", "Please look at the address once more.");
    auto& vault = state_->vault;
    auto const now = state_->time.now();
    auto set = [&vault, who, address, language, now](store::write_tx& tx) -> result<void> {
        auto mine = wish_of(tx, vault, who->account);
        auto const today = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
        if (mine.codes_day != today) mine.codes = 0;
        if (mine.codes >= codes_a_day)
            return invalid_field("address", "That were many codes for one day. Please try again tomorrow.");
        mine.codes_day = today;
        mine.language = language;
        ++mine.codes;
        mine.address = mail_address{
            address, false, sealing::random_recovery_code().substr(0, code_letters), now + code_time, 0};
        tx.drop_letters(who->account); // for the address before
        tx.want_letter(who->account, letter_kind::code, now, code_pause);
        return keep_wish(tx, vault, who->account, mine);
    };
    auto const done = co_await state_->database.write(std::move(set));
    co_return done;
}

task<result<void>> notices::confirm_address(domain::principal_ptr who, std::string code)
{
    if (!who) co_return errc::unauthenticated;
    auto& vault = state_->vault;
    auto const now = state_->time.now();
    auto confirm = [&vault, who, code, now](store::write_tx& tx) -> result<bool> {
        auto mine = wish_of(tx, vault, who->account);
        if (!mine.address) return errc::not_found;
        auto& address = *mine.address;
        if (address.is_confirmed) return true;
        auto const is_open = now < address.code_until && address.tries < code_tries_max;
        ++address.tries;
        auto const fits =
            is_open && sealing::folded_recovery_code(code) == sealing::folded_recovery_code(address.code);
        if (fits) {
            address.is_confirmed = true;
            address.code.clear();
        }
        auto const kept = keep_wish(tx, vault, who->account, mine);
        if (!kept) return kept.error();
        return fits;
    };
    auto const done = co_await state_->database.write(std::move(confirm));
    if (!done) co_return done.error();
    if (!*done)
        co_return invalid_field(
            "code", "This is not the code that we sent, or its time is over. You can ask for another."
        );
    co_return result<void>();
}

task<result<void>> notices::drop_address(domain::principal_ptr who)
{
    if (!who) co_return errc::unauthenticated;
    auto& vault = state_->vault;
    auto drop = [&vault, who](store::write_tx& tx) -> result<void> {
        auto mine = wish_of(tx, vault, who->account);
        if (!mine.address) return result<void>();
        mine.address.reset();
        tx.drop_letters(who->account);
        return keep_wish(tx, vault, who->account, mine);
    };
    auto const done = co_await state_->database.write(std::move(drop));
    co_return done;
}

task<result<void>> notices::set_language(domain::principal_ptr who, std::string language)
{
    if (!who) co_return errc::unauthenticated;
    auto& vault = state_->vault;
    auto set = [&vault, who, language](store::write_tx& tx) -> result<void> {
        auto mine = wish_of(tx, vault, who->account);
        if (!mine.address || mine.language == language) return result<void>();
        mine.language = language;
        return keep_wish(tx, vault, who->account, mine);
    };
    auto const done = co_await state_->database.write(std::move(set));
    co_return done;
}

} // namespace holdfast::app
