// The global page allocator: address-ordered first fit over everything that the heap has grown to,
// and the release of free pages to the operating system (runtime/mpagealloc.go, mpagecache.go,
// mgcscavenge.go; PA-19 to PA-22, SC-11 to SC-20). It keeps no byte counts: the caller's ledger
// does.
#pragma once

#include <cstdint>
#include <optional>

#include "model/pages/address_ranges.h"
#include "model/pages/page_allocation.h"
#include "model/pages/page_cache.h"
#include "model/pages/page_tree.h"
#include "model/pages/scavenge_index.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

class PageAllocator {
 public:
  // A transparent huge page of the simulated kernel: 0 where there are none; above 4 MiB it is
  // ignored, as Go does.
  explicit PageAllocator(const ReleaseFacts& facts, Bytes huge_page = 2_MiB);

  // Adds whole chunks that were never added, free and scavenged.
  void grow(AddressRange range);

  // The lowest so many (at least 1) adjoining free pages; nothing where there are none.
  [[nodiscard]] std::optional<PageAllocation> alloc(Pages pages);
  // Whether alloc() would find as many; takes none.
  [[nodiscard]] bool has_run(Pages n);
  // Takes exactly these pages, all free; says how many were scavenged.
  Pages take(Address base, Pages n);
  // Pages in use become free and not scavenged.
  void free(Address base, Pages pages);

  // All free pages of the aligned block of 64 that holds the lowest free page of the heap; an empty
  // cache where the heap is full.
  [[nodiscard]] PageCache alloc_to_cache();
  // Gives back what the cache still holds and empties it.
  void flush(PageCache& cache);

  // Releases free pages from the top until `want` bytes are released or no more are found. Says how
  // much: it may be more than was wanted, by the rest of a page or of a huge page.
  Bytes scavenge(Bytes want, ScavengeUrgency urgency = ScavengeUrgency::forced);
  // As debug.FreeOSMemory does: everything that the index can find (SC-26).
  Bytes scavenge_all();
  // A mark phase has ended (SC-19).
  void next_scavenge_generation() { scavenge_index_.next_generation(); }

  // What the heap has grown to.
  [[nodiscard]] const AddressRanges& mapped() const { return mapped_; }
  // Of mapped addresses; a page that a cache holds counts as allocated and never as scavenged.
  [[nodiscard]] bool allocated(Address page) const;
  [[nodiscard]] bool scavenged(Address page) const;
  // The whole chunk that holds the mapped address, for those who look at many pages.
  [[nodiscard]] PageChunk chunk_at(Address address) const;

  // No free page lies below it, and it is mapped; nothing once the heap was found full.
  [[nodiscard]] std::optional<Address> search_address() const;

  [[nodiscard]] Bytes metadata() const;
  void check_invariants() const;

 private:
  // Above every chunk: fails the quick tests without one of its own.
  static constexpr std::uint64_t exhausted = ~std::uint64_t{0};

  [[nodiscard]] std::optional<PageTree::Found> find(std::uint64_t n);
  std::uint64_t mark_allocated(std::uint64_t address, std::uint64_t n);
  void mark_free(std::uint64_t address, std::uint64_t n);
  void lower_search(std::uint64_t address);
  Bytes scavenge_step(ScavengePosition where, std::uint64_t max_pages);

  PageTree tree_;
  AddressRanges mapped_;
  ScavengeIndex scavenge_index_;
  std::uint64_t search_ = exhausted;
  std::uint64_t end_ = 0;  // the highest mapped address
  unsigned huge_pages_;    // pages in a huge page; 0 for none
  bool scavenge_from_cursor_;
};

}  // namespace heaplaw::model
