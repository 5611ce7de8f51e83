// heaplaw table print | verify | explain | diff
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/terminal.h"

namespace heaplaw::cli {

// What main runs once the arguments are read.
using Action = std::function<Exit(const Terminal&)>;

struct PrintOptions {
  std::string release;
  std::vector<std::string> parameters;  // NAME=VALUE
  bool rows = false;
};
Exit table_print(const PrintOptions& options, const Terminal& terminal);

struct VerifyOptions {
  std::vector<std::string> files;
  bool all = false;    // every inconsistency, not the first twenty
  bool exact = false;  // only byte for byte is good enough
};
Exit table_verify(const VerifyOptions& options, const Terminal& terminal);

struct ExplainOptions {
  std::string bytes;
  std::string release;
  std::vector<std::string> experiments;
  bool pointers = false;
  int bits = 64;
};
Exit table_explain(const ExplainOptions& options, const Terminal& terminal);

struct DiffOptions {
  std::string from, to;  // releases or files
};
Exit table_diff(const DiffOptions& options, const Terminal& terminal);

// Adds the subcommands; whichever was chosen sets `action`.
void add_table_commands(CLI::App& app, Action& action);

}  // namespace heaplaw::cli
