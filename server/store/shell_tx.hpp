// What a host's shell asks of the store, beside what stands in tx.hpp: every seal that the host key opens,
// and every plain fact about one account.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/sealed_text.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace holdfast::store {

// The columns with what the host key opens. The others are sealed to their member: member_key,
// private_version, session.key_sealed and share.source_sealed. tests/durability/seals.test.mjs holds this
// against the schema.
enum class sealed_column : std::uint8_t {
    key, // first: without it nothing of its owner opens
    nickname,
    circle,
    circle_policy,
    circle_policy_wish,
    application,
    post_version,
    decision,
    report,
    report_snapshot,
    review_note,
    circle_limit,
    appeal_message,
    concern,
    talk_message,
    duty,
    partnership,
    notice_wish,
};
inline constexpr std::array<std::string_view, 18> sealed_column_names{// as the schema has them
                                                                      "wrapped_key.wrapped",
                                                                      "account.nickname_sealed",
                                                                      "circle.texts_sealed",
                                                                      "circle_policy.text_sealed",
                                                                      "circle_policy_wish.text_sealed",
                                                                      "application.words_sealed",
                                                                      "post_version.text_sealed",
                                                                      "decision.detail_sealed",
                                                                      "report.words_sealed",
                                                                      "report.snapshot_sealed",
                                                                      "review_note.words_sealed",
                                                                      "circle_limit.reason_sealed",
                                                                      "appeal_message.words_sealed",
                                                                      "concern.words_sealed",
                                                                      "talk_message.words_sealed",
                                                                      "duty.note_sealed",
                                                                      "partnership.wishes_sealed",
                                                                      "notice_wish.wish_sealed"};

// One of them, with what its seal binds it to.
struct sealed_row {
    std::string row; // its row's name in the seal: an id, a policy's name, or an id and a number
    std::optional<circle_id> circle;
    std::optional<account_id> whose;
    int version = 0;
    int number = 0;
    sealed_text sealed;
};

using readable_value = std::variant<std::int64_t, double, std::string, timestamp>;
using readable_row = std::vector<std::pair<std::string, readable_value>>;
struct readable_facts {
    std::string_view name;
    std::vector<readable_row> rows;
};

class shell_reads {
  public:
    virtual ~shell_reads() = default;

    // One row after the other, however many there are. What was emptied on purpose is left out.
    virtual void each_sealed(sealed_column what, std::function<void(sealed_row const&)> const& look) = 0;
    // All that is kept about somebody in plain columns, table by table; of what is sealed, how long it is.
    // Other accounts' ids are left out, but for those whom they chose or who chose them: partners.
    virtual std::vector<readable_facts> facts_about(account_id const& account) = 0;
};

} // namespace holdfast::store
