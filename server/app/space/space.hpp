// A space of one's own: private writing of every kind, sealed to its member, opened only with the token of
// their session and only for the answer that asked for it. Nobody is told of anything in it: no audit entry,
// no event, no review item, no figure. A save keeps the version before it, and two devices that save at once
// both keep theirs.
#pragma once
#include "server/app/people/member_session.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/care.hpp"
#include "server/domain/post.hpp"
#include "server/domain/space.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class member_keys;
class screener;
class help_lines;

// One version, as its member reads it. The shape of `body` is its kind's: private_shape.hpp.
struct private_text {
    private_id id;
    int version = 1;
    int based_on = 0; // the version that its writer had before them; 0: it is the first
    int settled = 0;  // of the versions up to this one its writer has what they need
    timestamp created_at;
    timestamp saved_at;
    boost::json::object body;

    // Saved without having seen the version before it: that one stands beside it.
    bool is_beside_another() const { return based_on + 1 < version; }
};

// What an import did with the records of each kind in the file.
struct imported {
    std::size_t added = 0;
    std::size_t kept = 0; // were here already, and stay as they are
};
struct import_report {
    std::map<domain::private_kind, imported> kinds;
    std::size_t partners_to_ask = 0; // who kept company with a goal there: a yes can't come from a file
};

boost::json::object json_of(private_text const& text); // the body's fields beside id, version and times

struct private_change {
    int based_on = 0; // the version that its writer had before them, even if there is a newer one by now
    boost::json::object body;
    int settled = 0; // of what stands beside others up to this version they have what they need
};
// Decides a change from the newest version and the one that its writer saw: the newest, when that is gone. It
// runs in the transaction that adds the change, so nothing comes between. It may be asked twice.
using decide_change =
    std::function<result<private_change>(private_text const& newest, private_text const& seen)>;

class language;

class space {
  public:
    space(
        store::database& database,
        member_keys const& own_keys,
        screener const& screen,
        help_lines const& lines,
        clock const& time
    )
        : database_(database), own_keys_(own_keys), screen_(screen), lines_(lines), time_(time)
    {
    }

    // Every call: unauthenticated when the session holds no key, damaged when a seal doesn't hold, not_found
    // for what isn't theirs.

    // The newest version of each, newest first by when it was begun.
    task<result<std::vector<private_text>>> all(member_session who, domain::private_kind kind);
    // Oldest first, never empty.
    task<result<std::vector<private_text>>>
    versions(member_session who, domain::private_kind kind, private_id id);
    // The same key and body give the same record again; another body key_reused, and so does any once the
    // record was deleted: a request that is sent again brings nothing back.
    task<result<private_text>>
    add(member_session who, domain::private_kind kind, std::string idempotency_key, boost::json::object body);
    // What is made out of something, which `source` says: once while it is there, anew after it was deleted.
    task<result<private_text>>
    make_from(member_session who, domain::private_kind kind, std::string source, boost::json::object body);
    // A new version, with what private_change says of it.
    task<result<private_text>> change(
        member_session who,
        domain::private_kind kind,
        private_id id,
        int based_on,
        boost::json::object body,
        int settled = 0
    );
    // A new version, made from what stands there when it is written.
    task<result<private_text>>
    change_with(member_session who, domain::private_kind kind, private_id id, int seen, decide_change how);
    // Of the kinds of which there is only one: the newest version, if it was begun; and a new one. Who saw
    // nothing is based on 0, and so is `newest` where nothing was begun.
    task<result<std::optional<private_text>>> only(member_session who, domain::private_kind kind);
    task<result<private_text>> set_only(
        member_session who, domain::private_kind kind, int based_on, boost::json::object body, int settled = 0
    );
    task<result<private_text>>
    set_only_with(member_session who, domain::private_kind kind, int seen, decide_change how);
    // The one record of this key, which says what is so now: what it said before stays as a version.
    task<result<private_text>>
    put(member_session who, domain::private_kind kind, std::string key, boost::json::object body);
    task<result<void>> remove(member_session who, domain::private_kind kind, private_id id);
    // Only while `seen` is its newest version; else conflict.
    task<result<void>> remove_as_seen(member_session who, domain::private_kind kind, private_id id, int seen);
    // Those whose text of a field is `words`, in one step.
    task<result<void>>
    remove_where(member_session who, domain::private_kind kind, std::string field, std::string words);
    // All of it, of every kind, with all its versions: {"journal": [[version, …], …], …}.
    task<result<boost::json::object>> everything(member_session who);
    // A copy of one's data, as `file`, back in: all of what is private in it or nothing. Again it adds
    // nothing. invalid names what is wrong in it, and where. What one said to a partner comes as a piece of
    // the journal, under headings in a language.
    task<result<import_report>> take_in(member_session who, std::string file, language const& spoken);
    // How many there are: needs no key.
    task<result<std::size_t>> count(domain::principal_ptr who, domain::private_kind kind);

    // Care for the author alone, from a look at the words in memory that leaves no trace.
    std::optional<domain::care> care_for(domain::principal const& who, std::string_view words) const;

    // May this be kept back when its author chose so for late hours? Not when it may call for care, read with
    // what was said before it, nor when it could not be looked at.
    bool may_not_wait(domain::post_text const& content, std::vector<std::string> const& before) const;

  private:
    store::database& database_;
    member_keys const& own_keys_;
    screener const& screen_;
    help_lines const& lines_;
    clock const& time_;
};

} // namespace holdfast::app
