#include "model/stacks/stack_allocator.h"

#include "model/heap/span_source.h"
#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

constexpr unsigned nibble = 4;

unsigned slots_in_span(unsigned order) {
  return static_cast<unsigned>(stack_span_bytes / stack_bytes_of(order));
}
// A P that runs out takes half of what it may hold; one that holds all gives half back.
unsigned half_of_cache(unsigned order) { return slots_in_span(order) / 2; }

unsigned free_slots(const Span& span) { return span.slots - span.alloc_count(); }

}  // namespace

std::uint64_t StackAllocator::allocate(std::uint64_t bytes) {
  if (!is_pooled_stack(bytes)) {
    const SpanId id = SpanSource(s_).allocate_manual(SpanUse::stack, bytes >> page_shift);
    s_.spans[id].element_size = bytes;
    return ObjectRef::of(id, 0);
  }
  const unsigned order = order_of(bytes);
  StackCache& cache = s_.proc().stacks[order];
  if (cache.count == 0) refill(cache, order);
  return cache.pop();
}

void StackAllocator::refill(StackCache& cache, unsigned order) {
  // The last one taken is the first to be used.
  for (unsigned i = 0; i < half_of_cache(order); ++i) cache.push(take_from_pool(order));
}

void StackAllocator::free(std::uint64_t ref) {
  const SpanId id = ObjectRef::span(ref);
  const std::uint64_t bytes = s_.spans[id].element_size;
  HEAPLAW_ASSERT(s_.spans[id].use == SpanUse::stack, "no stack span at {:#x}", s_.spans[id].base);
  if (!is_pooled_stack(bytes)) return SpanSource(s_).free(id);
  const unsigned order = order_of(bytes);
  StackCache& cache = s_.proc().stacks[order];
  if (cache.count >= slots_in_span(order)) {
    HEAPLAW_REACH("stacks: a full cache gives half back");
    while (cache.count > half_of_cache(order)) return_to_pool(cache.pop(), order);
  }
  cache.push(ref);
}

void StackAllocator::flush(Proc& proc) {
  for (unsigned order = 0; order < stack_orders; ++order) {
    StackCache& cache = proc.stacks[order];
    while (cache.count > 0) return_to_pool(cache.pop(), order);
  }
}

SpanId StackAllocator::new_pool_span(unsigned order) {
  const SpanId id = SpanSource(s_).allocate_manual(SpanUse::stack, stack_span_bytes >> page_shift);
  Span& span = s_.spans[id];
  span.element_size = stack_bytes_of(order);
  span.slots = static_cast<std::uint16_t>(slots_in_span(order));
  // Pushed ascending, so that the highest address goes first.
  for (unsigned slot = 0; slot < span.slots; ++slot) {
    span.free_stacks = span.free_stacks << nibble | slot;
  }
  link(id, order);
  return id;
}

std::uint64_t StackAllocator::take_from_pool(unsigned order) {
  const SpanId id = s_.stack_pools[order] != no_span ? s_.stack_pools[order] : new_pool_span(order);
  Span& span = s_.spans[id];
  const auto slot = static_cast<unsigned>(span.free_stacks & ((1u << nibble) - 1));
  span.free_stacks >>= nibble;
  ++span.taken;
  if (free_slots(span) == 0) unlink(id, order);
  return ObjectRef::of(id, slot);
}

void StackAllocator::return_to_pool(std::uint64_t ref, unsigned order) {
  const SpanId id = ObjectRef::span(ref);
  Span& span = s_.spans[id];
  if (free_slots(span) == 0) link(id, order);
  span.free_stacks = span.free_stacks << nibble | ObjectRef::slot(ref);
  --span.taken;
  if (span.alloc_count() > 0) return;
  HEAPLAW_REACH("stacks: a pool span is emptied");
  unlink(id, order);
  SpanSource(s_).free(id);
}

// Between operations there is never one: only a running collection makes them wait, and in this
// process no stack is freed during one. Go looks at this point, and so do we.
void StackAllocator::free_empty_spans() {
  for (unsigned order = 0; order < stack_orders; ++order) {
    for (SpanId id = s_.stack_pools[order]; id != no_span;) {
      const SpanId next = s_.spans[id].list_next;
      if (s_.spans[id].alloc_count() == 0) {
        unlink(id, order);
        SpanSource(s_).free(id);
      }
      id = next;
    }
  }
}

void StackAllocator::link(SpanId id, unsigned order) {
  SpanId& head = s_.stack_pools[order];
  Span& span = s_.spans[id];
  span.list_previous = no_span;
  span.list_next = head;
  if (head != no_span) s_.spans[head].list_previous = id;
  head = id;
}

void StackAllocator::unlink(SpanId id, unsigned order) {
  Span& span = s_.spans[id];
  if (span.list_next != no_span) s_.spans[span.list_next].list_previous = span.list_previous;
  if (span.list_previous != no_span) {
    s_.spans[span.list_previous].list_next = span.list_next;
  } else {
    s_.stack_pools[order] = span.list_next;
  }
  span.list_next = span.list_previous = no_span;
}

}  // namespace heaplaw::model
