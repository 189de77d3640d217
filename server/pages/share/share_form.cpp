#include "server/pages/share/share_form.hpp"

#include "server/app/circles/circles.hpp"
#include "server/app/plain_words.hpp"
#include "server/pages/form.hpp"
#include "server/pages/list_parts.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/space/own_space.hpp"
#include "server/pages/story/story_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace holdfast::pages {

using app::own_share;

namespace {
struct end_choice {
    std::string_view value;
    std::string_view words;
};
// said
constexpr std::array<end_choice, 4> end_times{
    end_choice{"7", "After a week"},
    end_choice{"1", "After a day"},
    end_choice{"30", "After 30 days"},
    end_choice{"90", "After 90 days"}};
constexpr end_choice no_end{"0", "When I take it back"}; // said

void add_time(view& to, end_choice const& time, std::string const& chosen)
{
    view one;
    one.set("value", std::string(time.value));
    one.set("words", say(time.words));
    one.set("chosen", time.value == chosen);
    to.push_back(one);
}

} // namespace

task<view> own_circles_view(http::context asked, std::string chosen)
{
    view made(view::type::list);
    for (auto const& [id, role] : asked.who->roles) {
        if (role == domain::role::none) continue;
        auto const circle_wanted = id;
        auto const found = co_await asked.services.circles.get(asked.who, circle_wanted);
        if (!found) continue;
        view one;
        one.set("circle", circle_wanted.text());
        one.set("name", (*found)->texts.name);
        one.set("chosen", circle_wanted.text() == chosen);
        made.push_back(one);
    }
    co_return made;
}

view link_ends_view(std::string const& chosen)
{
    view made(view::type::list);
    for (auto const& time : end_times)
        add_time(made, time, chosen);
    return made;
}

view ends_view(std::string const& chosen)
{
    view made(view::type::list);
    add_time(made, no_end, chosen.empty() ? std::string(no_end.value) : chosen);
    for (auto const& time : end_times)
        add_time(made, time, chosen);
    return made;
}

int number_in(http::fields const& form, std::string_view name)
{
    auto const text = http::field_of(form, name);
    auto made = 0;
    std::from_chars(text.data(), text.data() + text.size(), made);
    return made;
}

std::string state_words(own_share const& share)
{
    using domain::post_state;
    if (!share.is_open) return say("Not shared any more");
    switch (share.copy.state) {
    case post_state::visible:
    case post_state::folded:
        return say("Shared now");
    case post_state::held:
        return say("Waiting to be read by a facilitator. Nobody else sees it yet");
    case post_state::returned:
        return say("It came back to you. Nobody else sees it");
    case post_state::removed:
        break;
    }
    return say("Not shared any more");
}

// As people type it elsewhere. TLS ends at a proxy, so only a machine's own address is without.
std::string address_here(http::context const& asked)
{
    auto const host = std::string(asked.request->header("host"));
    auto const is_own = host.starts_with("127.") || host.starts_with("localhost") ||
                        host.starts_with("[::1]") || host.ends_with(".onion");
    return (is_own ? "http://" : "https://") + host;
}

