// Where the heap's memory comes from: arenas reserved at hints, handed out in whole chunks from a
// cursor (runtime/malloc.go sysAlloc, mheap.go grow; AS-5 to AS-14).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/pages/address_ranges.h"
#include "model/pages/arena_hints.h"
#include "model/pages/kernel.h"
#include "model/pages/page_geometry.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

// What one growth handed out, to be given to the page allocator in this order. A new arena that
// does not adjoin the last one hands out the rest of the last one first.
struct HeapGrowth {
  std::optional<AddressRange> abandoned;
  AddressRange asked;
  std::uint64_t new_arenas = 0;

  [[nodiscard]] Bytes total() const {
    return asked.size() + (abandoned ? abandoned->size() : Bytes{});
  }
};

class AddressSpace {
 public:
  // The kernel must outlive this.
  AddressSpace(const ReleaseFacts& facts, Kernel& kernel);

  // Where a random base put the heap: the arena that holds the address. Before any growth.
  void begin_at_arena_of(Address address);

  // At least n pages more, or nothing, and then nothing has changed.
  [[nodiscard]] std::optional<HeapGrowth> grow(Pages n);

  // Something else lies where the next reservation is tried; used up by that one try (SIM-11).
  void obstruct_next_reservation() { obstructed_ = true; }
  // Whether growth by so much in all might find no place; may say so where there is one.
  [[nodiscard]] bool may_find_no_place(Bytes size) const {
    return current_.size() < size && hints_.size() <= hints_dropped_at_once_max;
  }

  // Of whole 64 MiB each; every one has a record of its own in the runtime (AS-7).
  [[nodiscard]] const AddressRanges& arenas() const { return arenas_; }
  // The same in the order in which they came; neighbours are one range.
  [[nodiscard]] std::span<const AddressRange> arenas_by_age() const { return arenas_by_age_; }
  [[nodiscard]] std::uint64_t arena_count() const { return arenas_.total() / arena_size; }
  // The part of the current arenas that is reserved but not handed out.
  [[nodiscard]] AddressRange current_arena() const { return current_; }

  void check_invariants() const;

 private:
  // What one operation drops at most: one by order, four that cross the heap, since both have 2 TiB
  // together, and three that such a growth would carry beyond the end of address space.
  static constexpr std::size_t hints_dropped_at_once_max = 8;

  [[nodiscard]] bool reserve_exactly(AddressRange place);
  void add_arenas(AddressRange range);
  [[nodiscard]] std::optional<AddressRange> reserve_arenas(Bytes size);
  [[nodiscard]] std::optional<AddressRange> reserve_at_hints(Bytes size);
  [[nodiscard]] std::optional<AddressRange> reserve_anywhere(Bytes size);

  Kernel* kernel_;
  ArenaHints hints_;
  AddressRanges arenas_;
  std::vector<AddressRange> arenas_by_age_;
  AddressRange current_;
  bool obstructed_ = false;
};

}  // namespace heaplaw::model
