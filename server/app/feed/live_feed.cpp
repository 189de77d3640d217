#include "server/app/feed/live_feed.hpp"

#include "server/app/posts/json_of.hpp"
#include "server/app/readable.hpp"
#include "server/base/failpoint.hpp"
#include "server/base/limits.hpp"
#include "server/base/log.hpp"
#include "server/base/to_tuple.hpp"
#include "server/store/database.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <set>
#include <unordered_map>

namespace holdfast::app {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {
constexpr std::size_t events_at_once = 500;

// An event with what its readers see, made in the read that found it. No data: nobody may see it (any more).
struct told {
    store::event_row event;
    std::optional<json::object> data;
};

std::optional<json::object> data_of(store::read_tx& tx, texts& vault, store::event_row const& event)
{
    json::object made;
    if (event.type.starts_with("review.")) {
        if (event.post) made["post"] = event.post->text();
        return made;
    }
    if (event.type.starts_with("circle.")) {
        if (event.circle) made["circle"] = event.circle->text();
        return made;
    }
    if (event.type.starts_with("me.")) {
        if (event.post) made["post"] = event.post->text();
        if (event.circle) made["circle"] = event.circle->text();
        return made;
    }
    if (!event.post) return std::nullopt;
    if (event.type.starts_with("story.") || event.type.starts_with("share.") ||
        event.type.starts_with("partner.")) {
        made["id"] = event.post->text();
        return made;
    }
    if (event.type == "post.removed") {
        made["id"] = event.post->text();
        if (event.thread) made["thread"] = event.thread->text();
        return made;
    }
    auto const row = tx.visible_post(*event.post);
    if (!row) return std::nullopt; // taken down meanwhile, or never let through
    auto const opened = open_visible(tx, vault, *row);
    if (!opened) return std::nullopt;
    return json_of(*opened);
}

std::vector<told> all_told(store::read_tx& tx, texts& vault, std::vector<store::event_row> events)
{
    std::vector<told> made;
    made.reserve(events.size());
    for (auto& event : events) {
        auto data = data_of(tx, vault, event);
        made.push_back({std::move(event), std::move(data)});
    }
    return made;
}

live_feed::frame frame_of(told const& one, std::string const& topic)
{
    json::object made;
    made["event"] = one.event.number;
    made["topic"] = topic;
    made["type"] = one.event.type;
    made["data"] = *one.data;
    return std::make_shared<std::string const>(json::serialize(made));
}

live_feed::frame note_of(std::string const& topic, char const* type, std::int64_t number)
{
    json::object made;
    made["event"] = number;
    made["topic"] = topic;
    made["type"] = type;
    made["data"] = json::object();
    return std::make_shared<std::string const>(json::serialize(made));
}

std::string key_of(store::topic::kind what, std::string const& object)
{
    return std::to_string(static_cast<int>(what)) + object;
}

// A circle that was locked or opened: those who follow one of its threads hear of it too.
bool is_of_whole_circle(store::event_row const& event)
{
    return event.circle && event.type.starts_with("circle.");
}

// Where a subscription to it listens.
std::vector<std::string> keys_of(store::topic const& what)
{
    if (what.what != store::topic::kind::review) return {key_of(what.what, what.object)};
    std::vector<std::string> made;
    for (auto const& circle : what.circles)
        made.push_back(key_of(what.what, circle.text()));
    return made;
}

// The topics that carry an event.
std::vector<std::string> topics_of(store::event_row const& event)
{
    using kind = store::topic::kind;
    std::vector<std::string> made;
    if (event.account) {
        made.push_back(key_of(kind::me, event.account->text()));
    } else if (event.type.starts_with("review.")) {
        if (event.circle) made.push_back(key_of(kind::review, event.circle->text()));
    } else {
        if (event.thread) made.push_back(key_of(kind::thread, event.thread->text()));
        if (event.circle) made.push_back(key_of(kind::circle, event.circle->text()));
    }
    return made;
}
} // namespace

struct live_feed::state : std::enable_shared_from_this<live_feed::state> {
    struct subscriber {
        subscription id = 0;
        std::string name;
        std::string within; // of a thread's topic: its circle
        sink to;
    };
    struct request {
        subscription id = 0;
        store::topic what;
        std::string name;
        std::optional<std::int64_t> after;
        sink to;
    };

    asio::strand<asio::io_context::executor_type> strand;
    asio::steady_timer wait;
    store::database& database;
    texts& vault;
    std::atomic<subscription> next_id = 1;
    std::atomic<std::size_t> count = 0;
    std::atomic<bool> stopping = false;
    std::atomic<bool> woken = false;
    std::atomic<std::int64_t> delivered = 0; // written on the strand alone

