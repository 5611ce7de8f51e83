#include "cli/audit/audit.h"

#include <algorithm>

#include "cli/audit/scan_file.h"
#include "cli/new_file.h"
#include "evidence/bounded_reader.h"
#include "evidence/evidence_reader.h"
#include "vocabulary/input_error.h"

namespace heaplaw::cli {

std::unique_ptr<AuditedFile> audit_file(const std::string& path, Progress& progress) {
  auto file = std::make_unique<AuditedFile>();
  file->name = evidence::display_name(path);
  try {
    evidence::EvidenceReader reader(file->auditor);
    scan_file(path, {}, [&](const evidence::EvidenceBlock& block) {
      reader.take(block);
      progress.show(fmt::format("{}: {} lines", file->name, grouped(reader.lines())));
    });
    reader.finish();
    file->lines = reader.lines();
    file->other_metrics = reader.other_metrics();
    file->traced = reader.traced();
    if (file->auditor.evaluations() == 0) {
      const auto& refused = file->auditor.refused();
      const std::string found = file->lines == 0  ? "an empty file"
                                : refused.empty() ? "nothing known"
                                                  : refused[0].why;
      throw InputError({.file = file->name, .line = refused.empty() ? 0 : refused[0].line}, found,
                       "figures of Go's memory: a heap profile, gctrace, scavtrace, MemStats, "
                       "expvar, Prometheus or runtime/metrics");
    }
  } catch (const InputError& error) {
    file->error = error.what();
  }
  return file;
}

Exit audit(const AuditOptions& options, const Terminal& terminal) {
  Exit exit = Exit::holds;
  auto json = nlohmann::ordered_json::array();
  std::vector<std::unique_ptr<AuditedFile>> files;
  if (!options.junit.empty()) expect_new_file(options.junit);
  Progress progress(terminal);
  for (const std::string& path : options.files) {
    const AuditedFile& file = *files.emplace_back(audit_file(path, progress));
    progress.clear();
    if (terminal.json) json.push_back(to_json(file));
    if (!file.error.empty()) {
      terminal.complain("heaplaw: {}\n", file.error);
      exit = std::max(exit, Exit::bad_input);
      continue;
    }
    if (!terminal.json) report(file, options.all, terminal);
    if (file.auditor.fails()) exit = std::max(exit, Exit::violated);
  }
  if (terminal.json)
    terminal.print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  if (!options.junit.empty()) {
    std::vector<const AuditedFile*> all;
    for (const auto& file : files) all.push_back(file.get());
    write_new_file(options.junit, to_junit(all));
  }
  return exit;
}

void add_audit_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "audit", "The laws on dumps, logs and metrics of real Go programs, whatever their format");
  auto options = std::make_shared<AuditOptions>();
  command->add_option("FILE", options->files, "Files; - is standard input")->required();
  command->add_flag("--all", options->all, "Every law that holds and every line left out");
  command->add_option("--junit", options->junit, "Write results as JUnit XML to a new file");
  command->footer(
      "An exact or bounded law that is broken is a fault: exit status 1. Advisory ones are not.\n"
      "Example: curl -s localhost:6060/debug/pprof/heap?debug=1 | heaplaw audit -");
  command->callback([options, &action] {
    action = [options](const Terminal& terminal) { return audit(*options, terminal); };
  });
}

}  // namespace heaplaw::cli
