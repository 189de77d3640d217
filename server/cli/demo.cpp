#include "server/cli/demo.hpp"

#include "server/app/care/care.hpp"
#include "server/app/care/rota.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/circles/members.hpp"
#include "server/app/people/identity.hpp"
#include "server/app/posts/posts.hpp"

#include <stdexcept>

namespace holdfast::cli {

namespace {
template <class T>
T const& need(result<T> const& got, char const* what)
{
    if (!got) throw std::runtime_error(std::string("the demo's ") + what + " was refused");
    return *got;
}

struct sample_post {
    std::size_t by; // index into demo_accounts()
    char const* text;
};
struct sample_thread {
    std::size_t circle;
    std::size_t by;
    char const* title;
    char const* text;
    std::vector<sample_post> replies;
};

constexpr char const* agreement = "Be kind, also when you don't agree. We all carry something.\n"
                                  "Tell your own story, and leave out what would show who somebody else is.\n"
                                  "Leave out details that could harm a reader. Say how it felt instead.\n"
                                  "Leave out phone numbers and addresses. People here can't be checked.\n"
                                  "Ask before you give advice. Often listening is enough.";

std::vector<app::new_circle> sample_circles()
{
    using domain::entry_mode;
    using domain::readable_by;
    return {
        {{"Everyday courage",
          "Small steps after hard times. Share what you did today, even when it was tiny.",
          agreement,
          "Open all day. Facilitators look in from 8 to 22 UTC."},
         entry_mode::open,
         readable_by::everyone},
        {{"Nights that are long",
          "For people who lie awake. Quiet company until the morning.",
          agreement,
          "Doors open from 20 to 6 UTC."},
         entry_mode::open,
         readable_by::members},
        {{"After loss",
          "For people who miss somebody. A small circle; a facilitator answers before you join.",
          agreement,
          "Open all day."},
         entry_mode::apply,
         readable_by::members},
    };
}

std::vector<sample_thread> sample_threads()
{
    return {
        {0,
         1,
         "What helped you carry on this week?",
         "Welcome to this week's thread. Name one thing that helped, however small. I watered the plants on "
         "my window sill before I read any news, and the day began more gently.",
         {{0, "I walked to the corner shop and back without headphones. It was loud, and I did it anyway."},
          {3, "A neighbour asked how I was and I said \"so-so\" instead of \"fine\". She put the kettle on."},
          {0, "That is lovely. I think I will try the honest answer once this week."},
          {2, "Thank you all for writing here. Reading these with my morning tea has become a habit."}}},
        {0,
         0,
         "I asked for help at work",
         "I was sure they would think less of me. I wrote down two sentences, read them out to my manager, "
         "and my voice shook. She said thank you for telling me. We moved two deadlines.\n\nWhat I did: "
         "asked. What it says about me: I can be scared and still speak.",
         {{1, "You were scared and still spoke. That is the very thing this circle is named after."},
          {3, "May I borrow your two sentences idea? I have a meeting on Thursday."},
          {0, "Please do. Writing them down made them feel less heavy."}}},
        {0,
         3,
         "Cooking again",
         "For months I ate toast. On Sunday I made lentil soup from my grandmother's card. It was too salty "
         "and I had two bowls.",
         {{2, "Two bowls is the best review there is."}}},
        {1,
         3,
         "Half past three",
         "The street lamp outside hums. I count the seconds between cars. If you are awake too, you could "
         "just say hello.",
         {{0, "Hello from another window. I am listening to the rain."},
          {1, "Hello both. I have the late turn tonight and a warm cup beside me."}}},
    };
}

task<void> fill_threads(
    app::services const& services,
    std::vector<app::signed_in> const& people,
    std::vector<circle_id> const& circles
)
{
    int number = 0;
    for (auto const& sample : sample_threads()) {
        auto const who = co_await services.identity.authenticate(people[sample.by].token);
        domain::post_text const opening{sample.title, sample.text};
        auto const key = "demo-thread-" + std::to_string(++number);
        auto const started =
            co_await services.posts.start_thread(need(who, "person"), circles[sample.circle], key, opening);
        auto const thread = need(started, "thread").thread;
        if (started->state != domain::post_state::visible)
            throw std::runtime_error("a demo thread is not visible");
        for (auto const& reply : sample.replies) {
            auto const by = co_await services.identity.authenticate(people[reply.by].token);
            domain::post_text const words{"", reply.text};
            auto const reply_key = "demo-reply-" + std::to_string(++number);
            auto const sent =
                co_await services.posts.reply(need(by, "person"), thread, reply_key, words, true);
            if (need(sent, "reply").state != domain::post_state::visible)
                throw std::runtime_error("a demo reply is not visible");
        }
    }
}
} // namespace

std::vector<demo_account> const& demo_accounts()
{
    static std::vector<demo_account> const all{
        {"Maple", "demo member passphrase", "member"},
        {"Rowan", "demo facilitator passphrase", "facilitator"},
        {"Juniper", "demo lead passphrase", "lead"},
        {"Wren", "demo second member", "member"},
    };
    return all;
}

task<void> fill_demo(app::services const& services)
{
    std::vector<app::signed_in> people;
    for (auto const& account : demo_accounts()) {
        auto joined = co_await services.identity.join(account.nickname, account.passphrase, "");
        people.push_back(need(joined, "account"));
    }
    auto const lead = co_await services.identity.set_lead("Juniper", true);
    need(lead, "lead");
    auto const juniper = co_await services.identity.authenticate(people[2].token);
    std::vector<circle_id> circles;
    for (auto const& wanted : sample_circles()) {
        auto const key = "demo-circle-" + std::to_string(circles.size());
        auto const made = co_await services.circles.create(need(juniper, "lead"), key, wanted);
        circles.push_back(need(made, "circle").id);
    }
    for (auto const& circle : circles) {
        auto const facilitates =
            co_await services.members.set_role(circle, people[1].who->account, domain::role::facilitator);
        if (!facilitates) throw std::runtime_error("the demo's facilitator was refused");
    }
    auto const rowan = co_await services.identity.authenticate(people[1].token);
    app::duty_wanted shift; // so that a cry for help in the demo finds somebody
    shift.starts_at = services.time.now();
    shift.ends_at = shift.starts_at + std::chrono::hours(12);
    for (auto const& circle : circles) {
        auto const key = "duty in " + circle.text();
        auto const on_duty = co_await services.care.rota.add(need(rowan, "person"), circle, key, shift);
        need(on_duty, "rota");
    }
    for (std::size_t member : {std::size_t{0}, std::size_t{3}}) {
        for (std::size_t circle : {std::size_t{0}, std::size_t{1}}) {
            auto const set = co_await services.members.set_role(
                circles[circle], people[member].who->account, domain::role::member
            );
            if (!set) throw std::runtime_error("a demo membership was refused");
        }
    }
    co_await fill_threads(services, people, circles);
}

} // namespace holdfast::cli
