#include "moderation/rules/details.hpp"

#include "moderation/rules/help_lines.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace holdfast::moderation {

namespace {
enum byte_kind : std::uint8_t { a_digit = 1, a_letter = 2, in_names = 4 };
// What each byte is: every one of a text is asked about, some of them several times.
constexpr auto kinds_of_bytes = [] {
    std::array<std::uint8_t, 256> made{};
    for (unsigned char one = '0'; one <= '9'; ++one)
        made[one] = a_digit | in_names;
    for (unsigned char one = 'a'; one <= 'z'; ++one)
        made[one] = made[one - 'a' + 'A'] = a_letter | in_names;
    for (auto const one : {'.', '_', '-', '+'})
        made[static_cast<unsigned char>(one)] = in_names;
    return made;
}();
bool is(char one, std::uint8_t wanted)
{
    return (kinds_of_bytes[static_cast<unsigned char>(one)] & wanted) != 0;
}
bool is_digit(char one)
{
    return is(one, a_digit);
}
bool is_letter(char one)
{
    return is(one, a_letter);
}
bool is_name(char one)
{
    return is(one, in_names);
}
char lower(char one)
{
    return one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one;
}

constexpr auto streets = std::to_array<std::string_view>({
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "ln",
    "drive",
    "close",
    "court",
    "boulevard",
    "blvd",
    "crescent",
    "terrace",
    "way",
});

constexpr auto apps = std::to_array<std::string_view>({
    "snap",     "snapchat",  "sc",       "insta",  "instagram", "ig",     "kik",    "discord",
    "telegram", "tg",        "whatsapp", "signal", "wickr",     "skype",  "tiktok", "twitter",
    "facebook", "messenger", "roblox",   "steam",  "line",      "wechat", "viber",  "venmo",
});
// By the first two letters of an app's name: how many it may have, a bit each. Few words get past it.
constexpr auto app_lengths = [] {
    std::array<std::array<std::uint32_t, 26>, 26> made{};
    for (auto const app : apps)
        made[static_cast<unsigned>(app[0] - 'a')][static_cast<unsigned>(app[1] - 'a')] |= 1U << app.size();
    return made;
}();
constexpr auto between = std::to_array<std::string_view>(
    {"is", "me", "name", "username", "user", "id", "tag", "handle", "at", "its", "on"}
);
constexpr auto endings = std::to_array<std::string_view>(
    {"com", "net", "org", "co", "uk", "io", "me", "edu", "de", "in", "au", "ie"}
);

constexpr auto mail_domains = std::to_array<std::string_view>({
    "gmail.com",
    "hotmail.com",
    "yahoo.com",
    "outlook.com",
    "icloud.com",
    "proton.me",
    "protonmail.com",
    "aol.com",
    "gmx.com",
});
constexpr auto link_endings = std::to_array<std::string_view>({
    "com",
    "net",
    "org",
    "ly",
    "io",
    "info",
    "xyz",
    "ru",
    "gg",
    "tk",
    "shop",
    "site",
    "online",
    "biz",
    "club",
    "link",
    "top",
    "cc",
});

class finder {
  public:
    explicit finder(std::string_view text) : text_(text) {}

    std::vector<contact_detail> find(std::size_t* steps)
    {
        while (at_ < text_.size()) {
            ++steps_;
            if (is_letter(text_[at_]))
                take_at_word();
            else if (text_[at_] == ' ' || !(take_handle_or_mail() || take_wallet() || take_number()))
                ++at_;
        }
        if (steps != nullptr) *steps += steps_;
        return std::move(made_);
    }

  private:
    bool starts(std::string_view word) const
    {
        if (text_.size() - at_ < word.size()) return false;
        return std::equal(
            word.begin(),
            word.end(),
            text_.begin() + static_cast<std::ptrdiff_t>(at_),
            [](char left, char right) { return left == lower(right); }
        );
    }
    bool at_border() const { return at_ == 0 || !is(text_[at_ - 1], a_letter | a_digit); }

    bool take_link()
    {
        if (!at_border() ||
            !(starts("http://") || starts("https://") || starts("www.") || starts_bare_link()))
            return false;
        auto end = at_;
        while (end < text_.size() && static_cast<unsigned char>(text_[end]) > ' ' && text_[end] != ')' &&
               text_[end] != '>')
            ++end;
        auto const written = text_.substr(at_, end - at_);
        auto const of_mail = std::any_of(mail_domains.begin(), mail_domains.end(), [&](auto domain) {
            return written == domain;
        });
        made_.push_back({of_mail ? detail_kind::mail : detail_kind::link, {at_, end}});
        at_ = end;
        return true;
    }

