// What a stage of `heaplaw check` needs around it, and how to look at what it found.
#pragma once

#include <atomic>
#include <string_view>

#include <gtest/gtest.h>

#include "cli/check/stages.h"

namespace heaplaw::cli {

struct StageRun {
  double seconds = 0;
  unsigned jobs = 1;
  std::uint64_t seed = 1;
  std::atomic<bool> interrupted = false;
  Lineup lineup = model_and_oracle;
  std::atomic<std::uint64_t> tried = 0;

  [[nodiscard]] StageOptions options() {
    tried = 0;
    return {.seconds = seconds,
            .jobs = jobs,
            .seed = seed,
            .interrupted = interrupted,
            .tried = tried,
            .lineup = lineup};
  }
};

inline std::uint64_t counted(const StageResult& stage, std::string_view what) {
  for (const auto& [name, times] : stage.counts) {
    if (name == what) return times;
  }
  return 0;
}

// Each count is one, unless histories may be such as have no addresses.
inline void expect_holds(const StageResult& stage, bool all_counted = true) {
  for (const std::string& failure : stage.failures) ADD_FAILURE() << stage.name << ": " << failure;
  EXPECT_EQ(stage.failure_count, 0u);
  EXPECT_TRUE(stage.holds() || !all_counted) << stage.name;
}

}  // namespace heaplaw::cli
