#include "server/app/space/import_partners.hpp"

#include "server/app/share_copy.hpp"
#include "server/app/space/private_shape.hpp"
#include "server/app/validate.hpp"
#include "server/base/limits.hpp"
#include "server/domain/partner.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace holdfast::app {

namespace json = boost::json;
using domain::partner_words;

namespace {
constexpr std::size_t words_letters_max = limits::post_letters_max + 1024; // with our headings

struct own_words {
    std::chrono::sys_days day;
    std::string text; // under its headings
};

error fault_at(std::string const& place, char const* detail)
{
    return invalid_field(place, detail);
}

json::array const* list_at(json::object const& from, std::string_view name)
{
    auto const* const found = from.if_contains(name);
    return found != nullptr && found->is_array() ? &found->get_array() : nullptr;
}

bool is_true(json::object const& from, std::string_view name)
{
    auto const* const found = from.if_contains(name);
    return found != nullptr && found->is_bool() && found->get_bool();
}

// A heading of ours is in the file as it is in the program.
std::string heading_in(std::string const& heading, language const& spoken)
{
    for (auto const& section : share_sections(domain::share_what::goal)) {
        if (section.heading == heading) return spoken.text_of(say(section.heading));
    }
    return heading;
}

std::string parts_in(json::array const& parts, language const& spoken)
{
    std::string made;
    for (auto const& part : parts) {
        if (!part.is_object()) continue;
        auto const heading = heading_in(text_in(part.get_object(), "heading"), spoken);
        if (!made.empty()) made += "\n";
        if (!heading.empty()) made += heading + ":\n";
        made += text_in(part.get_object(), "text");
    }
    return made;
}

// Copies of the goal are left out: the goal itself is in the file.
result<std::vector<own_words>>
said_in(std::string const& place, json::object const& company, language const& spoken)
{
    std::vector<own_words> made;
    auto const* const said = list_at(company, "said");
    if (said == nullptr) return made;
    for (std::size_t at = 0; at < said->size(); ++at) {
        auto const here = place + ".said[" + std::to_string(at) + "]";
        if (!(*said)[at].is_object()) return fault_at(here, "This needs to be a text with its fields.");
        auto const& one = (*said)[at].get_object();
        auto const kind = domain::partner_words_named(text_in(one, "kind"));
        if (!kind) return fault_at(here + ".kind", "This is not known here.");
        if (!is_true(one, "mine") || domain::is_copied(*kind)) continue;
        auto const day = day_from(text_in(one, "day"));
        auto const* const parts = list_at(one, "parts");
        if (!day) return fault_at(here + ".day", "This is no day.");
        if (parts == nullptr) return fault_at(here + ".parts", "This needs to be a list.");
        auto text = parts_in(*parts, spoken);
        if (letters_in(text) > words_letters_max) return fault_at(here + ".parts", "These are too many.");
        made.push_back({*day, std::move(text)});
    }
    std::reverse(made.begin(), made.end()); // the file has the newest first
    std::stable_sort(made.begin(), made.end(), [](auto const& left, auto const& right) {
        return left.day < right.day;
    });
    return made;
}

// One piece of the journal has an end: what doesn't fit stands in the next, under an id of its own.
private_id id_of_piece(post_id const& company, std::size_t number)
{
    auto bytes = company.raw();
    bytes.back() ^= static_cast<std::byte>(number);
    bytes.front() ^= static_cast<std::byte>(number >> 8U);
    return private_id(bytes);
}

class pieces {
  public:
    pieces(post_id const& company, std::string heading) : company_(company), heading_(std::move(heading)) {}

    void add(std::chrono::sys_days day, std::string const& text)
    {
        auto const more = text_of(day) + "\n" + text;
        if (!text_.empty() && text_.size() + more.size() > piece_bytes) end();
        if (text_.empty()) {
            text_ = heading_;
            first_ = day;
        }
        text_ += "\n\n" + more;
    }

    std::vector<imported_record> all()
    {
        if (!text_.empty()) end();
        return std::move(made_);
    }

  private:
    static constexpr std::size_t piece_bytes = 48 * 1024; // well under what one holds

    void end()
    {
        private_text piece;
        piece.id = id_of_piece(company_, made_.size());
        piece.created_at = first_;
        piece.saved_at = first_;
        piece.body["kind"] = "writing";
        piece.body["text"] = text_;
        made_.push_back({domain::private_kind::journal, piece.id, {piece}});
        text_.clear();
    }

    post_id company_;
    std::string heading_;
    std::string text_;
    std::chrono::sys_days first_;
    std::vector<imported_record> made_;
};
} // namespace

result<std::vector<imported_company>> company_in(json::object const& copy, language const& spoken)
{
    std::vector<imported_company> made;
    auto const* const value = copy.if_contains("partners");
    if (value == nullptr || value->is_null()) return made;
    if (!value->is_array()) return fault_at("partners", "This needs to be a list.");
    auto const& all = value->get_array();
    if (all.size() > limits::private_records_max) return fault_at("partners", "These are too many.");
    for (std::size_t at = 0; at < all.size(); ++at) {
        auto const place = "partners[" + std::to_string(at) + "]";
        if (!all[at].is_object()) return fault_at(place, "This needs to be a text with its fields.");
        auto const& one = all[at].get_object();
        auto const id = post_id::parse(text_in(one, "id"));
        if (!id || !id->is_set()) return fault_at(place + ".id", "This is no id.");
        auto said = said_in(place, one, spoken);
        if (!said) return said.error();
        auto const name = text_in(one, "nickname");
        if (letters_in(name) > limits::nickname_letters_max)
            return fault_at(place + ".nickname", "This is too long.");
        auto const as_member = text_in(one, "as") == "member";
        auto const about = as_member ? say("What I said to {name} about a goal of mine", {{"name", name}})
                                     : say("What I said to {name} about a goal of theirs", {{"name", name}});
        pieces words(*id, spoken.text_of(about));
        for (auto const& own : *said)
            words.add(own.day, own.text);
        auto const goes_on = text_in(one, "state") == domain::name_of(domain::partner_state::accepted);
        made.push_back({*id, as_member && goes_on, words.all()});
    }
    return made;
}

} // namespace holdfast::app
