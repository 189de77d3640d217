#include "server/live/live.hpp"

#include "server/app/circles/circles.hpp"
#include "server/app/desk/review.hpp"
#include "server/app/feed/live_feed.hpp"
#include "server/app/partner/partners.hpp"
#include "server/app/people/identity.hpp"
#include "server/app/posts/posts.hpp"
#include "server/app/share/shares.hpp"
#include "server/app/space/pacing.hpp"
#include "server/base/limits.hpp"
#include "server/base/token_bucket.hpp"
#include "server/http/asked_language.hpp"
#include "server/http/problem.hpp"
#include "server/live/message.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>

namespace holdfast::live {

namespace json = boost::json;

namespace {
using frame = std::shared_ptr<std::string const>;

frame frame_of(json::object const& made)
{
    return std::make_shared<std::string const>(json::serialize(made));
}

frame error_frame(app::language const& spoken, error const& failed, std::string const& topic)
{
    json::value problem = http::problem_of(failed);
    http::put_into(spoken, problem);
    json::object made;
    made["error"] = std::move(problem);
    if (!topic.empty()) made["topic"] = topic;
    return frame_of(made);
}

// A post without its words and its author: what stands in a frame is the same for everybody, so whoever put
// something aside reads the post itself, which says whether it is.
frame without_words(frame const& told)
{
    auto made = json::parse(*told).as_object();
    auto const* const post = made["data"].if_object();
    if (post == nullptr || !post->contains("text")) return told;
    json::object kept;
    for (auto const* name : {"id", "thread", "circle", "number", "version", "created_at"}) {
        if (auto const* value = post->if_contains(name)) kept[name] = *value;
    }
    made["data"] = std::move(kept);
    return frame_of(made);
}

// Each subscription reads the log for what was missed, so one socket may not ask without end.
constexpr bucket_rate asking_rate{2.0 * limits::live_topics_max, 4};

// One person's socket. Runs on its connection's strand; close() from any thread.
class session : public std::enable_shared_from_this<session> {
  public:
    session(
        app::services const& services,
        app::language const& spoken,
        std::shared_ptr<net::live_socket> socket,
        domain::principal_ptr who,
        std::string token
    )
        : services_(services), spoken_(spoken), socket_(std::move(socket)), who_(std::move(who)),
          token_(std::move(token))
    {
    }
    ~session()
    {
        for (auto const& [name, one] : topics_)
            services_.live.unsubscribe(one.id);
    }

    domain::principal_ptr who() const { return who_; }
    void close(std::uint16_t code, std::string reason) { socket_->close(code, std::move(reason)); }

    static task<void> run(std::shared_ptr<session> self)
    {
        for (;;) {
            auto const text = co_await self->socket_->read();
            if (!text) co_return;
            if (!self->asks_.take(asking_rate, std::chrono::steady_clock::now())) {
                self->close(4429, "Many things came at once. Please come back in a moment.");
                co_return;
            }
            auto const asked = parse_message(*text);
            if (!asked) {
                self->socket_->send(error_frame(self->spoken_, asked.error(), ""));
            } else if (!asked->subscribe.empty()) {
                co_await self->subscribe(asked->subscribe, asked->after);
            } else {
                self->unsubscribe(asked->unsubscribe);
            }
        }
    }

    // Something about the account or a circle changed: who they are now, and what they may still hear.
    static task<void> look_again(std::shared_ptr<session> self)
    {
        auto look = ++self->looks_; // a later one sees more, and does all of this itself
        if (!self->token_.empty()) {
            auto const again = co_await self->services_.identity.authenticate(self->token_);
            if (look != self->looks_) co_return;
            if (!again || !*again) {
                self->close(4401, "Please sign in again.");
                co_return;
            }
            self->who_ = *again;
        }
        look = ++self->looks_;
        co_await self->look_at_pace();
        std::vector<std::string> names;
        for (auto const& [name, one] : self->topics_)
            names.push_back(name);
        for (auto const& name : names) {
            auto const allowed = co_await self->topic_named(name);
            if (look != self->looks_) co_return;
            self->follow_on(name, allowed);
        }
    }

  private:
    struct followed {
        app::live_feed::subscription id = 0;
        store::topic what;
    };

