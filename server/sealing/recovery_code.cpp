#include "server/sealing/recovery_code.hpp"

#include <sodium.h>

namespace holdfast::sealing {

namespace {
constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's 32
constexpr int groups = 6;
constexpr int letters_in_group = 4;
} // namespace

std::string random_recovery_code()
{
    std::string made;
    for (int at = 0; at < groups * letters_in_group; ++at) {
        if (at > 0 && at % letters_in_group == 0) made += '-';
        made += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
    }
    return made;
}

std::string folded_recovery_code(std::string_view typed)
{
    std::string made;
    for (auto letter : typed) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
        if (letter == 'O') letter = '0';
        if (letter == 'I' || letter == 'L') letter = '1';
        if (letters.find(letter) != std::string_view::npos) made += letter;
    }
    return made;
}

} // namespace holdfast::sealing
