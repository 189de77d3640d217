// One item at the desk: what was noticed first, the text only as far as one asks for it, and deciding.
#include "server/app/desk/appeals.hpp"
#include "server/app/desk/reasons.hpp"
#include "server/app/desk/review.hpp"
#include "server/app/plain_words.hpp"
#include "server/http/problem.hpp"
#include "server/pages/desk/desk_words.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"

#include <charconv>

namespace holdfast::pages::review_item_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
constexpr std::string_view kept_step = "desk-show";

review_item_id item_in(context const& asked)
{
    return review_item_id::parse(asked.ids.at(0)).value_or(review_item_id());
}

// How much to show: what is asked for, else what one chose to begin with.
app::shown step_of(context const& asked)
{
    auto const query = http::form_fields(asked.request->query());
    auto name = query ? http::field_of(*query, "show") : std::string();
    if (name.empty()) name = http::cookie_of(*asked.request, kept_step);
    if (name == "all") return app::shown::all;
    return name == "sentences" ? app::shown::sentences : app::shown::reasons;
}

void put_step(view& to, app::shown much)
{
    to.set("shows_reasons", much == app::shown::reasons);
    to.set("shows_sentences", much == app::shown::sentences);
    to.set("shows_all", much == app::shown::all);
}

view sentences_view(app::review_item_opened const& found)
{
    view all(view::type::list);
    for (auto const& one : found.sentences) {
        view entry;
        entry.set("before", one.before);
        entry.set("marked", one.marked);
        entry.set("after", one.after);
        all.push_back(entry);
    }
    return all;
}

std::string thread_html(renderer const& with, std::vector<domain::post> const& posts)
{
    std::string made;
    for (auto const& one : posts)
        made += post_html(with.get(), one);
    return made;
}

// Counts and notes, not a dossier.
void put_history(view& to, app::author_history const& history)
{
    using domain::verdict;
    auto const of = [&](verdict what) { return history.decided[static_cast<std::size_t>(what)]; };
    auto words =
        history.posts >= 500
            ? say("The circle can read 500 posts or more.")
            : say_count(
                  history.posts, "The circle can read {count} post.", "The circle can read {count} posts."
              );
    words += ' ';
    words +=
        say("Looked at before: {through} let through, {back} given back, {out} taken out.",
            {{"through", std::to_string(of(verdict::publish) + of(verdict::fold))},
             {"back", std::to_string(of(verdict::give_back))},
             {"out", std::to_string(of(verdict::remove))}});
    to.set("history_words", words);
    if (history.joined_at) put_time(to, "joined", *history.joined_at);
    view notes(view::type::list);
    for (auto const& note : history.notes) {
        view one;
        one.set("by", note.by);
        one.set("words", note.words);
        one.set("folded", note.folded);
        put_time(one, "at", note.at);
        notes.push_back(one);
    }
    to.set("notes", notes);
}

view told_view(app::review_item_opened const& found)
{
    view all(view::type::list);
    for (auto const& one : found.reports) {
        view entry;
        entry.set("category", words_of(one.category));
        if (!one.words.empty()) entry.set("words", one.words);
        entry.set("folded", one.folded);
        if (one.weight >= 1.5) entry.set("weight", say("often led to a change before"));
        if (one.weight <= 0.5) entry.set("weight", say("seldom led to a change before"));
        put_time(entry, "at", one.at);
        all.push_back(entry);
    }
    return all;
}

view messages_view(std::vector<app::appeal_message> const& messages)
{
    view all(view::type::list);
    for (auto const& one : messages) {
        view entry;
        entry.set("by", one.by_author ? say("The author") : say("A facilitator"));
        entry.set("words", one.words);
        entry.set("folded", one.folded);
        put_time(entry, "at", one.at);
        all.push_back(entry);
    }
    return all;
}

view changes_view(std::vector<app::diff_piece> const& pieces)
{
    view all(view::type::list);
    for (auto const& one : pieces) {
        view entry;
        entry.set("gone", one.what == app::diff_piece::kind::gone);
        entry.set("added", one.what == app::diff_piece::kind::added);
        entry.set("text", one.text);
        all.push_back(entry);
    }
    return all;
}

view ready_view(app::reasons const& ready, std::string const& chosen)
{
    view all(view::type::list);
    for (auto const& one : ready.all()) {
        view entry;
        entry.set("ready", one.id);
        entry.set("heading", say(one.title));
        entry.set(
            "words",
            say(one.before + "{" + one.blank + "}" + one.after, {{one.blank, "[" + say(one.blank) + "]"}})
        );
        entry.set("chosen", one.id == chosen);
        all.push_back(entry);
    }
    return all;
}

