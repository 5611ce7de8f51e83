// The entries of an array from the lowest to the highest that was ever wanted, so that a small heap
// pays for what it uses and not for the array.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vocabulary/units.h"

namespace heaplaw::model {

template <typename T>
class Stretch {
 public:
  // Both are 0 while there are none.
  [[nodiscard]] std::uint64_t first() const { return first_; }
  [[nodiscard]] std::uint64_t end() const { return first_ + entries_.size(); }
  [[nodiscard]] bool has(std::uint64_t index) const { return index >= first_ && index < end(); }

  // Makes those that are missing of n entries, and all between them and the others: each is T{}.
  void make(std::uint64_t index, std::uint64_t n = 1) {
    if (entries_.empty()) first_ = index;
    if (index < first_) {
      entries_.insert(entries_.begin(), first_ - index, T{});
      first_ = index;
    }
    if (index + n > end()) entries_.resize(index + n - first_);
  }
  // Made where it was never wanted before.
  T& at(std::uint64_t index) {
    if (!has(index)) make(index);
    return (*this)[index];
  }

  // The entry must be there.
  [[nodiscard]] T& operator[](std::uint64_t index) { return entries_[index - first_]; }
  [[nodiscard]] const T& operator[](std::uint64_t index) const { return entries_[index - first_]; }
  // T{} where it was never wanted.
  [[nodiscard]] T get(std::uint64_t index) const { return has(index) ? (*this)[index] : T{}; }
  [[nodiscard]] std::span<const T> entries() const { return entries_; }
  // All of these must be there.
  [[nodiscard]] std::span<const T> part(std::uint64_t index, std::size_t n) const {
    return entries().subspan(index - first_, n);
  }

  // What it has allocated, beside itself.
  [[nodiscard]] Bytes metadata() const { return Bytes{entries_.capacity() * sizeof(T)}; }

 private:
  std::vector<T> entries_;
  std::uint64_t first_ = 0;
};

}  // namespace heaplaw::model
