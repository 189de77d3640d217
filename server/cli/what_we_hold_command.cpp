#include "server/cli/what_we_hold_command.hpp"

#include "server/cli/core.hpp"
#include "server/cli/program.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace holdfast::cli {

namespace {
namespace json = boost::json;

json::value value_of(store::readable_value const& value)
{
    if (auto const* const at = std::get_if<timestamp>(&value)) return json::string(iso8601(*at));
    if (auto const* const text = std::get_if<std::string>(&value)) return json::string(*text);
    if (auto const* const number = std::get_if<double>(&value)) return *number;
    return std::get<std::int64_t>(value);
}

// What stands in the tables, under its name there; what is kept twice under one name comes together.
void put_facts(json::object& to, std::vector<store::readable_facts> const& all)
{
    for (auto const& [name, rows] : all) {
        auto& list = to.emplace(name, json::array()).first->value().as_array();
        for (auto const& row : rows) {
            json::object made;
            for (auto const& [column, value] : row)
                made[column] = value_of(value);
            list.push_back(std::move(made));
        }
    }
}

result<json::object> facts_about(store::read_tx& tx, account_id const& id)
{
    json::object made;
    auto const row = tx.account(id);
    if (!row) return errc::not_found;
    made["id"] = id.text();
    made["joined_at"] = iso8601(row->created_at);
    made["seen_in_week"] = row->seen_week;
    made["country_for_help_lines"] = row->country;
    made["lead"] = row->is_lead;
    json::object own; // sealed to them: how many of which kind is all that can be told
    for (auto const kind : domain::private_kind_names)
        own[kind] = tx.private_count(id, *domain::private_kind_named(kind));
    made["private"] = std::move(own);
    made["private_bytes"] = tx.private_bytes(id);
    auto const key = tx.member_key(id);
    made["recovery_code"] = key && !key->by_code.empty();
    put_facts(made, tx.facts_about(id));
    return made;
}

task<void> print_account(app::services const& services, std::string nickname, std::ostream& out)
{
    auto const account = co_await services.identity.find(nickname);
    if (!account) throw std::runtime_error("Nobody here has that nickname.");
    auto collect = [id = *account](store::read_tx& tx) { return facts_about(tx, id); };
    auto const made = co_await services.database.read(std::move(collect));
    if (!made) throw std::runtime_error("The database could not be read.");
    out << json::serialize(*made) << "\n";
}
} // namespace

int run_what_we_hold(config const& settings, std::string const& nickname, std::ostream& out)
{
    need_database(settings);
    shell open(settings, standing::beside_a_server);
    open.run([&] { return print_account(open.services(), nickname, out); });
    return 0;
}

} // namespace holdfast::cli
