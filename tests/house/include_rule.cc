#include "house/include_rule.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace heaplaw::house {

namespace fs = std::filesystem;

namespace {

using Rooms = std::set<std::string, std::less<>>;

// Rooms that are libraries. properties, fuzz, tests, bench and cli may use all of these, and
// nobody may include from them.
const std::map<std::string, Rooms, std::less<>>& libraries() {
  static const std::map<std::string, Rooms, std::less<>> rooms = {
      {"vocabulary", {"vocabulary"}},
      {"model", {"model", "vocabulary"}},
      {"oracle", {"oracle", "vocabulary"}},
      {"evidence", {"evidence", "vocabulary"}},
  };
  return rooms;
}
const Rooms& users() {
  static const Rooms rooms = {"properties", "fuzz", "tests", "bench", "cli"};
  return rooms;
}

// The name between the quotes or angle brackets of an #include line.
struct Include {
  bool quoted;
  std::string_view name;
};
std::optional<Include> parse_include(std::string_view line) {
  const auto skip_blanks = [&line] {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  };
  const auto skip = [&line](std::string_view word) {
    if (!line.starts_with(word)) return false;
    line.remove_prefix(word.size());
    return true;
  };
  skip_blanks();
  if (!skip("#")) return std::nullopt;
  skip_blanks();
  if (!skip("include")) return std::nullopt;
  skip_blanks();
  const bool quoted = line.starts_with('"');
  if (!quoted && !line.starts_with('<')) return std::nullopt;
  line.remove_prefix(1);
  const std::size_t end = line.find(quoted ? '"' : '>');
  if (end == std::string_view::npos) return std::nullopt;
  return Include{quoted, line.substr(0, end)};
}

std::string_view first_folder(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

// Why a file of `room` must not have this include; empty if it may.
std::string_view objection(std::string_view room, const Include& include) {
  const std::string_view name = include.name;
  if (name.find("..") != std::string_view::npos) return "climbs out of its folder";
  if (name.starts_with("heaplaw/")) return "uses an installed copy";
  const std::string_view other = first_folder(name);
  const auto own = libraries().find(room);
  if (own == libraries().end()) {
    // Sharing among the users is by their own build files, through tests/support and the like.
    return {};
  }
  if (libraries().contains(other) && !own->second.contains(other)) return "is not for this room";
  if (users().contains(other)) return "is no library";
  if (include.quoted && !libraries().contains(other)) return "does not name its room";
  return {};
}

}  // namespace

std::string read_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error(fmt::format("cannot read {}", path.string()));
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> source_files(const fs::path& root) {
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator at(root), end; at != end; ++at) {
    const std::string name = at->path().filename().string();
    if (at->is_directory() && (name.starts_with('.') || name.starts_with("build"))) {
      at.disable_recursion_pending();
      continue;
    }
    const std::string extension = at->path().extension().string();
    if (extension == ".cc" || extension == ".h") files.push_back(at->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> forbidden_includes(const fs::path& file, std::string_view text) {
  const std::string path = file.generic_string();
  // The stranger's project of the package test is no part of the house.
  if (path.starts_with("tests/house/package_consumer/")) return {};
  const std::string_view room = first_folder(path);
  std::vector<std::string> found;
  std::istringstream lines{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const std::optional<Include> include = parse_include(line);
    if (!include) continue;
    if (const std::string_view why = objection(room, *include); !why.empty()) {
      found.push_back(fmt::format("{}:{}: {} {}", path, number, include->name, why));
    }
  }
  return found;
}

}  // namespace heaplaw::house
