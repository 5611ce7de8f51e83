// The history that the benchmarks replay: 3,000,000 operations of churn.
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "vocabulary/operation.h"

namespace heaplaw {

inline constexpr std::size_t churn_operations = 3'000'000;

// Objects of mixed small sizes, more small ones than large ones, come and go in random order; about
// three quarters of `live_max` live at a time. Names are used again, as a program's variables are.
inline std::vector<Operation> churn(std::size_t live_max) {
  constexpr std::uint64_t seed = 1;
  std::mt19937_64 random(seed);
  std::vector<Operation> operations;
  std::vector<std::uint64_t> live;
  std::vector<std::uint64_t> free_names;
  operations.reserve(churn_operations);
  while (operations.size() < churn_operations) {
    const bool may_grow = live.size() < live_max;
    if (may_grow && (live.size() < live_max / 2 || random() % 2 == 0)) {
      std::uint64_t name = live.size() + free_names.size();
      if (!free_names.empty()) name = free_names.back(), free_names.pop_back();
      const std::uint64_t size_max = std::uint64_t{8} << random() % 9;
      std::uint64_t size = 1 + random() % size_max;
      const bool scan = random() % 2 == 0;
      if (scan) size = (size + 7) / 8 * 8;  // types with pointers have whole words
      operations.push_back(
          Operation::alloc(name, Bytes{size}, scan ? ObjectKind::scan : ObjectKind::noscan));
      live.push_back(name);
    } else {
      std::swap(live[random() % live.size()], live.back());
      operations.push_back(Operation::drop(live.back()));
      free_names.push_back(live.back());
      live.pop_back();
    }
  }
  return operations;
}

}  // namespace heaplaw
