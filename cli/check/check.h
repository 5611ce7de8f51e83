// heaplaw check: the main job. Everything that can be checked on this machine, with a count of
// each.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/table/table_commands.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

struct CheckOptions {
  double seconds = 5;              // of the random campaign
  unsigned jobs = 0;               // threads of the campaign; 0: one a processor
  std::string seed;                // empty: any
  std::vector<std::string> files;  // verified as well
};
Exit check(const CheckOptions& options, const Terminal& terminal);

void add_check_command(CLI::App& app, Action& action);

}  // namespace heaplaw::cli
