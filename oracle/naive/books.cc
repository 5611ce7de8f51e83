#include "oracle/naive/books.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace heaplaw::oracle::naive {

namespace {

// How many blocks of this size the ranges touch, which are ascending.
std::uint64_t blocks_touched(const std::vector<PageRange>& ranges, std::uint64_t block_bytes) {
  std::uint64_t blocks = 0;
  std::uint64_t counted_to = 0;
  for (const PageRange& range : ranges) {
    const std::uint64_t first = range.start * page_bytes / block_bytes;
    const std::uint64_t end = (range.end * page_bytes - 1) / block_bytes + 1;
    blocks += end - std::min(end, std::max(first, counted_to));
    counted_to = end;
  }
  return blocks;
}

// Bitmap blocks, the five summary levels and what the scavenger keeps of each chunk, which are
// mapped as the heap grows (MS-9): of level 0 all, of the others the physical pages that say
// something of the heap. What the scavenger keeps is mapped in one piece, holes included.
std::uint64_t page_metadata_bytes(const State& state) {
  const std::vector<PageRange>& mapped = state.pages.mapped();
  if (mapped.empty()) return 0;
  constexpr std::uint64_t entries = physical_page_bytes / 8;  // summaries in a physical page
  std::uint64_t bytes = blocks_touched(mapped, std::uint64_t{32} << 30) << 20;
  bytes += 128 << 10;
  for (const unsigned level : {4U, 3U, 2U, 1U}) {
    const std::uint64_t covers = chunk_bytes << (3 * (4 - level));  // by one summary
    bytes += blocks_touched(mapped, entries * covers) * physical_page_bytes;
  }
  const bool marks = state.heap_facts().scavenge_index == ScavengeIndexForm::marks;
  const std::uint64_t chunks = marks ? 8 * physical_page_bytes : entries;  // in a physical page
  const PageRange all{mapped.front().start, mapped.back().end};
  bytes += blocks_touched({all}, chunks * chunk_bytes) * physical_page_bytes;
  return bytes;
}

// A fixed-size allocator obtains memory in whole chunks (MS-7).
constexpr std::uint64_t fixed_bytes(std::uint64_t peak, std::uint64_t size) {
  const std::uint64_t in_chunk = fixed_chunk_bytes / size;
  return (peak + in_chunk - 1) / in_chunk * in_chunk * size;
}

void count_off_heap(const State& state, const PageCounts& pages, MemStats& stats) {
  const OffHeap& off = state.off_heap;
  const HeapFacts& facts = state.heap_facts();
  stats.mspan_inuse = count_span_records(state) * facts.span_record.raw();
  stats.mspan_sys = fixed_bytes(off.span_records_peak, facts.span_record.raw());
  stats.mcache_inuse = state.procs.size() * facts.cache_record.raw();
  stats.mcache_sys = fixed_bytes(state.procs.size(), facts.cache_record.raw());
  stats.gc_sys = state.space.arenas() * facts.arena_record.raw() + page_metadata_bytes(state) +
                 off.marks.ever * mark_arena_bytes + off.gc_pieces_bytes +
                 pages.work_buffers * page_bytes;
  stats.other_sys = off.chunks * persistent_chunk_bytes - off.pieces_bytes + 8 * off.span_list_room;
}

void count_objects(const State& state, MemStats& stats) {
  const Tally& tally = state.tally;
  stats.mallocs = stats.frees = tally.tiny;
  stats.total_alloc = tally.large_bytes;
  std::uint64_t freed = tally.large_bytes_freed;
  for (unsigned c = 0; c < size_classes; ++c) {
    const std::uint64_t size = state.classes[c].size.raw();
    stats.mallocs += tally.mallocs[c];
    stats.frees += tally.frees[c];
    stats.total_alloc += tally.mallocs[c] * size;
    freed += tally.frees[c] * size;
    if (c > 0 && c < by_size_count) stats.by_size[c] = {size, tally.mallocs[c], tally.frees[c]};
  }
  stats.heap_objects = stats.mallocs - stats.frees;
  stats.alloc = stats.heap_alloc = stats.total_alloc - freed;
}

}  // namespace

PageCounts count_pages(const State& state) {
  PageCounts counts;
  for (const Span& span : state.spans) {
    if (span.kind == SpanKind::objects) counts.objects += span.pages;
    if (span.kind == SpanKind::stack) counts.stacks += span.pages;
    if (span.kind == SpanKind::work_buffer) counts.work_buffers += span.pages;
  }
  counts.resident = state.pages.count(/*scavenged=*/false);
  counts.released = state.pages.count(/*scavenged=*/true);
  for (const Proc& proc : state.procs) {
    const auto scavenged = static_cast<std::uint64_t>(std::popcount(proc.pages.scavenged));
    counts.released += scavenged;
    counts.resident += static_cast<std::uint64_t>(std::popcount(proc.pages.free)) - scavenged;
  }
  return counts;
}

std::uint64_t uncounted_bytes(const State& state) {
  std::uint64_t bytes = 0;
  for (const Proc& proc : state.procs) {
    for (const SpanId id : proc.spans) {
      if (id == no_span) continue;
      const Span& span = state.spans[id];
      bytes += (span.allocated.count() - span.slots_before_caching) * span.slot_bytes;
    }
  }
  return bytes;
}

std::uint64_t count_span_records(const State& state) {
  std::uint64_t records = 0;
  for (const Span& span : state.spans) records += span.kind != SpanKind::none;
  for (const Proc& proc : state.procs) records += proc.span_records;
  return records;
}

std::uint64_t retained_bytes(const State& state) {
  const PageCounts pages = count_pages(state);
  return (pages.objects + pages.resident) * page_bytes;
}

MemStats count_mem_stats(const State& state) {
  const PageCounts pages = count_pages(state);
  MemStats stats;
  count_objects(state, stats);
  stats.heap_inuse = pages.objects * page_bytes;
  stats.heap_released = pages.released * page_bytes;
  stats.heap_idle = pages.resident * page_bytes + stats.heap_released;
  stats.heap_sys = stats.heap_inuse + stats.heap_idle;
  stats.stack_inuse = stats.stack_sys = pages.stacks * page_bytes;
  count_off_heap(state, pages, stats);
  stats.sys = stats.heap_sys + stats.stack_sys + stats.mspan_sys + stats.mcache_sys +
              stats.buck_hash_sys + stats.gc_sys + stats.other_sys;
  stats.num_gc = state.tally.collections;
  stats.num_forced_gc = state.tally.requested_collections;
  stats.last_gc = state.last_collection;
  return stats;
}

}  // namespace heaplaw::oracle::naive