    // "bit.ly/x9", "my-shop.xyz": one word, a dot, an ending of web addresses.
    bool starts_bare_link() const
    {
        if (!is_letter(text_[at_])) return false;
        auto end = at_;
        while (end < text_.size() && end - at_ < 40 &&
               (is(text_[end], a_letter | a_digit) || text_[end] == '-'))
            ++end;
        if (end + 2 >= text_.size() || text_[end] != '.' || end - at_ < 2) return false;
        auto after = end + 1;
        auto const ending = word_at(after);
        if (!ending.is_one_of(link_endings)) return false;
        return after == text_.size() || !(is_name(text_[after]) || text_[after] == '@') ||
               text_[after] == '.';
    }

    bool take_handle_or_mail()
    {
        if (text_[at_] != '@') return false;
        auto end = at_ + 1;
        while (end < text_.size() && is_name(text_[end]))
            ++end;
        while (end > at_ + 1 && (text_[end - 1] == '.' || text_[end - 1] == '-'))
            --end;
        auto const domain = text_.substr(at_ + 1, end - at_ - 1);
        auto begin = at_;
        while (begin > 0 && is_name(text_[begin - 1]) && at_ - begin < 64)
            --begin;
        steps_ += end - begin;
        auto const has_dot = domain.find('.') != std::string_view::npos;
        if (begin < at_ && has_dot && is_letter(domain.back())) {
            made_.push_back({detail_kind::mail, {begin, end}});
        } else if (begin == at_ && domain.size() >= 3 && is_letter(domain.front())) {
            made_.push_back({detail_kind::handle, {at_, end}});
        }
        at_ = std::max(end, at_ + 1);
        return true;
    }

    // Where coins are sent to: Bitcoin's addresses ("1" or "3" and 24 to 34 letters and digits, "bc1" and
    // more), and Ethereum's ("0x" and 40). As BIP 13, BIP 173 and ERC-55 write them.
    bool take_wallet()
    {
        auto const old = text_[at_] == '1' || text_[at_] == '3';
        auto const coded = starts("bc1");
        auto const hex = starts("0x");
        if (!(old || coded || hex) || !at_border()) return false;
        constexpr std::size_t longest = 63;
        auto end = at_;
        auto letters = 0;
        while (end < text_.size() && end - at_ < longest && is(text_[end], a_letter | a_digit))
            letters += is_letter(text_[end++]) ? 1 : 0;
        steps_ += end - at_;
        auto const size = end - at_;
        auto const digits = static_cast<int>(size) - letters;
        auto const fits = coded ? size == 42 || size == 62 : hex ? size == 42 : size >= 25 && size <= 35;
        if (!fits || digits < 2 || letters < 4) return false; // a long number, or a word after one
        made_.push_back({detail_kind::wallet, {at_, end}});
        at_ = end;
        return true;
    }

