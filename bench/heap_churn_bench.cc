// How fast a process is simulated: 3,000,000 operations of churn, and a heap of a terabyte.
//
//   cmake --preset bench && cmake --build --preset bench
//   build/bench/bench/heap_churn_bench
#include <benchmark/benchmark.h>

#include "churn.h"
#include "model/runtime.h"

namespace heaplaw::model {
namespace {

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
