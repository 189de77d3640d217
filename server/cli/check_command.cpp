#include "server/cli/check_command.hpp"

#include "server/cli/core.hpp"
#include "server/store/check.hpp"

#include <boost/asio/co_spawn.hpp>

#include <stdexcept>

namespace holdfast::cli {

namespace {
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

} // namespace holdfast::cli
