// How the desk's kinds are said to people.
#pragma once
#include "moderation/policy/policy.hpp"
#include "server/domain/measures.hpp"
#include "server/pages/view.hpp"

#include <string>

namespace holdfast::pages {

std::string words_of(domain::lane lane);
std::string words_of(moderation::triage triage);
std::string short_words_of(moderation::triage triage); // without what to do about it
std::string words_of(domain::post_state state);
std::string words_of(domain::report_category category);
std::string words_of(domain::limit_kind kind);
std::string words_of(moderation::label label);
std::string words_of(moderation::rule_state state); // "acts": what a rule does
std::string words_of(moderation::outcome what);
void put_language_rule(view& to, moderation::language_rule const& rule);
// What a facilitator's list and an item's page show alike.
view item_view(domain::review_item const& item);
view labels_view(moderation::label_set chosen); // all, with those of a set ticked

} // namespace holdfast::pages
