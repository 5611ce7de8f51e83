// How fast a process is simulated: 3,000,000 operations of churn, and a heap of a terabyte.
//
//   cmake --preset bench && cmake --build --preset bench
//   build/bench/bench/heap_churn_bench
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "model/runtime.h"

namespace heaplaw::model {
namespace {

constexpr std::size_t churn_operations = 3'000'000;
constexpr std::uint64_t seed = 1;

// Objects of mixed small sizes, more small ones than large ones, come and go in random order; about
// three quarters of `live_max` live at a time. Names are used again, as a program's variables are.
std::vector<Operation> churn(std::size_t live_max) {
  std::mt19937_64 random(seed);
  std::vector<Operation> operations;
  std::vector<std::uint64_t> live;
  std::vector<std::uint64_t> free_names;
  operations.reserve(churn_operations);
  while (operations.size() < churn_operations) {
    const bool may_grow = live.size() < live_max;
    if (may_grow && (live.size() < live_max / 2 || random() % 2 == 0)) {
      std::uint64_t name = live.size() + free_names.size();
      if (!free_names.empty()) name = free_names.back(), free_names.pop_back();
      const std::uint64_t size_max = std::uint64_t{8} << random() % 9;
      operations.push_back(
          Operation::alloc(name, Bytes{1 + random() % size_max},
                           random() % 2 == 0 ? ObjectKind::noscan : ObjectKind::scan));
      live.push_back(name);
    } else {
      std::swap(live[random() % live.size()], live.back());
      operations.push_back(Operation::drop(live.back()));
      free_names.push_back(live.back());
      live.pop_back();
    }
  }
  return operations;
}

void churning(benchmark::State& state) {
  const auto operations = churn(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    Runtime runtime(Release::parse("go1.19.8"), 1);
    for (const Operation& operation : operations) {
      benchmark::DoNotOptimize(runtime.apply(operation));
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(operations.size()) * state.iterations());
  state.counters["per_operation"] = benchmark::Counter(
      static_cast<double>(operations.size()),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(churning)->Arg(1000)->Arg(20000)->Arg(200000)->Unit(benchmark::kMillisecond);

// Objects of 1 MiB until the heap has so many GiB, and one that comes and goes on top.
void large_objects(benchmark::State& state) {
  const auto objects = static_cast<std::uint64_t>(state.range(0)) << 10;
  Runtime runtime(Release::parse("go1.19.8"), 1);
  static_cast<void>(runtime.apply(Operation::gc_percent(value_off)));
  for (std::uint64_t name = 1; name <= objects; ++name) {
    static_cast<void>(runtime.apply(Operation::alloc(name, 1_MiB, ObjectKind::noscan)));
  }
  std::uint64_t name = objects;
  for (auto _ : state) {
    static_cast<void>(runtime.apply(Operation::alloc(++name, 1_MiB, ObjectKind::noscan)));
  }
  state.counters["GiB"] = static_cast<double>(runtime.mem_stats().heap_sys >> 30);
}
BENCHMARK(large_objects)->Arg(1)->Arg(1024)->Iterations(10000);

}  // namespace
}  // namespace heaplaw::model
