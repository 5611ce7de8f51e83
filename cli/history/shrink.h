// heaplaw shrink: the smallest history that still fails.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "cli/history/failure.h"
#include "cli/history/lineup.h"
#include "cli/table/table_commands.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

struct ShrinkOptions {
  std::string file;     // "-" is standard input
  std::string out;      // a new file
  double seconds = 30;  // how long to search at most
  FailureWish failure = FailureWish::any;
  bool bytes = false;   // a fuzzer's bytes, whatever they look like
  std::string release;  // instead of the history's own
};

// Holds if `out` has been written, which an interrupt only hurries; violated if the history does
// not fail, so that there is nothing to shrink; bad input else. Throws InputError, OutputError.
Exit shrink(const ShrinkOptions& options, const Terminal& terminal,
            const Lineup& lineup = model_and_oracle);

void add_shrink_command(CLI::App& app, Action& action);

}  // namespace heaplaw::cli
