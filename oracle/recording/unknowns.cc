#include "oracle/recording/unknowns.h"

#include <algorithm>

namespace heaplaw::oracle {

SpanRecordFill::SpanRecordFill() {
  for (std::size_t fill = 0; fill <= cache_max; ++fill) by_fill_[fill].cached = fill;
}

void SpanRecordFill::span_allocated() {
  for (Candidate& candidate : by_fill_) {
    if (candidate.cached == 0) {
      candidate.cached = cache_max / 2;
      candidate.in_use += std::int64_t{cache_max / 2};
    }
    --candidate.cached;
  }
}

void SpanRecordFill::span_freed() {
  for (Candidate& candidate : by_fill_) {
    if (candidate.cached < cache_max) {
      ++candidate.cached;
    } else {
      --candidate.in_use;
    }
  }
}

void SpanRecordFill::observe(std::int64_t records) {
  for (Candidate& candidate : by_fill_) candidate.possible &= candidate.in_use == records;
}

std::size_t SpanRecordFill::candidates() const {
  return static_cast<std::size_t>(std::ranges::count_if(by_fill_, &Candidate::possible));
}

void GoalUnknowns::observe(std::uint64_t goal, std::uint64_t marked, std::uint64_t percent) {
  __extension__ using Wide = __int128;
  for (std::uint64_t extra = 0; extra < marked_extra_max; ++extra) {
    Candidate& candidate = by_extra_[extra];
    const Wide m = Wide{marked} + extra;
    // The only number whose percentage can round down to the growth, if any has it.
    const Wide whole = ((Wide{goal} - m) * 100 + percent - 1) / percent;
    const auto scanned = static_cast<std::int64_t>(whole - m);
    candidate.possible &= whole * percent / 100 == Wide{goal} - m && scanned >= 0;
    candidate.least = std::min(candidate.least, scanned);
    candidate.most = std::max(candidate.most, scanned);
    candidate.possible &= candidate.most - candidate.least <= stack_jitter_max;
  }
}

std::size_t GoalUnknowns::candidates() const {
  return static_cast<std::size_t>(std::ranges::count_if(by_extra_, &Candidate::possible));
}

const GoalUnknowns::Candidate* GoalUnknowns::first_possible() const {
  const auto* const found = std::ranges::find_if(by_extra_, &Candidate::possible);
  return found == by_extra_.end() ? nullptr : found;
}

std::uint64_t GoalUnknowns::scanned_min() const {
  const Candidate* const candidate = first_possible();
  return candidate ? static_cast<std::uint64_t>(candidate->least) : 0;
}

std::uint64_t GoalUnknowns::scanned_max() const {
  const Candidate* const candidate = first_possible();
  return candidate ? static_cast<std::uint64_t>(candidate->most) : 0;
}

}  // namespace heaplaw::oracle