    // What somebody may hear by this name now: the same, something else, or nothing any more.
    void follow_on(std::string const& name, result<store::topic> const& allowed)
    {
        auto const found = topics_.find(name);
        if (found == topics_.end()) return; // left meanwhile
        if (!allowed) {
            unsubscribe(name);
            socket_->send(error_frame(spoken_, allowed.error(), name));
        } else if (*allowed != found->second.what) {
            found->second.what = *allowed;
            services_.live.change(found->second.id, *allowed);
        }
    }

    // A session without a key can't read what was chosen: it is as if nothing were.
    task<void> look_at_pace()
    {
        app::member_session const me{who_, token_};
        auto const chosen = co_await services_.pace.of(me);
        if (chosen) *puts_aside_ = *chosen && app::puts_aside(**chosen);
    }

    task<void> subscribe(std::string name, std::optional<std::int64_t> after)
    {
        if (topics_.empty()) co_await look_at_pace();
        if (topics_.contains(name)) unsubscribe(name);
        if (topics_.size() >= limits::live_topics_max) {
            error const many{errc::rate_limited, {}, 0, "One connection follows at most 64 topics."};
            socket_->send(error_frame(spoken_, many, name));
            co_return;
        }
        auto looks = looks_;
        auto wanted = co_await topic_named(name);
        while (looks != looks_) { // rights changed while we looked: what was found out may be stale
            looks = looks_;
            wanted = co_await topic_named(name);
        }
        if (!wanted) {
            socket_->send(error_frame(spoken_, wanted.error(), name));
            co_return;
        }
        app::live_feed::sink to = [socket = socket_, aside = puts_aside_](app::live_feed::frame made) {
            socket->send(*aside ? without_words(made) : std::move(made));
        };
        topics_[name] = {services_.live.subscribe(*wanted, name, after, std::move(to)), *wanted};
    }

    void unsubscribe(std::string const& name)
    {
        auto const found = topics_.find(name);
        if (found == topics_.end()) return;
        services_.live.unsubscribe(found->second.id);
        topics_.erase(found);
    }

    // What a name stands for, if this person may hear it.
    task<result<store::topic>> topic_named(std::string name)
    {
        using kind = store::topic::kind;
        if (name == "me" && who_) {
            co_return store::topic{kind::me, who_->account.text()};
        } else if (name == "review" && who_) {
            auto const looked_after = co_await services_.review.circles_of(who_);
            if (!looked_after) co_return looked_after.error();
            store::topic made{kind::review, {}, {}, *looked_after};
            if (made.circles.empty()) co_return errc::not_found;
            std::sort(made.circles.begin(), made.circles.end()); // one order, to be compared
            co_return made;
        } else if (name.starts_with("thread:")) {
            auto const thread = thread_id::parse(std::string_view(name).substr(7)).value_or(thread_id());
            auto const allowed = co_await services_.posts.circle_of(who_, thread);
            if (!allowed) co_return allowed.error();
            co_return store::topic{kind::thread, thread.text(), (*allowed)->id.text()};
        } else if (name.starts_with("story:")) {
            auto const story = post_id::parse(std::string_view(name).substr(6)).value_or(post_id());
            auto const thread = co_await services_.shares.followed(who_, story);
            if (!thread) co_return thread.error();
            co_return store::topic{kind::thread, thread->text()};
        } else if (name.starts_with("share:")) {
            auto const share = post_id::parse(std::string_view(name).substr(6)).value_or(post_id());
            auto const thread = co_await services_.shares.followed(who_, share);
            if (!thread) co_return thread.error();
            co_return store::topic{kind::thread, thread->text()};
        } else if (name.starts_with("partner:")) {
            auto const between = post_id::parse(std::string_view(name).substr(8)).value_or(post_id());
            auto const thread = co_await services_.partners.followed(who_, between);
            if (!thread) co_return thread.error();
            co_return store::topic{kind::thread, thread->text()};
        } else if (name.starts_with("link:")) {
            auto const secret = name.substr(5);
            auto const thread = co_await services_.shares.followed_by_link(secret);
            if (!thread) co_return thread.error();
            co_return store::topic{kind::thread, thread->text()};
        } else if (name.starts_with("circle:")) {
            auto const circle = circle_id::parse(std::string_view(name).substr(7)).value_or(circle_id());
            auto const found = co_await services_.circles.get(who_, circle);
            if (!found) co_return found.error();
            if (!app::may_read(**found, who_)) co_return errc::not_found;
            co_return store::topic{kind::circle, circle.text()};
        }
        co_return errc::not_found;
    }

