// Pages that nobody uses, as a sorted list of runs: the page allocator with everything clever left
// out. Every search is a scan from the bottom, every change cuts or joins runs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "oracle/naive/address_space.h"
#include "oracle/naive/constants.h"
#include "oracle/naive/scavenge_index.h"

namespace heaplaw::oracle::naive {

// Neighbours of one state are always one run.
struct FreeRun {
  Page start = 0;
  Page end = 0;
  bool scavenged = false;
};

struct TakenPages {
  Page start = 0;
  std::uint64_t scavenged = 0;  // how many of them had been given back to the operating system
};

// The free pages of one aligned block, bit i for page base + i (PA-22).
struct PageCache {
  Page base = 0;
  std::uint64_t free = 0;
  std::uint64_t scavenged = 0;

  // The lowest run of n; never takes part of one.
  [[nodiscard]] std::optional<TakenPages> alloc(std::uint64_t n);

  bool operator==(const PageCache&) const = default;
};

class NaivePages {
 public:
  // The transparent huge page size in pages; 0 or 1 if the kernel shows none (SC-11). Without an
  // index whatever is free may be released.
  explicit NaivePages(std::uint64_t huge_page, std::optional<ScavengeIndex> index = std::nullopt)
      : huge_page_(huge_page), index_(std::move(index)) {}

  // New memory, free and scavenged (AS-12).
  void grow(Page start, std::uint64_t n);
  // Address-ordered first fit (PA-20).
  [[nodiscard]] std::optional<TakenPages> alloc(std::uint64_t n);
  // Takes these pages, as many of them as are free; says how many of those were scavenged.
  std::uint64_t take(Page start, Page end);
  void free(Page start, std::uint64_t n, bool scavenged = false);

  // The block of the lowest free page; empty if there is none.
  [[nodiscard]] PageCache take_cache();
  void give_back(const PageCache& cache);

  // Marks pages scavenged, highest chunk first, until so many bytes are done or none is found
  // (SC-20). One step may do more than asked. Says how many pages.
  std::uint64_t scavenge(std::uint64_t bytes, ScavengeWay way);
  // A collection ended.
  void next_generation();

  [[nodiscard]] const std::vector<FreeRun>& free_runs() const { return runs_; }
  [[nodiscard]] const std::vector<PageRange>& mapped() const { return mapped_; }
  [[nodiscard]] std::uint64_t count(bool scavenged) const { return counts_[scavenged ? 1 : 0]; }
  // The most pages that can be had at once.
  [[nodiscard]] std::uint64_t longest_run() const;
  // The run that holds the page; null if it is not free.
  [[nodiscard]] const FreeRun* find(Page page) const;
  void check_invariants() const;

 private:
  friend struct NaivePagesFaults;  // of the test

  using Runs = std::vector<FreeRun>;
  [[nodiscard]] Runs::const_iterator first_ending_after(Page page) const;
  [[nodiscard]] Runs::iterator first_ending_after(Page page);
  // Changes of the runs that no index is told of.
  std::uint64_t cut(Page start, Page end);
  void put(const FreeRun& freed);
  [[nodiscard]] std::uint64_t in_use(Page chunk) const;
  [[nodiscard]] std::optional<Page> where_to_look(ScavengeWay way);
  [[nodiscard]] std::optional<PageRange> candidate_at(Page place, std::uint64_t pages_max) const;

  std::uint64_t huge_page_;
  std::optional<ScavengeIndex> index_;
  Runs runs_;
  std::array<std::uint64_t, 2> counts_{};  // of the pages in runs, those given back last
  std::vector<PageRange> mapped_;
};

// What scavenging takes from one chunk: the top of its highest run of pages that can be taken
// (SC-11). `can_take` says which can; they count in aligned groups of `align`.
struct CandidateSearch {
  std::uint64_t from = chunk_pages - 1;  // no higher than the 64 pages around this one
  std::uint64_t align = 1;
  std::uint64_t pages_max = 1;
  std::uint64_t huge_page = 0;
};
[[nodiscard]] std::optional<PageRange> scavenge_candidate(
    const std::array<bool, chunk_pages>& can_take, const CandidateSearch& search);

}  // namespace heaplaw::oracle::naive
