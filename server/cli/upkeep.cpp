#include "server/cli/upkeep.hpp"

#include "server/app/care/care.hpp"
#include "server/app/care/figures.hpp"
#include "server/app/readable.hpp"
#include "server/cli/core.hpp"
#include "server/cli/program.hpp"
#include "server/store/check.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>
#include <sys/stat.h>

namespace holdfast::cli {

namespace {
void need_database(config const& settings)
{
    if (std::filesystem::exists(settings.database_path())) return;
    throw std::runtime_error("There is no database in " + settings.data.string() + ".");
}

// The circles' own policies that are in use.
task<void> count_damaged_policies(core& all, std::size_t& texts, std::size_t& damaged)
{
    auto& vault = all.vault;
    auto look = [&vault](store::read_tx& tx) -> result<std::pair<std::size_t, std::size_t>> {
        std::pair<std::size_t, std::size_t> counted{0, 0};
        for (auto const& row : tx.circle_policies_in_use()) {
            ++counted.first;
            auto const opened = vault.open_policy(tx, row);
            if (!opened && opened.error().code == errc::damaged) ++counted.second;
        }
        return counted;
    };
    auto const counted = co_await all.database.read(std::move(look));
    if (!counted) throw std::runtime_error("The database could not be read.");
    texts += counted->first;
    damaged += counted->second;
}

struct counted_words {
    std::string last;
    std::size_t texts = 0;
    std::size_t damaged = 0;
};

// Private talks, worries and notes of the rota.
task<void> count_damaged_words(core& all, std::string kind, std::size_t& texts, std::size_t& damaged)
{
    std::string after;
    for (;;) {
        auto& vault = all.vault;
        auto some = [&vault, kind, after](store::read_tx& tx) -> result<counted_words> {
            counted_words counted;
            for (auto const& one : tx.care().all_words(kind, after, 500)) {
                counted.last = one.row;
                ++counted.texts;
                auto const opened = vault.open_about(tx, kind, one.row, one.circle, one.author, one.words);
                if (!opened && opened.error().code == errc::damaged) ++counted.damaged;
            }
            return counted;
        };
        auto const counted = co_await all.database.read(std::move(some));
        if (!counted) throw std::runtime_error("The database could not be read.");
        if (counted->texts == 0) co_return;
        after = counted->last;
        texts += counted->texts;
        damaged += counted->damaged;
    }
}

// Opens every version's seal; returns how many don't open although their author's key is there.
task<void> count_damaged(core& all, std::size_t& texts, std::size_t& damaged)
{
    co_await count_damaged_policies(all, texts, damaged);
    std::string const talks = "talk_message";
    std::string const worries = "concern";
    std::string const notes = "duty";
    co_await count_damaged_words(all, talks, texts, damaged);
    co_await count_damaged_words(all, worries, texts, damaged);
    co_await count_damaged_words(all, notes, texts, damaged);
    std::int64_t row = 0;
    for (;;) {
        auto& vault = all.vault;
        auto some = [&vault, row](store::read_tx& tx) -> result<std::array<std::int64_t, 3>> {
            std::array<std::int64_t, 3> counted{row, 0, 0};
            for (auto const& [number, circle, version] : tx.versions_after_row(row, 500)) {
                counted[0] = number;
                ++counted[1];
                auto const opened =
                    vault.open_post(tx, circle, version.author, version.post, version.version, version.text);
                if (!opened && opened.error().code == errc::damaged) ++counted[2];
            }
            return counted;
        };
        auto const counted = co_await all.database.read(std::move(some));
        if (!counted) throw std::runtime_error("The database could not be read.");
        if ((*counted)[1] == 0) co_return;
        row = (*counted)[0];
        texts += static_cast<std::size_t>((*counted)[1]);
        damaged += static_cast<std::size_t>((*counted)[2]);
    }
}

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
        made["private_deleted"] = tx.private_gone_count(id);
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

task<void> print_figures(app::services const& services, int days, std::ostream& out)
{
    auto const host = std::make_shared<domain::principal>(); // on the machine itself; the figures name nobody
    host->is_lead = true;
    domain::principal_ptr const as_lead = host;
    auto const made = co_await services.care.reporting.of_last(as_lead, days);
    if (!made) throw std::runtime_error("Days are a number from 1 to 3660.");
    out << app::csv_of(*made);
}
} // namespace

int run_check(config const& settings, std::ostream& out)
{
    need_database(settings);
    auto const problems = store::check_file(settings.database_path().string());
    for (auto const& problem : problems)
        out << problem << "\n";
    core all(settings, standing::beside_a_server);
    std::size_t texts = 0;
    std::size_t damaged = 0;
    std::exception_ptr failed;
    boost::asio::co_spawn(all.io, count_damaged(all, texts, damaged), [&](std::exception_ptr thrown) {
        failed = thrown;
    });
    all.io.run();
    if (failed) std::rethrow_exception(failed);
    if (damaged > 0)
        out << damaged << " of " << texts << " texts don't open: they were changed outside Holdfast.\n";
    auto const good = problems.empty() && damaged == 0;
    if (good) out << "Good: the file, the audit chain and " << texts << " sealed texts.\n";
    return good ? 0 : 1;
}

namespace {
constexpr ::mode_t for_others = 077; // what a file made now keeps from them
}

int run_backup(config const& settings, std::filesystem::path const& to, std::ostream& out)
{
    need_database(settings);
    ::umask(for_others);
    if (std::filesystem::exists(to))
        throw std::runtime_error(to.string() + " exists already. Please choose a new name.");
    store::copy_file(settings.database_path().string(), to.string());
    out << "Copied to " << to.string() << ".\nThe host key " << settings.key_path().string()
        << " is not in it. Keep a copy of the key in another place: without it nothing can be opened.\n";
    return 0;
}

int run_restore(config const& settings, std::filesystem::path const& from, std::ostream& out)
{
    folder_lock const alone(settings.data);
    if (std::filesystem::exists(settings.database_path())) {
        throw std::runtime_error(
            "There is a database in " + settings.data.string() + " already. Please move it away first."
        );
    }
    auto const problems = store::check_file(from.string());
    if (!problems.empty()) throw std::runtime_error("The copy is damaged: " + problems.front());
    ::umask(for_others);
    std::filesystem::create_directories(settings.data);
    store::copy_file(from.string(), settings.database_path().string());
    out << "Restored. Now run: holdfast check\n";
    return 0;
}

int run_migrate(config const& settings, std::ostream& out)
{
    need_database(settings);
    folder_lock const alone(settings.data);
    core const all(settings, standing::sole_owner);
    out << "The database has this program's schema.\n";
    return 0;
}

int run_care_figures(config const& settings, int days, std::ostream& out)
{
    need_database(settings);
    shell open(settings, standing::beside_a_server);
    open.run([&] { return print_figures(open.services(), days, out); });
    return 0;
}

int run_what_we_hold(config const& settings, std::string const& nickname, std::ostream& out)
{
    need_database(settings);
    shell open(settings, standing::beside_a_server);
    open.run([&] { return print_account(open.services(), nickname, out); });
    return 0;
}

} // namespace holdfast::cli
