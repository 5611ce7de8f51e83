#include "model/accounting/off_heap_books.h"

#include <algorithm>

namespace heaplaw::model {

namespace {

constexpr std::uint64_t kernel_page = 4096;
constexpr std::uint64_t cache_line = 64;
constexpr std::uint64_t pointer = 8;

// A P's cache of span records, and how many it takes at once when it is empty.
constexpr unsigned cached_records_max = 128;
constexpr unsigned cached_records_refill = 64;

constexpr std::uint64_t address_range = 16;
constexpr std::uint64_t range_list_min = 16;
constexpr std::uint64_t span_list_min = (64 << 10) / pointer;
constexpr std::uint64_t span_set_spine_min = 256;

// Bitmaps of 8192 chunks come at once; a chunk has two of 512 bits.
constexpr std::uint64_t bitmap_chunks = 8192;
constexpr std::uint64_t chunk_bitmap_bytes = 128;

std::uint64_t align_down_to(std::uint64_t n, std::uint64_t granule) { return n - n % granule; }
std::uint64_t align_up_to(std::uint64_t n, std::uint64_t granule) {
  return align_down_to(n + granule - 1, granule);
}

}  // namespace

OffHeapBooks::OffHeapBooks(const HeapFacts& facts, unsigned procs)
    : arena_record_(facts.arena_record.raw()),
      span_set_block_(facts.span_set_block.raw()),
      span_set_block_alignment_(facts.span_set_block_alignment.raw()),
      chunk_index_bits_(facts.scavenge_index == ScavengeIndexForm::marks ? 1 : 64),
      span_records_(facts.span_record.raw()),
      cache_records_(facts.cache_record.raw()),
      bitmaps_(bitmap_chunks * chunk_bitmap_bytes),
      ranges_(chunk_size.raw()),
      range_list_(range_list_min) {
  pieces_.take(range_list_ * address_range, pointer, gc_misc_sys_);
  for (unsigned i = 0; i < procs; ++i) cache_records_.take(pieces_);
}

void OffHeapBooks::take_span_record(unsigned& cached) {
  if (cached == 0) {
    for (; cached < cached_records_refill; ++cached) {
      if (span_records_.take(pieces_)) list_span();
    }
  }
  --cached;
}

void OffHeapBooks::give_back_span_record(unsigned& cached) {
  if (cached < cached_records_max) {
    ++cached;
  } else {
    span_records_.give_back();
  }
}

// All records that were ever cut are in one list, which moves when it is full.
void OffHeapBooks::list_span() {
  if (listed_spans_ == span_list_) {
    const std::uint64_t longer = std::max(span_list_min, span_list_ * 3 / 2);
    pieces_.map_other(longer * pointer);
    pieces_.unmap_other(span_list_ * pointer);
    span_list_ = longer;
  }
  ++listed_spans_;
}

void OffHeapBooks::list_arena() {
  gc_misc_sys_ += arena_record_;  // too large for a piece
  if (listed_arenas_ == arena_list_) {
    arena_list_ = std::max(kernel_page / pointer, 2 * arena_list_);
    pieces_.take(arena_list_ * pointer, pointer, gc_misc_sys_);
  }
  ++listed_arenas_;
}

void OffHeapBooks::heap_grew(const HeapGrowth& growth) {
  for (std::uint64_t i = 0; i < growth.new_arenas; ++i) list_arena();
  if (growth.abandoned) cover_with_summaries(*growth.abandoned);
  cover_with_summaries(growth.asked);
}

void OffHeapBooks::cover_with_summaries(AddressRange range) {
  const std::uint64_t base = range.base.raw();
  const std::uint64_t limit = range.limit.raw();
  for (unsigned level = 0; level < summary_levels; ++level) {
    // Whole groups of siblings; the root is a single group.
    const unsigned shift = level_pages_shift(level) + page_shift;
    const std::uint64_t group = level == 0 ? std::uint64_t{1} << root_bits : fan_out;
    const std::uint64_t from = align_down_to(base >> shift, group);
    const std::uint64_t to = align_up_to(((limit - 1) >> shift) + 1, group);
    gc_misc_sys_ += summaries_[level].cover(from * 8, to * 8);
  }
  const std::uint64_t first = chunk_of(base);
  const std::uint64_t end = chunk_of(limit);
  // Small enough to be one stretch from the lowest chunk to the highest.
  gc_misc_sys_ += scavenge_index_.cover_without_holes(first * chunk_index_bits_ / 8,
                                                      (end * chunk_index_bits_ + 7) / 8);
  list_range(range);
  gc_misc_sys_ += bitmaps_.cover(first * chunk_bitmap_bytes, end * chunk_bitmap_bytes);
}

// Neighbours are one range, so that only a hole makes the list longer.
void OffHeapBooks::list_range(AddressRange range) {
  ranges_.cover(range.base.raw(), range.limit.raw());
  if (ranges_.stretch_count() <= range_list_) return;
  range_list_ *= 2;
  pieces_.take(range_list_ * address_range, pointer, gc_misc_sys_);
}

void OffHeapBooks::new_object_span(unsigned slots) {
  swept_span(slots);  // bits to mark in, as after a sweep
  swept_span(slots);  // and bits to allocate by
}

void OffHeapBooks::swept_span(unsigned slots) {
  if (mark_bits_.take(slots)) gc_misc_sys_ += MarkBitArenas::arena_bytes;
}

void OffHeapBooks::span_set_changed(BlockChange change, std::uint64_t blocks_reached,
                                    std::uint64_t& spine) {
  if (change == BlockChange::none) return;
  if (change == BlockChange::given_back) {
    ++unused_blocks_;
    return;
  }
  if (blocks_reached > spine) {
    spine = std::max(span_set_spine_min, 2 * spine);
    pieces_.take(spine * pointer, cache_line, gc_misc_sys_);
  }
  if (unused_blocks_ > 0) {
    --unused_blocks_;
  } else {
    pieces_.take(span_set_block_, span_set_block_alignment_, gc_misc_sys_);
  }
}

}  // namespace heaplaw::model
