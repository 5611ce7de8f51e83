#include "cli/check/check.h"

#include <chrono>
#include <memory>
#include <random>
#include <thread>

#include "cli/check/campaign.h"
#include "cli/check/check_report.h"
#include "cli/check/corpus.h"
#include "cli/check/given_files.h"
#include "cli/check/installed_go.h"
#include "cli/check/reach_stage.h"
#include "cli/check/recordings.h"
#include "cli/check/stages.h"
#include "cli/interrupt.h"
#include "cli/number.h"
#include "vocabulary/reach.h"

namespace heaplaw::cli {

namespace {

std::uint64_t random_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

class Check {
 public:
  Check(const CheckOptions& options, const Terminal& terminal, const Lineup& lineup)
      : options_(options),
        terminal_(terminal),
        lineup_(lineup),
        seed_(options.seed.empty() ? random_seed() : parse_number(options.seed, "--seed")),
        jobs_(options.jobs ? options.jobs : std::max(1u, std::thread::hardware_concurrency())),
        corpus_(find_corpus(options.corpus)),
        report_(terminal, options.keep) {}

  Exit run() {
    reset_reach();
    // First, so that even a run that crashes can be repeated.
    if (!terminal_.json) terminal_.print("seed {}\n", seed_);
    check_tables();
    const bool readable = check_files();
    check_recordings();
    check_histories();
    check_random();
    if (!interrupted()) report_.add_reach(check_reach());
    conclude();
    if (!readable) return Exit::bad_input;
    return report_.holds() ? Exit::holds : Exit::violated;
  }

 private:
  using Stage = std::function<StageResult(const StageOptions&)>;

  [[nodiscard]] bool interrupted() const { return guard_.interrupted(); }

  void check_tables() {
    for (const auto stage :
         {check_editions, check_documented_tables, check_table_laws, check_placements}) {
      if (!interrupted()) report_.add(stage());
    }
  }

  bool check_files() {
    const std::vector<std::string> installed = installed_size_class_files();
    go_installed_ = !installed.empty();
    return check_given_files(stage_options(0), options_.files, installed,
                             [&](const StageResult& stage) { report_.add(stage); });
  }

  void check_recordings() {
    for (const auto& found : recordings_in(corpus_)) {
      const auto& release = found.first;
      const auto& files = found.second;
      if (!is_modelled(release)) continue;
      run("recordings", 0, [&](const StageOptions& stage) {
        return run_recordings(stage, fmt::format("recordings of {}", release), files);
      });
    }
  }

  void check_histories() {
    const auto traces = files_in(corpus_ + "/traces", ".trace");
    run("histories of one state", 0, [&](const StageOptions& stage) {
      return run_kept_histories(stage, "histories of one state each", traces, modelled_releases());
    });
    run("histories at a random base", 0, [&](const StageOptions& stage) {
      return run_begun_histories(stage, "the same, begun at a random base", traces,
                                 random_bases_in(corpus_));
    });
    const auto regressions = files_in(corpus_ + "/regressions/histories", ".trace");
    if (!regressions.empty()) {
      run("regressions", 0, [&](const StageOptions& stage) {
        return run_kept_histories(stage, "histories that once failed", regressions);
      });
    }
    for (const Release& release : modelled_releases()) {
      run("all small histories", 0, [&](const StageOptions& stage) {
        return run_small_worlds(stage, release, options_.world_length);
      });
    }
  }

  void check_random() {
    // Histories have far more corners than tables.
    constexpr double share_of_tables = 0.2;
    run("random tables", options_.seconds * share_of_tables, run_campaign);
    run("random histories", options_.seconds * (1 - share_of_tables),
        [](const StageOptions& stage) { return run_random_histories(stage, modelled_releases()); });
  }

  [[nodiscard]] StageOptions stage_options(double seconds) {
    return {.seconds = seconds,
            .jobs = jobs_,
            .seed = seed_,
            .interrupted = guard_.interrupted(),
            .tried = tried_,
            .lineup = lineup_};
  }

  void run(std::string_view what, double seconds, const Stage& stage) {
    if (interrupted()) return;
    std::atomic<bool> done = false;
    tried_ = 0;
    Progress progress(terminal_);
    std::jthread ticker([&] {
      const auto begun = std::chrono::steady_clock::now();
      while (!done) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begun;
        progress.show(fmt::format("{}: {:.0f}{} s, {} tried", what, elapsed.count(),
                                  seconds > 0 ? fmt::format(" of {:.0f}", seconds) : "",
                                  grouped(tried_)));
      }
    });
    StageResult result = stage(stage_options(seconds));
    done = true;
    ticker.join();
    progress.clear();
    report_.add(result);
  }

  void conclude() {
    if (terminal_.json) {
      const nlohmann::ordered_json json = {{"holds", report_.holds()},
                                           {"seed", seed_},
                                           {"interrupted", interrupted()},
                                           {"go_installed", go_installed_},
                                           {"stages", report_.stages()}};
      terminal_.print("{}\n", json.dump(2));
      return;
    }
    if (!go_installed_) terminal_.print("no Go is installed here, so none was verified\n");
    const std::string_view verdict = !report_.holds() ? "something FAILS"
                                     : interrupted()  ? "nothing failed so far"
                                                      : "everything holds";
    terminal_.print("seed {}{}: {}\n", seed_, interrupted() ? ", interrupted" : "",
                    report_.holds() ? terminal_.good(verdict) : terminal_.bad(verdict));
  }

  const CheckOptions& options_;
  const Terminal& terminal_;
  const Lineup& lineup_;
  std::uint64_t seed_;
  unsigned jobs_;
  std::string corpus_;
  CheckReport report_;
  InterruptGuard guard_;
  std::atomic<std::uint64_t> tried_ = 0;
  bool go_installed_ = false;
};

}  // namespace

Exit check(const CheckOptions& options, const Terminal& terminal, const Lineup& lineup) {
  return Check(options, terminal, lineup).run();
}

void add_check_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "check", "The main job: check everything that can be checked on this machine");
  auto options = std::make_shared<CheckOptions>();
  command->add_option("FILE", options->files,
                      "A trace, a crash file, a recording, a sizeclasses.go or a GOROOT to check, "
                      "beside what is found by itself");
  command->add_option("--seconds", options->seconds, "How long the random part takes")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  command->add_option("--jobs", options->jobs, "Threads; 0 is one a processor")
      ->check(CLI::Range(0u, 1024u))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Repeat a run with the seed that it printed");
  command
      ->add_option("--world-length", options->world_length,
                   "Steps of the histories of which all are judged; one more takes ten times as "
                   "long")
      ->check(CLI::Range(1, 12))
      ->capture_default_str();
  command->add_option("--keep", options->keep, "The folder for histories that fail")
      ->capture_default_str();
  command->add_option("--corpus", options->corpus,
                      "The folder of recordings and histories, if not the one that came with this");
  command->footer(
      "An interrupt ends it early and prints what was found so far.\n"
      "Exit status: 0 everything holds, 1 something is violated, 2 bad input.\n"
      "Example: heaplaw check --seconds 30 --seed 7");
  command->callback([options, &action] {
    action = [options](const Terminal& terminal) { return check(*options, terminal); };
  });
}

}  // namespace heaplaw::cli
