#include "cli/check/check_report.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "cli/check/sha256.h"
#include "cli/new_file.h"

namespace heaplaw::cli {

namespace {

nlohmann::ordered_json to_json(const StageResult& stage) {
  return {{"stage", stage.name},
          {"holds", stage.holds()},
          {"counts", cli::to_json(stage.counts)},
          {"failures", stage.failures},
          {"failure_count", stage.failure_count}};
}

}  // namespace

void CheckReport::print(const StageResult& stage, const std::string& counts) const {
  terminal_.print("{:<38} {}  {}\n", stage.name,
                  stage.holds() ? terminal_.good("holds") : terminal_.bad("FAILS"), counts);
  for (const std::string& failure : stage.failures) terminal_.print("    {}\n", failure);
  if (const auto hidden = stage.failure_count - stage.failures.size(); hidden > 0) {
    terminal_.print("    and {} more\n", hidden);
  }
}

void CheckReport::add(const StageResult& stage) {
  holds_ = holds_ && stage.holds();
  if (!terminal_.json) print(stage, describe(stage.counts));
  json_.push_back(to_json(stage));
  for (const Counterexample& counterexample : stage.counterexamples) {
    keep(counterexample, json_.back()["counterexamples"].emplace_back());
  }
  terminal_.out.flush();  // whatever ends the program, what was found has been said
}

void CheckReport::add_reach(const StageResult& stage) {
  holds_ = holds_ && stage.holds();
  json_.push_back(to_json(stage));
  if (terminal_.json) return;
  const auto reached =
      std::ranges::count_if(stage.counts, [](const auto& c) { return c.second > 0; });
  print(stage, fmt::format("{} of {}", reached, stage.counts.size()));
  for (const auto& [mark, times] : stage.counts) {
    terminal_.print("    {:<64} {:>14}\n", mark, grouped(times));
  }
}

void CheckReport::keep(const Counterexample& counterexample, nlohmann::ordered_json& json) const {
  const std::string trace = heaplaw::print(counterexample.trace);
  const std::string file =
      std::filesystem::path(keep_folder_) /
      fmt::format("heaplaw-{}.trace", std::string_view(sha256_hex(trace)).substr(0, 16));
  std::string kept = file;
  try {
    if (!std::filesystem::exists(file)) {
      write_new_file(file, fmt::format("# {}\n{}", counterexample.what, trace));
    }
  } catch (const OutputError& error) {
    kept.clear();
    terminal_.complain("heaplaw: {}\n", error.what());
  }
  json = {{"what", counterexample.what}, {"trace", trace}, {"file", kept}};
  if (terminal_.json) return;
  terminal_.print("    {} operations{}; `heaplaw replay --step` shows them:\n",
                  counterexample.trace.operations.size(), kept.empty() ? "" : ", kept as " + kept);
  std::istringstream lines(trace);
  for (std::string line; std::getline(lines, line);) terminal_.print("        {}\n", line);
}

}  // namespace heaplaw::cli