namespace {
constexpr std::size_t rows_of_list = 20;

view shares_view(std::vector<own_share> const& some, std::string const& address, app::own_clock const& clock)
{
    view made(view::type::list);
    for (auto const& share : some) {
        auto const visible =
            share.copy.state == domain::post_state::visible || share.copy.state == domain::post_state::folded;
        view one;
        one.set("post", share.copy.id.text());
        one.set("place", path_of(domain::shared_as{share.copy.id, share.what}));
        one.set("with", words_of(share.audience));
        put_words(one, "readers", app::listed(share.readers));
        one.set("state", state_words(share));
        one.set("open", share.is_open);
        one.set("deletable", !share.is_open && share.has_words);
        one.set("shown", share.is_open && visible);
        one.set("by_link", share.audience == domain::share_audience::link);
        put_words(one, "link", share.link);
        one.set("from", address);
        one.set("openings", std::to_string(share.openings));
        one.set("once", share.openings == 1);
        one.set("ends", share.expires_at.has_value());
        if (share.expires_at) put_time(one, "until", *share.expires_at, clock);
        put_time(one, "when", share.copy.created_at, clock);
        one.set("record", share.record.text());
        one.set("kept_notes", !share.is_open && !share.notes.empty()); // else they stand under the copy
        made.push_back(one);
    }
    return made;
}

// What of one record is shared, newest first, in parts; or, where the address names one, that one with its
// notes.
void put_shares(
    view& to,
    http::context const& asked,
    renderer::parts const& with,
    std::vector<own_share> all,
    private_id const& record,
    app::own_clock const& clock
)
{
    std::erase_if(all, [&](auto const& one) { return one.record != record; });
    auto const query = http::form_fields(asked.request->query());
    auto const named = query ? http::field_of(*query, "notes") : std::string();
    auto const one = std::find_if(all.begin(), all.end(), [&](auto const& share) {
        return share.copy.id.text() == named;
    });
    auto const is_of_one = one != all.end() && one->what == domain::share_what::story;
    to.set("of_one", is_of_one);
    to.set("any_shares", !all.empty());
    if (is_of_one) {
        auto const place = "/me/stories/" + record.text() + "/share?notes=" + named + "&";
        put_notes(to, asked, one->notes, one->copy.id, true, place, clock);
        std::vector<own_share> const alone{*one};
        to.set("shares", shares_view(alone, address_here(asked), clock));
        to.set("parts_html", std::string());
        return;
    }
    auto const part = list_part_of(asked, all.size(), rows_of_list);
    to.set("shares", shares_view(in_part(all, part), address_here(asked), clock));
    to.set("parts_html", list_parts_html(with, asked, part));
}
} // namespace

task<result<view>> share_form_view(
    http::context asked,
    renderer const& with,
    http::fields typed,
    error failed,
    domain::share_what what,
    private_id record
)
{
    auto const me = asked.session();
    auto const shared = co_await asked.services.shares.own(me, what);
    if (!shared) co_return shared.error();
    auto const chosen = http::field_of(typed, "circle");
    auto const circles = co_await own_circles_view(asked, chosen);
    auto const clock = co_await clock_of(asked);
    view made;
    put_shares(made, asked, with.get(), *shared, record, clock);
    made.set("any_circles", !circles.list_value().empty());
    made.set("circles", circles);
    made.set("allies", http::field_of(typed, "allies"));
    made.set("key", key_or_new(typed));
    made.set("outside_html", outside_html(with.get(), asked));
    made.set("errors_html", has_faults(failed) ? errors_html(with.get(), failed) : std::string());
    co_return made;
}

task<net::response> shared_or_again(
    http::context asked,
    renderer const& with,
    http::fields form,
    domain::share_what what,
    private_id record,
    app::share_wish wish,
    std::string place,
    share_page again
)
{
    auto const me = asked.session();
    auto const key = key_or_new(form);
    auto const made = co_await asked.services.shares.share(me, what, record, key, wish);
    if (made) {
        auto const& sent = made->sent;
        auto const plainly_there = sent.state == domain::post_state::visible && !sent.care;
        co_return see_other(plainly_there ? place + "#shares" : "/posts/" + sent.post.text());
    }
    if (made.error().code == errc::not_found) co_return with.error_page()(asked, made.error());
    if (made.error().code == errc::key_reused) form.erase("key");
    auto const is_card = what == domain::share_what::card; // it is shared whole
    std::string const parts = is_card ? "circle" : "sections";
    auto const failed = with_anchors(kept_words(made.error()), {{"text", parts}, {"sections", parts}});
    auto answer = co_await again(asked, with, form, failed);
    co_return answer;
}

} // namespace holdfast::pages
