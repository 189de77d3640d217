// The words of the screen: what goes in, what comes out. Values only, no behaviour beyond names.
// What each step of risk means, and the triage of it: moderation/README.md.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::moderation {

// What happens to the text. `give_back` is the contract's "return": kept as the author's draft.
enum class outcome : std::uint8_t { publish, fold, give_back, hold };

// Nobody else sees the text for now.
constexpr bool stops(outcome what)
{
    return what == outcome::give_back || what == outcome::hold;
}

// The risk from which figures call a text a crisis: intent, plan or attempt. What is done about one is the
// policy's.
inline constexpr int crisis_from_risk = 4;

// How soon a person should look, after the scale of the CLPsych 2016/2017 triage task (green, amber, red,
// crisis).
enum class triage : std::uint8_t { green, amber, red, crisis };

// What a text contains. `self_harm` says what it is about, risk says how its author is;
// `abuse_danger` is someone in danger, not an offence.
enum class label : std::uint8_t {
    harassment,
    hate,
    threat,
    violence,
    sexual,
    grooming,
    self_harm,
    self_harm_encouragement,
    method_info,
    pro_eating_disorder,
    pii,
    spam,
    drug_sourcing,
    medical_misinformation,
    abuse_danger,
};
inline constexpr std::size_t label_count = 15;

std::string_view name_of(outcome value); // "publish", "fold", "return", "hold"
std::string_view name_of(triage value);
std::string_view name_of(label value);
std::optional<outcome> outcome_named(std::string_view name);
std::optional<triage> triage_named(std::string_view name);
std::optional<label> label_named(std::string_view name);

class label_set {
  public:
    void add(label value) { bits_ |= bit(value); }
    bool has(label value) const { return (bits_ & bit(value)) != 0; }
    bool empty() const { return bits_ == 0; }
    friend bool operator==(label_set, label_set) = default;

  private:
    static std::uint32_t bit(label value) { return std::uint32_t{1} << static_cast<unsigned>(value); }
    std::uint32_t bits_ = 0;
};

// Bytes [begin, end) of the original text, on code point borders.
struct text_span {
    std::size_t begin = 0;
    std::size_t end = 0;
    friend bool operator==(text_span, text_span) = default;
};

// One thing that was noticed, and why it matters, in words an author can read.
struct finding {
    std::string rule;           // the rule's or head's name, e.g. "risk.intent.now"
    std::optional<label> about; // none for findings about risk
    text_span where;
    std::string reason;  // one plain sentence; never quotes the text
    double weight = 0;   // evidence, -1 … 1; negative speaks against
    bool shadow = false; // evaluated, acts on nothing
};

// What kind of text this is: short names are judged more strictly on contact details, for one.
enum class text_kind : std::uint8_t { post, name, note };

// A text as its author wrote it, any bytes. `context` holds the texts it answers, oldest first.
struct input {
    std::string_view text;
    std::string_view title;
    std::span<std::string_view const> context;
    text_kind kind = text_kind::post;
};

struct decision {
    moderation::outcome outcome = outcome::hold;
    int risk = 0;          // 0 … 6, see moderation/README.md
    double risk_score = 0; // 0.0 … 6.0
    moderation::triage triage = triage::green;
    label_set labels;
    std::array<double, label_count> scores{}; // calibrated, 0 … 1
    std::vector<finding> findings;
    bool nudge =
        false; // may make little of somebody's pain, or paint it pretty: its author is asked once, never held
    bool hinges_on_context = false; // what it answers may change this; else it is the same whatever that is
    std::string policy;             // name and version that decided, e.g. "default/1"
};

} // namespace holdfast::moderation
