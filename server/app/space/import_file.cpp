#include "server/app/space/import_file.hpp"

#include "server/app/space/private_shape.hpp"
#include "server/base/limits.hpp"
#include "server/markdown/markdown.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace holdfast::app {

namespace json = boost::json;
using domain::private_kind;

namespace {
constexpr std::size_t faults_max = 10; // enough to see what is wrong with a file
constexpr int version_max = 1'000'000; // far over what anybody saves, and far under what overflows
constexpr std::size_t depth_max = 16;  // a goal's tries stand at nine
constexpr std::array<std::string_view, 7> facts{
    "id", "version", "based_on", "beside_another", "settled", "created_at", "saved_at"};

error no_copy()
{
    return invalid_field(
        "file",
        "This is not a copy of somebody's data from here. Nothing was changed. Please look for the "
        "file that ends in .json."
    );
}

class reading {
  public:
    result<std::vector<imported_record>> all_of(json::object const& own)
    {
        for (auto const& member : own) {
            std::string const name(member.key());
            auto const kind = domain::private_kind_named(name);
            auto const place = "private." + (name.size() > 64 ? std::string("(long name)") : name);
            if (!kind) {
                complain(place, "This is not known here.");
            } else {
                take_kind(place, *kind, member.value());
            }
        }
        if (!faults_.fields.empty()) return faults_;
        return std::move(made_);
    }

  private:
    void complain(std::string place, std::string detail)
    {
        if (faults_.fields.size() < faults_max)
            faults_.fields.push_back({std::move(place), std::move(detail)});
    }

    void take_kind(std::string const& place, private_kind kind, json::value const& value)
    {
        if (!value.is_array()) return complain(place, "This needs to be a list.");
        auto const& records = value.get_array();
        if (records.size() > limits::private_records_max) return complain(place, "These are too many.");
        for (std::size_t at = 0; at < records.size(); ++at)
            take_record(place + "[" + std::to_string(at) + "]", kind, records[at]);
    }

    void take_record(std::string const& place, private_kind kind, json::value const& value)
    {
        if (!value.is_array() || value.get_array().empty())
            return complain(place, "This needs to be a list of versions.");
        auto const& versions = value.get_array();
        if (versions.size() > limits::private_versions_kept_max)
            return complain(place, "These are too many versions.");
        imported_record record;
        record.kind = kind;
        for (std::size_t at = 0; at < versions.size(); ++at) {
            auto const here = place + "[" + std::to_string(at) + "]";
            auto text = version_of(here, kind, versions[at]);
            if (!text) return;
            if (at == 0) record.id = text->id;
            if (text->id != record.id) return complain(here + ".id", "All versions of one text have one id.");
            if (at > 0 && text->version <= record.versions.back().version)
                return complain(here + ".version", "Versions come in order.");
            record.versions.push_back(std::move(*text));
        }
        if (!seen_.insert(record.id).second) return complain(place, "This is in the file twice.");
        made_.push_back(std::move(record));
    }

    std::optional<private_text>
    version_of(std::string const& place, private_kind kind, json::value const& value)
    {
        if (!value.is_object()) {
            complain(place, "This needs to be a text with its fields.");
            return std::nullopt;
        }
        auto body = value.get_object();
        auto const id = private_id::parse(text_in(body, "id"));
        auto const created = time_from_iso8601(text_in(body, "created_at"));
        auto const saved = time_from_iso8601(text_in(body, "saved_at"));
        private_text made;
        made.version = number_in(body, "version");
        made.based_on = number_in(body, "based_on");
        made.settled = number_in(body, "settled");
        auto const is_counted = made.version >= 1 && made.version <= version_max;
        if (!id || !id->is_set()) complain(place + ".id", "This is no id.");
        if (!created) complain(place + ".created_at", "This is no time.");
        if (!saved) complain(place + ".saved_at", "This is no time.");
        if (!is_counted) complain(place + ".version", "This needs to be a number from 1.");
        if (made.based_on < 0 || made.based_on >= std::max(made.version, 1))
            complain(place + ".based_on", "This needs to be an earlier version, or 0.");
        auto const is_settled = made.settled >= 0 && made.settled < std::max(made.version, 1);
        if (!is_settled) complain(place + ".settled", "This needs to be an earlier version, or 0.");
        for (auto const fact : facts)
            body.erase(fact);
        auto shape = shaped(kind, body);
        if (!shape) {
            for (auto const& fault : shape.error().fields)
                complain(place + "." + fault.field, fault.detail);
        }
        if (!id || !created || !saved || !is_counted || !shape || !faults_.fields.empty())
            return std::nullopt;
        made.id = *id;
        made.created_at = *created;
        made.saved_at = *saved;
        made.body = std::move(*shape);
        return made;
    }

    error faults_{errc::invalid};
    std::vector<imported_record> made_;
    std::set<private_id> seen_;
};
} // namespace

result<imported_copy> copy_in(std::string_view file, language const& spoken)
{
    if (file.size() > limits::import_bytes_max) return errc::too_large;
    json::parse_options options;
    options.max_depth = depth_max;
    boost::system::error_code failed;
    auto const whole = json::parse(markdown::without_turning(std::string(file)), failed, {}, options);
    if (failed || !whole.is_object()) return no_copy();
    auto const* const own = whole.get_object().if_contains("private");
    if (own == nullptr) return no_copy();
    if (own->is_null())
        return invalid_field(
            "private",
            "Your own space was locked when this copy was made. Please sign in where it was made, and "
            "take the copy again."
        );
    if (!own->is_object()) return no_copy();
    reading now;
    auto records = now.all_of(own->get_object());
    if (!records) return records.error();
    auto company = company_in(whole.get_object(), spoken);
    if (!company) return company.error();
    return imported_copy{std::move(*records), std::move(*company)};
}

} // namespace holdfast::app
