// The command with a model in which a fault is planted: allocations of one size, 48 bytes if it is
// not given, answer the wrong address once there was a collection. `generate N` prints a long
// history that fails by it at its end.
#include <atomic>
#include <csignal>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/check/check.h"
#include "cli/history/replay.h"
#include "cli/history/shrink.h"
#include "faulty_lineup.h"
#include "properties/trace_generator.h"

namespace heaplaw::cli {
namespace {

// An interrupt always comes at the same place: before the subjects are made for the n-th time.
Lineup interrupted_at(std::uint64_t n, Lineup faulty) {
  const auto runs = std::make_shared<std::atomic<std::uint64_t>>(0);
  return [n, runs, faulty = std::move(faulty)](const Release& release, unsigned procs,
                                               const std::optional<HeapStart>& start) {
    if (++*runs == n) (void)std::raise(SIGINT);
    return faulty(release, procs, start);
  };
}

void print_history(std::uint64_t length) {
  Trace trace = properties::generate(1, {.length = length, .release = Release{19, 8}});
  std::erase_if(trace.operations, [](const Operation& operation) {
    return operation.kind == OperationKind::alloc && operation.value <= 64;
  });
  remove_breaches(trace);
  trace.operations.push_back(Operation::gc());
  trace.operations.push_back(Operation::alloc(length << 8, 48_B, ObjectKind::noscan));
  std::cout << print(trace);
}

int run(int argc, char** argv) {
  CLI::App app;
  ReplayOptions replaying;
  ShrinkOptions shrinking;
  CheckOptions checking;
  std::uint64_t length = 0;
  std::uint64_t size = 48;
  std::uint64_t interrupt_at = 0;
  bool json = false;
  app.add_flag("--json", json);
  app.add_option("--size", size);
  app.add_option("--interrupt-at", interrupt_at);
  app.fallthrough();
  const CLI::App* const replays = app.add_subcommand("replay");
  app.get_subcommand("replay")->add_option("FILE", replaying.file);
  const CLI::App* const shrinks = app.add_subcommand("shrink");
  app.get_subcommand("shrink")->add_option("FILE", shrinking.file);
  app.get_subcommand("shrink")->add_option("-o", shrinking.out);
  app.get_subcommand("shrink")->add_option("--seconds", shrinking.seconds);
  const CLI::App* const checks = app.add_subcommand("check");
  app.get_subcommand("check")->add_option("--seconds", checking.seconds);
  app.get_subcommand("check")->add_option("--seed", checking.seed);
  app.get_subcommand("check")->add_option("--world-length", checking.world_length);
  app.get_subcommand("check")->add_option("--corpus", checking.corpus);
  app.add_subcommand("generate")->add_option("N", length);
  CLI11_PARSE(app, argc, argv);
  const Lineup faulty = lineup_with([size] { return wrong_address_after_gc(size); });
  const Lineup lineup = interrupt_at > 0 ? interrupted_at(interrupt_at, faulty) : faulty;
  const Terminal terminal{.out = std::cout, .err = std::cerr, .json = json};
  if (replays->parsed()) return static_cast<int>(replay(replaying, terminal, lineup));
  if (shrinks->parsed()) return static_cast<int>(shrink(shrinking, terminal, lineup));
  if (checks->parsed()) return static_cast<int>(check(checking, terminal, lineup));
  print_history(length);
  return 0;
}

}  // namespace
}  // namespace heaplaw::cli

int main(int argc, char** argv) { return heaplaw::cli::run(argc, argv); }
