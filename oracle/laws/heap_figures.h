// Numbers that a release documents or that were read off its running processes, and which laws
// need: the oracle knows them, it computes none.
#pragma once

#include <cstdint>
#include <span>

#include "vocabulary/release.h"
#include "vocabulary/size_class_table.h"
#include "vocabulary/units.h"

namespace heaplaw::oracle {

// 0 and an empty list where the release's figure is not known: laws on it are not evaluated.
struct HeapFigures {
  std::span<const SizeClass> classes;  // by class number, class 0 first
  Bytes span_record{};                 // an mspan
  Bytes cache_record{};                // an mcache
  Bytes growth_step{};                 // what HeapSys + stacks + work buffers is a multiple of
  bool whole_records = false;          // MSpanSys and MCacheSys are multiples of a record
  unsigned work_buffer_spans = 0;      // that a collection takes; 0 if not known
  // Whether a search for pages to release may pass over chunks that have some (SC-19).
  bool release_may_miss = false;

  // Where objects lie in their spans, on 64-bit (SC spec, sections 7 and 8).
  Bytes largest_small{32768};  // what is larger has a span of its own
  bool headers = false;        // pointerful objects above 512 bytes begin 8 bytes into their slot
  Bytes scan_bitmap{};         // at the end of spans of smaller ones
  Bytes inline_marks{};        // likewise, of 16 bytes and more, pointers or not
};

inline constexpr Bytes header_bytes{8};
inline constexpr Bytes headerless_max{512};

inline constexpr Bytes heap_page{8192};
inline constexpr std::uint64_t pages_per_cache = 64;  // a P's page cache is one aligned block
inline constexpr Bytes tiny_block{16};
inline constexpr std::uint64_t periodic_collection_ns = 120'000'000'000;
inline constexpr std::uint64_t clock_end = ~std::uint64_t{0} >> 1U;  // in ns: SIM-6

[[nodiscard]] HeapFigures heap_figures_of(const Release& release);

}  // namespace heaplaw::oracle
