// What is new for somebody: one sentence without content for each thing, in a list here and, for who gave an
// address, by mail. Made from the log of events in one transaction with how far it was read, so that none is
// lost or told twice, whatever happens to the program.
#pragma once
#include "server/app/notices/letter_channel.hpp"
#include "server/app/notices/notice_wish.hpp"
#include "server/app/people/member_session.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <vector>

namespace holdfast::store {
class database;
struct news_row;
} // namespace holdfast::store

namespace holdfast::app {

class languages;
class own_pace;
class texts;

struct notice {
    notice_id id;
    domain::notice_kind kind = domain::notice_kind::reply;
    std::string path; // of the page where it is
    timestamp at;
    bool is_seen = false;
    std::int64_t place = 0; // in the list
};

std::string_view sentence_of(domain::notice_kind kind);
// What a switch for this kind is called.
std::string_view words_for(domain::notice_kind kind);
// The sentence is still a phrase.
boost::json::object json_of(notice const& one);
boost::json::object json_of(notice_wish const& wish);

// A question by somebody whom its reader put aside is told to nobody: it is left out of lists and counts, and
// no mail goes. Whom somebody put aside is sealed to them, so while anything is chosen there, a question is
// told only on pages that they open.
class notices {
  public:
    // `link` is the page that letters lead to, "" for none.
    notices(
        store::database& database,
        texts& vault,
        languages const& spoken,
        own_pace& pace,
        std::string link,
        clock const& time
    );
    ~notices();
    notices(notices const&) = delete;
    notices& operator=(notices const&) = delete;

    // Before the timer starts; outlives this.
    void send_by(letter_channel* channel);
    bool sends_mail() const;

    task<result<std::vector<notice>>>
    list(member_session who, std::optional<std::int64_t> before, std::size_t limit); // newest first
    // How many wait to be seen; 0 in quiet hours. From memory after the first time.
    task<std::size_t> unseen(member_session who);
    task<result<notice>> see(domain::principal_ptr who, notice_id id); // not_found; again: no change
    task<result<void>> see_all(domain::principal_ptr who);

    task<result<notice_wish>> wish(domain::principal_ptr who);
    // The switches and the quiet hours; the address stays. invalid names the field.
    task<result<notice_wish>> set_switches(domain::principal_ptr who, notice_wish wanted);
    // Sends a code there, in that language, as later mails until another is chosen. invalid: no address, or
    // too many codes for one day; conflict: no mail here.
    task<result<void>> set_address(domain::principal_ptr who, std::string address, std::string language);
    // invalid: another code, or its time is over; not_found: there is no address.
    task<result<void>> confirm_address(domain::principal_ptr who, std::string code);
    task<result<void>> drop_address(domain::principal_ptr who);
    // For mails, of who gave an address.
    task<result<void>> set_language(domain::principal_ptr who, std::string language);

    // What the timer does, also for tests: from new events to notices; what waits to be mailed. How many.
    task<result<std::size_t>> catch_up();
    task<result<std::size_t>> send_letters();

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace holdfast::app
