// Checks many texts alike, and names the one that fails.
#pragma once
#include <catch2/catch.hpp>

#include <initializer_list>

template <class Check>
void check_all(std::initializer_list<char const*> texts, Check const& check)
{
    for (auto const* const text : texts) {
        INFO(text);
        check(text);
    }
}