    std::function<void(account_id const&)> on_role; // set before start

    // On the strand alone
    std::chrono::steady_clock::time_point polled_at;
    std::deque<request> requests;
    std::map<std::string, std::vector<subscriber>> by_topic;
    std::unordered_map<subscription, std::vector<std::string>> keys_by_id;
    std::set<subscription> gone;                   // left while they were being admitted
    std::map<subscription, store::topic> changing; // carry something else since they are being admitted

    state(asio::io_context& io, store::database& database_used, texts& vault_used)
        : strand(asio::make_strand(io)), wait(strand), database(database_used), vault(vault_used)
    {
    }

    // What another process wrote (the host's shell, another node) is found by looking once a second.
    bool poll_due()
    {
        auto const now = std::chrono::steady_clock::now();
        if (now - polled_at < std::chrono::seconds(1)) return false;
        polled_at = now;
        return true;
    }

    void nudge()
    {
        asio::post(strand, [self = shared_from_this()] { self->wait.cancel(); });
    }

    static task<void> run(std::shared_ptr<state> self)
    {
        auto last = [](store::read_tx& tx) -> result<std::int64_t> { return tx.last_event(); };
        auto const start = co_await self->database.read(std::move(last));
        if (start) self->delivered = *start;
        while (!self->stopping) {
            if (!self->requests.empty()) { // one at a time: who missed much keeps nobody from the news
                auto one = std::move(self->requests.front());
                self->requests.pop_front();
                co_await admit(self, std::move(one));
            }
            auto const news = self->woken.exchange(false);
            if (news || self->poll_due()) {
                auto const all = co_await deliver(self);
                if (all) continue;
                self->woken = true; // try again below
                self->wait.expires_after(std::chrono::milliseconds(100));
                co_await self->wait.async_wait(to_tuple);
                continue;
            }
            self->wait.expires_after(std::chrono::seconds(1));
            if (self->requests.empty() && !self->woken) co_await self->wait.async_wait(to_tuple);
        }
    }

    // False: not all could be read; the same events come again next time.
    static task<bool> deliver(std::shared_ptr<state> self)
    {
        for (;;) {
            auto news = [after = self->delivered.load()](store::read_tx& tx
                        ) -> result<std::vector<store::event_row>> {
                return tx.events_after(after, events_at_once);
            };
            auto const found = co_await self->database.read(std::move(news));
            if (!found || failpoint("outbox/send")) co_return false;
            if (found->empty()) co_return true;
            auto const told = co_await open_wanted(self, *found);
            if (!told) co_return false;
            for (auto const& one : *told)
                self->fan_out(one);
            for (auto const& event : *found)
                self->tell_role(event);
            self->delivered = found->back().number;
            if (found->size() < events_at_once) co_return true;
        }
    }

    // Only what somebody follows is opened: most of what is written has no listener just then.
    static task<result<std::vector<told>>>
    open_wanted(std::shared_ptr<state> self, std::vector<store::event_row> events)
    {
        std::erase_if(events, [&](auto const& event) { return !self->is_followed(event); });
        std::vector<told> none;
        if (events.empty()) co_return none;
        auto& vault = self->vault;
        auto open = [&vault, wanted = std::move(events)](store::read_tx& tx) -> result<std::vector<told>> {
            return all_told(tx, vault, wanted);
        };
        auto made = co_await self->database.read(std::move(open));
        co_return made;
    }

    bool is_followed(store::event_row const& event) const
    {
        if (is_of_whole_circle(event)) return true; // rare, and for every thread in it
        auto const topics = topics_of(event);
        return std::any_of(topics.begin(), topics.end(), [&](auto const& key) {
            return by_topic.contains(key);
        });
    }

    void tell_role(store::event_row const& event) const
    {
        if (event.type == "me.role" && event.account && on_role) on_role(*event.account);
    }

    void fan_out(told const& one)
    {
        if (!one.data) return;
        for (auto const& key : topics_of(one.event)) {
            auto const found = by_topic.find(key);
            if (found != by_topic.end()) tell_all(one, found->second);
        }
        if (!is_of_whole_circle(one.event)) return;
        for (auto const& [key, followers] : by_topic) {
            if (!followers.empty() && followers.front().within == one.event.circle->text())
                tell_all(one, followers);
        }
    }

    static void tell_all(told const& one, std::vector<subscriber> const& followers)
    {
        frame made; // for all who call it the same
        std::string const* name = nullptr;
        for (auto const& each : followers) {
            if (name == nullptr || *name != each.name) made = frame_of(one, each.name);
            name = &each.name;
            each.to(made);
        }
    }

