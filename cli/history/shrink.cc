#include "cli/history/shrink.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>

#include <nlohmann/json.hpp>

#include "cli/history/history_input.h"
#include "cli/history/verdict_report.h"
#include "cli/interrupt.h"
#include "cli/new_file.h"

namespace heaplaw::cli {

namespace {

using Clock = std::chrono::steady_clock;

Trace read_history(const ShrinkOptions& options) {
  HistoryInput input(options.file, options.bytes);
  if (input.kind() == HistoryKind::recording) {
    throw InputError({.file = input.name()}, "a recording",
                     "a trace: nothing can be cut from what a process did");
  }
  Trace trace = input.trace();
  if (!options.release.empty()) trace.release = Release::parse(options.release);
  expect_modelled(trace.release, input.name());
  return trace;
}

class Shrinking {
 public:
  Shrinking(const ShrinkOptions& options, const Terminal& terminal, const Lineup& lineup)
      : options_(options),
        terminal_(terminal),
        trace_(read_history(options)),
        finder_(lineup, guard_.interrupted()) {}

  Exit run() {
    const auto failure = finder_.first(trace_, options_.failure);
    if (!failure) return nothing_to_shrink();
    search(*failure);
    const std::string text = file_text();
    try {
      write_new_file(options_.out, text);
    } catch (const OutputError&) {
      // What was found is worth more than a place of its own.
      if (!terminal_.json) terminal_.print("{}", text);
      throw;
    }
    report(*failure);
    return Exit::holds;
  }

 private:
  Exit nothing_to_shrink() {
    if (guard_.interrupted()) {
      throw std::runtime_error("interrupted before the history was seen to fail");
    }
    if (terminal_.json) {
      const nlohmann::ordered_json json = {{"failed", false},
                                           {"operations", trace_.operations.size()}};
      terminal_.print("{}\n", json.dump(2));
    } else {
      terminal_.print("{}: does not fail in {} operations, so there is nothing to shrink\n",
                      options_.file, grouped(trace_.operations.size()));
    }
    return Exit::violated;
  }

  void search(const Failure& failure) {
    const std::chrono::duration<double> budget(options_.seconds);
    const auto begun = Clock::now();
    Progress progress(terminal_);
    const auto fails_at =
        finder_.fails_at(std::chrono::ceil<std::chrono::seconds>(budget) + std::chrono::seconds(1));
    shrunk_ = oracle::shrink(
        finder_.failing(),
        [&](const Trace& candidate) {
          progress.show(fmt::format("shrink: {} operations of {}, {:.0f} of {:.0f} s",
                                    grouped(smallest_), grouped(trace_.operations.size()),
                                    std::chrono::duration<double>(Clock::now() - begun).count(),
                                    options_.seconds));
          return fails_at(candidate);
        },
        {.time_max = std::chrono::ceil<std::chrono::milliseconds>(budget),
         .interrupted = &guard_.interrupted()},
        [&](const Trace& smaller) {
          smallest_ = smaller.operations.size();
          last_ = finder_.last();
          return true;
        });
    seconds_ = Clock::now() - begun;
    // No time for anything: what is known is how it failed first.
    if (!shrunk_.failed) last_ = failure;
  }

  [[nodiscard]] std::string_view ending() const {
    if (shrunk_.finished) return "nothing smaller was found";
    return guard_.interrupted() ? "interrupted" : "out of time";
  }

  [[nodiscard]] std::string file_text() const {
    return fmt::format("# {} operations, shrunk from {}; {}\n{}", shrunk_.trace.operations.size(),
                       trace_.operations.size(), describe(last_), print(shrunk_.trace));
  }

  void report(const Failure& failure) const {
    if (terminal_.json) return report_json(failure);
    terminal_.print("{}: {}\n", options_.file, describe(failure));
    terminal_.print("{}: shrunk from {} to {} operations in {:.1f} s and {} runs; {}\n",
                    options_.out, grouped(trace_.operations.size()),
                    grouped(shrunk_.trace.operations.size()), seconds_.count(),
                    grouped(shrunk_.runs), ending());
    if (last_.divergence) {
      terminal_.print("{}", heaplaw::report(*last_.divergence));
    } else {
      terminal_.print("{}\n", describe(last_));
    }
    constexpr std::size_t readable = 50;
    if (shrunk_.trace.operations.size() <= readable) terminal_.print("{}", print(shrunk_.trace));
  }

  void report_json(const Failure& failure) const {
    nlohmann::ordered_json json = {{"failed", true},
                                   {"out", options_.out},
                                   {"operations_before", trace_.operations.size()},
                                   {"operations", shrunk_.trace.operations.size()},
                                   {"seconds", seconds_.count()},
                                   {"runs", shrunk_.runs},
                                   {"finished", shrunk_.finished},
                                   {"interrupted", guard_.interrupted().load()},
                                   {"failure_before", describe(failure)},
                                   {"failure", describe(last_)}};
    if (last_.divergence) json["divergence"] = to_json(*last_.divergence);
    terminal_.print("{}\n", json.dump(2));
  }

  const ShrinkOptions& options_;
  const Terminal& terminal_;
  Trace trace_;
  InterruptGuard guard_;
  FailureFinder finder_;
  oracle::Shrunk shrunk_;
  std::size_t smallest_ = 0;
  std::chrono::duration<double> seconds_{};
  Failure last_;
};

}  // namespace

Exit shrink(const ShrinkOptions& options, const Terminal& terminal, const Lineup& lineup) {
  expect_new_file(options.out);
  return Shrinking(options, terminal, lineup).run();
}

void add_shrink_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("shrink", "The smallest history that still fails");
  auto options = std::make_shared<ShrinkOptions>();
  command
      ->add_option("FILE", options->file,
                   "A trace or the bytes of a fuzzer's crash; - is standard input")
      ->required();
  command->add_option("-o,--out", options->out, "The new file; nothing is written over")
      ->required();
  command->add_option("--seconds", options->seconds, "How long to search at most")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  const std::map<std::string, FailureWish> wishes = {
      {"any", FailureWish::any}, {"same", FailureWish::same}, {"crash", FailureWish::crash}};
  command
      ->add_option("--failure", options->failure,
                   "any: whatever it fails by, a divergence or the death of the judge; same: only "
                   "the law or field of the first divergence; crash: only a death")
      ->transform(CLI::CheckedTransformer(wishes));
  command->add_flag("--bytes", options->bytes, "The file is a fuzzer's bytes even if it is text");
  command->add_option("--release", options->release, "Replay it as this release's");
  command->footer(
      "An interrupt ends the search and keeps the best found so far.\n"
      "Exit status: 0 OUT was written, 1 the history does not fail, 2 bad input.\n"
      "Example: heaplaw shrink crash-da39a3ee -o small.trace");
  command->callback([options, &action] {
    action = [options](const Terminal& terminal) { return shrink(*options, terminal); };
  });
}

}  // namespace heaplaw::cli
