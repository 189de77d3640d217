#include "server/app/texts.hpp"

#include "server/app/search_words.hpp"
#include "server/sealing/aead.hpp"
#include "server/store/database.hpp"

#include <boost/json.hpp>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <memory>
#include <set>
#include <stdexcept>

namespace holdfast::app {

namespace json = boost::json;

namespace {
constexpr std::string_view author_kind = "author";
constexpr std::string_view circle_kind = "circle";

// The key for what one person wrote in one circle: gone when either is.
sealing::secret_ptr both(sealing::secret_ptr const& author, sealing::secret_ptr const& circle)
{
    return sealing::derive(*author, {"text", sealing::as_text(circle->bytes())});
}

std::string text_of(int number)
{
    return std::to_string(number);
}

std::string member_of(json::value const& value, std::string_view name)
{
    auto const* const found = value.is_object() ? value.get_object().if_contains(name) : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::optional<json::value> parsed(std::string const& text)
{
    boost::system::error_code failed;
    auto value = json::parse(text, failed);
    if (failed || !value.is_object()) return std::nullopt;
    return value;
}

json::object object_of(moderation::finding const& finding)
{
    json::object made;
    made["rule"] = finding.rule;
    if (finding.about) made["label"] = moderation::name_of(*finding.about);
    made["begin"] = finding.where.begin;
    made["end"] = finding.where.end;
    made["reason"] = finding.reason;
    made["weight"] = finding.weight;
    if (finding.shadow) made["shadow"] = true;
    return made;
}

moderation::finding finding_from(json::value const& value)
{
    moderation::finding made;
    made.rule = member_of(value, "rule");
    made.reason = member_of(value, "reason");
    made.about = moderation::label_named(member_of(value, "label"));
    auto const& object = value.get_object();
    if (auto const* begin = object.if_contains("begin")) made.where.begin = begin->to_number<std::size_t>();
    if (auto const* end = object.if_contains("end")) made.where.end = end->to_number<std::size_t>();
    if (auto const* weight = object.if_contains("weight")) made.weight = weight->to_number<double>();
    made.shadow = object.contains("shadow");
    return made;
}

// The keys as a read finds them: from memory, else unwrapped from the row in this transaction.
sealing::secret_ptr key_in(
    sealing::keyring& keys,
    store::read_tx& tx,
    store::key_kind kind,
    std::string_view kind_name,
    std::string const& owner
)
{
    if (auto known = keys.find(kind_name, owner)) return known;
    auto const wrapped = tx.wrapped_key(kind, owner);
    return wrapped ? keys.unwrap(kind_name, owner, *wrapped) : nullptr;
}

sealing::secret_ptr author_key(sealing::keyring& keys, store::read_tx& tx, account_id const& author)
{
    return key_in(keys, tx, store::key_kind::author, author_kind, author.text());
}

sealing::secret_ptr circle_key(sealing::keyring& keys, store::read_tx& tx, circle_id const& circle)
{
    return key_in(keys, tx, store::key_kind::circle, circle_kind, circle.text());
}

result<sealing::secret_ptr>
text_key(sealing::keyring& keys, store::read_tx& tx, account_id const& author, circle_id const& circle)
{
    auto const mine = author_key(keys, tx, author);
    auto const ours = circle_key(keys, tx, circle);
    if (!mine || !ours) return errc::not_found; // shredded
    return both(mine, ours);
}

sealing::secret_ptr ready_key(sealing::keyring& keys, account_id const& author, circle_id const& circle)
{
    auto const mine = keys.find(author_kind, author.text());
    auto const ours = keys.find(circle_kind, circle.text());
    if (!mine || !ours) throw std::logic_error("sealing before prepare()");
    return both(mine, ours);
}
} // namespace

task<result<void>> texts::prepare(store::database& database, account_id author, circle_id circle)
{
    auto const ready = keys_.find(author_kind, author.text()) && keys_.find(circle_kind, circle.text());
    if (ready) co_return result<void>();
    auto load = [this, author, circle](store::read_tx& tx) { return make_ready(tx, author, circle); };
    auto const loaded = co_await database.read(std::move(load));
    co_return loaded;
}

result<void> texts::make_ready(store::read_tx& tx, account_id const& author, circle_id const& circle)
{
    auto const key = text_key(keys_, tx, author, circle);
    if (!key) return key.error();
    return result<void>();
}

void texts::forget(account_id const& author)
{
    keys_.forget(author_kind, author.text());
}
void texts::shred(account_id const& author)
{
    keys_.shred(author_kind, author.text());
}
std::string texts::new_key(account_id const& author)
{
    return keys_.create(author_kind, author.text());
}
std::string texts::new_key(circle_id const& circle)
{
    return keys_.create(circle_kind, circle.text());
}

sealed_text texts::seal_post(
    circle_id const& circle,
    account_id const& author,
    post_id const& post,
    int version,
    domain::post_text const& content
)
{
    json::object words;
    if (!content.title.empty()) words["title"] = content.title;
    words["text"] = content.text;
    return sealing::seal(
        *ready_key(keys_, author, circle),
        {"post_version", post.text(), circle.text(), author.text(), text_of(version)},
        json::serialize(words)
    );
}

result<domain::post_text> texts::open_post(
    store::read_tx& tx,
    circle_id const& circle,
    account_id const& author,
    post_id const& post,
    int version,
    sealed_text const& sealed
)
{
    auto const key = text_key(keys_, tx, author, circle);
    if (!key) return key.error();
    auto const opened = sealing::open(
        **key, {"post_version", post.text(), circle.text(), author.text(), text_of(version)}, sealed
    );
    auto const words = opened ? parsed(*opened) : std::nullopt;
    if (!words) return errc::damaged;
    return domain::post_text{member_of(*words, "title"), member_of(*words, "text")};
}

sealed_text texts::seal_detail(
    circle_id const& circle,
    account_id const& author,
    post_id const& post,
    int version,
    int number,
    decision_detail const& detail
)
{
    json::object words;
    json::array findings;
    for (auto const& finding : detail.findings)
        findings.push_back(object_of(finding));
    if (!findings.empty()) words["findings"] = std::move(findings);
    json::object scores;
    for (std::size_t at = 0; at < detail.scores.size(); ++at) {
        if (detail.scores[at] > 0)
            scores[moderation::name_of(static_cast<moderation::label>(at))] = detail.scores[at];
    }
    if (!scores.empty()) words["scores"] = std::move(scores);
    if (!detail.reason.empty()) words["reason"] = detail.reason;
    if (detail.passage.end > 0) words["passage"] = {detail.passage.begin, detail.passage.end};
    return sealing::seal(
        *ready_key(keys_, author, circle),
        {"decision", post.text(), circle.text(), author.text(), text_of(version), text_of(number)},
        json::serialize(words)
    );
}

result<decision_detail> texts::open_detail(
    store::read_tx& tx, circle_id const& circle, account_id const& author, store::decision_row const& row
)
{
    auto const key = text_key(keys_, tx, author, circle);
    if (!key) return key.error();
    auto const opened = sealing::open(
        **key,
        {"decision",
         row.post.text(),
         circle.text(),
         author.text(),
         text_of(row.version),
         text_of(row.number)},
        row.detail
    );
    auto const words = opened ? parsed(*opened) : std::nullopt;
    if (!words) return errc::damaged;
    decision_detail made;
    made.reason = member_of(*words, "reason");
    auto const& object = words->get_object();
    if (auto const* at = object.if_contains("passage"); at != nullptr && at->is_array())
        made.passage = {at->at(0).to_number<std::size_t>(), at->at(1).to_number<std::size_t>()};
    if (auto const* findings = object.if_contains("findings"); findings != nullptr && findings->is_array()) {
        for (auto const& finding : findings->get_array()) {
            if (finding.is_object()) made.findings.push_back(finding_from(finding));
        }
    }
    if (auto const* scores = object.if_contains("scores"); scores != nullptr && scores->is_object()) {
        for (auto const& [name, score] : scores->get_object()) {
            auto const label = moderation::label_named(std::string_view(name));
            if (label && score.is_number())
                made.scores[static_cast<std::size_t>(*label)] = score.to_number<double>();
        }
    }
    return made;
}

sealed_text texts::seal_words(
    circle_id const& circle,
    account_id const& author,
    application_id const& application,
    std::string_view words
)
{
    return sealing::seal(
        *ready_key(keys_, author, circle),
        {"application", application.text(), circle.text(), author.text()},
        words
    );
}

result<std::string> texts::open_words(store::read_tx& tx, store::application_row const& row)
{
    auto const key = text_key(keys_, tx, row.account, row.circle);
    if (!key) return key.error();
    auto opened = sealing::open(
        **key, {"application", row.id.text(), row.circle.text(), row.account.text()}, row.words
    );
    if (!opened) return errc::damaged;
    return std::move(*opened);
}

sealed_text texts::seal_about(
    std::string_view what,
    std::string_view id,
    circle_id const& circle,
    account_id const& whose,
    std::string_view words
)
{
    return sealing::seal(*ready_key(keys_, whose, circle), {what, id, circle.text(), whose.text()}, words);
}

result<std::string> texts::open_about(
    store::read_tx& tx,
    std::string_view what,
    std::string_view id,
    circle_id const& circle,
    account_id const& whose,
    sealed_text const& sealed
)
{
    auto const key = text_key(keys_, tx, whose, circle);
    if (!key) return key.error();
    auto opened = sealing::open(**key, {what, id, circle.text(), whose.text()}, sealed);
    if (!opened) return errc::damaged;
    return std::move(*opened);
}

sealed_text texts::seal_in_circle(
    std::string_view what, std::string_view id, circle_id const& circle, std::string_view words
)
{
    auto const key = keys_.find(circle_kind, circle.text());
    if (!key) throw std::logic_error("sealing a circle's words without its key");
    return sealing::seal(*key, {what, id, circle.text()}, words);
}

result<std::string> texts::open_in_circle(
    store::read_tx& tx,
    std::string_view what,
    std::string_view id,
    circle_id const& circle,
    sealed_text const& sealed
)
{
    auto const key = circle_key(keys_, tx, circle);
    if (!key) return errc::not_found;
    auto opened = sealing::open(*key, {what, id, circle.text()}, sealed);
    if (!opened) return errc::damaged;
    return std::move(*opened);
}

sealed_text texts::seal_circle(circle_id const& circle, domain::circle_texts const& words)
{
    json::object made;
    made["name"] = words.name;
    made["purpose"] = words.purpose;
    made["agreement"] = words.agreement;
    made["hours"] = words.hours;
    auto const key = keys_.find(circle_kind, circle.text());
    if (!key) throw std::logic_error("sealing a circle without its key");
    return sealing::seal(*key, {"circle", circle.text()}, json::serialize(made));
}

result<domain::circle_texts> texts::open_circle(store::read_tx& tx, store::circle_row const& row)
{
    auto const key = circle_key(keys_, tx, row.id);
    if (!key) return errc::not_found;
    auto const opened = sealing::open(*key, {"circle", row.id.text()}, row.texts);
    auto const words = opened ? parsed(*opened) : std::nullopt;
    if (!words) return errc::damaged;
    return domain::circle_texts{
        member_of(*words, "name"),
        member_of(*words, "purpose"),
        member_of(*words, "agreement"),
        member_of(*words, "hours")};
}

sealed_text texts::seal_policy(circle_id const& circle, std::string_view id, std::string_view toml)
{
    auto const key = keys_.find(circle_kind, circle.text());
    if (!key) throw std::logic_error("sealing a policy without its circle's key");
    return sealing::seal(*key, {"circle_policy", circle.text(), id}, toml);
}

result<std::string> texts::open_policy(store::read_tx& tx, store::circle_policy_row const& row)
{
    auto const key = circle_key(keys_, tx, row.circle);
    if (!key) return errc::not_found;
    auto opened = sealing::open(*key, {"circle_policy", row.circle.text(), row.id}, row.text);
    if (!opened) return errc::damaged;
    return std::move(*opened);
}

sealed_text texts::seal_nickname(account_id const& account, std::string_view nickname)
{
    auto const key = keys_.find(author_kind, account.text());
    if (!key) throw std::logic_error("sealing a nickname without its key");
    return sealing::seal(*key, {"nickname", account.text()}, nickname);
}

result<std::string> texts::open_nickname(store::read_tx& tx, account_id const& account)
{
    auto const row = tx.account(account);
    if (!row || row->erased) return std::string();
    auto const key = author_key(keys_, tx, account);
    if (!key) return errc::not_found;
    auto opened = sealing::open(*key, {"nickname", account.text()}, row->nickname);
    if (!opened) return errc::damaged;
    return std::move(*opened);
}

result<sealed_text>
texts::seal_for(store::read_tx& tx, std::string_view what, account_id const& account, std::string_view words)
{
    auto const key = author_key(keys_, tx, account);
    if (!key) return errc::not_found;
    return sealing::seal(*key, {what, account.text()}, words);
}

result<std::string> texts::open_for(
    store::read_tx& tx, std::string_view what, account_id const& account, sealed_text const& sealed
)
{
    auto const key = author_key(keys_, tx, account);
    if (!key) return errc::not_found;
    auto opened = sealing::open(*key, {what, account.text()}, sealed);
    if (!opened) return errc::damaged;
    return std::move(*opened);
}

result<void> texts::open_key(account_id const& author, sealed_text const& wrapped)
{
    if (!keys_.unwrap(author_kind, author.text(), wrapped.bytes)) return errc::damaged;
    return result<void>();
}
result<void> texts::open_key(circle_id const& circle, sealed_text const& wrapped)
{
    if (!keys_.unwrap(circle_kind, circle.text(), wrapped.bytes)) return errc::damaged;
    return result<void>();
}

store::hash256 texts::nickname_hash(std::string_view nickname) const
{
    // Case, width, compatibility forms and letters that look alike don't make another name.
    auto failed = U_ZERO_ERROR;
    auto const* const fold = icu::Normalizer2::getNFKCCasefoldInstance(failed);
    static std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> const looks(
        uspoof_open(&failed), &uspoof_close
    );
    auto letters = icu::UnicodeString::fromUTF8({nickname.data(), static_cast<int32_t>(nickname.size())});
    letters = fold->normalize(letters, failed);
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(looks.get(), 0, letters, skeleton, &failed);
    if (U_FAILURE(failed)) throw std::runtime_error("ICU's data is missing");
    std::string folded;
    skeleton.toUTF8String(folded);
    return keys_.hash("nickname", {folded});
}

store::hash256 texts::token_hash(std::string_view token) const
{
    return keys_.hash("token", {token});
}

store::hash256
texts::body_hash(std::string_view what, std::string_view object, domain::post_text const& content) const
{
    return keys_.hash("body", {what, object, content.title, content.text});
}

store::hash256 texts::policy_hash(circle_id const& circle, std::string_view toml) const
{
    return keys_.hash("policy", {circle.text(), toml});
}

result<std::vector<store::hash256>>
texts::search_terms(store::read_tx& tx, circle_id const& circle, std::string_view text, known_terms& known)
{
    auto const key = circle_key(keys_, tx, circle);
    if (!key) return errc::not_found;
    auto const search_key = sealing::derive(*key, {"search"});
    std::set<store::hash256> made; // in an order that says nothing of the words
    each_word(text, [&](std::string const& word) {
        auto const [place, is_new] = known.try_emplace(word);
        if (is_new) place->second = sealing::keyed_hash(*search_key, {stem_of(word)});
        made.insert(place->second);
        return made.size() < search_words_max;
    });
    return std::vector<store::hash256>(made.begin(), made.end());
}

} // namespace holdfast::app
