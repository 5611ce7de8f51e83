// A Go of this machine for tests that ask a real one.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "oracle/golang/go_error.h"
#include "oracle/golang/toolchain.h"

namespace heaplaw {

// All that are found: $HEAPLAW_GO, the one in PATH, and where distributions put theirs.
inline std::vector<oracle::Toolchain> real_gos() {
  std::vector<std::string> places;
  if (const char* const told = std::getenv("HEAPLAW_GO")) places.emplace_back(told);
  places.emplace_back("go");
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib", error)) {
    if (entry.path().filename().string().starts_with("go-1.")) places.push_back(entry.path());
  }
  std::vector<oracle::Toolchain> found;
  for (const std::string& place : places) {
    try {
      found.push_back(oracle::toolchain_at(place));
    } catch (const oracle::GoError&) {
      // None there, or a wrapper without the toolchain that it names.
    }
  }
  return found;
}

}  // namespace heaplaw
