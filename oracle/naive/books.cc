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

// A fixed-size allocator obtains memory in whole chunks (MS-7).
constexpr std::uint64_t fixed_bytes(std::uint64_t peak, std::uint64_t size) {
  const std::uint64_t in_chunk = fixed_chunk_bytes / size;
  return (peak + in_chunk - 1) / in_chunk * in_chunk * size;
}

// What is obtained from the operating system for the runtime itself.
struct OwnBytes {
  std::uint64_t mspan_sys;
  std::uint64_t mcache_sys;
  std::uint64_t gc_sys;
  std::uint64_t other_sys;

  [[nodiscard]] std::uint64_t sum() const { return mspan_sys + mcache_sys + gc_sys + other_sys; }
};

OwnBytes count_own(const State& state) {
  const OffHeap& off = state.off_heap;
  const HeapFacts& facts = state.heap_facts();
  return {
      .mspan_sys = fixed_bytes(off.span_records_peak, facts.span_record.raw()),
      .mcache_sys = fixed_bytes(state.procs.size(), facts.cache_record.raw()),
      .gc_sys = state.space.arenas() * facts.arena_record.raw() + off.page_metadata +
                off.marks.ever * mark_arena_bytes + off.gc_pieces_bytes +
                pages_of(state, SpanKind::work_buffer) * page_bytes,
      .other_sys = off.chunks * persistent_chunk_bytes - off.pieces_bytes + 8 * off.span_list_room};
}

void count_objects(const State& state, MemStats& stats) {
  const Tally& tally = state.tally;
  stats.mallocs = stats.frees = tally.tiny;
  for (unsigned c = 0; c < size_classes; ++c) {
    stats.mallocs += tally.mallocs[c];
    stats.frees += tally.frees[c];
    if (c == 0 || c >= by_size_count) continue;
    stats.by_size[c] = {state.classes[c].size.raw(), tally.mallocs[c], tally.frees[c]};
  }
  stats.heap_objects = stats.mallocs - stats.frees;
  stats.total_alloc = tally.bytes;
}

}  // namespace

// Of level 0 all is mapped, of the others the physical pages that say something of the heap. What
// the scavenger keeps is mapped in one piece, holes included.
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

std::uint64_t pages_of(const State& state, SpanKind kind) {
  return state.span_pages[static_cast<std::size_t>(kind)];
}

FreePages count_free(const State& state) {
  FreePages pages{.resident = state.pages.count(/*scavenged=*/false),
                  .released = state.pages.count(/*scavenged=*/true)};
  for (const Proc& proc : state.procs) {
    const auto scavenged = static_cast<std::uint64_t>(std::popcount(proc.pages.scavenged));
    pages.released += scavenged;
    pages.resident += static_cast<std::uint64_t>(std::popcount(proc.pages.free)) - scavenged;
  }
  return pages;
}

std::uint64_t count_span_records(const State& state) {
  std::uint64_t records = state.spans.size() - state.unused_spans.size();
  for (const Proc& proc : state.procs) records += proc.span_records;
  return records;
}

std::uint64_t retained_bytes(const State& state) {
  return (pages_of(state, SpanKind::objects) + count_free(state).resident) * page_bytes;
}

Footprint count_footprint(const State& state) {
  const FreePages free = count_free(state);
  const std::uint64_t released = free.released * page_bytes;
  const std::uint64_t idle = free.resident * page_bytes + released;
  const std::uint64_t spans =
      (pages_of(state, SpanKind::objects) + pages_of(state, SpanKind::stack)) * page_bytes;
  return {.sys = spans + idle + count_own(state).sum(),
          .heap_idle = idle,
          .heap_released = released,
          .heap_alloc = state.tally.bytes - state.tally.bytes_freed};
}

MemStats count_mem_stats(const State& state) {
  const Footprint has = count_footprint(state);
  const OwnBytes own = count_own(state);
  MemStats stats;
  count_objects(state, stats);
  stats.alloc = stats.heap_alloc = has.heap_alloc;
  stats.sys = has.sys;
  stats.heap_inuse = pages_of(state, SpanKind::objects) * page_bytes;
  stats.heap_released = has.heap_released;
  stats.heap_idle = has.heap_idle;
  stats.heap_sys = stats.heap_inuse + stats.heap_idle;
  stats.stack_inuse = stats.stack_sys = pages_of(state, SpanKind::stack) * page_bytes;
  stats.mspan_inuse = count_span_records(state) * state.heap_facts().span_record.raw();
  stats.mspan_sys = own.mspan_sys;
  stats.mcache_inuse = state.procs.size() * state.heap_facts().cache_record.raw();
  stats.mcache_sys = own.mcache_sys;
  stats.gc_sys = own.gc_sys;
  stats.other_sys = own.other_sys;
  stats.num_gc = state.tally.collections;
  stats.num_forced_gc = state.tally.requested_collections;
  stats.last_gc = state.last_collection;
  return stats;
}

}  // namespace heaplaw::oracle::naive
