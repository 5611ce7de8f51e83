// How counterexamples print in RapidCheck's reports.
#pragma once

#include <ostream>

#include "vocabulary/size_class_table.h"
#include "vocabulary/units.h"

namespace heaplaw {

template <typename Unit>
void showValue(const Quantity<Unit>& n, std::ostream& out) {
  out << n.raw();
}

inline void showValue(const SizeClassParameters& p, std::ostream& out) {
  out << "{.page_size = " << p.page_size.raw() << "_B, .max_small_size = " << p.max_small_size.raw()
      << "_B, .small_size_max = " << p.small_size_max.raw()
      << "_B, .small_size_div = " << p.small_size_div.raw()
      << "_B, .large_size_div = " << p.large_size_div.raw()
      << "_B, .min_heap_align = " << p.min_heap_align.raw()
      << "_B, .step16_from = " << p.step16_from.raw()
      << "_B, .grow_to_fill = " << (p.grow_to_fill ? "true" : "false") << "}";
}

}  // namespace heaplaw
