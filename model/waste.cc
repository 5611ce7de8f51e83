#include "model/waste.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

namespace heaplaw::model {

Bytes tail_waste(const SizeClass& c, Bytes page) { return bytes_of(c.pages, page) % c.size; }

std::uint64_t max_waste(const SizeClass& c, Bytes size_below, Bytes page) {
  const Bytes span = bytes_of(c.pages, page);
  const Bytes wasted = (c.size - size_below - 1_B) * (span / c.size) + tail_waste(c, page);
  // One division in floating point, as upstream does it; the oracle repeats it exactly.
  const double share = static_cast<double>(wasted.raw()) / static_cast<double>(span.raw());
  return static_cast<std::uint64_t>(std::llrint(share * 100.0 * 100.0));
}

Bytes min_align(Bytes size, Bytes cap) {
  return std::min(Bytes{std::uint64_t{1} << std::countr_zero(size.raw())}, cap);
}

std::vector<ClassRow> class_rows(const SizeClasses& classes, Bytes align_cap) {
  const Bytes page = classes.parameters().page_size;
  std::vector<ClassRow> rows;
  for (std::size_t i = 1; i < classes.count(); ++i) {
    const SizeClass& c = classes[i];
    rows.push_back({.number = i,
                    .bytes_obj = c.size.raw(),
                    .bytes_span = classes.span_bytes(i).raw(),
                    .objects = classes.span_bytes(i) / c.size,
                    .tail_waste = tail_waste(c, page).raw(),
                    .max_waste = max_waste(c, classes[i - 1].size, page),
                    .min_align = min_align(c.size, align_cap).raw()});
  }
  return rows;
}

std::vector<AlignmentRow> alignment_rows(const SizeClasses& classes, Bytes align_cap) {
  // holds_from[b]: the class size from which on everything is a multiple of 2^b.
  std::vector<std::optional<Bytes>> holds_from(
      static_cast<std::size_t>(std::bit_width(align_cap.raw())));
  for (const SizeClass& c : classes.all().subspan(1)) {
    const Bytes align = min_align(c.size, align_cap);
    for (std::size_t bits = 0; bits < holds_from.size(); ++bits) {
      const bool divides = (align.raw() >> bits) != 0;
      if (!divides) {
        holds_from[bits].reset();
      } else if (!holds_from[bits]) {
        holds_from[bits] = c.size;
      }
    }
  }
  std::vector<AlignmentRow> rows;
  for (std::size_t bits = 0; bits < holds_from.size() && holds_from[bits]; ++bits) {
    // A larger alignment that holds from the same size on says more.
    if (bits + 1 < holds_from.size() && holds_from[bits + 1] == holds_from[bits]) continue;
    rows.push_back({std::uint64_t{1} << bits, bits, holds_from[bits]->raw()});
  }
  return rows;
}

}  // namespace heaplaw::model
