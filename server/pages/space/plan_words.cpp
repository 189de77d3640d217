#include "server/pages/space/plan_words.hpp"

#include "server/app/share_copy.hpp"
#include "server/app/space/private_shape.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

namespace holdfast::pages {

namespace {
struct plan_step {
    std::string_view field;
    std::string_view hint;
};
// said
constexpr std::array<plan_step, 7> asked_steps{
    plan_step{
        "signs",
        "Thoughts, feelings, things I do or stop doing. For example: I don't sleep, I answer nobody."},
    plan_step{
        "alone",
        "Things that turn my mind for a while. For example: a shower, music, a walk round the block."},
    plan_step{
        "around",
        "You don't need to tell them why. For example: the library, my cousin, the football ground."},
    plan_step{"ask", "Names and numbers, one on each line. A number becomes a link that you can press."},
    plan_step{
        "services",
        "Doctor, counsellor, a night line. The help lines for your country are on the page as well."},
    plan_step{"safer", "What could hurt you, and who can keep it for you, or how you get away from it."},
    plan_step{"reasons", "People, animals, places, a song, a thing you still want to see."}};

bool is_of_number(char letter)
{
    return (letter >= '0' && letter <= '9') || letter == ' ' || letter == '-' || letter == '(' ||
           letter == ')' || letter == '/';
}

view plain_view(std::string const& line)
{
    view made;
    made.set("before", line);
    return made;
}

// "Rowan, 020 7946 0000": the number becomes a link.
view line_view(std::string const& line)
{
    view made;
    for (std::size_t at = 0; at < line.size(); ++at) {
        auto const starts = line[at] == '+' || (line[at] >= '0' && line[at] <= '9');
        if (!starts) continue;
        auto end = at + 1;
        std::string digits(1, line[at]);
        while (end < line.size() && is_of_number(line[end])) {
            if (line[end] >= '0' && line[end] <= '9') digits += line[end];
            ++end;
        }
        while (line[end - 1] == ' ')
            --end;
        constexpr std::size_t shortest = 3; // as of emergency numbers
        if (digits.size() >= shortest) {
            made.set("before", line.substr(0, at));
            made.set("number", line.substr(at, end - at));
            made.set("href", "tel:" + digits);
            made.set("after", line.substr(end));
            return made;
        }
        at = end;
    }
    return plain_view(line);
}
} // namespace

view lines_view(std::string const& text, line_numbers in_it)
{
    view made(view::type::list);
    std::string_view rest = text;
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        std::string const line(rest.substr(0, end));
        if (!line.empty())
            made.push_back(in_it == line_numbers::are_links ? line_view(line) : plain_view(line));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return made;
}

view plan_steps_view(boost::json::object const& body, with_empty empty)
{
    view made(view::type::list);
    for (auto const& step : asked_steps) {
        auto const text = app::text_in(body, step.field);
        if (text.empty() && empty == with_empty::no) continue;
        view one;
        one.set("field", std::string(step.field));
        one.set("heading", say(app::heading_of(domain::share_what::plan, step.field)));
        one.set("hint", say(step.hint));
        one.set("text", text);
        auto const names_people = step.field == "ask" || step.field == "services";
        one.set("lines", lines_view(text, names_people ? line_numbers::are_links : line_numbers::are_words));
        made.push_back(one);
    }
    return made;
}

} // namespace holdfast::pages
