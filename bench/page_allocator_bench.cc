// One page allocation or free, in a heap of 1 GiB and of 1 TiB (the argument is the heap in GiB).
//
//   cmake --preset bench && cmake --build --preset bench && build/bench/bench/page_allocator_bench
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "model/pages/page_allocator.h"

namespace heaplaw::model {
namespace {

constexpr Address start{0xc000000000};
constexpr std::size_t working_set = 1 << 17;  // pages: all of 1 GiB

class FullHeap {
 public:
  explicit FullHeap(const benchmark::State& state)
      : size_{Bytes{static_cast<std::uint64_t>(state.range(0)) << 30}} {
    pages.grow({start, start + size_});
    (void)pages.alloc(Pages{size_ / page_size});
  }
  // As many pages in the highest gibibyte as anywhere: the search has to come from far away.
  [[nodiscard]] Address at_the_top(std::size_t i) const {
    return start + size_ - page_size * (working_set - i % working_set);
  }
  // The same number of pages, spread evenly.
  [[nodiscard]] Address spread(std::size_t i) const {
    return start + size_ / working_set * (i % working_set);
  }
  [[nodiscard]] Bytes size() const { return size_; }
  void report(benchmark::State& state) const {
    state.counters["bytes_per_metadata_byte"] =
        static_cast<double>(size_.raw()) / static_cast<double>(pages.metadata().raw());
  }

  PageAllocator pages{facts_of(Release::parse("1.19"))};

 private:
  Bytes size_;
};

// Places in a fixed shuffled order, computed beforehand.
template <typename Place>
std::vector<Address> shuffled(Place place) {
  std::mt19937_64 random(1);
  std::vector<Address> order(working_set);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = place(i);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  return order;
}

// A page is freed and taken again: two operations.
void free_and_alloc(benchmark::State& state, FullHeap& heap, const std::vector<Address>& order) {
  std::size_t i = 0;
  for (auto _ : state) {
    heap.pages.free(order[i], 1_pages);
    benchmark::DoNotOptimize(heap.pages.alloc(1_pages));
    i = (i + 1) % order.size();
  }
  state.SetItemsProcessed(2 * state.iterations());
  heap.report(state);
}

void one_page_at_the_top(benchmark::State& state) {
  FullHeap heap(state);
  free_and_alloc(state, heap, shuffled([&](std::size_t i) { return heap.at_the_top(i); }));
}

void one_page_anywhere(benchmark::State& state) {
  FullHeap heap(state);
  free_and_alloc(state, heap, shuffled([&](std::size_t i) { return heap.spread(i); }));
}

// The same where no chunk is full: each has a free page that no run of two can use.
void two_pages_anywhere_among_holes(benchmark::State& state) {
  FullHeap heap(state);
  for (std::uint64_t chunk = 0; chunk < heap.size() / chunk_size; ++chunk) {
    heap.pages.free(start + chunk_size * chunk + page_size * 300, 1_pages);
  }
  const std::vector<Address> order = shuffled(
      [&](std::size_t i) { return start + align_down(heap.spread(i) - start, page_size * 2); });
  std::size_t i = 0;
  for (auto _ : state) {
    // Not the hole itself nor beside it.
    const Address pages =
        page_in_chunk(order[i].raw()) / 8 == 300 / 8 ? order[i] + page_size * 16 : order[i];
    heap.pages.free(pages, 2_pages);
    benchmark::DoNotOptimize(heap.pages.alloc(2_pages));
    i = (i + 1) % order.size();
  }
  state.SetItemsProcessed(2 * state.iterations());
  heap.report(state);
}

// Half of the working set is free and the search is from the lowest page: every free is followed by
// an allocation that has to find another page.
void one_page_in_a_fragmented_heap(benchmark::State& state) {
  FullHeap heap(state);
  const std::vector<Address> order = shuffled([&](std::size_t i) { return heap.at_the_top(i); });
  std::vector<Address> held(order.begin() + working_set / 2, order.end());
  for (std::size_t i = 0; i < working_set / 2; ++i) heap.pages.free(order[i], 1_pages);
  std::size_t i = 0;
  for (auto _ : state) {
    heap.pages.free(held[i], 1_pages);
    held[i] = heap.pages.alloc(1_pages)->address;
    i = (i + 7919) % held.size();
  }
  state.SetItemsProcessed(2 * state.iterations());
}

// The whole heap page by page, from empty to full and back, in ascending order.
void fill_and_empty(benchmark::State& state) {
  FullHeap heap(state);
  for (auto _ : state) {
    for (std::size_t i = 0; i < working_set; ++i) heap.pages.free(heap.at_the_top(i), 1_pages);
    for (std::size_t i = 0; i < working_set; ++i) (void)heap.pages.alloc(1_pages);
  }
  state.SetItemsProcessed(2 * std::int64_t{working_set} * state.iterations());
}

// Runs of 1 to 16 pages, the oldest freed first.
void runs_of_pages(benchmark::State& state) {
  FullHeap heap(state);
  heap.pages.free(heap.at_the_top(0), Pages{working_set});
  std::mt19937_64 random(2);
  std::vector<std::pair<Address, Pages>> ring(4096);
  for (auto& [address, n] : ring) {
    n = Pages{1 + random() % 16};
    address = heap.pages.alloc(n)->address;
  }
  std::size_t i = 0;
  for (auto _ : state) {
    auto& [address, n] = ring[i];
    heap.pages.free(address, n);
    n = Pages{1 + (n.raw() * 7 + i) % 16};
    address = heap.pages.alloc(n)->address;
    i = (i + 1) % ring.size();
  }
  state.SetItemsProcessed(2 * state.iterations());
}

void refill_a_cache(benchmark::State& state) {
  FullHeap heap(state);
  heap.pages.free(heap.at_the_top(0), Pages{working_set});
  for (auto _ : state) {
    PageCache cache = heap.pages.alloc_to_cache();
    heap.pages.flush(cache);
  }
  state.SetItemsProcessed(2 * state.iterations());
}

#define HEAPLAW_PAGE_BENCH(function) BENCHMARK(function)->Arg(1)->Arg(1024)
HEAPLAW_PAGE_BENCH(one_page_at_the_top);
// What a page costs here grows with what the metadata takes beyond the processor's caches: 9 bytes
// a chunk where chunks are full. Among holes each chunk has bits of its own, 16 MiB of them in a
// terabyte, and no cache has those of a random one.
BENCHMARK(one_page_anywhere)->Arg(1)->Arg(16)->Arg(128)->Arg(1024);
HEAPLAW_PAGE_BENCH(two_pages_anywhere_among_holes);
HEAPLAW_PAGE_BENCH(one_page_in_a_fragmented_heap);
HEAPLAW_PAGE_BENCH(fill_and_empty);
HEAPLAW_PAGE_BENCH(runs_of_pages);
HEAPLAW_PAGE_BENCH(refill_a_cache);

}  // namespace
}  // namespace heaplaw::model
