#include "oracle/naive/stacks.h"

#include <algorithm>
#include <bit>

#include "oracle/naive/page_heap.h"

namespace heaplaw::oracle::naive {

namespace {

constexpr std::uint64_t bytes_of_order(unsigned order) { return stack_bytes_min << order; }
constexpr unsigned stacks_per_span(unsigned order) {
  return static_cast<unsigned>(stack_span_pages * page_bytes / bytes_of_order(order));
}
constexpr unsigned order_of(std::uint64_t bytes) {
  return static_cast<unsigned>(std::countr_zero(bytes / stack_bytes_min));
}

// ST-2: from the span at the head of the list; of a new span the highest stack first.
Stack take_from_pool(State& state, unsigned order) {
  std::vector<SpanId>& pool = state.stack_pools[order];
  if (pool.empty()) {
    const SpanId id = allocate_manual_span(state, stack_span_pages, SpanKind::stack);
    Span& fresh = state.spans[id];
    fresh.stack_bytes = bytes_of_order(order);
    for (unsigned i = 0; i < stacks_per_span(order); ++i) fresh.free_stacks.push_back(i);
    pool.push_back(id);
  }
  const SpanId id = pool.back();
  Span& span = state.spans[id];
  const Stack stack{id, span.free_stacks.back()};
  span.free_stacks.pop_back();
  if (span.free_stacks.empty()) pool.pop_back();
  return stack;
}

// ST-2, ST-4: no collection runs while stacks are freed, so that an empty span goes at once.
void give_to_pool(State& state, unsigned order, Stack stack) {
  std::vector<SpanId>& pool = state.stack_pools[order];
  Span& span = state.spans[stack.span];
  if (span.free_stacks.empty()) pool.push_back(stack.span);
  span.free_stacks.push_back(stack.index);
  if (span.free_stacks.size() < stacks_per_span(order)) return;
  pool.erase(std::ranges::find(pool, stack.span));
  free_span(state, stack.span);
}

}  // namespace

Stack allocate_stack(State& state, std::uint64_t bytes) {
  if (order_of(bytes) >= stack_orders) {
    const SpanId id = allocate_manual_span(state, bytes / page_bytes, SpanKind::stack);
    state.spans[id].stack_bytes = bytes;
    return {id, 0};
  }
  const unsigned order = order_of(bytes);
  std::vector<Stack>& cache = state.proc().stacks[order];
  if (cache.empty()) {  // ST-3
    while (cache.size() * bytes < stack_cache_bytes / 2) {
      cache.push_back(take_from_pool(state, order));
    }
  }
  const Stack stack = cache.back();
  cache.pop_back();
  return stack;
}

void free_stack(State& state, Stack stack) {
  const std::uint64_t bytes = state.spans[stack.span].stack_bytes;
  if (order_of(bytes) >= stack_orders) {
    free_span(state, stack.span);
    return;
  }
  const unsigned order = order_of(bytes);
  std::vector<Stack>& cache = state.proc().stacks[order];
  if (cache.size() * bytes >= stack_cache_bytes) {
    while (cache.size() * bytes > stack_cache_bytes / 2) {
      give_to_pool(state, order, cache.back());
      cache.pop_back();
    }
  }
  cache.push_back(stack);
}

void flush_stacks(State& state, Proc& proc) {
  for (unsigned order = 0; order < stack_orders; ++order) {
    std::vector<Stack>& cache = proc.stacks[order];
    while (!cache.empty()) {
      give_to_pool(state, order, cache.back());
      cache.pop_back();
    }
  }
}

}  // namespace heaplaw::oracle::naive
