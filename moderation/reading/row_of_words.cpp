#include "moderation/reading/row_of_words.hpp"

#include <algorithm>
#include <array>

namespace holdfast::moderation {

bool row_of_words::read(std::string_view row, bool loose)
{
    constexpr std::uint16_t never = 0xFFFF;
    std::array<std::uint16_t, letters_max + 1> cost{};
    std::array<std::uint8_t, letters_max + 1> length{};
    std::fill_n(cost.begin() + 1, row.size(), never);
    for (std::size_t begin = 0; begin < row.size(); ++begin) {
        if (cost[begin] == never) continue;
        letter_hash letters;
        for (std::size_t take = 1; take <= std::min(row.size() - begin, word_max); ++take) {
            ++steps_;
            auto const end = begin + take;
            letters.add(row[end - 1]);
            auto const found = known_.find(row.substr(begin, take), letters);
            auto const id = found != no_word && known_.has(found, trait::foreign) ? no_word : found;
            auto const leftover = take == 1 && (id == no_word || (row[begin] != 'i' && row[begin] != 'a'));
            if ((id == no_word && take > 1) || (leftover && !loose)) continue;
            auto const price = leftover ? 12 : known_.has(id, trait::guarded) ? 2 : take == 2 ? 5 : 4;
            auto const total = static_cast<std::uint16_t>(cost[begin] + price);
            if (total > cost[end]) continue; // of two ways that cost the same the one with the shorter word
            cost[end] = total;
            length[end] = static_cast<std::uint8_t>(take);
        }
    }
    if (cost[row.size()] == never) return false;
    parts_.clear();
    has_guarded_ = false;
    longest_ = 0;
    for (auto end = row.size(); end > 0; end -= length[end]) {
        auto const begin = end - length[end];
        auto const id = known_.find(row.substr(begin, length[end]));
        has_guarded_ = has_guarded_ || (id != no_word && length[end] >= 3 && known_.has(id, trait::guarded));
        longest_ = std::max<std::size_t>(longest_, length[end]);
        parts_.push_back({id, begin, end});
    }
    return true;
}

} // namespace holdfast::moderation