    app::services const& services_;
    app::language const& spoken_; // of what goes wrong
    std::shared_ptr<net::live_socket> socket_;
    domain::principal_ptr who_;
    std::string token_;
    std::map<std::string, followed> topics_;
    std::shared_ptr<std::atomic<bool>> puts_aside_ = std::make_shared<std::atomic<bool>>(false);
    std::uint64_t looks_ = 0; // how often rights were looked at again
    token_bucket asks_{asking_rate, std::chrono::steady_clock::now()};
};
} // namespace

struct live_server::state {
    struct open_session {
        std::weak_ptr<session> one;
        boost::asio::any_io_executor executor;
        session_id id;      // none for a visitor
        account_id account; // none for a visitor
    };

    app::services const& services;
    http::router& router;
    std::mutex guard;
    std::map<void const*, open_session> open; // guarded by guard

    state(app::services const& services_used, http::router& router_used)
        : services(services_used), router(router_used)
    {
    }

    template <class Chosen>
    std::vector<open_session> chosen(Chosen choose)
    {
        std::lock_guard const hold(guard);
        std::vector<open_session> made;
        for (auto const& [address, entry] : open) {
            if (choose(entry)) made.push_back(entry);
        }
        return made;
    }
    net::response refusal(net::request const& request, error const& why) const
    {
        auto made = http::problem_response(why);
        http::put_into(services.languages.in(http::language_for(request)), made);
        return made;
    }
    void ended(session_id const& id)
    {
        for (auto const& entry : chosen([&](auto const& one) { return one.id == id; })) {
            if (auto const one = entry.one.lock()) one->close(4401, "You signed out.");
        }
    }
    void changed(account_id const& account)
    {
        look_again([&](auto const& one) { return one.account == account; });
    }
    void circle_changed()
    {
        look_again([](auto const&) { return true; });
    }
    template <class Chosen>
    void look_again(Chosen choose)
    {
        for (auto const& entry : chosen(choose)) {
            if (auto const one = entry.one.lock()) {
                boost::asio::co_spawn(entry.executor, session::look_again(one), boost::asio::detached);
            }
        }
    }
};

live_server::live_server(app::services const& services, http::router& router)
    : state_(std::make_shared<state>(services, router))
{
    std::weak_ptr<state> const weak = state_;
    services.identity.on_session_ended([weak](session_id const& id) {
        if (auto const self = weak.lock()) self->ended(id);
    });
    services.identity.on_account_changed([weak](account_id const& account) {
        if (auto const self = weak.lock()) self->changed(account);
    });
    services.pace.on_changed([weak](account_id const& account) {
        if (auto const self = weak.lock()) self->changed(account);
    });
    services.circles.on_circle_changed([weak] {
        if (auto const self = weak.lock()) self->circle_changed();
    });
}

live_server::~live_server() = default;

task<std::optional<net::response>> live_server::admit(std::shared_ptr<net::request> request)
{
    if (request->path() != "/api/v1/live") {
        error const nothing{errc::not_found};
        co_return state_->refusal(*request, nothing);
    }
    auto const may = state_->router.may_read(*request); // each may ask for much that was missed
    if (!may) co_return state_->refusal(*request, may.error());
    auto const identified = co_await state_->router.identify(request);
    if (!identified) co_return state_->refusal(*request, identified.error());
    co_return std::nullopt;
}

task<void> live_server::serve(std::shared_ptr<net::request> request, std::shared_ptr<net::live_socket> socket)
{
    auto const keep = state_;
    auto const identified = co_await keep->router.identify(request);
    if (!identified) co_return;
    auto const& spoken = keep->services.languages.in(http::language_for(*request));
    auto const one =
        std::make_shared<session>(keep->services, spoken, socket, identified->who, identified->token);
    {
        std::lock_guard const hold(keep->guard);
        auto const& who = one->who();
        keep->open[one.get()] = {
            one, request->executor, who ? who->session : session_id(), who ? who->account : account_id()};
    }
    // A session that ended, or a role that changed, between the look and the list is noticed now.
    if (one->who() && !keep->services.identity.is_current(*one->who())) one->close(4401, "You signed out.");
    co_await session::look_again(one);
    co_await session::run(one);
    std::lock_guard const hold(keep->guard);
    keep->open.erase(one.get());
}

} // namespace holdfast::live
