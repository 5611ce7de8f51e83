#include "cli/check/installed_go.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace heaplaw::cli {

namespace {

namespace fs = std::filesystem;

// Where a GOROOT keeps the file: since 1.25, and before.
constexpr const char* in_goroot[] = {"src/internal/runtime/gc/sizeclasses.go",
                                     "src/runtime/sizeclasses.go"};

void add_goroot(const fs::path& goroot, std::vector<std::string>& files) {
  std::error_code error;
  for (const char* relative : in_goroot) {
    const fs::path canonical = fs::canonical(goroot / relative, error);
    if (error) continue;
    if (std::ranges::find(files, canonical.string()) == files.end()) {
      files.push_back(canonical.string());
    }
    return;
  }
}

// The toolchain's own folder, when PATH leads to its bin/go, directly or by a link.
void add_from_path(std::vector<std::string>& files) {
  const char* const path = std::getenv("PATH");
  if (!path) return;
  std::istringstream folders{path};
  for (std::string folder; std::getline(folders, folder, ':');) {
    std::error_code error;
    const fs::path go = fs::canonical(fs::path(folder) / "go", error);
    if (!error) add_goroot(go.parent_path().parent_path(), files);
  }
}

// Debian and its kin: /usr/lib/go-1.19 and /usr/share/go-1.19.
void add_from_distribution(std::vector<std::string>& files) {
  for (const char* folder : {"/usr/lib", "/usr/share", "/usr/local"}) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
      const std::string name = entry.path().filename().string();
      if (name == "go" || name.starts_with("go-1.")) add_goroot(entry.path(), files);
    }
  }
}

}  // namespace

std::vector<std::string> installed_size_class_files() {
  std::vector<std::string> files;
  if (const char* const goroot = std::getenv("GOROOT")) add_goroot(goroot, files);
  add_from_path(files);
  add_from_distribution(files);
  std::ranges::sort(files);
  return files;
}

std::string size_class_file_at(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return path;
  std::vector<std::string> files;
  add_goroot(path, files);
  return files.empty() ? path : files.front();
}

}  // namespace heaplaw::cli
