#include "server/app/readable.hpp"

#include "server/base/log.hpp"

#include <algorithm>
#include <map>

namespace holdfast::app {

namespace {
// Many posts of a page share authors and a circle: each is looked up once.
class page_opener {
  public:
    page_opener(store::read_tx& tx, texts& vault) : tx_(tx), texts_(vault) {}

    result<domain::post> open(store::visible_post_row const& row)
    {
        auto content = texts_.open_post(tx_, row.circle, row.author, row.id, row.version, row.text);
        if (!content) return content.error();
        auto nickname = nickname_of(row.author);
        if (!nickname) return nickname.error();
        domain::post made;
        made.id = row.id;
        made.thread = row.thread;
        made.circle = row.circle;
        made.author = row.author;
        made.nickname = *nickname;
        made.by_facilitator = is_facilitator(row.circle, row.author);
        made.number = row.number;
        made.version = row.version;
        made.folded = row.folded;
        made.labels = row.labels;
        made.content = std::move(*content);
        made.created_at = row.created_at;
        if (row.version > 1) made.edited_at = row.version_at;
        return made;
    }

  private:
    result<std::string> nickname_of(account_id const& account)
    {
        auto const known = nicknames_.find(account);
        if (known != nicknames_.end()) return known->second;
        auto opened = texts_.open_nickname(tx_, account);
        if (opened) nicknames_[account] = *opened;
        return opened;
    }

    bool is_facilitator(circle_id const& circle, account_id const& account)
    {
        auto known = facilitators_.find(circle);
        if (known == facilitators_.end())
            known = facilitators_.emplace(circle, tx_.facilitators_of(circle)).first;
        return std::find(known->second.begin(), known->second.end(), account) != known->second.end();
    }

    store::read_tx& tx_;
    texts& texts_;
    std::map<account_id, std::string> nicknames_;
    std::map<circle_id, std::vector<account_id>> facilitators_;
};
} // namespace

result<domain::post> open_visible(store::read_tx& tx, texts& vault, store::visible_post_row const& row)
{
    return page_opener(tx, vault).open(row);
}

std::vector<domain::post>
open_all_visible(store::read_tx& tx, texts& vault, std::vector<store::visible_post_row> const& rows)
{
    page_opener opener(tx, vault);
    std::vector<domain::post> made;
    made.reserve(rows.size());
    for (auto const& row : rows) {
        auto opened = opener.open(row);
        if (opened) {
            made.push_back(std::move(*opened));
        } else if (opened.error().code == errc::damaged) {
            log::error(
                "post " + row.id.text() + " does not open: its sealed row was changed or its key is wrong"
            );
        }
    }
    return made;
}

moderation::decision open_decision(
    store::read_tx& tx,
    texts& vault,
    circle_id const& circle,
    account_id const& author,
    store::decision_row const& row
)
{
    moderation::decision made;
    made.outcome = row.outcome;
    made.risk = row.risk;
    made.risk_score = row.risk_score;
    made.triage = row.triage;
    made.labels = row.labels;
    made.policy = row.policy;
    auto detail = vault.open_detail(tx, circle, author, row);
    if (detail) {
        made.findings = std::move(detail->findings);
        made.scores = detail->scores;
    }
    return made;
}

result<domain::own_post> open_own(store::read_tx& tx, texts& vault, store::post_with_newest const& row)
{
    domain::own_post made;
    made.id = row.post.id;
    made.thread = row.post.thread;
    made.circle = row.post.circle;
    made.version = row.version.version;
    made.opens_thread = row.post.number == 1;
    made.created_at = row.post.created_at;
    made.due_at = row.due_at;
    if (auto const share = tx.share_in(row.post.thread))
        made.shared = domain::shared_as{share->id, share->what};
    if (!row.version.text.empty()) {
        auto content = vault.open_post(
            tx, row.post.circle, row.post.author, row.post.id, row.version.version, row.version.text
        );
        if (!content) return content.error();
        made.content = std::move(*content);
    }
    if (!row.decisions.empty()) {
        made.screened = open_decision(tx, vault, row.post.circle, row.post.author, row.decisions.front());
        made.state = domain::state_after(row.decisions.back().outcome);
    }
    if (row.decisions.size() > 1) {
        auto const detail = vault.open_detail(tx, row.post.circle, row.post.author, row.decisions.back());
        if (detail) made.reason = detail->reason;
        if (detail) made.passage = detail->passage;
        made.decided_by_person = row.decisions.back().decided_by.has_value();
        made.taken_out = row.decisions.back().verdict == domain::verdict::remove;
        if (made.taken_out) made.state = domain::post_state::removed;
    }
    made.earlier_version_visible = row.post.visible_version && *row.post.visible_version < made.version;
    if (row.post.removed) made.state = domain::post_state::removed;
    return made;
}

} // namespace holdfast::app
