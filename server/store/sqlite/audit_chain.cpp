#include "server/store/sqlite/audit_chain.hpp"

#include "server/store/sqlite/audit_hash.hpp"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace holdfast::store::sqlite {

namespace {
struct place {
    std::int64_t number = 0;
    std::string hash; // bytes in hex
};

std::string hex(std::string_view bytes)
{
    return hex_of(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

std::optional<place> head_of(connection& database)
{
    auto found = database.query("SELECT number, hash FROM audit_head");
    if (!found.next()) return std::nullopt;
    return place{found.integer(0), hex(found.bytes(1))};
}

std::optional<place> witness_in(std::string const& database_file)
{
    std::ifstream file(witness_of(database_file));
    place made;
    if (!(file >> made.number >> made.hash)) return std::nullopt;
    return made;
}

// "" when all entries are what they were; else a sentence. Notes the hash at the witness's number on the way.
class walk {
  public:
    walk(connection& database, std::optional<place> const& seen) : database_(database), seen_(seen) {}

    std::string run()
    {
        auto found = database_.query(
            "SELECT a.number, a.at, a.actor, a.action, a.circle_id, a.object, a.detail, a.hash, c.account_id "
            "FROM audit a LEFT JOIN audit_concern c ON c.number = a.number ORDER BY a.number"
        );
        std::string before;
        while (found.next()) {
            auto const number = found.integer(0);
            if (number != end_.number + 1)
                return "The audit log has a gap before entry " + std::to_string(number) + ".";
            auto const hash = hash_of(found, before);
            if (found.hash(7) != hash)
                return "The audit log was changed at entry " + std::to_string(number) + ".";
            if (!concern_fits(found))
                return "Whom audit entry " + std::to_string(number) + " concerns was changed.";
            before = found.bytes(7);
            end_ = {number, hex(before)};
            if (seen_ && seen_->number == number) witness_fits_ = seen_->hash == end_.hash;
        }
        return "";
    }
    place const& end() const { return end_; }
    bool witness_fits() const { return witness_fits_; }

  private:
    static sealing::hash256 hash_of(rows const& found, std::string const& before)
    {
        auto const actor = found.is_null(2) ? std::string() : found.as<account_id>(2).text();
        auto const circle = found.is_null(4) ? std::string() : found.as<circle_id>(4).text();
        return audit_hash(
            before,
            found.integer(0),
            found.integer(1),
            actor,
            found.text(3),
            circle,
            found.text(5),
            found.text(6)
        );
    }
    static bool concern_fits(rows const& found)
    {
        constexpr std::string_view begin = "{\"of\":\"";
        auto const detail = found.text(6);
        auto const named = detail.starts_with(begin) ? detail.substr(begin.size(), 32) : std::string_view();
        auto const shown = found.is_null(8) ? std::string() : found.as<account_id>(8).text();
        return named == shown;
    }

    connection& database_;
    std::optional<place> seen_;
    place end_;
    bool witness_fits_ = false;
};
} // namespace

void write_witness(connection& database, std::string const& database_file)
{
    auto const head = head_of(database);
    if (!head || head->number == 0) return;
    auto const text = std::to_string(head->number) + " " + head->hash + "\n";
    auto const path = witness_of(database_file);
    auto const fresh = path + ".new";
    auto const file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("the audit log's witness can't be written");
    auto const good = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                      ::fdatasync(file) == 0;
    ::close(file);
    if (!good || std::rename(fresh.c_str(), path.c_str()) != 0)
        throw std::runtime_error("the audit log's witness can't be written");
}

void check_audit(connection& database, std::string const& database_file, std::vector<std::string>& problems)
{
    auto const seen = witness_in(database_file);
    walk log(database, seen);
    auto const broken = log.run();
    if (!broken.empty()) {
        problems.push_back(broken);
        return;
    }
    auto const head = head_of(database);
    auto const& end = log.end();
    if (!head) {
        problems.emplace_back("The note of where the audit log ends is missing.");
    } else if (head->number > end.number) {
        problems.push_back("The audit log was cut after entry " + std::to_string(end.number) + ".");
    } else if (head->number < end.number || (end.number > 0 && head->hash != end.hash)) {
        problems.push_back(
            "The audit log does not end where it was noted, at entry " + std::to_string(head->number) + "."
        );
    } else if (seen && !log.witness_fits()) {
        problems.push_back(
            "The audit log is not the one that was seen with entry " + std::to_string(seen->number) +
            ": it was cut, written anew, or an older copy was put back."
        );
    }
}

} // namespace holdfast::store::sqlite
