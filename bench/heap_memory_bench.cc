// What the model takes for what it simulates. The goals: no more than 1/8192 of the heap's bytes
// for pages from 16 MiB on, 128 bytes for a span beside the bits of its objects, and 16 bytes for a
// live handle from 1000 handles on.
//
//   cmake --preset bench && cmake --build --preset bench
//   build/bench/bench/heap_memory_bench
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "model/handles/handle_table.h"
#include "model/runtime.h"

namespace heaplaw::model {
namespace {

double ratio(std::uint64_t a, std::uint64_t b) {
  return static_cast<double>(a) / static_cast<double>(b);
}

// So many objects of one size, with names from 1 on or far apart.
void objects(benchmark::State& state, Bytes size, std::uint64_t name_step,
             const char* release = "go1.19.8") {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    Runtime runtime(Release::parse(release), 1);
    static_cast<void>(runtime.apply(Operation::gc_percent(value_off)));
    for (std::uint64_t i = 1; i <= count; ++i) {
      static_cast<void>(runtime.apply(Operation::alloc(i * name_step, size, ObjectKind::noscan)));
    }
    const HeapState& heap = runtime.state();
    state.counters["heap_MiB"] = static_cast<double>(runtime.mem_stats().heap_sys >> 20);
    state.counters["heap_bytes_per_page_byte"] =
        ratio(runtime.mem_stats().heap_sys, heap.pages.metadata().raw());
    state.counters["bytes_per_span"] =
        ratio(heap.spans.records_memory().raw() + heap.spans.metadata().raw(), heap.spans.count());
    state.counters["bytes_per_handle"] = ratio(heap.objects.memory(), heap.objects.size());
  }
}

void spans_of_one_object(benchmark::State& state) { objects(state, 8_KiB, 1); }
void spans_of_one_object_go1_26(benchmark::State& state) { objects(state, 8_KiB, 1, "go1.26.8"); }
void large_objects(benchmark::State& state) { objects(state, 1_MiB, 1); }
void small_objects(benchmark::State& state) { objects(state, 48_B, 1); }
void small_objects_with_far_names(benchmark::State& state) {
  objects(state, 48_B, std::uint64_t{1} << 40);
}

// So many handles with names from anywhere, and what a handle takes when a tenth of them is left.
void handles_with_random_names(benchmark::State& state) {
  std::mt19937_64 random(1);
  std::vector<std::uint64_t> names(static_cast<std::size_t>(state.range(0)));
  for (auto& name : names) name = random();
  for (auto _ : state) {
    HandleTable handles;
    for (const std::uint64_t name : names) handles.insert(name, 1);
    state.counters["bytes_per_handle"] = ratio(handles.memory(), handles.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i % 10 != 0) handles.take(names[i]);
    }
    handles.trim(handles.size());
    state.counters["bytes_per_handle_left"] = ratio(handles.memory(), handles.size());
  }
}

// A million ever new names, a step from one to the next, of which so many live; and what a handle
// takes when one of 64 is left.
void handles_with_new_names(benchmark::State& state, std::uint64_t step) {
  const auto live = static_cast<std::uint64_t>(state.range(0));
  constexpr std::uint64_t names = 1'000'000;
  for (auto _ : state) {
    HandleTable handles;
    for (std::uint64_t i = 0; i < names; ++i) {
      handles.insert(i * step, 1);
      if (i >= live) handles.take((i - live) * step);
    }
    state.counters["bytes_per_handle"] = ratio(handles.memory(), handles.size());
    for (std::uint64_t i = names - live; i < names; ++i) {
      if (i % 64 != 0) handles.take(i * step);
    }
    handles.trim(handles.size());
    state.counters["bytes_per_handle_left"] = ratio(handles.memory(), handles.size());
  }
}
void handles_with_sequential_names(benchmark::State& state) { handles_with_new_names(state, 1); }
void handles_with_scattered_names(benchmark::State& state) { handles_with_new_names(state, 64); }

// Heaps of 8, 12, 16, 20, 32 and 52 MiB.
BENCHMARK(spans_of_one_object)->Arg(1 << 10)->Arg(3 << 9)->Arg(1 << 11)->Iterations(1);
BENCHMARK(spans_of_one_object)->Arg((1 << 11) + 1)->Arg(1 << 12)->Arg(13 << 9)->Iterations(1);
BENCHMARK(spans_of_one_object_go1_26)->Arg(1 << 10)->Arg(3 << 9)->Arg(1 << 11)->Iterations(1);
BENCHMARK(spans_of_one_object_go1_26)->Arg((1 << 11) + 1)->Arg(1 << 17)->Iterations(1);
BENCHMARK(spans_of_one_object)->Arg(1 << 17)->Arg(3 << 16)->Arg((1 << 17) + 1)->Iterations(1);
BENCHMARK(large_objects)->Arg(1 << 20)->Iterations(1);
BENCHMARK(small_objects)->Arg(1 << 20)->Arg((1 << 20) + 100)->Arg(3 << 19)->Iterations(1);
BENCHMARK(small_objects_with_far_names)->Arg(1 << 20)->Arg(3 << 19)->Iterations(1);
BENCHMARK(handles_with_random_names)->Arg(1000)->Arg(1 << 17)->Arg(1 << 20)->Iterations(1);
BENCHMARK(handles_with_sequential_names)->Arg(1000)->Arg(100'000)->Arg(1'000'000)->Iterations(1);
BENCHMARK(handles_with_scattered_names)->Arg(1000)->Arg(100'000)->Arg(1'000'000)->Iterations(1);

}  // namespace
}  // namespace heaplaw::model
