#include "model/size_classes.h"

#include <algorithm>
#include <bit>

#include "model/size_class_limits.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {

// From each power of two on, candidates stand an eighth of it apart, within these bounds: 16 bytes
// for the heap bitmap's alignment, 256 so that the table stays small.
constexpr Bytes eighth_from{128};
constexpr Bytes coarsest_from{2048};
constexpr Bytes coarsest_step{256};

Bytes step_at(const SizeClassParameters& p, Bytes candidate, Bytes current) {
  if (!is_power_of_two(candidate.raw())) return current;
  if (candidate >= coarsest_from) return coarsest_step;
  if (candidate >= eighth_from) return candidate / 8;
  if (candidate >= p.step16_from) return 16_B;
  return current;
}

// The fewest pages that leave at most an eighth of the span over.
Pages pages_for(Bytes size, Bytes page) {
  Bytes span = page;
  while (span % size > span / 8) span += page;
  return Pages{span / page};
}

bool holds_as_many(Bytes span, Bytes a, Bytes b) { return span / a == span / b; }

std::vector<SizeClass> candidates_merged(const SizeClassParameters& p) {
  std::vector<SizeClass> classes{SizeClass{}};
  Bytes step = p.min_heap_align;
  for (Bytes size = p.min_heap_align; size <= p.max_small_size; size += step) {
    step = step_at(p, size, step);
    const Pages pages = pages_for(size, p.page_size);
    SizeClass& last = classes.back();
    // The smaller of two classes with the same spans and as many objects saves nothing.
    if (classes.size() > 1 && last.pages == pages &&
        holds_as_many(bytes_of(pages, p.page_size), size, last.size)) {
      last.size = size;
    } else {
      classes.push_back({size, pages});
    }
  }
  return classes;
}

// Hands what a span would leave over to its objects, in steps that the coarse lookup can tell
// apart.
void grow_to_fill(const SizeClassParameters& p, std::span<SizeClass> classes) {
  for (SizeClass& c : classes.subspan(1)) {
    const Bytes span = bytes_of(c.pages, p.page_size);
    const Bytes grown = align_down(span / (span / c.size), p.large_size_div);
    c.size = std::max(c.size, grown);
  }
}

}  // namespace

SizeClasses::SizeClasses(const SizeClassParameters& parameters, LookupFill fill)
    : parameters_(parameters) {
  reject_impossible(parameters_);
  classes_ = candidates_merged(parameters_);
  if (parameters_.grow_to_fill) grow_to_fill(parameters_, classes_);
  reject_unusable(parameters_, classes_);
  fill_lookups(fill);
}

void SizeClasses::fill_lookups(LookupFill fill) {
  const SizeClassParameters& p = parameters_;
  fine_shift_ = std::countr_zero(p.small_size_div.raw());
  coarse_shift_ = std::countr_zero(p.large_size_div.raw());
  fine_round_ = p.small_size_div.raw() - 1;
  coarse_round_ = p.large_size_div.raw() - 1;
  split_ = p.small_size_max.raw();
  fine_limit_ = (p.small_size_max - p.small_size_div).raw();

  const auto fill_from = [&](Bytes first, Bytes last, Bytes step, std::vector<ClassIndex>& out) {
    ClassIndex index = 0;
    for (Bytes size = first; size <= last; size += step) {
      while (classes_[index].size < size) ++index;
      out.push_back(index);
    }
  };
  fill_from(0_B, p.small_size_max, p.small_size_div, small_lookup_);
  fill_from(p.small_size_max, p.max_small_size, p.large_size_div, large_lookup_);
  if (fill == LookupFill::walk) {
    small_lookup_.front() = 1;
    small_lookup_.back() = 0;  // no request ever reads it
  }
}

std::size_t SizeClasses::lookup_entry(Bytes size) const {
  return looks_up_fine(size) ? (size.raw() + fine_round_) >> fine_shift_
                             : (size.raw() + coarse_round_ - split_) >> coarse_shift_;
}

void SizeClasses::check_invariants() const {
  for (std::size_t i = 1; i < count(); ++i) {
    HEAPLAW_CHECK(classes_[i - 1].size < classes_[i].size, "class {} is not above its predecessor",
                  i);
    HEAPLAW_CHECK(span_bytes(i) >= classes_[i].size, "a span of class {} holds no object", i);
  }
  for (std::uint64_t n = 1; n <= parameters_.max_small_size.raw(); ++n) {
    const ClassIndex index = class_of(Bytes{n});
    HEAPLAW_CHECK(index < count() && classes_[index].size.raw() >= n,
                  "class {} does not hold {} bytes", index, n);
  }
}

}  // namespace heaplaw::model
