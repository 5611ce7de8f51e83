// What `heaplaw audit` says of a file: for people, for scripts, and for test dashboards.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/audit/auditor.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

struct AuditedFile {
  std::string name;
  Auditor auditor;
  std::uint64_t lines = 0;
  std::uint64_t other_metrics = 0;  // lines of an exposition that are not about Go's memory
  std::uint64_t traced = 0;         // processes that wrote traces
  std::string error;                // why it could not be read; empty if it could
};

// With `all`, each law that holds and each line left out by itself.
void report(const AuditedFile& file, bool all, const Terminal& terminal);
[[nodiscard]] nlohmann::ordered_json to_json(const AuditedFile& file);
// One suite a file, one case a law: passed, failed, or skipped with the reason.
[[nodiscard]] std::string to_junit(const std::vector<const AuditedFile*>& files);

}  // namespace heaplaw::cli
