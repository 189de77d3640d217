#include "server/cli/check_command.hpp"

#include "server/cli/core.hpp"
#include "server/store/check.hpp"

#include <boost/asio/co_spawn.hpp>

#include <stdexcept>

namespace holdfast::cli {

namespace {
using store::sealed_column;

struct counted_seals {
    std::size_t all = 0;
    std::size_t broken = 0;
};

template <class T>
std::optional<errc> failure_of(result<T> const& opened)
{
    return opened ? std::nullopt : std::optional(opened.error().code);
}

// Whether a seal holds, opened as the program opens it for readers.
std::optional<errc>
failure_of(store::read_tx& tx, app::texts& vault, sealed_column what, store::sealed_row const& row)
{
    auto const about = [&](std::string_view table) {
        return failure_of(vault.open_about(tx, table, row.row, *row.circle, *row.whose, row.sealed));
    };
    auto const post = [&] {
        auto const id = post_id::parse(row.row);
        return failure_of(vault.open_post(tx, *row.circle, *row.whose, *id, row.version, row.sealed));
    };
    auto const policy = [&] {
        return failure_of(vault.open_policy(tx, {*row.circle, row.row, {}, row.sealed, {}, {}}));
    };
    switch (what) {
    case sealed_column::key:
        return failure_of(
            row.whose ? vault.open_key(*row.whose, row.sealed) : vault.open_key(*row.circle, row.sealed)
        );
    case sealed_column::nickname:
        return failure_of(vault.open_nickname(tx, *row.whose));
    case sealed_column::circle: {
        store::circle_row kept;
        kept.id = *row.circle;
        kept.texts = row.sealed;
        return failure_of(vault.open_circle(tx, kept));
    }
    case sealed_column::circle_policy:
    case sealed_column::circle_policy_wish:
        return policy();
    case sealed_column::application: {
        store::application_row kept;
        kept.id = *application_id::parse(row.row);
        kept.circle = *row.circle;
        kept.account = *row.whose;
        kept.words = row.sealed;
        return failure_of(vault.open_words(tx, kept));
    }
    case sealed_column::post_version:
    case sealed_column::report_snapshot:
        return post();
    case sealed_column::decision: {
        store::decision_row kept;
        kept.post = *post_id::parse(row.row);
        kept.version = row.version;
        kept.number = row.number;
        kept.detail = row.sealed;
        return failure_of(vault.open_detail(tx, *row.circle, *row.whose, kept));
    }
    case sealed_column::circle_limit:
        if (row.whose) return about("circle_limit");
        return failure_of(vault.open_in_circle(tx, "circle_limit", row.row, *row.circle, row.sealed));
    case sealed_column::report:
        return about("report");
    case sealed_column::review_note:
        return about("review_note");
    case sealed_column::appeal_message:
        return about("appeal_message");
    case sealed_column::concern:
        return about("concern");
    case sealed_column::talk_message:
        return about("talk_message");
    case sealed_column::duty:
        return about("duty");
    case sealed_column::partnership:
        return about("partnership");
    case sealed_column::notice_wish:
        return failure_of(vault.open_for(tx, "notice_wish", *row.whose, row.sealed));
    }
    throw std::logic_error("a sealed column that nothing opens");
}

// Only who deleted their account has no key any more: of anybody else it was taken away.
bool is_shredded(store::read_tx& tx, store::sealed_row const& row)
{
    auto const whose = row.whose ? tx.account(*row.whose) : std::nullopt;
    return whose && whose->erased;
}

counted_seals count(store::read_tx& tx, app::texts& vault, sealed_column what)
{
    counted_seals made;
    tx.each_sealed(what, [&](store::sealed_row const& row) {
        ++made.all;
        auto const failure = failure_of(tx, vault, what, row);
        if (!failure || (*failure == errc::not_found && is_shredded(tx, row))) return;
        ++made.broken;
    });
    return made;
}

// Column by column, each in a read of its own, so that a server beside it is not kept from tidying its log.
task<void> open_all(core& all, counted_seals& found, std::ostream& out)
{
    for (std::size_t at = 0; at < store::sealed_column_names.size(); ++at) {
        auto const what = static_cast<sealed_column>(at);
        auto look = [&vault = all.vault, what](store::read_tx& tx) -> result<counted_seals> {
            return count(tx, vault, what);
        };
        auto const counted = co_await all.database.read(std::move(look));
        if (!counted) throw std::runtime_error("The database could not be read.");
        found.all += counted->all;
        found.broken += counted->broken;
        if (counted->broken == 0) continue;
        out << store::sealed_column_names[at] << ": " << counted->broken << " of " << counted->all
            << " seals don't open: they were changed outside Holdfast.\n";
    }
}
} // namespace

int run_check(config const& settings, std::ostream& out)
{
    need_database(settings);
    auto const problems = store::check_file(settings.database_path().string(), store::file_state::in_use);
    for (auto const& problem : problems)
        out << problem << "\n";
    core all(settings, standing::beside_a_server);
    counted_seals found;
    std::exception_ptr failed;
    boost::asio::co_spawn(all.io, open_all(all, found, out), [&](std::exception_ptr thrown) {
        failed = thrown;
    });
    all.io.run();
    if (failed) std::rethrow_exception(failed);
    auto const good = problems.empty() && found.broken == 0;
    if (good)
        out << "Good: the file, the audit chain and " << found.all
            << " seals. What members keep for themselves was not opened: only they can.\n";
    return good ? 0 : 1;
}

} // namespace holdfast::cli
