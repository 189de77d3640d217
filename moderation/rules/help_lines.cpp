#include "moderation/rules/help_lines.hpp"

#include <algorithm>
#include <array>

namespace holdfast::moderation {

namespace {
// As digits. Those that pages show, with the services' own pages as their source, are in
// web/content/help-lines.
constexpr auto numbers = std::to_array<std::string_view>({
    // Any country: emergency, and the 116 numbers of the European Union.
    "988",
    "911",
    "999",
    "112",
    "000",
    "111",
    "116123",
    "116111",
    "116006",
    "116117",
    "116000",
    // United States and Canada.
    "741741",
    "686868",
    "45645",
    "18002738255",
    "8002738255",
    "18007997233",
    "8007997233",
    "8006564673",
    "18006564673",
    "18662462463",
    "8662462463",
    "1833456456",
    "18334564566",
    "8334564566",
    "18006686868",
    "8004887386",
    "18004887386",
    "8775658860",
    "18775658860",
    "211",
    "838255",
    // United Kingdom and Ireland.
    "85258",
    "50808",
    "08457909090",
    "08001111",
    "08082000247",
    "08000684141",
    "08088010677",
    "03003304490",
    "08088020800",
    "0800585858",
    "03001231110",
    "1800341900",
    "1800247247",
    // Australia, New Zealand.
    "131114",
    "1300659467",
    "1800551800",
    "1800737732",
    "1300224636",
    "1737",
    "0800543354",
    "0508828865",
    // India, Germany, France, others.
    "9152987821",
    "18602662345",
    "14416",
    "08001110111",
    "08001110222",
    "3114",
    "024",
});

bool is_known(std::string_view number)
{
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

bool is_known_from_abroad(std::string_view number) // without the zero that a country's code replaces
{
    return std::any_of(numbers.begin(), numbers.end(), [&](std::string_view one) {
        return one.starts_with('0') && one.substr(1) == number;
    });
}
} // namespace

bool is_help_line(std::string_view digits)
{
    if (digits.starts_with("00") && digits.size() > 6) digits.remove_prefix(2);
    if (is_known(digits)) return true;
    for (std::size_t code = 1; code <= 3 && code < digits.size(); ++code) { // +44 116 123
        auto const rest = digits.substr(code);
        if (rest.size() >= 6 && (is_known(rest) || is_known_from_abroad(rest))) return true;
    }
    return false;
}

} // namespace holdfast::moderation
