// heaplaw replay: a history in any form, through model and oracle in lockstep under all laws; a
// recording also against the real process that it was made of.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "cli/history/lineup.h"
#include "cli/table/table_commands.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

struct ReplayOptions {
  std::string file;     // "-" is standard input
  bool step = false;    // show the state after each operation
  bool bytes = false;   // a fuzzer's bytes, whatever they look like
  std::string release;  // instead of the history's own
};

// Holds if nothing diverged; bad input is also a history that proves nothing. Throws InputError.
Exit replay(const ReplayOptions& options, const Terminal& terminal,
            const Lineup& lineup = model_and_oracle);

void add_replay_command(CLI::App& app, Action& action);

}  // namespace heaplaw::cli
