// How a failed CHECK tells a result<T>: whether it holds a value, and if not, which error.
#pragma once
#include "server/base/result.hpp"

#include <catch2/catch.hpp>

#include <string>

template <class T>
struct Catch::StringMaker<holdfast::result<T>> {
    static std::string convert(holdfast::result<T> const& made)
    {
        return made ? "a value" : "error " + std::to_string(static_cast<int>(made.error().code));
    }
};
