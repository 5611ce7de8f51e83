// The heaplaw command. Exit status: 0 what was asked holds, 1 it is violated, 2 bad input or usage.
#include <cstdlib>
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "cli/audit/audit.h"
#include "cli/check/check.h"
#include "cli/conform/conform.h"
#include "cli/explain/explain.h"
#include "cli/history/replay.h"
#include "cli/history/shrink.h"
#include "cli/laws.h"
#include "cli/table/table_commands.h"
#include "cli/terminal.h"
#include "cli/top/top.h"
#include "vocabulary/input_error.h"

namespace heaplaw::cli {
namespace {

int exit_status(Exit exit) { return static_cast<int>(exit); }

bool wants_color() {
  const char* const term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR") && term &&
         std::string_view(term) != "dumb";
}

// Whatever goes wrong is one line that names the program, and nothing half-printed is a success.
int run(const Action& action, bool json) {
  const Terminal terminal{.out = std::cout,
                          .err = std::cerr,
                          .color = !json && wants_color(),
                          .progress = isatty(STDERR_FILENO) != 0,
                          .json = json};
  try {
    const Exit exit = action(terminal);
    std::cout.flush();
    if (!std::cout) {
      terminal.complain("heaplaw: standard output: could not write all of the result\n");
      return exit_status(Exit::bad_input);
    }
    return exit_status(exit);
  } catch (const std::exception& error) {
    std::cout.flush();
    terminal.complain("heaplaw: {}\n", error.what());
    return exit_status(Exit::bad_input);
  }
}

// The parser library answers a misspelt command with "A subcommand is required"; say which it was.
bool knows_command(const CLI::App& app, std::string_view word, std::string& commands) {
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == word) return true;
    commands += (commands.empty() ? "" : ", ") + command->get_name();
  }
  return word.starts_with('-');
}

int main_with(int argc, char** argv) {
  CLI::App app{"An executable specification of Go's heap", "heaplaw"};
  app.set_version_flag("--version", "heaplaw " HEAPLAW_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  bool json = false;
  app.add_flag("--json", json, "Print results as one JSON document");
  app.footer(
      "Exit status: 0 it holds, 1 it is violated, 2 bad input or usage.\n"
      "Example: heaplaw table explain 100 --go 1.26 --pointers");

  Action action;
  add_check_command(app, action);
  add_conform_command(app, action);
  add_replay_command(app, action);
  add_shrink_command(app, action);
  add_audit_command(app, action);
  add_explain_command(app, action);
  add_top_command(app, action);
  add_table_commands(app, action);
  CLI::App* laws = app.add_subcommand("laws", "The book of laws");
  LawsOptions laws_options;
  laws->add_flag("--markdown", laws_options.markdown, "As a page of documentation");
  laws->footer("Example: heaplaw laws --json");
  laws->callback([&] {
    action = [&](const Terminal& terminal) { return print_laws(laws_options, terminal); };
  });

  if (std::string commands; argc > 1 && !knows_command(app, argv[1], commands)) {
    fmt::print(stderr, "heaplaw: no command {}; expected one of {}\n", quote(argv[1]), commands);
    return exit_status(Exit::bad_input);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked_for) {
    return app.exit(asked_for);
  } catch (const CLI::ParseError& error) {
    app.exit(error, std::cerr, std::cerr);
    return exit_status(Exit::bad_input);
  }
  return run(action, json);
}

}  // namespace
}  // namespace heaplaw::cli

int main(int argc, char** argv) { return heaplaw::cli::main_with(argc, argv); }
