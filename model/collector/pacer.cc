#include "model/collector/pacer.h"

#include <algorithm>

#include "vocabulary/check.h"
#include "vocabulary/operation.h"

namespace heaplaw::model {

namespace {

constexpr std::uint64_t default_heap_minimum = 4 << 20;
constexpr std::uint64_t sweep_distance_min = 1 << 20;
constexpr std::uint64_t min_runway = 64 << 10;
constexpr std::uint64_t kernel_page = 4096;

// A trigger lies between these parts of the way from what is live to the goal.
constexpr std::uint64_t ratio_denominator = 64;
constexpr std::uint64_t ratio_min = 45;
constexpr std::uint64_t ratio_max = 61;

// Go's products wrap: with a percentage of two milliards a goal can come out small.
std::uint64_t wrapping_percentage(std::uint64_t of, std::uint64_t percent) {
  std::uint64_t product = 0;
  static_cast<void>(__builtin_mul_overflow(of, percent, &product));
  return product / 100;
}
std::uint64_t wrapping_sum(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  static_cast<void>(__builtin_add_overflow(a, b, &sum));
  return sum;
}

// As amd64 converts: what is too large becomes 2^63.
std::uint64_t to_integer(double value) {
  constexpr double too_large = 18446744073709551616.0;
  return value >= too_large ? std::uint64_t{1} << 63 : static_cast<std::uint64_t>(value);
}

}  // namespace

Pacer::Pacer(const HeapFacts& facts)
    : headroom_(facts.limit_headroom.raw()),
      headroom_percent_(facts.limit_headroom_percent),
      runway_basis_(facts.runway_basis) {
  set_percent(100);
  commit(/*sweep_done=*/true, {});
}

void Pacer::set_percent(std::uint64_t percent_or_off) {
  percent_ = percent_or_off;
  // Without a percentage the goal is unlimited, whatever the minimum.
  heap_minimum_ = percent_ == value_off ? 0 : default_heap_minimum * percent_ / 100;
}

void Pacer::returned_unused(std::uint64_t bytes) {
  HEAPLAW_CHECK(bytes <= heap_live_, "{} unused bytes of {} live ones", bytes, heap_live_);
  heap_live_ -= bytes;
}

std::uint64_t Pacer::limit_goal(const MemoryNow& now) const {
  const std::uint64_t non_heap = now.mapped_ready - now.heap_free - now.heap_alloc;
  const std::uint64_t overage =
      now.mapped_ready > memory_limit_ ? now.mapped_ready - memory_limit_ : 0;
  if (non_heap + overage >= memory_limit_) return heap_marked_;
  std::uint64_t goal = memory_limit_ - (non_heap + overage);
  const std::uint64_t headroom = std::max(headroom_, goal / 100 * headroom_percent_);
  // A small rest is not halved by the headroom.
  goal = goal < 2 * headroom ? headroom : goal - headroom;
  return std::max(goal, heap_marked_);
}

Pacer::Bounds Pacer::bounds(const MemoryNow& now) const {
  if (const std::uint64_t limit = limit_goal(now); limit < percent_goal_) {
    return {.goal = limit, .min_trigger = 0};
  }
  std::uint64_t goal = std::max(percent_goal_, sweep_distance_trigger_);
  if (triggered_ != unlimited) goal = std::max(goal, wrapping_sum(triggered_, min_runway));
  return {.goal = goal, .min_trigger = sweep_distance_trigger_};
}

std::uint64_t Pacer::trigger(const MemoryNow& now) const {
  const Bounds b = bounds(now);
  if (heap_marked_ >= b.goal) return b.goal;
  const std::uint64_t step = (b.goal - heap_marked_) / ratio_denominator;
  const std::uint64_t lower = std::max(b.min_trigger, heap_marked_ + step * ratio_min);
  std::uint64_t upper = heap_marked_ + step * ratio_max;
  if (b.goal > default_heap_minimum) upper = std::max(upper, b.goal - default_heap_minimum);
  upper = std::max(upper, lower);
  return std::min(b.goal, upper);
}

void Pacer::mark_ended(const MemoryNow& now, std::uint64_t marked_bytes,
                       std::uint64_t heap_in_use) {
  last_goal_ = goal(now);
  heap_marked_ = heap_live_ = marked_bytes;
  triggered_ = unlimited;
  last_in_use_ = heap_in_use;
}

void Pacer::commit(bool sweep_done, const MemoryNow& now) {
  sweep_distance_trigger_ = sweep_done ? 0 : heap_live_ + sweep_distance_min;
  percent_goal_ = unlimited;
  if (percent_ != value_off) {
    percent_goal_ = wrapping_sum(heap_marked_, wrapping_percentage(heap_marked_, percent_));
    percent_goal_ = std::max(percent_goal_, heap_minimum_);
  }
  pace_scavenger(now);
}

void Pacer::pace_scavenger(const MemoryNow& now) {
  scavenge_goal_ = unlimited;
  if (last_goal_ == 0) return;  // no collection yet
  const double ratio = static_cast<double>(goal(now)) / static_cast<double>(last_goal_);
  std::uint64_t keep = to_integer(static_cast<double>(last_in_use_) * ratio);
  keep = wrapping_sum(keep, keep / 10);
  keep = wrapping_sum(keep, kernel_page - 1) & ~(kernel_page - 1);
  if (now.retained > keep && now.retained - keep >= kernel_page) scavenge_goal_ = keep;
}

void Pacer::check_invariants() const {
  HEAPLAW_CHECK(triggered_ == unlimited, "between operations no cycle runs");
  HEAPLAW_CHECK(memory_limit_ <= no_memory_limit, "memory limit {}", memory_limit_);
}

}  // namespace heaplaw::model
