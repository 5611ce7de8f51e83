// Which chunks the scavenger may look into, where a release knows how full each of them is and was
// (SC-19; runtime/mgcscavenge.go scavengeIndex).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "oracle/naive/constants.h"

namespace heaplaw::oracle::naive {

// The background scavenger and growth leave chunks alone that are dense, or were in the generation
// before; a forced release takes all that it can get. Each has its own cursor.
enum class ScavengeWay : std::uint8_t { growth, forced };

class ScavengeIndex {
 public:
  // The place where a search goes on: in this page's chunk, no higher than it.
  using Place = Page;

  explicit ScavengeIndex(std::uint64_t dense_pages) : dense_pages_(dense_pages) {}

  // A chunk in which this many pages were in use before pages of it are taken, or freed up to
  // `last`.
  void taken(Page chunk, std::uint64_t in_use_before, std::uint64_t pages);
  void freed(Page chunk, std::uint64_t in_use_before, Page last);
  // A search in the chunk found nothing.
  void exhausted(Page chunk) { entry_of(chunk).has_free = false; }
  // At each mark termination.
  void next_generation();

  // `in_use(chunk)` says how many pages of it are. A chunk that nobody touched has nothing free and
  // backed; so a hole in the heap costs nothing.
  template <typename InUse>
  [[nodiscard]] std::optional<Place> find(ScavengeWay way, InUse in_use) {
    Cursor& cursor = cursors_[static_cast<std::size_t>(way)];
    if (!cursor.page) return std::nullopt;
    const Page start = *cursor.page / chunk_pages * chunk_pages;
    for (auto at = std::ranges::upper_bound(chunks_, start, {}, &Chunk::start);
         at != chunks_.begin();) {
      const Page chunk = (--at)->start;
      if (!may_look(*at, in_use(chunk), way)) continue;
      if (chunk != start) cursor = {.page = chunk + chunk_pages - 1};
      return cursor.page;
    }
    // A search does not lower a cursor that was raised since the last search moved it, not even
    // where it finds nothing.
    if (!cursor.raised) cursor.page.reset();
    return std::nullopt;
  }

 private:
  struct Chunk {
    Page start = 0;
    std::uint64_t in_use_before = 0;  // when the generation began, if it was touched in it
    std::uint64_t generation = 0;
    bool has_free = false;  // something came free since a search failed
  };
  struct Cursor {
    std::optional<Page> page{};
    bool raised = false;
  };

  // Made where the chunk was never touched.
  [[nodiscard]] Chunk& entry_of(Page chunk);
  void touch(Chunk& chunk, std::uint64_t in_use_before) const;
  [[nodiscard]] bool may_look(const Chunk& chunk, std::uint64_t in_use, ScavengeWay way) const;

  std::uint64_t dense_pages_;
  std::uint64_t generation_ = 0;
  std::vector<Chunk> chunks_;          // that were touched, ascending
  std::array<Cursor, 2> cursors_;      // by way
  std::optional<Page> highest_freed_;  // in this generation
};

}  // namespace heaplaw::oracle::naive
