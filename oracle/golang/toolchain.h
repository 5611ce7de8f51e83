// A Go toolchain somewhere on this machine.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "vocabulary/release.h"

namespace heaplaw::oracle {

// The oldest whose language and library the recorder is written for.
inline constexpr Release oldest_recordable{4};

struct Toolchain {
  std::filesystem::path go;  // the command
  Release release{0};
};

// `path` is a GOROOT, its bin/go, or a name to look for in PATH. Asks the command for its version.
// Throws GoError that says what was found instead.
[[nodiscard]] Toolchain toolchain_at(const std::string& path,
                                     const std::atomic<bool>* interrupted = nullptr);

// Ours, but for what would make a build depend on whose it is; all temporary files go to `scratch`.
[[nodiscard]] std::vector<std::string> build_environment(const std::filesystem::path& scratch);

}  // namespace heaplaw::oracle
