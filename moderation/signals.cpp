#include "moderation/signals.hpp"

#include "embedded/moderation_data.hpp"
#include "moderation/rules/details.hpp"

#include <algorithm>

namespace holdfast::moderation {

namespace {
struct detail_weight {
    label about;
    double weight; // 0 to 1
    std::size_t input;
    std::string_view reason;
};

detail_weight weight_of(detail_kind kind, text_kind of, std::size_t links)
{
    switch (kind) {
    case detail_kind::mail:
        return {label::pii, 0.9, 1, "This looks like a mail address."};
    case detail_kind::phone:
        return {label::pii, 0.9, 2, "This looks like a phone number."};
    case detail_kind::handle:
        return {label::pii, 0.65, 3, "This looks like an account's name."};
    case detail_kind::street:
        return {label::pii, 0.9, 3, "This looks like an address."};
    case detail_kind::wallet:
        return {label::spam, 0.9, 3, "This looks like a place to send digital coins to."};
    case detail_kind::link:
    case detail_kind::help_line:
    case detail_kind::service_line:
        break;
    }
    auto const weight = of == text_kind::name ? 0.9 : links > 3 ? 0.5 : 0.25;
    return {label::spam, weight, 0, "This is a link to another site."};
}

void weigh_details(std::string_view text, text_kind kind, signals& made)
{
    constexpr float many = 4;
    std::size_t links = 0;
    auto const details = find_details(text);
    auto const has = [&](detail_kind wanted) {
        return std::any_of(details.begin(), details.end(), [&](auto const& one) {
            return one.kind == wanted;
        });
    };
    // Beside another number a help line may be there to make an advertisement look like help.
    if (has(detail_kind::help_line) && !has(detail_kind::service_line))
        made.found.features[index_of(feature::help_line)] = 1;
    for (auto const& detail : details) {
        if (detail.kind == detail_kind::help_line || detail.kind == detail_kind::service_line) continue;
        if (detail.kind == detail_kind::link) ++links;
        auto const [about, weight, input, reason] = weight_of(detail.kind, kind, links);
        auto& count = made.details[input];
        count = std::min(1.0F, count + 1 / many);
        auto& score = made.found.scores[static_cast<std::size_t>(about)];
        score = 1 - (1 - score) * (1 - weight);
        made.found.findings.push_back({"detail", about, detail.where, std::string(reason), weight, false});
    }
}
} // namespace

signals read_signals(
    lexicon const& phrases, std::string_view text, text_kind kind, std::span<std::string_view const> before
)
{
    signals made;
    made.seen = read_text(text);
    passage const read(phrases, made.seen);
    made.words = read.tokens();
    made.found = weigh(read, before);
    weigh_details(text, kind, made);
    return made;
}

input_values inputs_from(signals const& known, head_scores const& scores, meaning const& place)
{
    input_values made{};
    std::copy(known.found.features.begin(), known.found.features.end(), made.begin());
    for (std::size_t at = 0; at < label_count; ++at) { // contact details and links are in these by now
        made[index_of(static_cast<label>(at))] = static_cast<float>(known.found.scores[at]);
    }
    made[index_of(feature::rules_risk)] = static_cast<float>(known.found.risk / 6);
    std::copy(known.details.begin(), known.details.end(), made.begin() + first_detail_input);
    std::copy(scores.whole.begin(), scores.whole.end(), made.begin() + first_whole_input);
    std::copy(scores.peak.begin(), scores.peak.end(), made.begin() + first_peak_input);
    std::copy(place.begin(), place.end(), made.begin() + first_meaning_input);
    return made;
}

input_values inputs_from(signals const& known, model const& learned, head_scores const& scores)
{
    return inputs_from(known, scores, learned.meanings.of(known.words));
}

lexicon shipped_lexicon()
{
    lexicon made;
    for (auto const& [name, content] : embedded::moderation_data()) {
        if (name.starts_with("lexicon/") && !is_of_other_languages(name)) made.add(name, content);
    }
    for (auto const& [name, content] :
         embedded::moderation_data()) { // last: their words undo nothing in English
        if (is_of_other_languages(name)) made.add(name, content);
    }
    made.finish();
    return made;
}

} // namespace holdfast::moderation
