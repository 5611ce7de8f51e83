#include "oracle/naive/pages.h"

#include <algorithm>

#include "vocabulary/check.h"

namespace heaplaw::oracle::naive {

std::optional<TakenPages> PageCache::alloc(std::uint64_t n) {
  for (std::uint64_t start = 0, run = 0; start + run < cache_pages;) {
    if ((free >> (start + run) & 1) == 0) {
      start += run + 1;
      run = 0;
    } else if (++run == n) {
      TakenPages taken{base + start, 0};
      for (std::uint64_t i = start; i < start + n; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (scavenged & bit) ++taken.scavenged;
        free &= ~bit;
        scavenged &= ~bit;
      }
      return taken;
    }
  }
  return std::nullopt;
}

NaivePages::Runs::const_iterator NaivePages::first_ending_after(Page page) const {
  return std::ranges::lower_bound(runs_, page + 1, {}, &FreeRun::end);
}

NaivePages::Runs::iterator NaivePages::first_ending_after(Page page) {
  return std::ranges::lower_bound(runs_, page + 1, {}, &FreeRun::end);
}

const FreeRun* NaivePages::find(Page page) const {
  for (const FreeRun& run : runs_) {
    if (run.start <= page && page < run.end) return &run;
  }
  return nullptr;
}

void NaivePages::grow(Page start, std::uint64_t n) {
  mapped_.push_back({start, start + n});
  mapped_ = joined(std::move(mapped_));
  put({start, start + n, /*scavenged=*/true});
}

std::optional<TakenPages> NaivePages::alloc(std::uint64_t n) {
  Page start = 0;
  Page end = 0;
  for (const FreeRun& run : runs_) {
    if (run.start != end) start = run.start;
    end = run.end;
    if (end - start >= n) return TakenPages{start, take(start, start + n)};
  }
  return std::nullopt;
}

std::uint64_t NaivePages::longest_run() const {
  std::uint64_t longest = 0;
  Page start = 0;
  Page end = 0;
  for (const FreeRun& run : runs_) {
    if (run.start != end) start = run.start;
    end = run.end;
    longest = std::max(longest, end - start);
  }
  return longest;
}

std::uint64_t NaivePages::take(Page start, Page end) {
  if (!index_) return cut(start, end);
  std::uint64_t scavenged = 0;
  for (Page chunk = start / chunk_pages * chunk_pages; chunk < end; chunk += chunk_pages) {
    const std::uint64_t before = in_use(chunk);
    scavenged += cut(std::max(start, chunk), std::min(end, chunk + chunk_pages));
    const std::uint64_t taken = in_use(chunk) - before;
    if (taken > 0) index_->taken(chunk, before, taken);
  }
  return scavenged;
}

void NaivePages::free(Page start, std::uint64_t n, bool scavenged) {
  const Page end = start + n;
  if (!index_) return put({start, end, scavenged});
  for (Page chunk = start / chunk_pages * chunk_pages; chunk < end; chunk += chunk_pages) {
    const Page last = std::min(end, chunk + chunk_pages) - 1;
    index_->freed(chunk, in_use(chunk), last);
    put({std::max(start, chunk), last + 1, scavenged});
  }
}

std::uint64_t NaivePages::cut(Page start, Page end) {
  std::uint64_t scavenged = 0;
  auto at = first_ending_after(start);
  while (at != runs_.end() && at->start < end) {
    FreeRun& run = *at;
    const PageRange taken{std::max(run.start, start), std::min(run.end, end)};
    counts_[run.scavenged ? 1 : 0] -= taken.pages();
    if (run.scavenged) scavenged += taken.pages();
    const bool keeps_bottom = run.start < taken.start;
    const bool keeps_top = taken.end < run.end;
    if (keeps_bottom && keeps_top) {
      const FreeRun top{taken.end, run.end, run.scavenged};
      run.end = taken.start;
      at = runs_.insert(at + 1, top);
    } else if (keeps_bottom) {
      run.end = taken.start;
      ++at;
    } else if (keeps_top) {
      run.start = taken.end;
    } else {
      at = runs_.erase(at);
    }
  }
  return scavenged;
}

void NaivePages::put(const FreeRun& freed) {
  counts_[freed.scavenged ? 1 : 0] += freed.end - freed.start;
  const auto above = first_ending_after(freed.start);
  HEAPLAW_CHECK(above == runs_.end() || above->start >= freed.end, "page {:#x} is free already",
                freed.start);
  const auto below = above == runs_.begin() ? runs_.end() : above - 1;
  const bool joins_above =
      above != runs_.end() && above->start == freed.end && above->scavenged == freed.scavenged;
  const bool joins_below =
      below != runs_.end() && below->end == freed.start && below->scavenged == freed.scavenged;
  if (joins_above && joins_below) {
    below->end = above->end;
    runs_.erase(above);
  } else if (joins_above) {
    above->start = freed.start;
  } else if (joins_below) {
    below->end = freed.end;
  } else {
    runs_.insert(above, freed);
  }
}

std::uint64_t NaivePages::in_use(Page chunk) const {
  std::uint64_t pages = chunk_pages;
  const Page end = chunk + chunk_pages;
  for (auto run = first_ending_after(chunk); run != runs_.end() && run->start < end; ++run) {
    pages -= std::min(run->end, end) - std::max(run->start, chunk);
  }
  return pages;
}

PageCache NaivePages::take_cache() {
  if (runs_.empty()) return {};
  PageCache cache{.base = runs_.front().start / cache_pages * cache_pages};
  const Page end = cache.base + cache_pages;
  for (const FreeRun& run : runs_) {
    if (run.start >= end) break;
    for (Page page = run.start; page < std::min(run.end, end); ++page) {
      const std::uint64_t bit = std::uint64_t{1} << (page - cache.base);
      cache.free |= bit;
      if (run.scavenged) cache.scavenged |= bit;
    }
  }
  take(cache.base, end);
  return cache;
}

void NaivePages::give_back(const PageCache& cache) {
  for (std::uint64_t i = 0; i < cache_pages; ++i) {
    if (cache.free >> i & 1) free(cache.base + i, 1, (cache.scavenged >> i & 1) != 0);
  }
}

void NaivePages::check_invariants() const {
  std::array<std::uint64_t, 2> counts{};
  for (const FreeRun& run : runs_) counts[run.scavenged ? 1 : 0] += run.end - run.start;
  HEAPLAW_CHECK(counts == counts_, "{} and {} pages are free and given back, {} and {} counted",
                counts[0], counts[1], counts_[0], counts_[1]);
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const FreeRun& run = runs_[i];
    HEAPLAW_CHECK(run.start < run.end, "free run {:#x} is empty", run.start);
    const bool is_mapped = std::ranges::any_of(mapped_, [&](const PageRange& range) {
      return range.start <= run.start && run.end <= range.end;
    });
    HEAPLAW_CHECK(is_mapped, "free run {:#x} to {:#x} is not mapped", run.start, run.end);
    if (i == 0) continue;
    const FreeRun& before = runs_[i - 1];
    HEAPLAW_CHECK(before.end <= run.start, "free runs overlap at {:#x}", run.start);
    HEAPLAW_CHECK(before.end < run.start || before.scavenged != run.scavenged,
                  "free runs of one state are apart at {:#x}", run.start);
  }
}

}  // namespace heaplaw::oracle::naive
