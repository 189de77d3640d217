// A card that somebody shared becomes a card of one's own.
#pragma once
#include "server/app/people/member_session.hpp"
#include "server/app/space/space.hpp"

namespace holdfast::app {

struct services;

// Taken twice it is the same card. not_found: it isn't shared with them (any more).
task<result<private_text>> take_card(services const& with, member_session who, post_id shared);

} // namespace holdfast::app
