// How many operations a second the heap target gets through: model, oracle and laws, with the fuzz
// build's sanitizers, on one core. See fuzz_speed.sh.
//
//   heap_fuzz_speed SECONDS LENGTH|CORPUS...
//
// A length stands for generated histories of so many operations and for mutations of them, anything
// else for a folder of inputs. Each set is measured for so many seconds of processor time.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "fuzz/heap_lockstep.h"
#include "fuzz/trace_input.h"
#include "fuzz/trace_mutator.h"
#include "properties/trace_generator.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::fuzz {
namespace {

using Bytes = std::vector<std::uint8_t>;
namespace fs = std::filesystem;

// Of this process, so that a busy machine measures the same.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct InputSet {
  std::string name;
  std::vector<Bytes> inputs;
};

InputSet generated(std::uint64_t length) {
  InputSet set{fmt::format("generated, {} operations", length), {}};
  for (std::uint64_t seed = 0; seed < 50'000 / length; ++seed) {
    set.inputs.push_back(
        encode_trace(properties::generate(seed, {.length = length, .release = Release(19, 8)})));
  }
  return set;
}

// What a fuzzer makes of them, a few generations on.
InputSet mutated(const InputSet& from) {
  InputSet set{from.name + ", mutated", {}};
  std::uint64_t seed = 0;
  for (Bytes input : from.inputs) {
    const std::size_t size_max = input.size();
    for (int i = 0; i < 20; ++i) input = TraceMutator(++seed).mutate(input, size_max);
    set.inputs.push_back(std::move(input));
  }
  return set;
}

InputSet read_corpus(const fs::path& folder) {
  InputSet set{folder.string(), {}};
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().filename() == "README.md") continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    set.inputs.emplace_back(std::istreambuf_iterator<char>(stream),
                            std::istreambuf_iterator<char>());
  }
  return set;
}

// What one pass over a set came to. Nothing if something diverged.
std::optional<oracle::JudgeCounts> judge_all(const InputSet& set) {
  oracle::JudgeCounts counts;
  for (const Bytes& input : set.inputs) {
    const auto trace = history_of(input);
    if (!trace) continue;
    const oracle::Verdict verdict = judge_for_fuzzing(*trace);
    if (verdict.divergence) {
      fmt::print(stderr, "{}\n", describe_failure(*verdict.divergence, *trace));
      return std::nullopt;
    }
    counts += verdict.counts;
  }
  return counts;
}

// The fastest round counts, since whatever else the machine does only makes rounds slower. False if
// there was nothing to measure, or something diverged.
bool measure(const InputSet& set, double seconds) {
  const double start = processor_seconds();
  double fastest = std::numeric_limits<double>::infinity();
  std::uint64_t rounds = 0;
  oracle::JudgeCounts counts;
  do {
    const double before = processor_seconds();
    const auto round = judge_all(set);
    if (!round) return false;
    fastest = std::min(fastest, processor_seconds() - before);
    counts = *round;
    ++rounds;
  } while (processor_seconds() - start < seconds);
  if (counts.operations == 0 || counts.all_law_evaluations() == 0) return false;
  const auto a_second = [&](std::uint64_t n) { return static_cast<double>(n) / fastest; };
  fmt::print("{:<36} {:>9.0f} operations/s {:>8.0f} histories/s {:>8.0f} laws/s, best of {}\n",
             set.name, a_second(counts.operations), a_second(set.inputs.size()),
             a_second(counts.all_law_evaluations()), rounds);
  std::fflush(stdout);
  return true;
}

int run(double seconds, const std::vector<std::string>& sets) {
  bool measured = true;
  for (const std::string& set : sets) {
    if (set.find_first_not_of("0123456789") != std::string::npos) {
      measured = measure(read_corpus(set), seconds) && measured;
      continue;
    }
    const InputSet plain = generated(std::stoull(set));
    measured = measure(plain, seconds) && measured;
    measured = measure(mutated(plain), seconds) && measured;
  }
  return measured ? 0 : 1;
}

}  // namespace
}  // namespace heaplaw::fuzz

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: heap_fuzz_speed SECONDS LENGTH|CORPUS...\n");
    return 2;
  }
  return heaplaw::fuzz::run(std::strtod(argv[1], nullptr), {argv + 2, argv + argc});
}
