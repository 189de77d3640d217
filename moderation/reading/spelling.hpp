// From words as written to words of the vocabulary: short forms are spelled out (wanna, I'm), and what hides
// a word is undone: leet digits and signs (k1ll, k!ll, su*cide), separators (k.i.l.l), spaced-out letters,
// cut or joined words, stretched letters, single slips of the finger. Only a word that is guarded or known
// comes out of it, so that "10/10", "3am" and "as5" stay what they are. Linear in the text.
#pragma once
#include "moderation/reading/view.hpp"
#include "moderation/reading/vocabulary.hpp"

#include <string_view>
#include <vector>

namespace holdfast::moderation {

struct token {
    word_id id = no_word;
    trait_set traits;
    std::string_view text;        // the vocabulary's word, or as it was written; lives as long as both
    std::uint32_t first_word = 0; // words [first_word, last_word] of the view
    std::uint32_t last_word = 0;
    std::uint32_t sentence = 0;
    std::uint32_t clause = 0;
    bool quoted = false;
    bool disguised = false; // signs, spaces, look-alikes or hidden marks had to be undone
    bool coded = false;     // unalive, sewerslide
    bool emoji = false;
};

// `steps` counts attempts, for the test that work stays linear.
std::vector<token> spell(vocabulary const& known, view const& text, std::size_t* steps = nullptr);

} // namespace holdfast::moderation