    static task<void> admit(std::shared_ptr<state> self, request asked)
    {
        auto const upto = self->delivered.load();
        for (auto more = asked.after && *asked.after < upto; more;) {
            auto const found = co_await missed(self, asked, upto);
            more = self->take_change(asked); // another question then
            if (!more) tell_missed(asked, found, upto);
        }
        asked.to(note_of(asked.name, "subscribed", upto));
        if (self->gone.erase(asked.id) == 0) self->listen(std::move(asked));
    }

    static task<result<std::vector<told>>>
    missed(std::shared_ptr<state> self, request const& asked, std::int64_t upto)
    {
        auto& vault = self->vault;
        auto read = [&vault, what = asked.what, after = *asked.after, upto](store::read_tx& tx
                    ) -> result<std::vector<told>> {
            return all_told(tx, vault, tx.events_of(what, after, upto, limits::live_resume_events_max + 1));
        };
        auto found = co_await self->database.read(std::move(read));
        co_return found;
    }

    static void tell_missed(request const& asked, result<std::vector<told>> const& found, std::int64_t upto)
    {
        if (!found || found->size() > limits::live_resume_events_max) {
            asked.to(note_of(asked.name, "reset", upto));
            return;
        }
        for (auto const& one : *found) {
            if (one.data) asked.to(frame_of(one, asked.name));
        }
    }

    bool take_change(request& asked)
    {
        auto const found = changing.find(asked.id);
        if (found == changing.end()) return false;
        asked.what = std::move(found->second);
        changing.erase(found);
        return true;
    }

    void listen(request asked)
    {
        auto keys = keys_of(asked.what);
        for (auto const& key : keys)
            by_topic[key].push_back({asked.id, asked.name, asked.what.within, asked.to});
        keys_by_id[asked.id] = std::move(keys);
        ++count;
    }

    // Takes it out of the table; none when it isn't in it (any more, or not yet).
    std::optional<subscriber> leave(subscription which)
    {
        auto const found = keys_by_id.find(which);
        if (found == keys_by_id.end()) return std::nullopt;
        std::optional<subscriber> made;
        for (auto const& key : found->second) {
            auto const topic = by_topic.find(key);
            auto& followers = topic->second;
            auto const one = std::find_if(followers.begin(), followers.end(), [&](auto const& each) {
                return each.id == which;
            });
            made = std::move(*one);
            followers.erase(one);
            if (followers.empty()) by_topic.erase(topic);
        }
        keys_by_id.erase(found);
        --count;
        return made;
    }

    auto waiting(subscription which)
    {
        return std::find_if(requests.begin(), requests.end(), [&](auto const& one) {
            return one.id == which;
        });
    }

    void change(subscription which, store::topic what)
    {
        if (auto const found = waiting(which); found != requests.end()) {
            found->what = std::move(what);
        } else if (auto one = leave(which)) {
            one->to(note_of(one->name, "reset", delivered));
            listen({which, std::move(what), std::move(one->name), std::nullopt, std::move(one->to)});
        } else {
            changing[which] = std::move(what);
        }
    }

    void remove(subscription which)
    {
        if (auto const found = waiting(which); found != requests.end()) {
            requests.erase(found);
        } else if (!leave(which)) {
            changing.erase(which);
            gone.insert(which);
        }
    }
};

live_feed::live_feed(asio::io_context& io, store::database& database, texts& vault)
    : state_(std::make_shared<state>(io, database, vault))
{
}

live_feed::~live_feed() = default;

void live_feed::on_role_changed(std::function<void(account_id const&)> listener)
{
    state_->on_role = std::move(listener);
}

void live_feed::start()
{
    asio::co_spawn(state_->strand, state::run(state_), asio::detached);
}

void live_feed::stop()
{
    state_->stopping = true;
    state_->nudge();
}

void live_feed::wake()
{
    if (!state_->woken.exchange(true)) state_->nudge();
}

live_feed::subscription
live_feed::subscribe(store::topic what, std::string name, std::optional<std::int64_t> after, sink to)
{
    auto const id = state_->next_id++;
    asio::post(
        state_->strand,
        [self = state_,
         asked = state::request{id, std::move(what), std::move(name), after, std::move(to)}]() mutable {
            self->requests.push_back(std::move(asked));
            self->wait.cancel();
        }
    );
    return id;
}

void live_feed::change(subscription which, store::topic what)
{
    asio::post(state_->strand, [self = state_, which, what = std::move(what)]() mutable {
        self->change(which, std::move(what));
    });
}

void live_feed::unsubscribe(subscription which)
{
    asio::post(state_->strand, [self = state_, which] { self->remove(which); });
}

std::int64_t live_feed::delivered() const
{
    return state_->delivered;
}

std::size_t live_feed::subscribers() const
{
    return state_->count;
}

} // namespace holdfast::app
