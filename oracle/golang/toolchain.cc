#include "oracle/golang/toolchain.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <string_view>

#include <fmt/format.h>
#include <unistd.h>

#include "oracle/golang/child.h"
#include "oracle/golang/go_error.h"

namespace heaplaw::oracle {

namespace fs = std::filesystem;

namespace {

bool is_program(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

fs::path found_in_path(const std::string& name) {
  const char* const path = std::getenv("PATH");
  std::istringstream folders{path ? path : ""};
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (is_program(fs::path(folder) / name)) return fs::path(folder) / name;
  }
  throw GoError(fmt::format("{}: no such command in PATH, expected a Go toolchain", name));
}

fs::path command_at(const std::string& path) {
  if (!path.empty() && path.find('/') == std::string::npos && !fs::exists(path)) {
    return found_in_path(path);
  }
  std::error_code error;
  if (!fs::exists(path, error)) {
    throw GoError(fmt::format("{}: no such file, expected a Go toolchain", path));
  }
  if (!fs::is_directory(path)) {
    if (is_program(path)) return fs::absolute(path);
    throw GoError(fmt::format("{}: no program, expected a go command", path));
  }
  if (is_program(fs::path(path) / "bin/go")) return fs::absolute(fs::path(path) / "bin/go");
  throw GoError(fmt::format("{}: a folder without bin/go, expected a GOROOT", path));
}

std::string first_line(std::string_view text) {
  constexpr std::size_t enough = 100;
  return std::string(text.substr(0, std::min(text.find('\n'), enough)));
}

// "go version go1.19.8 linux/amd64"
Release release_in(const std::string& answer, const fs::path& go) {
  std::istringstream words{answer};
  std::string name, version, release, platform;
  words >> name >> version >> release >> platform;
  if (name != "go" || version != "version" || release.empty()) {
    throw GoError(
        fmt::format("{}: not a Go: it answers 'version' with '{}', expected as in 'go version "
                    "go1.19.8 linux/amd64'",
                    go.string(), first_line(answer)));
  }
  const auto known = Release::try_parse(release);
  if (!known) {
    throw GoError(fmt::format("{}: '{}', expected a released Go", go.string(), first_line(answer)));
  }
  if (platform != "linux/amd64") {
    throw GoError(
        fmt::format("{}: a Go for {}, expected one for linux/amd64", go.string(), platform));
  }
  return *known;
}

bool has(const std::vector<std::string>& environment, std::string_view name) {
  return std::ranges::any_of(environment, [name](const std::string& variable) {
    return variable.starts_with(name) && variable.substr(name.size()).starts_with('=');
  });
}

}  // namespace

std::vector<std::string> build_environment(const fs::path& scratch) {
  std::vector<std::string> environment;
  for (char** variable = environ; *variable; ++variable) {
    const std::string_view text = *variable;
    if (text.starts_with("GO") && !text.starts_with("GOCACHE=")) continue;
    if (text.starts_with("TMPDIR=") || text.starts_with("CGO_")) continue;
    environment.emplace_back(text);
  }
  const std::string folder = scratch.string();
  // A toolchain must neither ask the network nor hand the work to another one.
  for (const char* const own : {"GO111MODULE=off", "GOTOOLCHAIN=local", "GOPROXY=off",
                                "GOFLAGS=", "GOENV=off", "GOWORK=off", "CGO_ENABLED=0"}) {
    environment.emplace_back(own);
  }
  environment.push_back("TMPDIR=" + folder);
  environment.push_back("GOPATH=" + folder + "/path");
  if (!has(environment, "HOME") && !has(environment, "GOCACHE")) {
    environment.push_back("GOCACHE=" + folder + "/cache");
  }
  return environment;
}

Toolchain toolchain_at(const std::string& path, const std::atomic<bool>* interrupted) {
  const fs::path go = command_at(path);
  const ChildOrder order{.command = {go.string(), "version"},
                         .environment = build_environment(fs::temp_directory_path()),
                         .time_max = std::chrono::seconds(30),
                         .interrupted = interrupted};
  const ChildResult result = run_child(order);
  if (!result.succeeded()) {
    throw GoError(fmt::format("{}: not a Go: '{} version' failed: {}{}", go.string(),
                              go.filename().string(), describe(result, order),
                              result.errors.empty() ? "" : ": " + first_line(result.errors)));
  }
  const Release release = release_in(result.output, go);
  if (release < oldest_recordable) {
    throw GoError(fmt::format("{}: {} is too old, expected {} or newer", go.string(), release,
                              oldest_recordable));
  }
  return {.go = go, .release = release};
}

}  // namespace heaplaw::oracle
