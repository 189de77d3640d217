// What the halves of notices share: what people do with them (notices.cpp), and how they come about
// (notice_feed.cpp).
#pragma once
#include "server/app/languages.hpp"
#include "server/app/notices/notices.hpp"
#include "server/app/space/pacing.hpp"
#include "server/app/texts.hpp"

#include <mutex>
#include <unordered_map>

namespace holdfast::app {

struct notices::state {
    store::database& database;
    texts& vault;
    languages const& spoken;
    own_pace& pace;
    std::string link;
    clock const& time;
    letter_channel* channel = nullptr; // set before the timer starts

    struct known {
        std::size_t unseen = 0;
        bool any_question = false; // whether somebody keeps company: by whom it may count
        std::optional<quiet_hours> quiet;
    };
    std::optional<known> known_of(account_id const& account) const;
    std::uint64_t looks() const;
    // Kept unless something changed since `looks` was asked for.
    void remember(account_id const& account, known what, std::uint64_t looks_before);
    void forget(std::vector<account_id> const& accounts);

    state(
        store::database& database_used,
        texts& vault_used,
        languages const& languages_used,
        own_pace& pace_used,
        std::string link_used,
        clock const& time_used
    )
        : database(database_used), vault(vault_used), spoken(languages_used), pace(pace_used),
          link(std::move(link_used)), time(time_used)
    {
    }

  private:
    static constexpr std::size_t remembered_max = 50'000; // about 5 MB
    mutable std::mutex guard_;
    std::unordered_map<account_id, known> known_; // guarded by guard_
    std::uint64_t looks_ = 0;
};

// On database threads: what somebody wants, as it is kept; and keeping it.
notice_wish wish_of(store::read_tx& tx, texts& vault, account_id const& account);
result<void> keep_wish(store::write_tx& tx, texts& vault, account_id const& account, notice_wish const& wish);

inline constexpr int notices_kept_max = 200;                   // of one person's
inline constexpr auto letter_pause = std::chrono::minutes(30); // between two that say the same
inline constexpr auto code_pause = std::chrono::minutes(2);

} // namespace holdfast::app
