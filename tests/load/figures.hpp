// What a run found: figures of several rounds, printed with their median and their spread.
#pragma once
#include <string>
#include <vector>

namespace holdfast::load {

class figures {
  public:
    void add(double value) { values_.push_back(value); }
    double median() const;
    std::string text(int decimals) const; // "median (least to most)"

  private:
    std::vector<double> values_;
};

// The same thing done by the server and by its ceiling, in turn.
struct contest {
    figures ours;
    figures bare;
    figures percent; // ours of bare, round by round

    void add(double our, double other)
    {
        ours.add(our);
        bare.add(other);
        percent.add(100 * our / other);
    }
};

void print_heading(std::string const& words);
void print_row(
    std::string const& what,
    std::string const& ours,
    std::string const& bare = {},
    std::string const& share = {}
);
void print_contest(std::string const& what, contest const& of);

} // namespace holdfast::load
