#include "server/app/copies/written.hpp"

#include "server/app/desk/appeals.hpp"
#include "server/app/desk/json_of_desk.hpp"
#include "server/app/texts.hpp"
#include "server/base/limits.hpp"
#include "server/store/database.hpp"

#include <boost/json/array.hpp>

namespace holdfast::app {

namespace json = boost::json;

namespace {
constexpr std::size_t everything = 1'000'000;

struct collecting {
    store::read_tx& tx;
    texts& vault;
    account_id who;
};

json::object told_in(circle_id const& circle, std::string const& words, timestamp at)
{
    json::object made;
    made["circle"] = circle.text();
    made["words"] = words;
    made["at"] = iso8601(at);
    return made;
}

void put_earlier_versions(collecting const& from, store::post_with_newest const& row, json::array& to)
{
    auto const& post = row.post;
    for (int number = 1; number < row.version.version; ++number) {
        auto const version = from.tx.version(post.id, number);
        if (!version || version->text.empty()) continue; // its author took it down
        auto const content =
            from.vault.open_post(from.tx, post.circle, post.author, post.id, number, version->text);
        if (!content) continue;
        json::object one;
        one["post"] = post.id.text();
        one["version"] = number;
        one["title"] = content->title;
        one["text"] = content->text;
        one["at"] = iso8601(version->created_at);
        to.push_back(std::move(one));
    }
}

json::array earlier_versions(collecting const& from)
{
    json::array made;
    std::optional<post_id> after;
    for (;;) {
        auto const some = from.tx.posts_by(from.who, after, limits::page_rows_max);
        if (some.empty()) return made;
        for (auto const& row : some)
            put_earlier_versions(from, row, made);
        after = some.back().post.id;
    }
}

json::array reports_told(collecting const& from)
{
    json::array made;
    for (auto const& row : from.tx.reports_by(from.who, everything)) {
        json::object one;
        one["post"] = row.post.text();
        one["category"] = domain::name_of(row.category);
        one["at"] = iso8601(row.at);
        one["words"] = "";
        if (!row.words.empty()) {
            auto const words =
                from.vault.open_about(from.tx, "report", row.item.text(), row.circle, from.who, row.words);
            if (words) one["words"] = *words;
        }
        made.push_back(std::move(one));
    }
    return made;
}

// Whole conversations, as they can be read on the page of the post.
json::array appeals_of(collecting const& from)
{
    json::array made;
    for (auto const& row : from.tx.appeals_by(from.who)) {
        auto const post = from.tx.post(row.post);
        if (!post) continue;
        appeal_view const seen{row.post, messages_of(from.tx, from.vault, post->circle, row), row.upheld};
        made.push_back(json_of(seen));
    }
    return made;
}

json::array applications_made(collecting const& from)
{
    json::array made;
    for (auto const& row : from.tx.applications_by(from.who)) {
        auto const words = from.vault.open_words(from.tx, row);
        if (words) made.push_back(told_in(row.circle, *words, row.created_at));
    }
    return made;
}

json::array concerns_raised(collecting const& from)
{
    json::array made;
    for (auto const& row : from.tx.care().concern_rows_by(from.who)) {
        auto const& about = row.concern;
        auto const words =
            from.vault.open_about(from.tx, "concern", about.id.text(), about.circle, from.who, row.words);
        if (words) made.push_back(told_in(about.circle, *words, about.made_at));
    }
    return made;
}

json::array duty_notes_left(collecting const& from)
{
    json::array made;
    for (auto const& row : from.tx.care().duties_with_note(from.who)) {
        auto const words =
            from.vault.open_about(from.tx, "duty", row.id.text(), row.circle, from.who, row.note);
        if (words) made.push_back(told_in(row.circle, *words, row.ends_at));
    }
    return made;
}
} // namespace

task<result<json::object>> written::elsewhere(domain::principal_ptr who)
{
    if (!who) co_return errc::unauthenticated;
    auto& vault = vault_;
    auto read = [&vault, account = who->account](store::read_tx& tx) -> result<json::object> {
        collecting const from{tx, vault, account};
        json::object made;
        made["earlier_versions"] = earlier_versions(from);
        made["reports"] = reports_told(from);
        made["appeals"] = appeals_of(from);
        made["applications"] = applications_made(from);
        made["concerns"] = concerns_raised(from);
        made["duty_notes"] = duty_notes_left(from);
        return made;
    };
    auto made = co_await database_.read(std::move(read));
    co_return made;
}

} // namespace holdfast::app
