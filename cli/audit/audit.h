// heaplaw audit: the laws on what real programs printed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/audit/report.h"
#include "cli/table/table_commands.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

struct AuditOptions {
  std::vector<std::string> files;  // "-": standard input
  bool all = false;                // every law that holds, every line left out
  std::string junit;               // a file to write, which must not exist; empty: none
};
Exit audit(const AuditOptions& options, const Terminal& terminal);

// Reads and judges one file. Throws nothing for a file that cannot be read: see its error.
[[nodiscard]] std::unique_ptr<AuditedFile> audit_file(const std::string& path, Progress& progress);

void add_audit_command(CLI::App& app, Action& action);

}  // namespace heaplaw::cli
