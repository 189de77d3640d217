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

namespace {
// "1-800 …", "+1 800 …", "(800) …": three digits for free calls, and a number that can't begin with 0 or 1.
bool is_free_in_north_america(std::string_view digits, std::string_view written)
{
    constexpr std::array<std::string_view, 7> codes{"800", "833", "844", "855", "866", "877", "888"};
    constexpr std::array<std::string_view, 5> forms{"1-", "1 ", "1.", "+1", "("};
    auto const is_form =
        std::any_of(forms.begin(), forms.end(), [&](auto one) { return written.starts_with(one); });
    if (digits.starts_with('1')) digits.remove_prefix(1);
    return is_form && digits.size() == 10 && digits[3] >= '2' &&
           std::any_of(codes.begin(), codes.end(), [&](auto one) { return digits.starts_with(one); });
}
} // namespace

bool is_service_line(std::string_view digits, std::string_view written)
{
    struct range {
        std::string_view prefix;
        std::size_t least, most; // digits in all
    };
    // Free to call in the United Kingdom, Ireland, Australia and New Zealand, as dialled there and from
    // abroad; 0300 is kept for public bodies and charities (Ofcom, National Telephone Numbering Plan).
    constexpr auto ranges = std::to_array<range>({
        {"0800", 9, 11},
        {"0808", 10, 11},
        {"0300", 11, 11},
        {"0508", 10, 10},
        {"1800", 10, 10},
        {"1300", 10, 10},
        {"44800", 11, 12},
        {"44808", 12, 12},
        {"44300", 12, 12},
        {"64800", 11, 11},
        {"3531800", 13, 13},
        {"611800", 12, 12},
        {"611300", 12, 12},
    });
    if (digits.starts_with("00")) digits.remove_prefix(2);
    return is_free_in_north_america(digits, written) ||
           std::any_of(ranges.begin(), ranges.end(), [&](range const& one) {
               return digits.starts_with(one.prefix) && digits.size() >= one.least &&
                      digits.size() <= one.most;
           });
}

} // namespace holdfast::moderation
