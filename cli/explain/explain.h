// heaplaw explain: where a process's memory is, part by part, and what that means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/explain/moments.h"
#include "cli/table/table_commands.h"
#include "cli/terminal.h"
#include "evidence/explanation/findings.h"
#include "evidence/explanation/ledger.h"

namespace heaplaw::cli {

// As given on the command line; empty where not.
struct LedgerOptions {
  std::string file;  // "-": standard input
  std::string rss, virt, live;
  std::string release;
  std::string gogc, limit;
  std::string snapshot;   // its number from 1; empty: the newest
  std::string process;    // part of the labels of those that are meant
  bool all = false;       // every snapshot
  std::string svg, html;  // new files
};
Exit explain_ledger(const LedgerOptions& options, const Terminal& terminal);

void add_explain_command(CLI::App& app, Action& action);

// A moment with what was found about it, as it is reported.
struct Explained {
  std::string file;
  Moment moment;
  evidence::Observation observation;
  evidence::Ledger ledger;
  std::vector<evidence::Finding> findings;

  // Whether the figures of one moment contradict each other.
  [[nodiscard]] bool fails() const;
};

// "12.8GiB", "77632 KiB", "13743895347": bytes. Throws std::invalid_argument that says what the
// number was for.
[[nodiscard]] std::uint64_t parse_bytes(std::string_view text, std::string_view what);

}  // namespace heaplaw::cli
