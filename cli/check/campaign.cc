#include "cli/check/campaign.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "cli/table/source.h"
#include "model/size_class_table.h"
#include "oracle/tables/class_finder.h"
#include "oracle/tables/table_laws.h"
#include "properties/random.h"
#include "properties/random_parameters.h"
#include "properties/table_corruption.h"
#include "vocabulary/size_class_edition.h"

namespace heaplaw::cli {

namespace {

using properties::Corruption;
using properties::Random;
using Clock = std::chrono::steady_clock;

struct Worker {
  std::uint64_t seed;
  StageResult result{};
  std::uint64_t possible = 0, impossible = 0, corrupted = 0;

  void try_parameters(std::uint64_t case_seed);
  void try_corruption(std::uint64_t case_seed);
};

void Worker::try_parameters(std::uint64_t case_seed) {
  Random random(case_seed);
  const SizeClassParameters p = properties::random_parameters(random);
  try {
    const model::SizeClasses classes(p);
    ++possible;
    const Bytes step = p.small_size_div;
    for (Bytes size = 1_B; size <= p.max_small_size; size += 1_B + Bytes{random.below(64)}) {
      // The lookups know sizes by their entry, so the class is the smallest for the entry's end.
      const bool fine = classes.looks_up_fine(size);
      const Bytes end =
          fine ? align_up(size, step)
               : p.small_size_max + align_up(std::max(size, p.small_size_max) - p.small_size_max,
                                             p.large_size_div);
      if (classes.class_of(size) == oracle::smallest_class_holding(classes.all(), end)) continue;
      result.fail(fmt::format("seed {}: {}: class of {} is not the smallest that holds {}",
                              case_seed, describe(p), size, end));
      return;
    }
  } catch (const model::ImpossibleParameters& error) {
    ++impossible;
    if (std::string_view(error.what()).empty()) {
      result.fail(fmt::format("seed {}: {}: refused without a reason", case_seed, describe(p)));
    }
  }
}

void Worker::try_corruption(std::uint64_t case_seed) {
  Random random(case_seed);
  const SizeClassEdition& edition = random.pick(size_class_editions());
  SizeClassTable table = model::size_class_table(edition);
  const Corruption corruption = properties::corrupt(table, random);
  oracle::TableFindings findings;
  oracle::judge(table, findings);
  ++corrupted;
  if (findings.total() == 0) {
    result.fail(fmt::format("seed {}: edition {}: {}: no law noticed", case_seed, edition.id,
                            describe(corruption)));
  }
}

}  // namespace

StageResult run_campaign(const StageOptions& options) {
  const auto deadline = Clock::now() + std::chrono::duration<double>(options.seconds);
  std::vector<Worker> workers;
  for (unsigned i = 0; i < options.jobs; ++i) workers.push_back({.seed = options.seed + i});
  {
    std::vector<std::jthread> threads;
    threads.reserve(workers.size());
    for (Worker& worker : workers) {
      threads.emplace_back([&] {
        Random seeds(worker.seed);
        // At least one round, so that even no time at all checks something.
        do {
          worker.try_parameters(seeds.next());
          worker.try_corruption(seeds.next());
          options.tried += 2;
        } while (Clock::now() < deadline && !options.interrupted);
      });
    }
  }
  StageResult all{.name = "random parameters and corruptions"};
  std::uint64_t possible = 0;
  std::uint64_t impossible = 0;
  std::uint64_t corrupted = 0;
  for (Worker& worker : workers) {
    for (std::string& failure : worker.result.failures) all.fail(std::move(failure));
    possible += worker.possible;
    impossible += worker.impossible;
    corrupted += worker.corrupted;
  }
  all.count("parameter sets", possible + impossible);
  all.count("corruptions noticed", corrupted);
  return all;
}

}  // namespace heaplaw::cli
