// Circles: a peer-led group with an agreement, an entry mode, facilitators and hours.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/domain/account.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace holdfast::domain {

enum class entry_mode : std::uint8_t { open, apply, invite };
enum class readable_by : std::uint8_t { everyone, members };

std::string_view name_of(entry_mode value);
std::string_view name_of(readable_by value);
std::string_view name_of(role value);
std::optional<entry_mode> entry_mode_named(std::string_view name);
std::optional<readable_by> readable_by_named(std::string_view name);

struct circle_texts {
    std::string name;
    std::string purpose;
    std::string agreement; // one promise a line
    std::string hours;     // when its doors are open, in words; may be empty
    friend bool operator==(circle_texts const&, circle_texts const&) = default;
};

struct circle {
    circle_id id;
    circle_texts texts;
    entry_mode entry = entry_mode::open;
    domain::readable_by readable_by = readable_by::members;
    int agreement_version = 1;
    timestamp created_at;
    friend bool operator==(circle const&, circle const&) = default;
};

struct application {
    application_id id;
    circle_id circle;
    account_id account;
    std::string nickname;
    std::string words;
    int agreement_version = 1;
    bool folded = false; // the screen found something hard to read in it
    timestamp created_at;
};

} // namespace holdfast::domain
