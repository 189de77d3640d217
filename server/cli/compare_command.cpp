#include "server/cli/compare_command.hpp"

#include "moderation/screen.hpp"
#include "server/cli/comparison.hpp"
#include "server/cli/core.hpp"
#include "server/cli/screen_line.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/json.hpp>

#include <filesystem>
#include <iostream>
#include <stdexcept>

namespace holdfast::cli {

namespace json = boost::json;

namespace {

std::optional<truth> truth_of(json::object const& from)
{
    auto const* const harms = from.if_contains("harms");
    auto const* const risk = from.if_contains("crisis_min");
    if (harms == nullptr && risk == nullptr) return std::nullopt;
    truth made;
    made.has_harms = harms != nullptr && harms->is_array();
    if (made.has_harms) {
        for (auto const& one : harms->get_array()) {
            auto const about =
                one.is_string() ? moderation::label_named(std::string_view(one.get_string())) : std::nullopt;
            if (!about) continue;
            made.harms.add(*about);
            auto const is_offence =
                *about != moderation::label::self_harm && *about != moderation::label::abuse_danger;
            made.stop = made.stop || is_offence;
        }
    }
    if (risk != nullptr && risk->is_int64()) {
        made.risk = static_cast<int>(risk->get_int64());
        made.stop = made.stop || *made.risk >= moderation::crisis_from_risk;
    }
    return made;
}

std::string id_of(json::object const& from, std::size_t line)
{
    auto const* const id = from.if_contains("id");
    if (id == nullptr) return "line-" + std::to_string(line);
    return id->is_string() ? std::string(id->get_string()) : json::serialize(*id);
}

comparison made_for(compared_policies const& both)
{
    return {both.a.id(), both.b.id()};
}
} // namespace

int run_compare(compared_policies const& both, std::istream& in, std::ostream& out)
{
    moderation::screen const screen(both.a);
    auto const a = screen.resolved(both.a);
    auto const b = screen.resolved(both.b);
    auto found = made_for(both);
    std::size_t number = 0;
    int status = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty()) continue;
        asked_text asked;
        if (auto const* const wrong = read_line(line, asked)) {
            std::cerr << "line " << number << ": " << wrong << "\n";
            status = 1;
            continue;
        }
        auto const context = asked.context_views();
        auto const input = asked.input(context);
        found.add(
            id_of(asked.members, number),
            screen.decide(input, a),
            screen.decide(input, b),
            truth_of(asked.members)
        );
    }
    found.print(out);
    return status;
}

namespace {
// What a person decided about a version, if one did.
std::optional<truth> truth_of(std::vector<store::decision_row> const& decisions)
{
    if (decisions.empty() || !decisions.back().decided_by) return std::nullopt;
    truth made;
    auto const outcome = decisions.back().outcome;
    made.stop = moderation::stops(outcome);
    return made;
}

class history {
  public:
    history(core& all, compared_policies const& both)
        : all_(all), screen_(both.a), a_(screen_.resolved(both.a)), b_(screen_.resolved(both.b)),
          found_(made_for(both))
    {
    }

    // The next few versions after `row`; false at the end. On a database thread.
    bool replay_some(store::read_tx& tx, std::int64_t& row)
    {
        constexpr std::size_t at_once = 100;
        auto const some = tx.versions_after_row(row, at_once);
        for (auto const& [number, circle, version] : some) {
            row = number;
            replay(tx, circle, version);
        }
        return !some.empty();
    }
    void print(std::ostream& out) const
    {
        found_.print(out);
        if (closed_ > 0)
            out << "\n"
                << closed_ << " texts don't open: their author or circle is gone, or they were changed.\n";
    }

  private:
    void replay(store::read_tx& tx, circle_id const& circle, store::version_row const& version)
    {
        auto const post = tx.post(version.post);
        auto const content =
            all_.vault.open_post(tx, circle, version.author, version.post, version.version, version.text);
        if (!post || !content) {
            ++closed_;
            return;
        }
        auto const before = all_.posts.texts_answered(tx, *post);
        std::vector<std::string_view> const context(before.begin(), before.end());
        moderation::input input;
        input.text = content->text;
        input.title = content->title;
        input.context = context;
        auto const own = all_.screen.own_policy(circle);
        auto const a = own ? laid_over(a_, *own) : a_;
        auto const b = own ? laid_over(b_, *own) : b_;
        auto const id = version.post.text() + "." + std::to_string(version.version);
        found_.add(
            id,
            screen_.decide(input, a),
            screen_.decide(input, b),
            truth_of(tx.decisions_on(version.post, version.version))
        );
    }

    core& all_;
    moderation::screen screen_;
    moderation::policy a_;
    moderation::policy b_;
    comparison found_;
    std::size_t closed_ = 0;
};

task<void> replay_all(core& all, history& past)
{
    auto const loaded = co_await all.policies.load();
    if (!loaded) throw std::runtime_error("The circles' own policies could not be read.");
    std::int64_t row = 0;
    for (;;) {
        auto some = [&past, row](store::read_tx& tx) mutable -> result<std::pair<bool, std::int64_t>> {
            auto const more = past.replay_some(tx, row);
            return std::pair(more, row);
        };
        auto const done = co_await all.database.read(std::move(some));
        if (!done) throw std::runtime_error("The database could not be read.");
        if (!done->first) co_return;
        row = done->second;
    }
}
} // namespace

int run_compare_history(compared_policies const& both, config const& settings, std::ostream& out)
{
    if (!std::filesystem::exists(settings.database_path())) {
        throw std::runtime_error("There is no database in " + settings.data.string() + ".");
    }
    core all(settings, standing::beside_a_server);
    history past(all, both);
    std::exception_ptr failed;
    boost::asio::co_spawn(all.io, replay_all(all, past), [&](std::exception_ptr thrown) { failed = thrown; });
    all.io.run();
    if (failed) std::rethrow_exception(failed);
    past.print(out);
    return 0;
}

} // namespace holdfast::cli
