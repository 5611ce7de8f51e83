#include "model/accounting/mapped_table.h"

#include <algorithm>

#include "vocabulary/check.h"

namespace heaplaw::model {

std::uint64_t MappedTable::cover(std::uint64_t from, std::uint64_t to) {
  HEAPLAW_ASSERT(from < to, "nothing to cover at {}", from);
  Stretch whole{.begin = from - from % granule_, .end = to + (granule_ - to % granule_) % granule_};
  std::uint64_t fresh = whole.end - whole.begin;
  // Those that touch the new one become part of it.
  const auto first = std::ranges::lower_bound(stretches_, whole.begin, {}, &Stretch::end);
  auto last = first;
  for (; last != stretches_.end() && last->begin <= whole.end; ++last) {
    // Nothing is lost where they only adjoin.
    fresh -= std::min(last->end, whole.end) - std::max(last->begin, whole.begin);
  }
  if (last != first) {
    whole.begin = std::min(whole.begin, first->begin);
    whole.end = std::max(whole.end, std::prev(last)->end);
  }
  stretches_.insert(stretches_.erase(first, last), whole);
  return fresh;
}

std::uint64_t MappedTable::cover_without_holes(std::uint64_t from, std::uint64_t to) {
  if (!stretches_.empty()) {
    from = std::min(from, stretches_.front().begin);
    to = std::max(to, stretches_.back().end);
  }
  return cover(from, to);
}

}  // namespace heaplaw::model
