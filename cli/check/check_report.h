// What `heaplaw check` prints: a line a stage, the counterexamples it keeps, the marks it reached.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/check/stages.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

// Prints stages as they come, or collects them for one JSON document. A counterexample is written
// to a file of its own in `keep_folder`, which is named after its content, so that the same one is
// never kept twice and nothing is written over.
class CheckReport {
 public:
  CheckReport(const Terminal& terminal, std::string keep_folder)
      : terminal_(terminal), keep_folder_(std::move(keep_folder)) {}

  void add(const StageResult& stage);
  // A row each, since there are many.
  void add_reach(const StageResult& stage);

  [[nodiscard]] bool holds() const { return holds_; }
  [[nodiscard]] const nlohmann::ordered_json& stages() const { return json_; }

 private:
  void print(const StageResult& stage, const std::string& counts) const;
  void keep(const Counterexample& counterexample, nlohmann::ordered_json& json) const;

  const Terminal& terminal_;
  std::string keep_folder_;
  bool holds_ = true;
  nlohmann::ordered_json json_ = nlohmann::ordered_json::array();
};

}  // namespace heaplaw::cli
