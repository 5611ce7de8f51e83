// What the model takes for what it simulates. The goals: no more than 1/8192 of the heap's bytes
// for pages, 128 bytes for a span beside the bits of its objects, and 16 bytes for a live handle.
//
//   cmake --preset bench && cmake --build --preset bench
//   build/bench/bench/heap_memory_bench
#include <benchmark/benchmark.h>

#include "model/runtime.h"

namespace heaplaw::model {
namespace {

double ratio(std::uint64_t a, std::uint64_t b) {
  return static_cast<double>(a) / static_cast<double>(b);
}

// So many objects of one size, with names from 1 on or far apart.
void objects(benchmark::State& state, Bytes size, std::uint64_t name_step) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    Runtime runtime(Release::parse("go1.19.8"), 1);
    static_cast<void>(runtime.apply(Operation::gc_percent(value_off)));
    for (std::uint64_t i = 1; i <= count; ++i) {
      static_cast<void>(runtime.apply(Operation::alloc(i * name_step, size, ObjectKind::noscan)));
    }
    const HeapState& heap = runtime.state();
    state.counters["heap_bytes_per_page_byte"] =
        ratio(runtime.mem_stats().heap_sys, heap.pages.metadata().raw());
    state.counters["bytes_per_span"] =
        ratio(heap.spans.records_memory().raw() + heap.spans.metadata().raw(), heap.spans.count());
    state.counters["bytes_per_handle"] = ratio(heap.objects.memory(), heap.objects.size());
  }
}

void spans_of_one_object(benchmark::State& state) { objects(state, 8_KiB, 1); }
void large_objects(benchmark::State& state) { objects(state, 1_MiB, 1); }
void small_objects(benchmark::State& state) { objects(state, 48_B, 1); }
void small_objects_with_far_names(benchmark::State& state) {
  objects(state, 48_B, std::uint64_t{1} << 40);
}
BENCHMARK(spans_of_one_object)->Arg(1 << 17)->Arg(3 << 16)->Arg((1 << 17) + 1)->Iterations(1);
BENCHMARK(large_objects)->Arg(1 << 20)->Iterations(1);
BENCHMARK(small_objects)->Arg(1 << 20)->Arg((1 << 20) + 100)->Arg(3 << 19)->Iterations(1);
BENCHMARK(small_objects_with_far_names)->Arg(1 << 20)->Arg(3 << 19)->Iterations(1);

}  // namespace
}  // namespace heaplaw::model
