// A history, in bytes or as text: the model and the naive oracle live through it in lockstep, under
// the laws on heaps and their own invariants. Texts with errors and releases without a model are
// left alone; the mutator makes none.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <span>

#include <fmt/format.h>

#include "fuzz/heap_lockstep.h"
#include "fuzz/trace_input.h"
#include "fuzz/trace_mutator.h"
#include "vocabulary/check.h"
#include "vocabulary/trace_slot.h"

extern "C" {
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
int LLVMFuzzerInitialize(int* argc, char*** argv);
std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t size_max);
std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max,
                                    unsigned seed);
std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* first, std::size_t first_size,
                                      const std::uint8_t* second, std::size_t second_size,
                                      std::uint8_t* out, std::size_t size_max, unsigned seed);
}

namespace {

using heaplaw::fuzz::TraceMutator;

// What a whole run got through, said at its end.
struct Tally {
  std::uint64_t operations = 0;
  std::uint64_t laws = 0;
};
Tally tally;

void say_tally() {
  const double seconds = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
  fmt::print(stderr, "heap: {} operations, {:.0f} a processor second, {} laws evaluated\n",
             tally.operations, static_cast<double>(tally.operations) / seconds, tally.laws);
}

std::size_t copied(const TraceMutator::Output& from, std::uint8_t* to) {
  std::copy(from.begin(), from.end(), to);
  return from.size();
}

}  // namespace

int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) { return std::atexit(say_tally); }

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto trace = heaplaw::fuzz::history_of({data, size});
  if (!trace) return 0;
  const heaplaw::oracle::Verdict verdict = heaplaw::fuzz::judge_for_fuzzing(*trace);
  tally.operations += verdict.counts.operations;
  tally.laws += verdict.counts.all_law_evaluations();
  HEAPLAW_CHECK(!verdict.divergence, "{}",
                heaplaw::fuzz::describe_failure(*verdict.divergence, *trace));
  return 0;
}

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max,
                                    unsigned seed) {
  if (size_max < heaplaw::trace_slot_bytes) return 0;
  // Now and then bytes, since libFuzzer knows which numbers the code compared.
  if (seed % 16 == 0) size = LLVMFuzzerMutate(data, size, size_max);
  return copied(TraceMutator(seed).mutate({data, size}, size_max), data);
}

std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* first, std::size_t first_size,
                                      const std::uint8_t* second, std::size_t second_size,
                                      std::uint8_t* out, std::size_t size_max, unsigned seed) {
  if (size_max < heaplaw::trace_slot_bytes) return 0;
  return copied(TraceMutator(seed).cross_over({first, first_size}, {second, second_size}, size_max),
                out);
}
