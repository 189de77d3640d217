#include "moderation/learned/model.hpp"

#include "embedded/moderation_data.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <type_traits>

namespace holdfast::moderation {

namespace {
constexpr std::string_view mark = "holdfast model 5\n";
constexpr std::uint32_t knots_max = 4096;

// Numbers one after the other, little-endian as on every machine this is built for.
class writer {
  public:
    template <class Value>
    void put(Value const& value)
    {
        static_assert(std::is_trivially_copyable_v<Value>);
        bytes_.append(reinterpret_cast<char const*>(&value), sizeof value);
    }
    void put(curve const& line)
    {
        put(static_cast<std::uint32_t>(line.knots().size()));
        for (auto const& one : line.knots())
            put(one);
    }
    void put(combination const& one)
    {
        put(one.bias);
        put(one.weights);
        put(one.meaning);
    }
    void put(std::optional<combination> const& one)
    {
        put(static_cast<std::uint8_t>(one ? 1 : 0));
        if (one) put(*one);
    }
    std::string bytes_ = std::string(mark);
};

class reader {
  public:
    explicit reader(std::string_view bytes) : left_(bytes) {}

    template <class Value>
    void take(Value& value)
    {
        static_assert(std::is_trivially_copyable_v<Value>);
        if (left_.size() < sizeof value) throw std::runtime_error("it ends too early");
        std::memcpy(&value, left_.data(), sizeof value);
        left_.remove_prefix(sizeof value);
    }
    void take(curve& line)
    {
        std::uint32_t count = 0;
        take(count);
        if (count > knots_max) throw std::runtime_error("a curve has too many knots");
        std::vector<knot> knots(count);
        for (auto& one : knots)
            take(one);
        for (std::size_t at = 1; at < knots.size(); ++at) {
            if (!(knots[at - 1].from < knots[at].from) || !(knots[at - 1].to <= knots[at].to))
                throw std::runtime_error("a curve falls");
        }
        line = curve(std::move(knots));
    }
    void take(combination& one)
    {
        take(one.bias);
        take(one.weights);
        take(one.meaning);
    }
    void take(std::optional<combination>& one)
    {
        std::uint8_t learned = 0;
        take(learned);
        if (learned != 0) take(one.emplace());
    }
    void expect(std::uint32_t wanted, char const* what)
    {
        std::uint32_t found = 0;
        take(found);
        if (found != wanted)
            throw std::runtime_error(std::string("it was trained with another number of ") + what);
    }
    std::string_view left_;
};

model model_from(std::string_view bytes)
{
    if (!bytes.starts_with(mark)) throw std::runtime_error("it is not a model of this version");
    reader in(bytes.substr(mark.size()));
    in.expect(bucket_bits, "buckets");
    in.expect(static_cast<std::uint32_t>(head_count), "heads");
    in.expect(static_cast<std::uint32_t>(input_count), "inputs");
    in.expect(static_cast<std::uint32_t>(label_count), "labels");
    model made;
    head_values scales{};
    head_values bias{};
    in.take(scales);
    in.take(bias);
    std::vector<heads::row> table(bucket_count);
    for (auto& one : table)
        in.take(one);
    made.heads = heads::from(std::move(table), scales, bias);
    std::uint64_t meant = 0; // the meanings that its combinations were fitted on
    in.take(meant);
    if (meant != 0) made.meanings = shipped_meanings();
    if (made.meanings.mark() != meant)
        throw std::runtime_error("it was trained with other meanings of words");
    for (auto& one : made.labels)
        in.take(one);
    for (auto& one : made.line_labels)
        in.take(one);
    in.take(made.harm);
    in.take(made.risk);
    in.take(made.at_risk);
    in.take(made.short_risk);
    in.take(made.budgets);
    if (!in.left_.empty()) throw std::runtime_error("something follows its end");
    return made;
}
} // namespace

double combination::raw(input_values const& inputs) const
{
    constexpr std::size_t lanes = 4; // sums side by side: none waits for another
    constexpr auto whole = input_count / lanes * lanes;
    std::array<float, lanes> sums{bias};
    for (std::size_t at = 0; at < whole; at += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sums[lane] += weights[at + lane] * inputs[at + lane];
    }
    for (auto at = whole; at < input_count; ++at)
        sums[at - whole] += weights[at] * inputs[at];
    return static_cast<double>((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

double score_at(budget_scores const& scores, double share)
{
    if (share >= budget_shares.front()) return static_cast<double>(scores.front());
    for (std::size_t at = 1; at < budget_shares.size(); ++at) {
        if (share < budget_shares[at]) continue;
        auto const part =
            std::log(share / budget_shares[at - 1]) / std::log(budget_shares[at] / budget_shares[at - 1]);
        return static_cast<double>(scores[at - 1]) + part * static_cast<double>(scores[at] - scores[at - 1]);
    }
    return static_cast<double>(scores.back());
}

double model::threshold_for(label about, double share) const
{
    return score_at(budgets[static_cast<std::size_t>(about)], share);
}

std::variant<model, std::string> read_model(std::string_view bytes)
{
    try {
        return model_from(bytes);
    } catch (std::runtime_error const& broken) {
        return std::string(broken.what());
    }
}

std::string write_model(model const& from)
{
    writer out;
    out.put(static_cast<std::uint32_t>(bucket_bits));
    out.put(static_cast<std::uint32_t>(head_count));
    out.put(static_cast<std::uint32_t>(input_count));
    out.put(static_cast<std::uint32_t>(label_count));
    out.put(from.heads.scales());
    out.put(from.heads.bias());
    for (auto const& one : from.heads.table())
        out.put(one);
    out.put(from.meanings.mark());
    for (auto const& one : from.labels)
        out.put(one);
    for (auto const& one : from.line_labels)
        out.put(one);
    out.put(from.harm);
    out.put(from.risk);
    out.put(from.at_risk);
    out.put(from.short_risk);
    out.put(from.budgets);
    return std::move(out.bytes_);
}

namespace {
std::string_view shipped(std::string_view wanted)
{
    for (auto const& [name, content] : embedded::moderation_data()) {
        if (name == wanted) return content;
    }
    throw std::logic_error("this build lacks " + std::string(wanted));
}
} // namespace

meanings shipped_meanings()
{
    return meanings(shipped("models/words.meanings"));
}

model shipped_model()
{
    auto made = read_model(shipped("models/screen.model"));
    if (auto* const good = std::get_if<model>(&made)) return std::move(*good);
    throw std::logic_error("the shipped model: " + std::get<std::string>(made));
}

} // namespace holdfast::moderation