void put_policy(view& to, app::review_item_opened const& found)
{
    view all(view::type::list);
    for (auto const& one : found.policy) {
        view entry;
        entry.set("why", say(one.why));
        all.push_back(entry);
    }
    to.set("policy", all);
    to.set("policy_id", found.screened.policy);
}

void put_looking(view& to, app::review_item_opened const& found)
{
    if (!found.also_looking.empty()) to.set("looking", app::listed(found.also_looking));
}

view opened_view(
    context const& asked,
    renderer const& with,
    app::review_item_opened const& found,
    http::fields const& typed
)
{
    auto made = item_view(found.item);
    put_step(made, found.shown);
    made.set("nickname", found.nickname.empty() ? say("somebody who left") : found.nickname);
    made.set("has_text", !found.content.text.empty());
    if (!found.content.title.empty()) made.set("thread_title", found.content.title);
    made.set("text_html", html_of(found.content.text));
    made.set("sentences", sentences_view(found));
    made.set("before_html", thread_html(with, found.before));
    made.set("after_html", thread_html(with, found.after));
    made.set("has_around", !found.before.empty() || !found.after.empty());
    put_reasons(made, found.screened, found.content.text, reader::facilitator);
    put_policy(made, found);
    put_history(made, found.history);
    put_looking(made, found);
    made.set("told", told_view(found));
    made.set("has_told", !found.reports.empty());
    made.set("messages", messages_view(found.appeal));
    if (!found.decided_before.empty()) made.set("decided_before", found.decided_before);
    made.set("has_changes", !found.changes.empty());
    made.set("changes", changes_view(found.changes));
    if (!found.returned_because.empty()) made.set("returned_because", found.returned_because);
    auto const restricts = domain::may_restrict(found.item.lane, found.item.triage, domain::verdict::remove);
    made.set("may_restrict", restricts);
    made.set("ready_words", ready_view(asked.services.ready, http::field_of(typed, "ready_words")));
    for (auto const* const name : {"reason", "blank", "passage"})
        made.set(std::string("typed_") + name, http::field_of(typed, name));
    for (auto const* const name : {"note", "question"}) {
        made.set(std::string("typed_") + name, http::field_of(typed, name));
        made.set(std::string(name) + "_key", key_or_new(http::fields()));
    }
    made.set("note_open", !http::field_of(typed, "note").empty());
    return made;
}

task<net::response> item_page(context asked, renderer const& with, http::fields typed, error failed)
{
    auto const found = co_await asked.services.review.open(asked.who, item_in(asked), step_of(asked));
    if (!found) co_return with.error_page()(asked, found.error());
    auto made = opened_view(asked, with, *found, typed);
    auto const has_failed = has_faults(failed);
    made.set("errors_html", has_failed ? errors_html(with.get(), failed) : std::string());
    co_return with.get().page(asked, status_of_form(failed), say("One that waits"), "review_item", made);
}

task<net::response> item(context asked, renderer const& with)
{
    error const none;
    http::fields const nothing;
    auto answer = co_await item_page(asked, with, nothing, none);
    auto const query = http::form_fields(asked.request->query());
    auto const begin = query ? http::field_of(*query, "begin") : std::string();
    if (begin == "reasons" || begin == "sentences" || begin == "all")
        answer.headers.emplace_back("set-cookie", http::set_cookie(kept_step, begin, 365L * 24 * 3600));
    co_return answer;
}

int number_in(http::fields const& form, std::string_view name)
{
    auto const text = http::field_of(form, name);
    int made = 0;
    std::from_chars(text.data(), text.data() + text.size(), made);
    return made;
}

app::review_decision decision_from(http::fields const& form)
{
    app::review_decision made;
    made.revision = number_in(form, "revision");
    made.reason = http::field_of(form, "reason");
    made.passage = http::field_of(form, "passage");
    made.ready_words = http::field_of(form, "ready_words");
    made.blank = http::field_of(form, "blank");
    made.strike = number_in(form, "strike");
    auto const kind = http::field_of(form, "limit");
    if (!kind.empty()) made.limit = domain::limit_named(kind).value_or(domain::limit_kind::lock);
    made.limit_hours = number_in(form, "limit_days") * 24;
    made.slow_minutes = 60;
    return made;
}

