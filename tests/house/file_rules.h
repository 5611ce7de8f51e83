// Rules about files that no compiler knows.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace heaplaw::house {

// "file:line: 104 columns" for every source line over the limit. Columns are code points;
// tables between "clang-format off" and "on" may be as wide as their facts.
[[nodiscard]] std::vector<std::string> long_lines(const std::filesystem::path& root);

// Headers of the libraries for which there is no tests/**/NAME_test.cc.
[[nodiscard]] std::vector<std::string> headers_without_test(const std::filesystem::path& root);

// Folders of corpus/ that hold data without a README.md of their own or of a folder above.
[[nodiscard]] std::vector<std::string> folders_without_readme(const std::filesystem::path& root);

}  // namespace heaplaw::house
