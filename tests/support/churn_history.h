// A long history such as a service makes: objects of many sizes come and go on two Ps, with a
// collection now and then. It ends with the one allocation of a size that nothing else has.
#pragma once

#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "properties/random.h"
#include "vocabulary/trace.h"

namespace heaplaw {

inline constexpr std::uint64_t rare_size = 12'345;

inline Trace churn_history(std::uint64_t seed, std::size_t length) {
  constexpr std::uint64_t sizes[] = {8, 16, 48, 100, 1000, 5000, 9000, 40'000, 200'000, 1 << 20};
  properties::Random random(seed);
  Trace trace{.release = Release{19, 8}, .procs = 2};
  std::vector<std::uint64_t> live;
  std::uint64_t handle = 0;
  while (trace.operations.size() + 1 < length) {
    const std::uint64_t dice = random.below(10'000);
    if (dice < 10) {
      trace.operations.push_back(dice < 2 ? Operation::free_os_memory() : Operation::gc());
    } else if (dice < 100) {
      trace.operations.push_back(Operation::proc(dice % 2));
    } else if (dice % 2 == 0 || live.size() < 100) {
      // Small ones are many.
      const std::uint64_t size = sizes[random.below(1 + random.below(std::size(sizes)))];
      const auto kind = random.once_in(2) ? ObjectKind::scan : ObjectKind::noscan;
      trace.operations.push_back(Operation::alloc(++handle, Bytes{size}, kind));
      live.push_back(handle);
    } else {
      std::swap(live[random.below(live.size())], live.back());
      trace.operations.push_back(Operation::drop(live.back()));
      live.pop_back();
    }
  }
  trace.operations.push_back(Operation::alloc(++handle, Bytes{rare_size}, ObjectKind::noscan));
  return trace;
}

}  // namespace heaplaw
