// A folder of a test's own, gone afterwards.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

namespace holdfast::tests {

class folder {
  public:
    folder()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "holdfast-unit-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
        path_ = pattern;
    }
    ~folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    folder(folder const&) = delete;
    folder& operator=(folder const&) = delete;

    std::string operator/(std::string const& name) const { return (path_ / name).string(); }

    // Each file here by its name.
    std::map<std::string, std::string> contents() const
    {
        std::map<std::string, std::string> made;
        for (auto const& entry : std::filesystem::directory_iterator(path_)) {
            std::ifstream file(entry.path(), std::ios::binary);
            made[entry.path().filename().string()] = {
                std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        }
        return made;
    }

    // Do these bytes stand in any file here?
    bool holds(std::string const& bytes) const
    {
        auto const all = contents();
        return std::any_of(all.begin(), all.end(), [&](auto const& one) {
            return one.second.find(bytes) != std::string::npos;
        });
    }

  private:
    std::filesystem::path path_;
};

} // namespace holdfast::tests
