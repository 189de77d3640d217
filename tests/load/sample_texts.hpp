// Everyday posts of our own writing, put together from sentences by a seed: the same in every run.
#pragma once
#include <cstddef>
#include <random>
#include <string>

namespace holdfast::load {

class sample_texts {
  public:
    explicit sample_texts(unsigned seed) : random_(seed) {}

    std::string of_length(std::size_t characters); // exactly
    std::string post();                            // 60 to 700 characters, each length as likely

  private:
    std::mt19937 random_;
};

} // namespace holdfast::load
