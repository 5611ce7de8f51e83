#include "oracle/laws/limit_goal.h"

#include <algorithm>

namespace heaplaw::oracle {

namespace {
__extension__ using Wide = __int128;
}  // namespace

std::optional<std::uint64_t> limit_goal(const MemStats& stats, std::uint64_t limit_or_off,
                                        const Release& release) {
  constexpr Wide mib = 1 << 20;
  constexpr Wide none = (Wide{1} << 63U) - 1;
  const Wide limit = std::min<Wide>(limit_or_off, none);
  const Wide outside = Wide{stats.sys} - stats.heap_idle - stats.heap_alloc;
  const Wide mapped = Wide{stats.sys} - stats.heap_released;
  const Wide overage = std::max<Wide>(0, mapped - limit);
  if (outside + overage >= limit) return std::nullopt;
  const Wide room = limit - outside - overage;
  const bool by_percent = release >= Release{21};
  const Wide headroom = by_percent ? std::max(mib, room / 100 * 3) : mib;
  const bool tight = room < headroom || room - headroom < headroom;
  return static_cast<std::uint64_t>(tight ? headroom : room - headroom);
}

}  // namespace heaplaw::oracle
