// heaplaw top: which functions a heap profile charges.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "cli/table/table_commands.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

struct TopOptions {
  std::string file;  // "-": standard input
  bool inuse_space = false, alloc_space = false, inuse_objects = false, alloc_objects = false;
  bool cum = false;
  std::string count = "0";  // of functions; 0: all
};
Exit top(const TopOptions& options, const Terminal& terminal);

void add_top_command(CLI::App& app, Action& action);

}  // namespace heaplaw::cli
