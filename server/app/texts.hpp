// Sealing and opening what people wrote, and the keyed hashes that stand for words. The one place that knows
// which key and which associated data belong to which text. Opening happens on database threads, inside the
// read that found the row; sealing happens before a write, with keys made ready by prepare().
#pragma once
#include "moderation/types.hpp"
#include "server/base/result.hpp"
#include "server/base/task.hpp"
#include "server/domain/circle.hpp"
#include "server/domain/post.hpp"
#include "server/sealing/keyring.hpp"
#include "server/store/tx.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace holdfast::store {
class database;
}

namespace holdfast::app {

// What a decision keeps besides its columns.
struct decision_detail {
    std::vector<moderation::finding> findings;
    std::array<double, moderation::label_count> scores{};
    std::string reason{};            // a facilitator's words; "" for the screen's decision
    moderation::text_span passage{}; // what they would like to see changed
};

class texts {
  public:
    explicit texts(sealing::keyring& keys) : keys_(keys) {}

    // Makes both keys ready in memory. not_found when the author or the circle has none (any more).
    task<result<void>> prepare(store::database& database, account_id author, circle_id circle);
    // The same inside a transaction.
    result<void> make_ready(store::read_tx& tx, account_id const& author, circle_id const& circle);
    void forget(account_id const& author); // made for somebody who did not come in after all
    void shred(account_id const& author);  // for good: their key was destroyed

    // New owners: the wrapped key to store in the same transaction as the owner.
    std::string new_key(account_id const& author);
    std::string new_key(circle_id const& circle);

    // Sealing; both keys must be ready (prepare, or made by new_key).
    sealed_text
    seal_post(circle_id const&, account_id const& author, post_id const&, int version, domain::post_text const&);
    sealed_text
    seal_detail(circle_id const&, account_id const& author, post_id const&, int version, int number, decision_detail const&);
    sealed_text
    seal_words(circle_id const&, account_id const& author, application_id const&, std::string_view words);
    // Short words about somebody or of theirs: a note, a report, an appeal, a message. `what` is the table,
    // `id` the row.
    sealed_text seal_about(
        std::string_view what,
        std::string_view id,
        circle_id const&,
        account_id const& whose,
        std::string_view words
    );
    sealed_text
    seal_in_circle(std::string_view what, std::string_view id, circle_id const&, std::string_view words);
    sealed_text seal_circle(circle_id const&, domain::circle_texts const&);
    sealed_text seal_policy(circle_id const&, std::string_view id, std::string_view toml); // the circle's own
    sealed_text seal_nickname(account_id const&, std::string_view nickname);
    // What the program keeps for somebody, under their key alone. not_found: it was destroyed.
    result<sealed_text>
    seal_for(store::read_tx&, std::string_view what, account_id const&, std::string_view words);

    // Opening; damaged when the seal does not hold.
    result<domain::post_text>
    open_post(store::read_tx&, circle_id const&, account_id const& author, post_id const&, int version, sealed_text const&);
    result<decision_detail>
    open_detail(store::read_tx&, circle_id const&, account_id const& author, store::decision_row const&);
    result<std::string> open_words(store::read_tx&, store::application_row const&);
    result<std::string>
    open_about(store::read_tx&, std::string_view what, std::string_view id, circle_id const&, account_id const& whose, sealed_text const&);
    result<std::string>
    open_in_circle(store::read_tx&, std::string_view what, std::string_view id, circle_id const&, sealed_text const&);
    result<domain::circle_texts> open_circle(store::read_tx&, store::circle_row const&);
    result<std::string> open_policy(store::read_tx&, store::circle_policy_row const&);
    result<std::string>
    open_for(store::read_tx&, std::string_view what, account_id const&, sealed_text const&);
    // A key itself, as it is kept under the host key.
    result<void> open_key(account_id const&, sealed_text const& wrapped);
    result<void> open_key(circle_id const&, sealed_text const& wrapped);
    // "" for an erased account.
    result<std::string> open_nickname(store::read_tx&, account_id const&);

    // Keyed hashes
    store::hash256 nickname_hash(std::string_view nickname) const; // folded: case, width, look-alikes of it
    store::hash256 token_hash(std::string_view token) const;
    store::hash256 body_hash(std::string_view what, std::string_view object, domain::post_text const&) const;
    store::hash256 policy_hash(circle_id const&, std::string_view toml) const;
    // Words of one circle and their hashes: for texts that are read in one go, and gone with them.
    using known_terms = std::unordered_map<std::string, store::hash256>;
    result<std::vector<store::hash256>>
    search_terms(store::read_tx&, circle_id const&, std::string_view text, known_terms& known);

  private:
    sealing::keyring& keys_;
};

} // namespace holdfast::app