// Ready words are sent in the language in which they were read. The service fills in the English ones itself.
void fill_ready_words(app::review_decision& to, app::reasons const& ready, language const& spoken)
{
    auto const* const chosen = ready.find(to.ready_words);
    auto const is_english = spoken.code() == known_languages.front().code;
    if (is_english || chosen == nullptr || to.blank.empty()) return;
    auto words = spoken.text_of(
        say(chosen->before + "{" + chosen->blank + "}" + chosen->after, {{chosen->blank, to.blank}})
    );
    to.reason = to.reason.empty() ? words : words + "\n\n" + to.reason;
    to.ready_words.clear();
    to.blank.clear();
}

task<net::response> decide(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const what = domain::verdict_named(http::field_of(*form, "decision"));
    if (!what) {
        auto const missing = invalid_field("decision", "Please choose one of these.");
        auto again = co_await item_page(asked, with, *form, missing);
        co_return again;
    }
    auto decided = decision_from(*form);
    decided.what = *what;
    fill_ready_words(decided, asked.services.ready, with.get().spoken);
    auto const done = co_await asked.services.review.decide(asked.who, item_in(asked), decided);
    if (done) co_return see_other("/review");
    auto failed = done.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    for (auto& one : failed.fields) // the page asks for days
        one.field = one.field == "limit_hours" ? "limit_days" : one.field;
    auto answer = co_await item_page(asked, with, *form, failed);
    co_return answer;
}

// Claiming leads back to the item; the other steps lead on.
task<net::response> claim(context asked, renderer const& with)
{
    auto const done = co_await asked.services.review.claim(asked.who, item_in(asked));
    if (done) co_return see_other("/review/" + asked.ids.at(0));
    http::fields const nothing;
    auto const failed = done.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    auto answer = co_await item_page(asked, with, nothing, failed);
    co_return answer;
}

net::response led_on(context const& asked, renderer const& with, result<void> const& done)
{
    if (!done) return with.error_page()(asked, done.error());
    return see_other("/review");
}

task<net::response> pass_on(context asked, renderer const& with)
{
    auto const done = co_await asked.services.review.pass_on(asked.who, item_in(asked));
    co_return led_on(asked, with, done);
}

task<net::response> ask_second(context asked, renderer const& with)
{
    auto const done = co_await asked.services.review.ask_second(asked.who, item_in(asked));
    co_return led_on(asked, with, done);
}

task<net::response> ask_lead(context asked, renderer const& with)
{
    auto const done = co_await asked.services.review.ask_lead(asked.who, item_in(asked));
    co_return led_on(asked, with, done);
}

// After a note or an answer: words that stay with the item. With a fault the item is shown again with them.
task<net::response> after_words(context asked, renderer const& with, http::fields typed, result<void> done)
{
    if (done) co_return see_other("/review/" + asked.ids.at(0));
    auto failed = done.error();
    if (failed.code == errc::not_found) co_return with.error_page()(asked, failed);
    if (failed.fields.empty() && failed.detail.empty())
        failed.detail = "This could not be sent right now. Your words are still here: please try again.";
    auto answer = co_await item_page(asked, with, typed, failed);
    co_return answer;
}

task<net::response> add_note(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const words = http::field_of(*form, "words");
    auto const key = key_or_new(*form);
    auto const done = co_await asked.services.review.add_note(asked.who, item_in(asked), key, words);
    http::fields const typed{{"note", words}};
    auto answer = co_await after_words(asked, with, typed, done);
    co_return answer;
}

task<net::response> answer_appeal(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const words = http::field_of(*form, "words");
    auto const key = key_or_new(*form);
    auto const done = co_await asked.services.appeals.answer(asked.who, item_in(asked), key, words);
    http::fields const typed{{"question", words}};
    auto answer = co_await after_words(asked, with, typed, done);
    co_return answer;
}
} // namespace
} // namespace holdfast::pages::review_item_pages

namespace holdfast::pages {

void add_review_item_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace review_item_pages;
    auto const add = [&](method how, std::string const& path, page_handler run) {
        auto const rate = how == method::get ? rate_kind::read : rate_kind::write;
        add_page(to, with, how, path, least::facilitator, "review_item", run, rate);
    };
    add(method::get, "/review/{id}", item);
    add(method::post, "/review/{id}", decide);
    add(method::post, "/review/{id}/claim", claim);
    add(method::post, "/review/{id}/pass", pass_on);
    add(method::post, "/review/{id}/second", ask_second);
    add(method::post, "/review/{id}/lead", ask_lead);
    add(method::post, "/review/{id}/notes", add_note);
    add(method::post, "/review/{id}/messages", answer_appeal);
    to.back().object = "appeal";
}

} // namespace holdfast::pages
