// Runs another program to its end, or until time is over or somebody interrupts.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace heaplaw::oracle {

struct ChildOrder {
  std::vector<std::string> command;      // a path, and arguments
  std::vector<std::string> environment;  // all of it, as NAME=VALUE
  std::filesystem::path folder = ".";    // where it runs
  std::string_view input = {};           // what it reads from standard input
  std::size_t output_max =
      1 << 20;  // bytes kept of standard output; one that writes more is killed
  std::chrono::milliseconds time_max{60'000};
  const std::atomic<bool>* interrupted = nullptr;
};

enum class ChildEnd : std::uint8_t {
  exited,
  killed,  // by a signal that was not ours
  timed_out,
  interrupted,
  too_talkative,
};

struct ChildResult {
  ChildEnd end = ChildEnd::exited;
  int status = 0;      // where it exited
  int signal = 0;      // where it was killed
  std::string output;  // standard output
  std::string errors;  // standard error, its first 64 KiB

  [[nodiscard]] bool succeeded() const { return end == ChildEnd::exited && status == 0; }
};

// "exit status 2", "killed by signal 9 (Killed)", "it ran for more than 60 s".
[[nodiscard]] std::string describe(const ChildResult& result, const ChildOrder& order);

// The child and whatever it started are gone when this returns, and die if we die before. Throws
// GoError where no child can be made.
[[nodiscard]] ChildResult run_child(const ChildOrder& order);

}  // namespace heaplaw::oracle
