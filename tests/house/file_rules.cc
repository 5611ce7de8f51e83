#include "house/file_rules.h"

#include <algorithm>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "house/include_rule.h"

namespace heaplaw::house {

namespace fs = std::filesystem;

namespace {

constexpr std::ptrdiff_t columns_max = 100;

// One README describes all folders below these, since those differ by their name only.
const std::set<std::string>& described_as_one() {
  static const std::set<std::string> folders = {"corpus/fuzz", "corpus/recordings",
                                                "corpus/regressions"};
  return folders;
}

// Headers that need no test of their name, each with the reason.
const std::set<std::string>& tested_elsewhere() {
  static const std::set<std::string> headers = {
      // Shapes without rules of their own: the tests of whatever fills them use all of them.
      "evidence/evidence_sink.h",
      "model/collector/sweep_state.h",
      "model/heap/heap_state.h",
      "model/heap/proc.h",
      "model/pages/page_allocation.h",
      "oracle/golang/go_error.h",
      "oracle/laws/heap_moment.h",
      "oracle/naive/constants.h",
      "oracle/naive/state.h",
      "oracle/verdict.h",
      "vocabulary/gc_trace.h",
      "vocabulary/heap_facts.h",
      "vocabulary/heap_start.h",
      "vocabulary/profile_counts.h",
      "vocabulary/white_box.h",
      // The chapters of one book, which heap_laws_test reads.
      "oracle/laws/heap_chapters.h",
      // The lists from which table_laws.cc puts its book together.
      "oracle/tables/laws_by_topic.h",
  };
  return headers;
}

std::ptrdiff_t columns(const std::string& line) {
  // Every byte of UTF-8 that does not continue a code point.
  return std::count_if(line.begin(), line.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
}

bool has_readme(const fs::path& root, fs::path folder) {
  if (fs::exists(folder / "README.md")) return true;
  for (; folder != root; folder = folder.parent_path()) {
    if (described_as_one().contains(folder.lexically_relative(root).generic_string())) {
      return fs::exists(folder / "README.md");
    }
  }
  return false;
}

}  // namespace

std::vector<std::string> long_lines(const fs::path& root) {
  std::vector<std::string> found;
  for (const fs::path& file : source_files(root)) {
    std::istringstream lines{read_text(file)};
    std::string line;
    bool laid_out_by_hand = false;
    for (int number = 1; std::getline(lines, line); ++number) {
      if (line.find("// clang-format off") != std::string::npos) laid_out_by_hand = true;
      if (line.find("// clang-format on") != std::string::npos) laid_out_by_hand = false;
      const auto width = columns(line);
      if (width > columns_max && !laid_out_by_hand) {
        found.push_back(fmt::format("{}:{}: {} columns",
                                    file.lexically_relative(root).generic_string(), number, width));
      }
    }
  }
  return found;
}

std::vector<std::string> headers_without_test(const fs::path& root) {
  std::set<std::string> tests;
  std::vector<fs::path> headers;
  for (const fs::path& file : source_files(root)) {
    const fs::path path = file.lexically_relative(root);
    const std::string room = path.begin()->string();
    if (room == "tests") {
      tests.insert(path.stem().string());
    } else if (path.extension() == ".h" && (room == "vocabulary" || room == "model" ||
                                            room == "oracle" || room == "evidence")) {
      headers.push_back(path);
    }
  }
  std::vector<std::string> found;
  for (const fs::path& header : headers) {
    const std::string name = header.generic_string();
    if (!tests.contains(header.stem().string() + "_test") && !tested_elsewhere().contains(name)) {
      found.push_back(name);
    }
  }
  return found;
}

std::vector<std::string> folders_without_readme(const fs::path& root) {
  std::set<std::string> found;
  if (!fs::exists(root / "corpus")) return {};
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / "corpus")) {
    if (!entry.is_regular_file()) continue;
    const fs::path folder = entry.path().parent_path();
    if (!has_readme(root, folder)) found.insert(folder.lexically_relative(root).generic_string());
  }
  return {found.begin(), found.end()};
}

}  // namespace heaplaw::house
