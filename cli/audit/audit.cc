#include "cli/audit/audit.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "cli/audit/scan_file.h"
#include "evidence/bounded_reader.h"
#include "evidence/evidence_reader.h"
#include "vocabulary/input_error.h"

namespace heaplaw::cli {

namespace {

// A new file, whole or not at all; never over another one.
void write_new_file(const std::string& path, const std::string& text) {
  const std::string partial = path + ".partial";
  const int fd = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  const auto fail = [&](int code) {
    throw InputError({.file = path}, std::generic_category().message(code), "a new file to write");
  };
  if (fd < 0) fail(errno);
  std::size_t written = 0;
  int error = 0;
  while (written < text.size() && error == 0) {
    const ssize_t got = ::write(fd, text.data() + written, text.size() - written);
    if (got < 0 && errno != EINTR) error = errno;
    if (got > 0) written += static_cast<std::size_t>(got);
  }
  if (::close(fd) != 0 && error == 0) error = errno;
  // A link fails where a rename would write over what is there.
  if (error == 0 && ::link(partial.c_str(), path.c_str()) != 0) error = errno;
  ::unlink(partial.c_str());
  if (error != 0) fail(error);
}

}  // namespace

std::unique_ptr<AuditedFile> audit_file(const std::string& path) {
  auto file = std::make_unique<AuditedFile>();
  file->name = evidence::display_name(path);
  try {
    evidence::EvidenceReader reader(file->auditor);
    scan_file(path, {}, [&](const evidence::EvidenceBlock& block) { reader.take(block); });
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
  for (const std::string& path : options.files) {
    const AuditedFile& file = *files.emplace_back(audit_file(path));
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
