#include "cli/history/replay.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "cli/history/history_input.h"
#include "cli/history/lockstep.h"
#include "cli/history/step_printer.h"
#include "cli/history/verdict_report.h"
#include "oracle/recording/compare.h"

namespace heaplaw::cli {

namespace {

constexpr std::uint64_t progress_period = 1024;

// Keeps what is known of one replay until all of it can be said.
class Replay {
 public:
  Replay(const ReplayOptions& options, const Terminal& terminal, const Lineup& lineup)
      : options_(options),
        terminal_(terminal),
        lineup_(lineup),
        input_(options.file, options.bytes),
        steps_(terminal),
        progress_(terminal) {}

  Exit run() {
    json_["file"] = input_.name();
    json_["kind"] = name_of(input_.kind());
    if (input_.kind() == HistoryKind::recording) {
      replay_recording();
    } else {
      replay_trace();
    }
    if (terminal_.json) finish_json();
    if (diverged_) return Exit::violated;
    if (unproved_.empty()) return Exit::holds;
    progress_.clear();
    terminal_.complain("heaplaw: {}: proves nothing: {}\n", input_.name(), unproved_);
    return Exit::bad_input;
  }

 private:
  void replay_trace() {
    OperationSource operations = input_.operations();
    if (!options_.release.empty()) operations.release = Release::parse(options_.release);
    introduce(operations, name_of(input_.kind()));
    judge(operations);
  }

  void replay_recording() {
    if (!options_.release.empty()) {
      throw std::invalid_argument("--release: a recording is what one release did, so it has none");
    }
    const Recording recording = input_.recording();
    const OperationSource operations = operations_of(recording);
    introduce(operations, "recording");
    judge(operations);
    for (const auto& subject : lineup_(operations.release, operations.procs, operations.start)) {
      report(oracle::compare(recording, *subject), subject->name());
    }
  }

  void introduce(const OperationSource& operations, std::string_view kind) {
    expect_modelled(operations.release, input_.name());
    json_["release"] = operations.release.name();
    json_["procs"] = operations.procs;
    if (terminal_.json) return;
    terminal_.print("{}: {} of {}, {} P{}\n", input_.name(), kind, operations.release,
                    operations.procs, operations.procs == 1 ? "" : "s");
  }

  void judge(const OperationSource& operations) {
    const bool json_steps = options_.step && terminal_.json;
    if (json_steps) terminal_.print("{{\n\"steps\": [");
    const oracle::Verdict verdict =
        judge_in_lockstep(operations, lineup_, [this](const Step& step) {
          if (options_.step) {
            steps_.show(step);
          } else if (step.index % progress_period == 0) {
            progress_.show(fmt::format("replay: {} operations", grouped(step.index)));
          }
          return true;
        });
    progress_.clear();
    if (json_steps) terminal_.print("\n],\n");
    for (const std::string& what : verdict.unproved) {
      unproved_ += (unproved_.empty() ? "" : "; ") + what;
    }
    json_["lockstep"] = to_json(verdict);
    say("model against oracle", verdict.divergence, counts_of(verdict.counts));
  }

  void report(const oracle::RecordingVerdict& verdict, std::string_view who) {
    json_["against_process"][std::string(who)] = to_json(verdict);
    if (!verdict.divergence && !verdict.holds()) unproved_ = "nothing was compared";
    say(fmt::format("{} against the real process", who), verdict.divergence, counts_of(verdict));
  }

  void say(std::string_view what, const std::optional<Divergence>& divergence,
           const Counts& counts) {
    diverged_ |= divergence.has_value();
    if (terminal_.json) return;
    terminal_.print("{}: {}  {}\n", what,
                    divergence ? terminal_.bad("FAILS") : terminal_.good("no divergence"),
                    describe(counts));
    if (divergence) terminal_.print("{}", heaplaw::report(*divergence));
  }

  // After the steps, if there are any, which have opened the document.
  void finish_json() {
    json_["holds"] = !diverged_ && unproved_.empty();
    const std::string document = json_.dump(2);
    terminal_.print("{}\n", std::string_view(document).substr(options_.step ? 1 : 0));
  }

  const ReplayOptions& options_;
  const Terminal& terminal_;
  const Lineup& lineup_;
  HistoryInput input_;
  StepPrinter steps_;
  Progress progress_;
  nlohmann::ordered_json json_;
  std::string unproved_;
  bool diverged_ = false;
};

}  // namespace

Exit replay(const ReplayOptions& options, const Terminal& terminal, const Lineup& lineup) {
  return Replay(options, terminal, lineup).run();
}

void add_replay_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("replay", "Run a trace, a crash file or a recording under all laws");
  auto options = std::make_shared<ReplayOptions>();
  command
      ->add_option("FILE", options->file,
                   "A trace, a recording, or the bytes of a fuzzer's crash; - is standard input")
      ->required();
  command->add_flag("--step", options->step,
                    "Show after each operation its answer, what changed, and the page map");
  command->add_flag("--bytes", options->bytes, "The file is a fuzzer's bytes even if it is text");
  command->add_option("--release", options->release, "Replay a trace as this release's");
  command->footer(
      "Exit status: 0 no divergence, 1 a divergence, 2 bad input.\n"
      "Example: heaplaw replay --step crash-da39a3ee");
  command->callback([options, &action] {
    action = [options](const Terminal& terminal) { return replay(*options, terminal); };
  });
}

}  // namespace heaplaw::cli
