#include <algorithm>

#include "oracle/laws/heap_chapters.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;

template <auto figure>
std::uint64_t sum(const MemStats& stats) {
  std::uint64_t total = 0;
  for (const BySizeEntry& entry : stats.by_size) total = wrapping_add(total, figure(entry));
  return total;
}

std::uint64_t mallocs_of(const BySizeEntry& e) { return e.mallocs; }
std::uint64_t frees_of(const BySizeEntry& e) { return e.frees; }
std::uint64_t bytes_allocated(const BySizeEntry& e) { return wrapping_multiply(e.size, e.mallocs); }
std::uint64_t bytes_freed(const BySizeEntry& e) { return wrapping_multiply(e.size, e.frees); }

void sizes_are_classes(const M& m, F& f) {
  const auto classes = m.setting->figures.classes;
  for (std::size_t c = 0; c < std::min(by_size_count, classes.size()); ++c) {
    f.compared();
    if (m.now->by_size[c].size == classes[c].size.raw()) continue;
    f.add({"BySize.Size"}, fmt::format("class {} of {} bytes", c, m.now->by_size[c].size),
          fmt::format("{} bytes", classes[c].size));
  }
}

void class_zero_is_empty(const M& m, F& f) {
  const BySizeEntry& zero = m.now->by_size[0];
  equal(f, {"BySize[0].Size"}, zero.size, 0);
  equal(f, {"BySize[0].Mallocs"}, zero.mallocs, 0);
  equal(f, {"BySize[0].Frees"}, zero.frees, 0);
}

void frees_within_mallocs(const M& m, F& f) {
  for (const BySizeEntry& entry : m.now->by_size) {
    at_most(f, {"BySize.Frees"}, entry.frees, entry.mallocs);
  }
}

void mallocs_within_all(const M& m, F& f) {
  at_most(f, {"BySize.Mallocs"}, sum<mallocs_of>(*m.now), m.now->mallocs);
}

void frees_within_all(const M& m, F& f) {
  at_most(f, {"BySize.Frees"}, sum<frees_of>(*m.now), m.now->frees);
}

void bytes_within_total(const M& m, F& f) {
  at_most(f, {"TotalAlloc"}, sum<bytes_allocated>(*m.now), m.now->total_alloc);
}

void freed_within_difference(const M& m, F& f) {
  at_most(f, {"TotalAlloc - HeapAlloc"}, sum<bytes_freed>(*m.now),
          wrapping_subtract(m.now->total_alloc, m.now->heap_alloc));
}

void live_within_alloc(const M& m, F& f) {
  const std::uint64_t live =
      wrapping_subtract(sum<bytes_allocated>(*m.now), sum<bytes_freed>(*m.now));
  at_most(f, {"HeapAlloc"}, live, m.now->heap_alloc);
}

// What BySize does not tell is tiny objects, which take no bytes of their own, and objects above
// its last class.
void rest_is_larger(const M& m, F& f) {
  const std::uint64_t last = m.now->by_size.back().size;
  const std::uint64_t live_here = wrapping_subtract(sum<mallocs_of>(*m.now), sum<frees_of>(*m.now));
  const std::uint64_t live_bytes_here =
      wrapping_subtract(sum<bytes_allocated>(*m.now), sum<bytes_freed>(*m.now));
  const std::uint64_t others = wrapping_subtract(m.now->heap_objects, live_here);
  const std::uint64_t other_bytes = wrapping_subtract(m.now->heap_alloc, live_bytes_here);
  f.compared();
  if (others == 0 ? other_bytes == 0 : other_bytes / others > last) return;
  f.add({"HeapAlloc"}, fmt::format("{} bytes in {} objects beyond BySize", other_bytes, others),
        fmt::format("more than {} bytes each", last));
}

constexpr HeapLaw laws[] = {
    {{"by-size-sizes-are-classes", "Entry i of BySize has the size of class i.", "1.4 -", exact,
      "MS-1"},
     sizes_are_classes},
    {{"by-size-class-zero-is-empty", "BySize[0] is all zero.", "1.4 -", exact, "MS-1"},
     class_zero_is_empty},
    {{"by-size-frees-within-mallocs", "No class frees more than it allocated.", "1.4 -", exact,
      "MS-18"},
     frees_within_mallocs},
    {{"by-size-mallocs-within-all", "The classes' Mallocs add up to at most Mallocs.", "1.4 -",
      exact, "MS-18"},
     mallocs_within_all},
    {{"by-size-frees-within-all", "The classes' Frees add up to at most Frees.", "1.4 -", exact,
      "MS-18"},
     frees_within_all},
    {{"by-size-bytes-within-total", "The classes' bytes add up to at most TotalAlloc.", "1.4 -",
      exact, "MS-18"},
     bytes_within_total},
    {{"by-size-freed-within-difference",
      "The classes' freed bytes add up to at most TotalAlloc - HeapAlloc.", "1.4 -", exact,
      "MS-17"},
     freed_within_difference},
    {{"by-size-live-within-alloc", "The classes' live bytes add up to at most HeapAlloc.", "1.4 -",
      exact, "MS-18"},
     live_within_alloc},
    {{"by-size-rest-is-larger",
      "Live objects that no class of BySize counts are larger than its last class.", "1.4 -", exact,
      "MS-18"},
     rest_is_larger},
};

}  // namespace

std::span<const HeapLaw> laws_of_by_size() { return laws; }

}  // namespace heaplaw::oracle
