// Whether somebody wrote in words that this screen can read at all. It knows English: what it has no words
// for, it must not call harmless.
#pragma once
#include "moderation/learned/meanings.hpp"
#include "moderation/reading/spelling.hpp"
#include "moderation/reading/view.hpp"

#include <optional>
#include <span>

namespace holdfast::moderation {

// The part of the text that was not read: letters of another script, or a row of words most of which no list
// of ours knows. Names don't count, and one foreign word or two among others are nothing. None: all was read.
std::optional<text_span> part_not_read(view const& text, std::span<token const> words, meanings const& known);

} // namespace holdfast::moderation
