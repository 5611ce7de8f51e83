#include "evidence/explanation/slot_waste.h"

#include <algorithm>
#include <cmath>

namespace heaplaw::evidence {

namespace {

// A slot, and how many of its bytes an object can leave unused.
struct Slot {
  double bytes;
  double waste;
};

std::vector<Slot> slots_of(const SlotTable& table) {
  std::vector<Slot> slots;
  for (std::size_t i = 1; i < table.classes.size(); ++i) {
    const std::uint64_t size = table.classes[i].size.raw();
    std::uint64_t waste = size - table.classes[i - 1].size.raw() - 1;
    if (size == 16 && table.has_tiny_blocks) waste = 15;
    if (size > 512 && table.has_headers) waste += 8;
    slots.push_back({static_cast<double>(size), static_cast<double>(std::min(waste, size - 1))});
  }
  // An object with a span of its own is rounded up to pages.
  const auto page = static_cast<double>(table.page_size.raw());
  if (!slots.empty())
    slots.push_back({std::ceil((slots.back().bytes + 1) / page) * page, page - 1});
  return slots;
}

// The most that objects can waste if this is the mean size of their slots: the upper hull of the
// slots, taken at the mean, since any mixture of sizes lies below it.
double mean_waste_max(const std::vector<Slot>& slots, double mean) {
  if (mean >= slots.back().bytes) return slots.back().waste;
  if (mean <= slots.front().bytes) return slots.front().waste;
  double most = 0;
  for (const Slot& low : slots) {
    if (low.bytes > mean) break;
    for (const Slot& high : slots) {
      if (high.bytes <= mean) continue;
      const double share = (mean - low.bytes) / (high.bytes - low.bytes);
      most = std::max(most, low.waste + share * (high.waste - low.waste));
    }
  }
  return most;
}

struct Count {
  std::uint64_t objects = 0;
  std::uint64_t bytes = 0;
};

std::uint64_t waste_max(const std::vector<Slot>& slots, const Count& count) {
  if (count.objects == 0 || slots.empty()) return 0;
  const auto objects = static_cast<double>(count.objects);
  const double waste = objects * mean_waste_max(slots, static_cast<double>(count.bytes) / objects);
  // Figures that make no sense can make it more than fits an integer.
  if (waste >= static_cast<double>(count.bytes)) return count.bytes;
  return std::min(count.bytes, static_cast<std::uint64_t>(std::ceil(waste)));
}

// Live objects of each class that MemStats counts; empty where the counts contradict each other.
std::vector<Count> counted(const Figures& f) {
  std::vector<Count> counts;
  for (const BySizeEntry& entry : f.by_size) {
    if (entry.frees > entry.mallocs) return {};
    const std::uint64_t objects = entry.mallocs - entry.frees;
    std::uint64_t bytes = 0;
    if (__builtin_mul_overflow(objects, entry.size, &bytes)) return {};
    counts.push_back({objects, bytes});
  }
  return counts;
}

bool same_sizes(const Figures& f, const SlotTable& table) {
  for (std::size_t i = 1; i < f.by_size.size(); ++i) {
    if (i >= table.classes.size() || table.classes[i].size.raw() != f.by_size[i].size) return false;
  }
  return !f.by_size.empty();
}

}  // namespace

Bounds rounding_waste(const Figures& f, const SlotTable& table) {
  const std::uint64_t all = f.heap_alloc ? f.heap_alloc->upper : 0;
  if (!f.heap_objects || table.classes.size() < 2) return Bounds::at_most(all);
  const std::vector<Slot> slots = slots_of(table);
  Count rest{f.heap_objects->upper, all};
  std::uint64_t waste = 0;
  if (same_sizes(f, table)) {
    const std::vector<Count> counts = counted(f);
    for (std::size_t i = 1; i < counts.size(); ++i) {
      if (counts[i].objects > rest.objects || counts[i].bytes > rest.bytes) break;
      rest.objects -= counts[i].objects;
      rest.bytes -= counts[i].bytes;
      waste += static_cast<std::uint64_t>(slots[i - 1].waste) * counts[i].objects;
    }
  }
  return Bounds::at_most(std::min(all, waste + waste_max(slots, rest)));
}

Bounds tail_waste(const Figures& f, const SlotTable& table) {
  if (!f.heap_alloc || !f.heap_inuse) return Bounds::at_most(0);
  const Bounds gap = *f.heap_inuse - *f.heap_alloc;
  std::uint64_t least = 0;
  double share_max = table.has_span_metadata ? 1.0 / 32 : 0;
  const bool counts_fit = same_sizes(f, table);
  const std::vector<Count> counts = counts_fit ? counted(f) : std::vector<Count>{};
  double tail_max = 0;
  for (std::size_t i = 1; i < table.classes.size(); ++i) {
    const std::uint64_t span = bytes_of(table.classes[i].pages, table.page_size).raw();
    const std::uint64_t size = table.classes[i].size.raw();
    tail_max = std::max(tail_max, static_cast<double>(span % size) / static_cast<double>(span));
    if (i < counts.size()) {
      const std::uint64_t in_span = span / size;
      least += (counts[i].objects + in_span - 1) / in_span * (span % size);
    }
  }
  share_max = std::min(1.0, share_max + tail_max);
  const auto most =
      static_cast<std::uint64_t>(std::ceil(share_max * static_cast<double>(f.heap_inuse->upper)));
  const std::uint64_t upper = table.classes.size() < 2 ? gap.upper : std::min(gap.upper, most);
  return {std::min(least, upper), upper};
}

}  // namespace heaplaw::evidence
