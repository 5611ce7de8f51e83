#include "cli/conform/conform.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>
#include <stdexcept>
#include <thread>

#include "cli/conform/report.h"
#include "cli/interrupt.h"
#include "cli/new_file.h"
#include "cli/number.h"
#include "oracle/golang/go_error.h"

namespace heaplaw::cli {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

// Small, so that it is easily typed again; 32 bits of difference are enough for a campaign.
std::uint64_t random_seed() { return std::random_device()(); }

void expect_model(const oracle::Toolchain& toolchain) {
  try {
    for (const Party party : {Party::model, Party::naive}) {
      expect_to_know(party, toolchain.release);
    }
  } catch (const std::invalid_argument& error) {
    throw oracle::GoError(fmt::format("{}: {}: nothing to compare it with: {}",
                                      toolchain.go.string(), toolchain.release, error.what()));
  }
}

void make_folder(const std::string& folder) {
  if (folder.empty()) return;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw OutputError(fmt::format("{}: {}", folder, error.message()));
  expect_new_file(folder + "/new");
}

ConformResult run_with_progress(const oracle::Recorder& recorder, const Release& release,
                                const ConformOrder& order, const std::atomic<bool>& interrupted,
                                const Terminal& terminal) {
  ConformProgress done;
  Progress line(terminal);
  const auto begun = Clock::now();
  const std::jthread ticker([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      line.show(fmt::format("{}: {} of {} traces, {} addresses, {:.0f} s", release,
                            done.traces.load(), order.traces, grouped(done.addresses),
                            seconds_since(begun)));
    }
  });
  return run_conform(recorder, release, order, interrupted, done);
}

}  // namespace

Exit conform(const ConformOptions& options, const Terminal& terminal) {
  const std::uint64_t seed =
      options.seed.empty() ? random_seed() : parse_number(options.seed, "--seed");
  const InterruptGuard guard;
  const oracle::Toolchain toolchain = oracle::toolchain_at(options.go, &guard.interrupted());
  expect_model(toolchain);
  make_folder(options.keep);

  const auto build_begun = Clock::now();
  const oracle::Recorder recorder(toolchain, &guard.interrupted());
  ConformHeading heading{.go = toolchain.go.string(),
                         .release = toolchain.release,
                         .seed = seed,
                         .build_seconds = seconds_since(build_begun)};
  const auto begun = Clock::now();
  const ConformOrder order{
      .traces = options.traces,
      .seed = seed,
      .operations = options.operations,
      .seconds = options.seconds,
      .jobs = options.jobs ? options.jobs : std::max(1u, std::thread::hardware_concurrency()),
      .keep = options.keep};
  const ConformResult result =
      run_with_progress(recorder, toolchain.release, order, guard.interrupted(), terminal);
  heading.seconds = seconds_since(begun);
  heading.interrupted = guard.interrupted();
  if (terminal.json) {
    terminal.print("{}\n", to_json(heading, result).dump(2));
  } else {
    print_report(heading, result, terminal);
  }
  if (!result.wrong.empty()) return Exit::violated;
  return result.holds() ? Exit::holds : Exit::bad_input;
}

void add_conform_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "conform", "Have a real Go execute random traces, and compare model and oracle with it");
  auto options = std::make_shared<ConformOptions>();
  command->add_option("--go", options->go, "A GOROOT, a go command, or its name in PATH")
      ->required();
  command->add_option("--traces", options->traces, "How many traces")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}))
      ->capture_default_str();
  command->add_option("--operations", options->operations, "Cut traces off after so many")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}));
  command->add_option("--seed", options->seed, "Repeat a run with the seed that it printed");
  command->add_option("--keep", options->keep, "A folder for the recordings, which is made");
  command->add_option("--seconds", options->seconds, "Begin no trace after so long")
      ->check(CLI::Range(0.0, 1e9));
  command->add_option("--jobs", options->jobs, "Processes at a time; 0 is one a processor")
      ->check(CLI::Range(0u, 1024u))
      ->capture_default_str();
  command->footer(
      "Exit status: 0 everybody does what Go did, 1 somebody is wrong, 2 it cannot be told.\n"
      "Example: heaplaw conform --go /usr/lib/go-1.19 --traces 200 --seed 7");
  command->callback([options, &action] {
    action = [options](const Terminal& terminal) { return conform(*options, terminal); };
  });
}

}  // namespace heaplaw::cli
