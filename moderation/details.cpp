#include "moderation/details.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace holdfast::moderation {

namespace {
bool is_digit(char one) { return one >= '0' && one <= '9'; }
bool is_letter(char one) { return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z'); }
bool is_name(char one) { return is_digit(one) || is_letter(one) || one == '.' || one == '_' || one == '-' || one == '+'; }
char lower(char one) { return one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one; }

// Help lines and emergency numbers that people pass on to each other, as digits. Sources: the services'
// own pages, named in web/content/help-lines.
constexpr std::array<std::string_view, 33> help_numbers{
    "988",        "911",         "999",         "112",         "000",        "111",         "116123",     "116111",
    "116006",     "741741",      "85258",       "50808",       "18002738255", "8002738255", "18007997233", "8007997233",
    "08457909090", "08001111",   "08082000247", "131114",      "1300659467", "1737",        "0800543354", "3114",
    "08001110111", "08001110222", "1833456456", "18334564566", "686868",     "45645",       "1800551800", "1800737732",
    "18662462463",
};

bool is_help_number(std::string digits)
{
    if (digits.starts_with("00") && digits.size() > 6) digits.erase(0, 2);
    auto const known = [](std::string_view number) {
        return std::find(help_numbers.begin(), help_numbers.end(), number) != help_numbers.end();
    };
    if (known(digits)) return true;
    // With a country's code in front: +44 116 123.
    for (std::size_t code = 1; code <= 3 && code < digits.size(); ++code) {
        auto const rest = digits.substr(code);
        if (rest.size() >= 6 && (known(rest) || known("0" + rest))) return true;
    }
    return false;
}

constexpr std::array<std::string_view, 16> streets{
    "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "close", "court", "boulevard", "blvd", "crescent", "terrace", "way",
};

class finder {
  public:
    explicit finder(std::string_view text) : text_(text) {}

    std::vector<contact_detail> find()
    {
        while (at_ < text_.size()) {
            if (take_link() || take_handle_or_mail() || take_number()) continue;
            ++at_;
        }
        return std::move(made_);
    }

  private:
    bool starts(std::string_view word) const
    {
        if (text_.size() - at_ < word.size()) return false;
        return std::equal(word.begin(), word.end(), text_.begin() + static_cast<std::ptrdiff_t>(at_), [](char left, char right) {
            return left == lower(right);
        });
    }
    bool at_border() const { return at_ == 0 || !(is_letter(text_[at_ - 1]) || is_digit(text_[at_ - 1])); }

    bool take_link()
    {
        if (!at_border() || !(starts("http://") || starts("https://") || starts("www."))) return false;
        auto end = at_;
        while (end < text_.size() && static_cast<unsigned char>(text_[end]) > ' ' && text_[end] != ')' && text_[end] != '>') ++end;
        made_.push_back({detail_kind::link, {at_, end}});
        at_ = end;
        return true;
    }

    bool take_handle_or_mail()
    {
        if (text_[at_] != '@') return false;
        auto end = at_ + 1;
        while (end < text_.size() && is_name(text_[end])) ++end;
        while (end > at_ + 1 && (text_[end - 1] == '.' || text_[end - 1] == '-')) --end;
        auto const domain = text_.substr(at_ + 1, end - at_ - 1);
        auto begin = at_;
        while (begin > 0 && is_name(text_[begin - 1]) && at_ - begin < 64) --begin;
        auto const has_dot = domain.find('.') != std::string_view::npos;
        if (begin < at_ && has_dot && is_letter(domain.back())) {
            made_.push_back({detail_kind::mail, {begin, end}});
        } else if (begin == at_ && domain.size() >= 3 && is_letter(domain.front())) {
            made_.push_back({detail_kind::handle, {at_, end}});
        }
        at_ = std::max(end, at_ + 1);
        return true;
    }

    // A run of digits with spaces, dots, dashes and brackets between.
    bool take_number()
    {
        if (!is_digit(text_[at_]) && !(text_[at_] == '+' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) return false;
        if (!at_border()) {
            for (++at_; at_ < text_.size() && is_digit(text_[at_]);) ++at_; // also past a "+" as in "a+1"
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
            auto const joins = one == ' ' || one == '-' || one == '.' || one == '(' || one == ')' || one == '+' || one == '/';
            if (!joins || end - last > 2) break;
        }
        end = last + 1;
        auto const plausible = digits.size() >= 9 && digits.size() <= 15;
        auto const local = digits.size() >= 7 && groups >= 2 && text_[at_] != '1' && text_[at_] != '2';
        if ((plausible || local) && !is_help_number(digits) && !looks_like_date(at_, end)) {
            made_.push_back({detail_kind::phone, {at_, end}});
        } else if (digits.size() <= 5) {
            take_street(digits.size());
        }
        at_ = std::max(at_ + 1, std::min(end, at_ + digits.size() + groups * 2));
        at_ = std::min(std::max(at_, end), text_.size());
        return true;
    }

    bool looks_like_date(std::size_t begin, std::size_t end) const
    {
        auto const text = text_.substr(begin, end - begin);
        auto const slashes = std::count_if(text.begin(), text.end(), [](char one) { return one == '/' || one == '-' || one == '.'; });
        return slashes == 2 && text.size() <= 10 && text.find(' ') == std::string_view::npos;
    }

    // "14 Willow Street": a number, one to three capitalised words, a word for a street.
    void take_street(std::size_t digits)
    {
        auto cursor = at_ + digits;
        for (int words = 0; words < 4 && cursor < text_.size() && text_[cursor] == ' '; ++words) {
            auto end = cursor + 1;
            std::string word;
            while (end < text_.size() && is_letter(text_[end])) word += lower(text_[end++]);
            if (word.empty()) return;
            if (words > 0 && std::find(streets.begin(), streets.end(), word) != streets.end()) {
                made_.push_back({detail_kind::street, {at_, end}});
                return;
            }
            if (text_[cursor + 1] < 'A' || text_[cursor + 1] > 'Z') return;
            cursor = end;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<contact_detail> made_;
};
} // namespace

std::vector<contact_detail> find_details(std::string_view text) { return finder(text).find(); }

} // namespace holdfast::moderation
