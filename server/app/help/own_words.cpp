#include "server/app/help/own_words.hpp"

#include "moderation/policy/ruling.hpp"
#include "server/app/texts.hpp"
#include "server/domain/care.hpp"
#include "server/store/tx.hpp"

namespace holdfast::app {

result<void>
ring_for_writer(store::write_tx& tx, texts& vault, own_words const& sent, domain::review_clocks const& clocks)
{
    if (!domain::care_is_due(sent.seen) || moderation::is_only_unread(sent.seen)) return result<void>();
    auto const ready = vault.make_ready(tx, sent.writer, sent.circle);
    if (!ready) return ready.error();
    store::concern_row row;
    auto& made = row.concern;
    made.id = concern_id::random();
    made.circle = sent.circle;
    made.by = sent.writer;
    made.about = sent.writer;
    made.triage = sent.seen.triage;
    made.folded = sent.seen.outcome != moderation::outcome::publish;
    made.made_at = sent.at;
    row.words = vault.seal_about("concern", made.id.text(), sent.circle, sent.writer, sent.words);
    row.clock = clocks.due[static_cast<std::size_t>(made.triage)];
    row.idempotency_key = made.id.text(); // whoever repeats the request is asked before it comes here
    row.body_hash = vault.body_hash("concern", sent.circle.text(), {made.id.text(), sent.words});
    tx.care().add_concern(row);
    tx.append_audit({sent.at, sent.writer, "care.concern", sent.circle, made.id.text(), "{}"});
    return result<void>();
}

} // namespace holdfast::app