    // A run of digits with spaces, dots, dashes and brackets between.
    bool take_number()
    {
        if (!is_digit(text_[at_]) &&
            !(text_[at_] == '+' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])))
            return false;
        if (!at_border()) {
            for (++at_; at_ < text_.size() && is_digit(text_[at_]);)
                ++at_; // also past a "+" as in "a+1"
            return true;
        }
        std::string digits;
        auto last = at_;
        auto end = at_;
        std::size_t groups = 1;
        for (; end < text_.size() && digits.size() < 20; ++end) {
            auto const one = text_[end];
            if (is_digit(one)) {
                if (end > last + 1 && !digits.empty()) ++groups;
                digits += one;
                last = end;
                continue;
            }
            auto const joins = one == ' ' || one == '-' || one == '.' || one == '(' || one == ')' ||
                               one == '+' || one == '/';
            if (!joins || end - last > 2) break;
        }
        steps_ += end - at_;
        end = last + 1;
        auto const plausible = digits.size() >= 9 && digits.size() <= 15;
        auto const local = digits.size() >= 7 && groups >= 2 && text_[at_] != '1' && text_[at_] != '2';
        auto const counts_much_else = digits.size() <= 3 && digits != "988"; // "999 words"
        if (is_help_line(digits)) {
            if (!counts_much_else) made_.push_back({detail_kind::help_line, {at_, end}});
        } else if ((plausible || local) && !looks_like_date(at_, end) && !is_share(end)) {
            auto const begin = at_ > 0 && text_[at_ - 1] == '(' ? at_ - 1 : at_;
            auto const is_service = is_service_line(digits, text_.substr(begin, end - begin));
            made_.push_back({is_service ? detail_kind::service_line : detail_kind::phone, {at_, end}});
        } else if (digits.size() <= 5) {
            take_street(digits.size());
        }
        at_ = std::max(at_ + 1, std::min(end, at_ + digits.size() + groups * 2));
        at_ = std::min(std::max(at_, end), text_.size());
        return true;
    }

    // ".261 .323 .473", "99.9999999 %": parts of one, and parts of a hundred.
    bool is_share(std::size_t end) const
    {
        auto const begins_with_dot =
            at_ > 0 && text_[at_ - 1] == '.' && (at_ == 1 || !is(text_[at_ - 2], a_letter | a_digit));
        auto const after = end < text_.size() && text_[end] == ' ' ? end + 1 : end;
        return begins_with_dot || (after < text_.size() && text_[after] == '%');
    }

    bool looks_like_date(std::size_t begin, std::size_t end) const
    {
        auto const text = text_.substr(begin, end - begin);
        auto const slashes = std::count_if(text.begin(), text.end(), [](char one) {
            return one == '/' || one == '-' || one == '.';
        });
        return slashes == 2 && text.size() <= 10 && text.find(' ') == std::string_view::npos;
    }

    // "14 Willow Street": a number, one to three capitalised words, a word for a street.
    void take_street(std::size_t digits)
    {
        auto cursor = at_ + digits;
        auto const before = text_.substr(at_ > 4 ? at_ - 4 : 0, at_ > 4 ? 4 : at_);
        auto const told = before.ends_with(" at ") || before.ends_with("@ ") ||
                          before.ends_with(" is "); // "i live at 45 highfield road"
        for (int words = 0; words < 4 && cursor < text_.size() && text_[cursor] == ' '; ++words) {
            auto end = cursor + 1;
            std::string word;
            while (end < text_.size() && is_letter(text_[end]) && word.size() < 20)
                word += lower(text_[end++]);
            if (word.empty()) return;
            if (words > 0 && (word.size() > 3 || !told || text_[cursor + 1] < 'a') &&
                std::find(streets.begin(), streets.end(), word) != streets.end()) {
                made_.push_back({detail_kind::street, {at_, end}});
                return;
            }
            if (!told && (text_[cursor + 1] < 'A' || text_[cursor + 1] > 'Z')) return;
            cursor = end;
        }
    }

    // What begins with a letter begins a word: the rest of the word is passed over.
    void take_at_word()
    {
        auto const* next = text_.data() + at_;
        auto const* const last = text_.data() + text_.size();
        while (next != last && is_letter(*next))
            ++next;
        auto const end = static_cast<std::size_t>(next - text_.data());
        auto const taken =
            at_border() && ((may_go_on_as_link(end) && (take_link() || take_wallet())) ||
                            (may_name_app(end - at_) && take_named_account()) || take_spelled_mail());
        if (!taken) at_ = end;
    }
    // After the first letters of a link stands one of these, and more behind it but for "www."; after most
    // words neither.
    bool may_go_on_as_link(std::size_t at) const
    {
        if (at >= text_.size()) return false;
        auto const is_last = at + 1 == text_.size() || text_[at + 1] == ' ';
        if (is_last && lower(text_[at - 1]) != 'w') return false;
        return text_[at] == '.' || text_[at] == ':' || text_[at] == '-' || is_digit(text_[at]);
    }

    // A short word in small letters, kept here: most places of a text ask for one, and few are found.
    struct short_word {
        std::array<char, 16> letters{};
        std::size_t size = 0;

        bool is_one_of(auto const& words) const
        {
            std::string_view const word(letters.data(), size);
            return std::find(words.begin(), words.end(), word) != words.end();
        }
    };
    short_word word_at(std::size_t& end) const // `end` moves behind it
    {
        short_word made;
        while (end < text_.size() && is_letter(text_[end]) && made.size < made.letters.size())
            made.letters[made.size++] = lower(text_[end++]);
        steps_ += made.size;
        return made;
    }

    bool may_name_app(std::size_t letters) const
    {
        if (letters < 2 || letters >= 16) return false;
        auto const number = [&](std::size_t at) { return static_cast<unsigned>(lower(text_[at]) - 'a'); };
        return (app_lengths[number(at_)][number(at_ + 1)] >> letters & 1) != 0;
    }

    // "snap: blue.wolf", "my insta is quiet_river9": an app's name, then what looks like an account's.
    bool take_named_account()
    {
        auto end = at_;
        auto const app = word_at(end);
        if (!app.is_one_of(apps)) return false;
        auto const skip_spaces = [&] {
            while (end < text_.size() && text_[end] == ' ')
                ++end;
        };
        skip_spaces();
        for (auto tries = 0; tries < 3; ++tries) {
            auto next = end;
            auto const word = word_at(next);
            if (!word.is_one_of(between) || next >= text_.size() || is_name(text_[next])) break;
            end = next;
            skip_spaces();
        }
        auto const dash = end < text_.size() && text_[end] == '-';
        if (dash && text_[end - 1] != ' ' && (end + 1 == text_.size() || text_[end + 1] != ' '))
            return false; // one word of both: "sc-00"
        auto const told =
            dash || (end < text_.size() && (text_[end] == ':' || text_[end] == '=' || text_[end] == '@'));
        if (told) ++end;
        skip_spaces();
        if (end < text_.size() && text_[end] == '@') ++end;
        auto const begin = end;
        auto signs = 0;
        while (end < text_.size() && end - begin < 40 && (is_name(text_[end]) || text_[end] == '#')) {
            signs += is_letter(text_[end]) ? 0 : 1;
            ++end;
        }
        while (end > begin && (text_[end - 1] == '.' || text_[end - 1] == '-'))
            --end, --signs;
        auto const last = end == text_.size() || text_[end] == '\n' || text_[end] == ',' ||
                          text_[end] == '.' || text_[end] == '!';
        auto const has_letter = std::any_of(
            text_.begin() + static_cast<std::ptrdiff_t>(begin),
            text_.begin() + static_cast<std::ptrdiff_t>(end),
            is_letter
        );
        if (end - begin < 4 || !has_letter || (signs <= 0 && !(told && last))) return false;
        made_.push_back({detail_kind::handle, {at_, end}});
        at_ = end;
        return true;
    }

    // "sam dot peters at gmail dot com", "sam (at) gmail.com": told at its last word, looking back a little.
    bool take_spelled_mail()
    {
        if (at_ < 4 || (text_[at_ - 1] != ' ' && text_[at_ - 1] != '.')) return false;
        auto const last = lower(text_[at_ - 2]); // "dot com", "[dot] com", ".com"
        if (text_[at_ - 1] == ' ' && last != ']' && last != ')' && last != '.' &&
            !(last == 't' && lower(text_[at_ - 3]) == 'o' && lower(text_[at_ - 4]) == 'd'))
            return false;
        auto end = at_;
        auto const ending = word_at(end);
        if (!ending.is_one_of(endings)) return false;
        if (text_[at_ - 1] == ' ' && last == '.' && ending.size < 3) return false; // "at ease. In"
        constexpr std::size_t reach = 64;
        auto const from = at_ > reach ? at_ - reach : 0;
        steps_ += at_ - from;
        std::string before;
        for (auto const one : text_.substr(from, at_ - from))
            before += lower(one);
        while (!before.empty() && (before.back() == ' ' || before.back() == ']' || before.back() == ')'))
            before.pop_back();
        if (!before.ends_with("dot") && !before.ends_with('.')) return false;
        auto at = before.npos;
        for (auto const sign : {" at ", "(at)", "[at]", " @ "}) {
            if (auto const found = before.rfind(sign);
                found != before.npos && (at == before.npos || found > at))
                at = found;
        }
        auto const domain_words =
            at == before.npos
                ? 9
                : std::count(before.begin() + static_cast<std::ptrdiff_t>(at) + 4, before.end(), ' ');
        if (domain_words > 3 || (before.ends_with('.') && domain_words > 0)) return false;
        made_.push_back({detail_kind::mail, {from + at, end}});
        at_ = end;
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    mutable std::size_t steps_ = 0;
    std::vector<contact_detail> made_;
};
} // namespace

std::vector<contact_detail> find_details(std::string_view text, std::size_t* steps)
{
    return finder(text).find(steps);
}

} // namespace holdfast::moderation
