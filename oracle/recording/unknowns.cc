#include "oracle/recording/unknowns.h"

#include <algorithm>
#include <utility>

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

void ScannedBytes::observe(std::uint64_t goal, std::uint64_t marked, std::uint64_t percent,
                           bool directly) {
  __extension__ using Wide = __int128;
  const Wide m = Wide{marked} + marked_uncounted;
  // The only number whose percentage can round down to the growth, if any has it.
  const Wide whole = ((Wide{goal} - m) * 100 + percent - 1) / percent;
  const auto scanned = static_cast<std::int64_t>(whole - m) - (directly ? called_directly : 0);
  const bool exists = whole * percent / 100 == Wide{goal} - m && scanned >= 0;
  std::vector<std::int64_t> explaining;
  for (const std::int64_t value : {scanned - scavenger_asleep, scanned}) {
    if (exists && value >= 0) explaining.push_back(value);
  }
  if (observed_) {
    std::erase_if(explaining, [this](std::int64_t value) {
      return std::ranges::find(possible_, value) == possible_.end();
    });
  }
  observed_ = true;
  possible_ = std::move(explaining);
}

std::uint64_t ScannedBytes::least() const {
  return possible_.empty() ? 0 : static_cast<std::uint64_t>(possible_.front());
}

std::uint64_t ScannedBytes::most() const {
  return possible_.empty() ? 0 : static_cast<std::uint64_t>(possible_.back());
}

}  // namespace heaplaw::oracle
