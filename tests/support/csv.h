// Reads the tables of the corpus: comma-separated, without quotes, a header first.
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace heaplaw::test {

// The rows without the header; an empty last field is a field. Throws if there are none, so that a
// test of a missing or empty file cannot pass.
inline std::vector<std::vector<std::string>> read_csv(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string>& fields = rows.emplace_back();
    std::istringstream rest(line + ',');
    for (std::string field; std::getline(rest, field, ',');) fields.push_back(field);
  }
  if (rows.empty()) throw std::runtime_error(path + " has no rows");
  return rows;
}

}  // namespace heaplaw::test
