#include "moderation/reading/word_table.hpp"

namespace holdfast::moderation {

word_table::word_table() : slots_(1024), mask_(1023) {}

word_id word_table::add(std::string_view word)
{
    if (auto const known = find(word); known != no_word) return known;
    if ((count_ + 1) * 2 > slots_.size()) grow();
    slot made;
    made.hash = hash_of(word).value();
    made.id = ++count_;
    made.begin = static_cast<std::uint32_t>(letters_.size());
    made.length = static_cast<std::uint32_t>(word.size());
    letters_.insert(letters_.end(), word.begin(), word.end());
    auto at = made.hash & mask_;
    while (slots_[at].id != no_word)
        at = (at + 1) & mask_;
    slots_[at] = made;
    return made.id;
}

void word_table::grow()
{
    std::vector<slot> larger(slots_.size() * 2);
    mask_ = static_cast<std::uint32_t>(larger.size() - 1);
    for (auto const& one : slots_) {
        if (one.id == no_word) continue;
        auto at = one.hash & mask_;
        while (larger[at].id != no_word)
            at = (at + 1) & mask_;
        larger[at] = one;
    }
    slots_ = std::move(larger);
}

} // namespace holdfast::moderation
