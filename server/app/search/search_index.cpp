#include "server/app/search/search_index.hpp"

#include "server/app/texts.hpp"
#include "server/base/log.hpp"
#include "server/base/to_tuple.hpp"
#include "server/store/database.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <unordered_map>

namespace holdfast::app {

namespace asio = boost::asio;

namespace {
constexpr auto pause = std::chrono::milliseconds(100);
constexpr auto give_way = std::chrono::seconds(1);    // in a rush: many posts in one go cost far less each
constexpr auto look_anyway = std::chrono::seconds(1); // another process may have written
constexpr std::string_view consumer_name = "search";
constexpr std::size_t indexed_at_once = 200;
constexpr std::size_t rush = 10; // events in a round

// What the next events mean for the index: the terms of a post's visible version, or none to take it out.
struct indexing {
    post_id post;
    int version = 0;
    std::vector<store::hash256> terms;
};
struct plan {
    std::vector<indexing> posts;
    std::int64_t upto = 0;
    std::size_t events = 0;
};

// Opening and stemming happen in a read, so that the writer, which everybody waits for, only inserts.
plan plan_next(store::read_tx& tx, texts& vault)
{
    plan made;
    std::unordered_map<circle_id, texts::known_terms> known; // people use the same words
    made.upto = tx.consumed(consumer_name);
    auto const events = tx.events_after(made.upto, indexed_at_once);
    made.events = events.size();
    for (auto const& event : events) {
        made.upto = event.number;
        if (!event.post || !event.circle || event.type.starts_with("review.") ||
            event.type.starts_with("me."))
            continue;
        indexing one{*event.post, 0, {}};
        if (auto const row = tx.visible_post(*event.post)) {
            auto const opened =
                vault.open_post(tx, row->circle, row->author, row->id, row->version, row->text);
            if (!opened) continue;
            auto const words = opened->title + "\n" + opened->text;
            auto terms = vault.search_terms(tx, *event.circle, words, known[*event.circle]);
            if (!terms) continue;
            one.version = row->version;
            one.terms = std::move(*terms);
        }
        made.posts.push_back(std::move(one));
    }
    return made;
}

result<void> carry_out(store::write_tx& tx, plan const& planned)
{
    for (auto const& one : planned.posts) {
        tx.unindex_post(one.post);
        if (!one.terms.empty()) tx.index_post(one.post, one.version, one.terms);
    }
    tx.set_consumed(consumer_name, planned.upto);
    return result<void>();
}

} // namespace

task<result<caught_up>> catch_up(store::database& database, texts& vault)
{
    caught_up made;
    for (;;) {
        auto look = [&vault](store::read_tx& tx) -> result<plan> { return plan_next(tx, vault); };
        auto next = co_await database.read(std::move(look));
        if (!next) co_return next.error();
        auto const events = next->events;
        if (events == 0) co_return made; // idle: no write, no fsync
        auto note = [planned = std::move(*next)](store::write_tx& tx) { return carry_out(tx, planned); };
        auto const noted = co_await database.write(std::move(note));
        if (!noted) co_return noted.error();
        made.events += events;
        if (events < indexed_at_once) co_return made;
        if (database.load().writes_waiting > 0) break; // people's words go first
    }
    made.is_all = false;
    co_return made;
}

struct search_index::state : std::enable_shared_from_this<search_index::state> {
    asio::strand<asio::io_context::executor_type> strand;
    asio::steady_timer wait;
    store::database& database;
    texts& vault;
    std::atomic<bool> woken = true; // what was written before the start
    std::atomic<bool> stopping = false;
    bool is_resting = false; // on the strand alone: a wake-up cuts a rest short, a pause only the end

    state(asio::io_context& io, store::database& database_used, texts& vault_used)
        : strand(asio::make_strand(io)), wait(strand), database(database_used), vault(vault_used)
    {
    }

    void nudge()
    {
        auto cut_short = [self = shared_from_this()] {
            if (self->is_resting || self->stopping) self->wait.cancel();
        };
        asio::post(strand, std::move(cut_short));
    }

    static task<void> run(std::shared_ptr<state> self)
    {
        while (!self->stopping) {
            self->woken = false;
            auto const done = co_await catch_up(self->database, self->vault);
            if (!done) log::warning("the search index waits: the store is busy");
            auto const is_rush = (done && done->events >= rush) || self->database.load().writes_waiting > 0;
            self->wait.expires_after(is_rush ? std::chrono::milliseconds(give_way) : pause);
            co_await self->wait.async_wait(to_tuple);
            if (!done || !done->is_all || self->woken || self->stopping) continue;
            self->is_resting = true;
            self->wait.expires_after(look_anyway);
            co_await self->wait.async_wait(to_tuple);
            self->is_resting = false;
        }
    }
};

search_index::search_index(asio::io_context& io, store::database& database, texts& vault)
    : state_(std::make_shared<state>(io, database, vault))
{
}

search_index::~search_index() = default;

void search_index::start()
{
    asio::co_spawn(state_->strand, state::run(state_), asio::detached);
}

void search_index::stop()
{
    state_->stopping = true;
    state_->nudge();
}

void search_index::wake()
{
    if (!state_->woken.exchange(true)) state_->nudge();
}

} // namespace holdfast::app
