#include "cli/check/corpus.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cli/history/lineup.h"
#include "vocabulary/input_error.h"
#include "vocabulary/release_facts.h"

namespace heaplaw::cli {

namespace {

namespace fs = std::filesystem;

bool is_corpus(const fs::path& folder) {
  std::error_code error;
  return fs::is_directory(folder / "recordings", error);
}

}  // namespace

std::string find_corpus(const std::string& given) {
  if (!given.empty()) {
    if (is_corpus(given)) return given;
    throw InputError({.file = given}, "no folder 'recordings' in it", "a corpus");
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share/heaplaw/corpus";
  for (const fs::path& folder : {installed, fs::path(HEAPLAW_CORPUS)}) {
    if (is_corpus(folder)) return folder.string();
  }
  throw InputError(
      {.file = HEAPLAW_CORPUS}, "no corpus",
      fmt::format("recordings there, in {}, or where --corpus says", installed.string()));
}

std::map<Release, std::vector<std::string>> recordings_in(const std::string& corpus) {
  std::map<Release, std::vector<std::string>> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(corpus) / "recordings", error)) {
    const auto release = Release::try_parse(entry.path().filename().string());
    if (release) found[*release] = files_in(entry.path().string(), ".rec");
  }
  return found;
}

std::vector<std::string> random_bases_in(const std::string& corpus) {
  std::vector<std::string> found;
  for (const auto& [release, files] : recordings_in(corpus)) {
    if (files.empty() || !is_modelled(release)) continue;
    if (facts_of(release).heap.value().base == HeapBase::random) found.push_back(files.front());
  }
  return found;
}

std::vector<std::string> files_in(const std::string& folder, const std::string& extension) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == extension) files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace heaplaw::cli
