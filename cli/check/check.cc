#include "cli/check/check.h"

#include <atomic>
#include <csignal>
#include <memory>
#include <random>
#include <thread>

#include <nlohmann/json.hpp>

#include "cli/check/campaign.h"
#include "cli/check/histories.h"
#include "cli/check/installed_go.h"
#include "cli/check/stages.h"
#include "cli/number.h"
#include "cli/table/source.h"
#include "cli/table/verify_report.h"
#include "evidence/bounded_reader.h"

namespace heaplaw::cli {

namespace {

std::atomic<bool> interrupted = false;

// The first interrupt ends the campaign, so that its result is still printed; a second one kills.
class InterruptGuard {
 public:
  InterruptGuard() {
    interrupted = false;
    before_ = std::signal(SIGINT, [](int) {
      interrupted = true;
      std::signal(SIGINT, SIG_DFL);
    });
  }
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard() { std::signal(SIGINT, before_); }

 private:
  void (*before_)(int);
};

std::uint64_t random_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

// Files that somebody brought or that a Go on this machine holds.
StageResult check_files(const std::vector<std::string>& paths, bool& unreadable) {
  StageResult result{.name = "sizeclasses.go on this machine"};
  std::uint64_t verified = 0;
  for (const std::string& path : paths) {
    try {
      const Verification v =
          verify(evidence::read_bounded(path, table_file_bytes_max), evidence::display_name(path));
      ++verified;
      if (v.consistent()) continue;
      const Inconsistency& first = v.inconsistencies.front();
      result.fail(
          fmt::format("{}: {}: found {}, expected {} ({}); `heaplaw table verify` says more",
                      to_string(first.place), first.what, first.found, first.expected, first.rule));
    } catch (const InputError& error) {
      unreadable = true;
      result.fail(error.what());
    }
  }
  result.count("files", verified);
  return result;
}

using Campaign = StageResult (*)(const CampaignOptions&);

StageResult run_with_progress(Campaign campaign, std::string_view what, double seconds,
                              std::uint64_t seed, unsigned jobs, const Terminal& terminal) {
  std::atomic<std::uint64_t> tried = 0;
  std::atomic<bool> done = false;
  Progress progress(terminal);
  std::jthread ticker([&] {
    const auto begun = std::chrono::steady_clock::now();
    while (!done) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begun;
      progress.show(fmt::format("{}: {:.0f} of {:.0f} s, {} tried", what, elapsed.count(), seconds,
                                grouped(tried)));
    }
  });
  StageResult result = campaign(
      {.seconds = seconds, .jobs = jobs, .seed = seed, .interrupted = interrupted, .tried = tried});
  done = true;
  return result;
}

void print_stage(const StageResult& stage, const Terminal& terminal) {
  std::string counts;
  for (const auto& [what, times] : stage.counts) {
    counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", grouped(times), what);
  }
  terminal.print("{:<38} {}  {}\n", stage.name,
                 stage.holds() ? terminal.good("holds") : terminal.bad("FAILS"), counts);
  for (const std::string& failure : stage.failures) terminal.print("    {}\n", failure);
  if (const auto hidden = stage.failure_count - stage.failures.size(); hidden > 0) {
    terminal.print("    and {} more\n", hidden);
  }
}

nlohmann::ordered_json to_json(const StageResult& stage) {
  nlohmann::ordered_json json = {{"stage", stage.name},
                                 {"holds", stage.holds()},
                                 {"counts", nlohmann::ordered_json::object()},
                                 {"failures", stage.failures},
                                 {"failure_count", stage.failure_count}};
  for (const auto& [what, times] : stage.counts) json["counts"][what] = times;
  return json;
}

}  // namespace

Exit check(const CheckOptions& options, const Terminal& terminal) {
  const std::uint64_t seed =
      options.seed.empty() ? random_seed() : parse_number(options.seed, "--seed");
  const unsigned jobs =
      options.jobs ? options.jobs : std::max(1u, std::thread::hardware_concurrency());

  std::vector<std::string> files = installed_size_class_files();
  const bool go_installed = !files.empty();
  for (const std::string& path : options.files) files.push_back(size_class_file_at(path));

  const InterruptGuard guard;
  bool unreadable = false;
  std::vector<StageResult> stages;
  const auto run = [&](StageResult result) {
    if (!terminal.json) print_stage(result, terminal);
    stages.push_back(std::move(result));
  };
  run(check_editions());
  run(check_documented_tables());
  run(check_table_laws());
  run(check_placements());
  if (!files.empty()) run(check_files(files, unreadable));
  // Histories have far more corners than tables.
  constexpr double share_of_tables = 0.2;
  const auto random_part = [&](Campaign campaign, std::string_view what, double share) {
    run(run_with_progress(campaign, what, options.seconds * share, seed, jobs, terminal));
  };
  random_part(run_campaign, "random tables", share_of_tables);
  random_part(run_histories, "random histories", 1 - share_of_tables);

  const bool holds = std::ranges::all_of(stages, &StageResult::holds);
  if (terminal.json) {
    nlohmann::ordered_json json = {{"holds", holds},
                                   {"seed", seed},
                                   {"interrupted", interrupted.load()},
                                   {"go_installed", go_installed},
                                   {"stages", nlohmann::ordered_json::array()}};
    for (const StageResult& stage : stages) json["stages"].push_back(to_json(stage));
    terminal.print("{}\n", json.dump(2));
  } else {
    if (!go_installed) terminal.print("no Go is installed here, so none was verified\n");
    terminal.print("seed {}{}: {}\n", seed, interrupted ? ", interrupted" : "",
                   holds ? terminal.good("everything holds") : terminal.bad("something FAILS"));
  }
  if (unreadable) return Exit::bad_input;
  return holds ? Exit::holds : Exit::violated;
}

void add_check_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "check", "The main job: check everything that can be checked on this machine");
  auto options = std::make_shared<CheckOptions>();
  command->add_option("FILE", options->files,
                      "A sizeclasses.go or a GOROOT to verify, beside those found by itself");
  command->add_option("--seconds", options->seconds, "How long the random part takes")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  command->add_option("--jobs", options->jobs, "Threads of the random part; 0 is one a processor")
      ->check(CLI::Range(0u, 1024u))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Repeat a run with the seed that it printed");
  command->footer(
      "Exit status: 0 everything holds, 1 something is violated, 2 bad input.\n"
      "Example: heaplaw check --seconds 30 --seed 7");
  command->callback([options, &action] {
    action = [options](const Terminal& terminal) { return check(*options, terminal); };
  });
}

}  // namespace heaplaw::cli
