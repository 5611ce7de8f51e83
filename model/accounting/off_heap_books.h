// The memory that the runtime spends on managing the heap, field by field of MemStats (MS-6 to
// MS-9, SIM-14). The structures themselves are elsewhere, and shaped differently; here is only what
// Go's would cost.
#pragma once

#include <array>
#include <cstdint>

#include "model/accounting/mapped_table.h"
#include "model/accounting/mark_bit_arenas.h"
#include "model/accounting/persistent_pieces.h"
#include "model/pages/address_space.h"
#include "model/pages/page_summary.h"
#include "model/spans/span_set.h"
#include "vocabulary/heap_facts.h"

namespace heaplaw::model {

class OffHeapBooks {
 public:
  OffHeapBooks(const HeapFacts& facts, unsigned procs);

  // A span record from, or to, the cache of the current P, which holds `cached` of them (PA-25).
  void take_span_record(unsigned& cached);
  void give_back_span_record(unsigned& cached);

  void heap_grew(const HeapGrowth& growth);
  void new_object_span(unsigned slots);
  void swept_span(unsigned slots);
  void sweep_finished() { mark_bits_.next_epoch(); }
  // `spine` is the set's: how many blocks it can point to.
  void span_set_changed(BlockChange change, std::uint64_t blocks_reached, std::uint64_t& spine);

  [[nodiscard]] std::uint64_t span_records_in_use() const { return span_records_.in_use_bytes(); }
  [[nodiscard]] std::uint64_t span_sys() const { return span_records_.sys(); }
  [[nodiscard]] std::uint64_t caches_in_use() const { return cache_records_.in_use_bytes(); }
  [[nodiscard]] std::uint64_t cache_sys() const { return cache_records_.sys(); }
  // Without work buffers, which are pages of the heap.
  [[nodiscard]] std::uint64_t gc_misc_sys() const { return gc_misc_sys_; }
  [[nodiscard]] std::uint64_t other_sys() const { return pieces_.other_sys(); }
  [[nodiscard]] std::uint64_t total() const {
    return span_sys() + cache_sys() + gc_misc_sys() + other_sys();
  }
  [[nodiscard]] std::uint64_t span_record_count() const { return span_records_.in_use(); }

 private:
  void list_span();
  void list_arena();
  void cover_with_summaries(AddressRange range);
  void list_range(AddressRange range);

  std::uint64_t arena_record_;
  std::uint64_t span_set_block_;
  std::uint64_t span_set_block_alignment_;
  std::uint64_t chunk_index_bits_;  // what the scavenger keeps of a chunk
  PersistentPieces pieces_;
  std::uint64_t gc_misc_sys_ = 0;
  FixedRecords span_records_;
  FixedRecords cache_records_;
  MarkBitArenas mark_bits_;
  std::uint64_t listed_spans_ = 0;
  std::uint64_t span_list_ = 0;  // entries there is room for, as in the next one
  std::uint64_t listed_arenas_ = 0;
  std::uint64_t arena_list_ = 0;
  std::uint64_t unused_blocks_ = 0;
  std::array<MappedTable, summary_levels> summaries_;
  MappedTable bitmaps_;
  MappedTable scavenge_index_;
  MappedTable ranges_;  // the heap itself
  std::uint64_t range_list_;
};

}  // namespace heaplaw::model
