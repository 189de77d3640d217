// The record of what was done and read, by whom: for a lead in full, without content; for a member as far as
// it concerns them.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/account.hpp"
#include "server/store/rows.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

class texts;

struct audit_page {
    std::vector<store::audit_row> entries;     // newest first
    std::map<account_id, std::string> names{}; // of those who acted, for a lead; none for who left
    std::optional<std::int64_t> next;          // ask for what is before it; none at the end
};

class audit_log {
  public:
    audit_log(store::database& database, texts& vault, clock const& time)
        : database_(database), vault_(vault), time_(time)
    {
    }

    // Leads (else not_found). A page may hold fewer than `limit`, or none, and still have a next one: only so
    // much of the log is looked through at once.
    task<result<audit_page>> entries(
        domain::principal_ptr who,
        store::audit_filter wanted,
        std::optional<std::int64_t> before,
        std::size_t limit
    );
    // Leads. At most the newest 50,000 that fit, oldest last, as comma separated values with a head line.
    // That it was taken is on record itself.
    task<result<std::string>> csv(domain::principal_ptr who, store::audit_filter wanted);
    // What concerns oneself: who read or decided something of one's own, and when.
    task<result<audit_page>>
    about(domain::principal_ptr who, std::optional<std::int64_t> before, std::size_t limit);

  private:
    store::database& database_;
    texts& vault_;
    clock const& time_;
};

} // namespace holdfast::app
