// The files of corpus/dumps.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace heaplaw {

struct DumpFile {
  std::string name;  // "go1.19.8/09-heap-rate1.txt"
  std::string text;
};

inline std::string read_dump(const std::string& name) {
  std::ifstream file(std::string(HEAPLAW_CORPUS "/dumps/") + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Those whose name holds the word, in order.
inline std::vector<DumpFile> dumps_named(std::string_view word) {
  const std::filesystem::path root = HEAPLAW_CORPUS "/dumps";
  std::vector<DumpFile> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    std::string name = entry.path().lexically_relative(root).generic_string();
    if (!entry.is_regular_file() || entry.path().filename() == "README.md" || name == "index.csv" ||
        name.find(word) == name.npos)
      continue;
    std::string text = read_dump(name);
    found.push_back({std::move(name), std::move(text)});
  }
  std::ranges::sort(found, {}, &DumpFile::name);
  return found;
}

}  // namespace heaplaw
