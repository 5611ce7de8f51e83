// heaplaw conform: a real Go executes random traces, and everybody must do what it did.
#pragma once

#include <cstdint>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/table/table_commands.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

struct ConformOptions {
  std::string go;  // a GOROOT, a go command, or its name
  std::uint64_t traces = 200;
  std::uint64_t operations = SIZE_MAX;  // of a trace, about
  std::string seed;                     // empty: any
  std::string keep;                     // a folder for the recordings; empty: none
  double seconds = 1e9;                 // no trace is begun later
  unsigned jobs = 0;                    // 0: one a processor
};

// Throws oracle::GoError where that Go cannot be asked, OutputError where nothing can be kept.
Exit conform(const ConformOptions& options, const Terminal& terminal);

void add_conform_command(CLI::App& app, Action& action);

}  // namespace heaplaw::cli
