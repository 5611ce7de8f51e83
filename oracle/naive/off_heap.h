// Memory of the runtime itself, outside the heap (MS-6 to MS-9, docs/simulated-process.md SIM-14).
// Only what history decides is kept here; the rest is counted from the state when asked.
#pragma once

#include <algorithm>
#include <cstdint>

#include "oracle/naive/constants.h"

namespace heaplaw::oracle::naive {

inline constexpr std::uint64_t address_range_bytes = 16;
inline constexpr std::uint64_t mark_arena_bytes = 65536;
inline constexpr std::uint64_t mark_arena_usable = mark_arena_bytes - 16;
inline constexpr std::uint64_t persistent_chunk_bytes = 256 << 10;
inline constexpr std::uint64_t large_piece_bytes = 64 << 10;
inline constexpr std::uint64_t fixed_chunk_bytes = 16384;

// Bitmaps of marks and of allocated slots, by the collection that frees them: those of the cycle
// before last are used again.
struct MarkArenas {
  std::uint64_t ever = 0;  // obtained from the operating system
  std::uint64_t spare = 0;
  std::uint64_t previous = 0;
  std::uint64_t current = 0;
  std::uint64_t next = 0;  // being filled
  std::uint64_t used_of_newest = mark_arena_usable;

  // One bit a slot, in whole 64-bit words.
  void take_bits(std::uint64_t slots) {
    const std::uint64_t bytes = (slots + 63) / 64 * 8;
    if (used_of_newest + bytes > mark_arena_usable) {
      if (spare > 0) {
        --spare;
      } else {
        ++ever;
      }
      ++next;
      used_of_newest = 0;
    }
    used_of_newest += bytes;
  }
  // A collection begins.
  void turn() {
    spare += previous;
    previous = current;
    current = next;
    next = 0;
    used_of_newest = mark_arena_usable;
  }
};

struct OffHeap {
  std::uint64_t chunks = 0;  // of 256 KiB, from which small pieces are cut for ever (MS-8)
  std::uint64_t used_of_chunk = persistent_chunk_bytes;
  std::uint64_t pieces_bytes = 0;     // cut from them, all together
  std::uint64_t gc_pieces_bytes = 0;  // the part of the pieces, and of larger ones, in GCSys
  std::uint64_t arena_list_room = 0;
  std::uint64_t address_ranges_room = 0;
  std::uint64_t span_list_room = 0;
  std::uint64_t span_records_peak = 0;  // most ever in use at once
  std::uint64_t span_set_blocks = 0;    // held by all sets together
  std::uint64_t span_set_blocks_peak = 0;
  std::uint64_t page_metadata = 0;  // bytes mapped for the pages' own books (MS-9)
  MarkArenas marks;

  void take_piece(std::uint64_t bytes, std::uint64_t align) {
    if (bytes >= large_piece_bytes) return;  // a mapping of its own
    used_of_chunk = (used_of_chunk + align - 1) / align * align;
    if (used_of_chunk + bytes > persistent_chunk_bytes) {
      ++chunks;
      used_of_chunk = std::max<std::uint64_t>(8, align);  // behind the link to the chunk before
    }
    used_of_chunk += bytes;
    pieces_bytes += bytes;
  }
  void take_gc_piece(std::uint64_t bytes, std::uint64_t align) {
    take_piece(bytes, align);
    gc_pieces_bytes += bytes;
  }
  // Lists that are outgrown are never given back.
  void list_arenas(std::uint64_t arenas) {
    while (arena_list_room < arenas) {
      arena_list_room = std::max<std::uint64_t>(512, 2 * arena_list_room);
      take_gc_piece(8 * arena_list_room, 8);
    }
  }
  void list_address_ranges(std::uint64_t ranges) {
    while (address_ranges_room < ranges) {
      address_ranges_room = std::max<std::uint64_t>(16, 2 * address_ranges_room);
      take_gc_piece(address_range_bytes * address_ranges_room, 8);
    }
  }
};

}  // namespace heaplaw::oracle::naive
