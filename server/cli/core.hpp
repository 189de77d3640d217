// What a serving program and a shell command share: store, keys, screen and services.
#pragma once
#include "server/app/care/aftercare.hpp"
#include "server/app/care/alarms.hpp"
#include "server/app/care/care.hpp"
#include "server/app/care/concerns.hpp"
#include "server/app/care/figures.hpp"
#include "server/app/care/rota.hpp"
#include "server/app/care/talks.hpp"
#include "server/app/change_log.hpp"
#include "server/app/circles/circles.hpp"
#include "server/app/circles/members.hpp"
#include "server/app/copies/written.hpp"
#include "server/app/desk/appeals.hpp"
#include "server/app/desk/audit_log.hpp"
#include "server/app/desk/figures.hpp"
#include "server/app/desk/measures.hpp"
#include "server/app/desk/policy_desk.hpp"
#include "server/app/desk/reasons.hpp"
#include "server/app/desk/reports.hpp"
#include "server/app/desk/review.hpp"
#include "server/app/desk/welcome.hpp"
#include "server/app/feed/live_feed.hpp"
#include "server/app/help/help_lines.hpp"
#include "server/app/languages.hpp"
#include "server/app/notices/notices.hpp"
#include "server/app/partner/partner_days.hpp"
#include "server/app/partner/partners.hpp"
#include "server/app/people/erasure.hpp"
#include "server/app/people/identity.hpp"
#include "server/app/people/member_keys.hpp"
#include "server/app/people/passphrases.hpp"
#include "server/app/policy/policies.hpp"
#include "server/app/posts/posts.hpp"
#include "server/app/screener.hpp"
#include "server/app/search/search.hpp"
#include "server/app/search/search_index.hpp"
#include "server/app/services.hpp"
#include "server/app/share/shares.hpp"
#include "server/app/space/pacing.hpp"
#include "server/app/space/space.hpp"
#include "server/app/story/story_writing.hpp"
#include "server/app/texts.hpp"
#include "server/base/periodic_jobs.hpp"
#include "server/base/worker_pool.hpp"
#include "server/cli/config.hpp"
#include "server/outside/letters.hpp"
#include "server/sealing/keyring.hpp"
#include "server/store/database.hpp"

#include <boost/asio/io_context.hpp>

#include <sys/types.h>

namespace holdfast::cli {

enum class standing : std::uint8_t { sole_owner, beside_a_server };

// Throws std::runtime_error when the data folder has none.
void need_database(config const& settings);

// One server at a time on one data folder: held while the object lives.
class folder_lock {
  public:
    explicit folder_lock(std::filesystem::path const& folder); // throws when another server has it
    ~folder_lock();
    folder_lock(folder_lock const&) = delete;
    folder_lock& operator=(folder_lock const&) = delete;

  private:
    int file_;
};

// Declaration order is the order of making and, reversed, of taking down: threads that post into the
// io_context end before it does.
struct core {
    config settings;
    boost::asio::io_context io;
    system_clock time;
    sealing::keyring keys;
    app::texts vault;
    app::member_keys own_keys;
    std::unique_ptr<outside::http_reader> second;    // null: texts go nowhere
    std::unique_ptr<outside::webhook> alarm_webhook; // null: alarms are told here alone
    std::unique_ptr<outside::mail> alarm_mail;
    std::unique_ptr<outside::letters> letters; // null: members get no mail
    app::screener screen;
    app::change_log changes;
    app::help_lines lines;
    app::languages languages;
    app::reasons ready;
    store::database database;
    worker_pool hashing;
    app::identity identity;
    app::erasure erasure;
    app::passphrases passphrases;
    app::space space;
    app::own_pace pace;
    app::circles circles;
    app::members members;
    app::policies policies;
    app::policy_desk policy_desk;
    app::posts posts;
    app::shares shares;
    app::partners partners;
    app::story_writing story_writing;
    app::review review;
    app::alarms alarms;
    app::rota rota;
    app::talks talks;
    app::aftercare aftercare;
    app::concerns concerns;
    app::care_reporting reporting;
    app::care_services care;
    app::audit_log audit_log;
    app::reports reports;
    app::measures measures;
    app::appeals appeals;
    app::welcome welcome;
    app::figures figures;
    app::notices notices;
    app::written written;
    app::partner_days days;
    app::search search;
    app::search_index index;
    app::live_feed live;
    periodic_jobs jobs;
    app::services services;

    core(config const& wanted, standing as);

  private:
    void add_jobs();
};

// The shipped policy when `file` is empty. Throws std::runtime_error with file, line and cause.
moderation::policy read_policy(std::filesystem::path const& file);

} // namespace holdfast::cli
