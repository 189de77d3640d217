#include "server/cli/core.hpp"

#include "embedded/web.hpp"
#include "server/base/limits.hpp"
#include "server/base/log.hpp"

#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/file.h>
#include <unistd.h>

namespace holdfast::cli {

namespace {
sealing::secret_ptr open_keys(config const& settings)
{
    std::filesystem::create_directories(settings.data);
    std::filesystem::permissions(settings.data, std::filesystem::perms::owner_all);
    auto const is_new = !std::filesystem::exists(settings.database_path());
    auto const path = settings.key_path().string();
    auto const had_key = std::filesystem::exists(path);
    auto made = sealing::load_host_key(path, is_new);
    if (!had_key) {
        log::info(
            "made the host key " + path +
            ": keep a copy of it in another place, without it nothing that is written here can be opened"
        );
    }
    return made;
}

std::unique_ptr<outside::http_reader> second_reader_for(config const& settings)
{
    if (settings.outside_check.name.empty()) return nullptr;
    return std::make_unique<outside::http_reader>(settings.outside_check);
}

std::unique_ptr<outside::webhook> webhook_for(config const& settings)
{
    if (settings.alarm_webhook.url.empty()) return nullptr;
    return std::make_unique<outside::webhook>(settings.alarm_webhook);
}

std::unique_ptr<outside::mail> mail_for(config const& settings)
{
    if (settings.alarm_mail.server.url.empty()) return nullptr;
    return std::make_unique<outside::mail>(settings.alarm_mail);
}

std::unique_ptr<outside::letters> letters_for(config const& settings)
{
    if (settings.mail.url.empty()) return nullptr;
    return std::make_unique<outside::letters>(settings.mail);
}

store::database_options options_for(config const& settings, standing as)
{
    store::database_options made;
    made.file = settings.database_path().string();
    made.checkpoints = as == standing::sole_owner;
    made.may_migrate = as == standing::sole_owner;
    return made;
}
} // namespace

moderation::policy read_policy(std::filesystem::path const& file)
{
    if (file.empty()) return moderation::shipped_policy();
    std::ifstream source(file);
    if (!source) throw std::runtime_error("The policy " + file.string() + " can't be read.");
    std::stringstream content;
    content << source.rdbuf();
    auto made = moderation::parse_policy(content.str(), file.string());
    if (auto* const good = std::get_if<moderation::policy>(&made)) return std::move(*good);
    auto const& broken = std::get<moderation::policy_error>(made);
    throw std::runtime_error(file.string() + ", line " + std::to_string(broken.line) + ": " + broken.cause);
}

void need_database(config const& settings)
{
    if (std::filesystem::exists(settings.database_path())) return;
    throw std::runtime_error("There is no database in " + settings.data.string() + ".");
}

folder_lock::folder_lock(std::filesystem::path const& folder)
{
    std::filesystem::create_directories(folder);
    auto const path = folder / "lock";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) throw std::runtime_error("The data folder " + folder.string() + " can't be written to.");
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        ::close(file_);
        throw std::runtime_error("Another Holdfast serves the data folder " + folder.string() + ".");
    }
}

folder_lock::~folder_lock()
{
    ::close(file_);
}

core::core(config const& wanted, standing as)
    : settings(wanted), keys(open_keys(settings)), vault(keys), own_keys(keys),
      second(second_reader_for(settings)), alarm_webhook(webhook_for(settings)),
      alarm_mail(mail_for(settings)), letters(letters_for(settings)),
      screen(moderation::screen(read_policy(settings.policy)), limits::screen_time_max),
      lines(embedded::web(), settings.country, time), languages(embedded::web()), ready(embedded::web()),
      database(options_for(settings, as)),
      hashing(std::max<std::size_t>(1, settings.hash_threads), limits::hash_queue_max),
      identity(database, vault, own_keys, screen, hashing, time),
      erasure(database, vault, own_keys, identity, changes, hashing, time),
      passphrases(database, vault, own_keys, identity, hashing, time),
      space(database, own_keys, screen, lines, time), pace(space, time),
      circles(database, vault, screen, identity, time),
      members(database, vault, screen, identity, circles, lines, settings.clocks, time),
      policies(database, vault, screen, time), policy_desk(database, vault, screen, policies, time),
      posts(database, vault, screen, circles, lines, changes, settings.clocks, settings.desk, time),
      shares(database, vault, own_keys, space, posts, pace, time),
      partners(database, vault, own_keys, space, posts, pace, time), story_writing(space, pace),
      review(database, vault, screen, changes, ready, settings.desk, time), alarms(database, time),
      rota(database, vault, screen, time), talks(database, vault, screen, time),
      aftercare(database, vault, time), concerns(database, vault, screen, settings.clocks, time),
      reporting(database, time), care{alarms, rota, talks, aftercare, concerns, reporting},
      audit_log(database, vault, time),
      reports(database, vault, screen, posts, lines, changes, settings.clocks, settings.desk, time),
      measures(database, vault, screen, time), appeals(database, vault, screen, lines, settings.clocks, time),
      welcome(database, vault, settings.desk, time), figures(database, vault, settings.desk, time),
      notices(database, vault, languages, pace, settings.mail_link, time), written(database, vault),
      days(database, vault, time), search(database, vault, screen, circles, lines),
      index(io, database, vault), live(io, database, vault),
      jobs(io), services{database, identity,      erasure,   passphrases, space,    pace,        shares,
                         partners, story_writing, circles,   members,     policies, policy_desk, posts,
                         review,   care,          audit_log, reports,     measures, appeals,     welcome,
                         figures,  notices,       written,   search,      live,     lines,       languages,
                         ready,    changes,       time}
{
    screen.ask_also(second.get());
    alarms.tell_also(alarm_webhook.get());
    alarms.tell_also(alarm_mail.get());
    notices.send_by(letters.get());
    add_jobs();
}

// Each by itself: a service outside, or a mail server, that is slow holds up nothing here.
void core::add_jobs()
{
    using namespace std::chrono_literals;
    constexpr auto at_indices = 500ms; // far under the shortest of alarms' clocks
    constexpr auto at_events = 300ms;
    constexpr auto at_days = 1min; // that people chose, and at ends
    jobs.add("alarms", at_indices, [this] { return alarms.sound_due(); });
    jobs.add("follow-ups", at_indices, [this] { return aftercare.tell_due(); });
    jobs.add("notices of alarms", at_indices, [this] { return alarms.send_notices(); });
    jobs.add("notices", at_events, [this] { return notices.catch_up(); });
    jobs.add("news of days", at_days, [this] { return days.tell_of_today(); });
    jobs.add("shares that ended", at_days, [this] { return posts.take_ended_back(); });
    if (notices.sends_mail()) jobs.add("letters", at_events, [this] { return notices.send_letters(); });
}

} // namespace holdfast::cli
