#include "cli/table/table_commands.h"

#include <memory>

#include "vocabulary/release_facts.h"

namespace heaplaw::cli {

namespace {

// The options live as long as the callback that runs with them.
template <typename Options>
std::shared_ptr<Options> on_parse(CLI::App* command, Action& action,
                                  Exit (*run)(const Options&, const Terminal&)) {
  auto options = std::make_shared<Options>();
  command->callback([&action, options, run] {
    action = [options, run](const Terminal& terminal) { return run(*options, terminal); };
  });
  return options;
}

void add_release(CLI::App* command, std::string& release) {
  release = newest_release.name();
  command->add_option("--go", release, "Go release, such as 1.19.8 or 1.26rc1")
      ->capture_default_str();
}

}  // namespace

void add_table_commands(CLI::App& app, Action& action) {
  CLI::App* table = app.add_subcommand("table", "Go's size-class table");
  table->require_subcommand(1);

  CLI::App* print = table->add_subcommand("print", "Regenerate sizeclasses.go of a release");
  auto p = on_parse(print, action, table_print);
  add_release(print, p->release);
  print->add_option("--set", p->parameters,
                    "NAME=VALUE: another parameter, such as page_size=16384; may be repeated");
  print->add_flag("--rows", p->rows, "Only the comment table; any release has one");
  print->footer("Example: heaplaw table print --go 1.19 | cmp - sizeclasses.go");

  CLI::App* verify = table->add_subcommand("verify",
                                           "Say which release a sizeclasses.go is from, "
                                           "or everything that is wrong with it");
  auto v = on_parse(verify, action, table_verify);
  verify->add_option("FILE", v->files, "Files to verify; - is standard input")->required();
  verify->add_flag("--all", v->all, "Print every inconsistency, not only the first twenty");
  verify->add_flag("--exact", v->exact, "Fail unless the file is byte for byte a known edition");
  verify->footer(
      "Exit status: 0 consistent, 1 inconsistent, 2 not readable as a table.\n"
      "Example: heaplaw table verify \"$(go env GOROOT)\"/src/internal/runtime/gc/"
      "sizeclasses.go");

  CLI::App* explain =
      table->add_subcommand("explain", "Say why a size lands where it does and what it wastes");
  auto e = on_parse(explain, action, table_explain);
  explain->add_option("BYTES", e->bytes, "Size of the request")->required();
  add_release(explain, e->release);
  explain->add_option("--experiment", e->experiments, "A GOEXPERIMENT of that release");
  explain->add_flag("--pointers", e->pointers, "The object may hold pointers");
  explain->add_option("--bits", e->bits, "Width of a pointer")
      ->check(CLI::IsMember({32, 64}))
      ->capture_default_str();
  explain->footer("Example: heaplaw table explain 100 --go 1.26 --pointers");

  CLI::App* diff = table->add_subcommand("diff", "Show what changed between two tables");
  auto d = on_parse(diff, action, table_diff);
  diff->add_option("FROM", d->from, "A release or a sizeclasses.go")->required();
  diff->add_option("TO", d->to, "A release or a sizeclasses.go")->required();
  diff->footer("Exit status: 0 in either case.\nExample: heaplaw table diff 1.15 1.16");
}

}  // namespace heaplaw::cli
