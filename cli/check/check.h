// heaplaw check: the main job. Everything that can be checked on this machine, with a count of
// each.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/check/histories.h"
#include "cli/history/lineup.h"
#include "cli/table/table_commands.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

struct CheckOptions {
  double seconds = 5;                             // of the random stages
  unsigned jobs = 0;                              // threads; 0: one a processor
  std::string seed;                               // of the random stages; empty: any
  std::size_t world_length = usual_world_length;  // of the exhaustive histories
  std::string corpus;                             // empty: the one that came with the program
  std::string keep = ".";                         // where counterexamples go
  std::vector<std::string> files;                 // checked as well
};
Exit check(const CheckOptions& options, const Terminal& terminal,
           const Lineup& lineup = model_and_oracle);

void add_check_command(CLI::App& app, Action& action);

}  // namespace heaplaw::cli
