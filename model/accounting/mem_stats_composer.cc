#include "model/accounting/mem_stats_composer.h"

#include <algorithm>

namespace heaplaw::model {

namespace {

ObjectCounts counts_with_caches(const HeapState& state) {
  ObjectCounts counts = state.counts;
  for (const Proc& proc : state.procs) {
    for (const SpanId id : proc.cached) {
      if (id == no_span) continue;
      const Span& span = state.spans[id];
      counts.add_small(span, static_cast<std::uint64_t>(span.alloc_count() - span.counted));
    }
    counts.tiny_mallocs += proc.tiny_uncounted;
  }
  return counts;
}

void put_objects(const HeapState& state, const ObjectCounts& counts, MemStats& stats) {
  // A tiny object is freed, for the books, as soon as it is allocated: only its block has a slot.
  stats.mallocs = counts.large_mallocs + counts.tiny_mallocs;
  stats.frees = counts.large_frees + counts.tiny_mallocs;
  const SizeClasses& classes = state.classes->placer().classes();
  for (std::size_t i = 0; i < classes.count(); ++i) {
    stats.mallocs += counts.small_mallocs[i];
    stats.frees += counts.small_frees[i];
    if (i < by_size_count) {
      stats.by_size[i] = {classes[i].size.raw(), counts.small_mallocs[i], counts.small_frees[i]};
    }
  }
  stats.total_alloc = counts.bytes_allocated;
  stats.alloc = stats.heap_alloc = counts.bytes_live();
  stats.heap_objects = stats.mallocs - stats.frees;
}

void put_pages(const Ledger& ledger, MemStats& stats) {
  stats.heap_inuse = ledger.in_use;
  stats.heap_idle = ledger.free + ledger.released;
  stats.heap_sys = stats.heap_inuse + stats.heap_idle;
  stats.heap_released = ledger.released;
  stats.stack_inuse = stats.stack_sys = ledger.stacks;
}

void put_off_heap(const HeapState& state, MemStats& stats) {
  const OffHeapBooks& books = state.off_heap;
  stats.mspan_inuse = books.span_records_in_use();
  stats.mspan_sys = books.span_sys();
  stats.mcache_inuse = books.caches_in_use();
  stats.mcache_sys = books.cache_sys();
  stats.gc_sys = books.gc_misc_sys() + state.ledger.work_buffers;
  stats.other_sys = books.other_sys();
}

}  // namespace

MemStats compose_mem_stats(const HeapState& state) {
  MemStats stats;
  const ObjectCounts counts = counts_with_caches(state);
  put_objects(state, counts, stats);
  put_pages(state.ledger, stats);
  put_off_heap(state, stats);
  stats.sys = stats.heap_sys + stats.stack_sys + stats.mspan_sys + stats.mcache_sys +
              stats.buck_hash_sys + stats.gc_sys + stats.other_sys;

  MemoryNow now = state.memory_now();
  now.heap_alloc = counts.bytes_live();
  stats.next_gc = state.pacer.goal(now);
  stats.last_gc = state.collections.last_end;
  stats.num_gc = state.collections.cycles;
  stats.num_forced_gc = state.collections.forced;
  return stats;
}

}  // namespace heaplaw::model
