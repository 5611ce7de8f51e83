// Go's small-object size classes, computed from their parameters (runtime/mksizeclasses.go 1.8 on,
// runtime/msize.go and msize.c before).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "vocabulary/size_class_table.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

// Parameters for which no usable table exists; what() says which one and why.
class ImpossibleParameters : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

// Index 0 stands for "large object": size 0, 0 pages. The real classes begin at 1.
using ClassIndex = std::uint8_t;

class SizeClasses {
 public:
  // Throws ImpossibleParameters.
  explicit SizeClasses(const SizeClassParameters& parameters,
                       LookupFill fill = LookupFill::first_fit);

  [[nodiscard]] const SizeClassParameters& parameters() const { return parameters_; }
  // Class 0 included.
  [[nodiscard]] std::size_t count() const { return classes_.size(); }
  [[nodiscard]] const SizeClass& operator[](std::size_t index) const { return classes_[index]; }
  [[nodiscard]] std::span<const SizeClass> all() const { return classes_; }
  [[nodiscard]] Bytes span_bytes(std::size_t index) const {
    return bytes_of(classes_[index].pages, parameters_.page_size);
  }

  // The class that Go's two lookups give to 1 <= size <= max_small_size.
  [[nodiscard]] ClassIndex class_of(Bytes size) const {
    const std::uint64_t n = size.raw();
    if (n <= fine_limit_) return small_lookup_[(n + fine_round_) >> fine_shift_];
    // Rounding before subtracting: just below the split n - small_size_max would be negative.
    return large_lookup_[(n + coarse_round_ - split_) >> coarse_shift_];
  }
  [[nodiscard]] bool looks_up_fine(Bytes size) const { return size.raw() <= fine_limit_; }
  [[nodiscard]] std::size_t lookup_entry(Bytes size) const;

  [[nodiscard]] std::span<const ClassIndex> small_lookup() const { return small_lookup_; }
  [[nodiscard]] std::span<const ClassIndex> large_lookup() const { return large_lookup_; }

  // Throws CheckFailure. Constant in nothing: walks both lookups and all classes.
  void check_invariants() const;

 private:
  void fill_lookups(LookupFill fill);

  SizeClassParameters parameters_;
  std::vector<SizeClass> classes_;
  std::vector<ClassIndex> small_lookup_;
  std::vector<ClassIndex> large_lookup_;
  std::uint64_t fine_limit_ = 0, fine_round_ = 0, coarse_round_ = 0, split_ = 0;
  int fine_shift_ = 0, coarse_shift_ = 0;
};

}  // namespace heaplaw::model
