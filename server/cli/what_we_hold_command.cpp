#include "server/cli/what_we_hold_command.hpp"

#include "server/cli/core.hpp"
#include "server/cli/program.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace holdfast::cli {

namespace {
// The words are sealed; when they were written and what the screen and people made of them is not.
boost::json::object readable_facts(store::post_with_newest const& post)
{
    boost::json::array decisions;
    for (auto const& one : post.decisions) {
        boost::json::array labels;
        for (std::size_t at = 0; at < moderation::label_count; ++at) {
            auto const label = static_cast<moderation::label>(at);
            if (one.labels.has(label)) labels.push_back(boost::json::value(moderation::name_of(label)));
        }
        decisions.push_back({
            {"at", iso8601(one.created_at)},
            {"outcome", moderation::name_of(one.outcome)},
            {"risk", one.risk},
            {"triage", moderation::name_of(one.triage)},
            {"labels", std::move(labels)},
            {"policy", one.policy},
            {"by", one.decided_by ? one.decided_by->text() : std::string("the screen")},
        });
    }
    boost::json::object made;
    made["id"] = post.post.id.text();
    made["circle"] = post.post.circle.text();
    made["written"] = iso8601(post.post.created_at);
    made["versions"] = post.version.version;
    made["taken_down"] = post.post.removed;
    made["sealed_bytes"] = post.version.text.bytes.size();
    made["newest_decisions"] = std::move(decisions);
    return made;
}

bool has_recovery_code(store::read_tx& tx, account_id const& id)
{
    auto const key = tx.member_key(id);
    return key && !key->by_code.empty();
}

task<void> print_account(app::services const& services, std::string nickname, std::ostream& out)
{
    auto const account = co_await services.identity.find(nickname);
    if (!account) throw std::runtime_error("Nobody here has that nickname.");
    auto collect = [id = *account](store::read_tx& tx) -> result<boost::json::object> {
        boost::json::object made;
        auto const row = tx.account(id);
        if (!row) return errc::not_found;
        made["id"] = id.text();
        made["joined"] = iso8601(row->created_at);
        made["seen_in_week"] = row->seen_week;
        made["country_for_help_lines"] = row->country;
        made["lead"] = row->is_lead;
        made["sessions"] = tx.sessions_of(id).size();
        boost::json::array circles;
        for (auto const& member : tx.memberships_of(id)) {
            circles.push_back(
                {{"circle", member.circle.text()},
                 {"role", domain::name_of(member.role)},
                 {"joined", iso8601(member.joined_at)}}
            );
        }
        made["circles"] = std::move(circles);
        boost::json::array talks;
        for (auto const& talk : tx.care().talks_of(id, 100)) {
            talks.push_back(
                {{"id", talk.id.text()}, {"opened", iso8601(talk.opened_at)}, {"messages", talk.last_number}}
            );
        }
        made["private_talks"] = std::move(talks);
        boost::json::array posts;
        std::optional<post_id> after;
        for (auto some = tx.posts_by(id, after, 100); !some.empty(); some = tx.posts_by(id, after, 100)) {
            for (auto const& post : some) {
                after = post.post.id;
                posts.push_back(readable_facts(post));
            }
        }
        made["posts"] = std::move(posts);
        boost::json::object own; // sealed to them: how many of which kind is all that can be told
        for (auto const kind : domain::private_kind_names)
            own[kind] = tx.private_count(id, *domain::private_kind_named(kind));
        made["private"] = std::move(own);
        made["private_bytes"] = tx.private_bytes(id);
        boost::json::array notices; // what they want to be told, and where to, is sealed
        for (auto const& notice : tx.notices_of(id, std::nullopt, 1000)) {
            notices.push_back(
                {{"kind", domain::name_of(notice.kind)},
                 {"at", iso8601(notice.at)},
                 {"seen", notice.seen_at.has_value()}}
            );
        }
        made["notices"] = std::move(notices);
        boost::json::array shared; // their copies are among the posts; what each is from is sealed
        for (auto const& share : tx.shares_of(id)) {
            shared.push_back(
                {{"post", share.id.text()},
                 {"what", domain::name_of(share.what)},
                 {"with", domain::name_of(share.audience)},
                 {"readers", tx.share_readers(share.id).size()},
                 {"openings", share.openings},
                 {"taken_back", share.withdrawn_at.has_value()}}
            );
        }
        made["shared"] = std::move(shared);
        boost::json::array partners; // which goal it is, on which days and how it goes is sealed
        for (auto const& one : tx.partnerships_of(id)) {
            partners.push_back(
                {{"as", one.member == id ? "member" : "partner"},
                 {"other", (one.member == id ? one.partner : one.member).text()},
                 {"state", domain::name_of(one.state)}}
            );
        }
        made["partners"] = std::move(partners);
        made["recovery_code"] = has_recovery_code(tx, id);
        return made;
    };
    auto const made = co_await services.database.read(std::move(collect));
    if (!made) throw std::runtime_error("The database could not be read.");
    out << boost::json::serialize(*made) << "\n";
}

} // namespace

int run_what_we_hold(config const& settings, std::string const& nickname, std::ostream& out)
{
    need_database(settings);
    shell open(settings, standing::beside_a_server);
    open.run([&] { return print_account(open.services(), nickname, out); });
    return 0;
}

} // namespace holdfast::cli
