#include "oracle/naive/pacer.h"

#include <algorithm>
#include <limits>

#include "oracle/naive/binary64.h"
#include "oracle/naive/books.h"

namespace heaplaw::oracle::naive {

namespace {

constexpr std::uint64_t mebibyte = 1 << 20;
constexpr std::uint64_t unlimited = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t infinite = std::numeric_limits<std::uint64_t>::max();

std::uint64_t heap_minimum(const State& state) {
  return 4 * mebibyte * state.gc_percent / 100;  // GC-9
}

// P of GC-13, modulo 2^64. A simulated process scans no stacks and has no globals.
std::uint64_t percent_goal(const State& state) {
  if (state.gc_percent == value_off) return infinite;
  const auto product = static_cast<std::uint64_t>(U128{state.heap_marked} * state.gc_percent);
  const auto goal = static_cast<std::uint64_t>(U128{state.heap_marked} + product / 100);
  return std::max(goal, heap_minimum(state));
}

// GC-14. Off is the largest value of a signed number.
std::uint64_t limit_goal(const State& state, HeapAllocView view) {
  const std::uint64_t limit = std::min(state.memory_limit, unlimited);
  const Footprint has = count_footprint(state);
  const std::uint64_t unknown = view == HeapAllocView::exact ? 0 : state.uncounted;
  const std::uint64_t non_heap = has.sys - has.heap_idle - (has.heap_alloc - unknown);
  const std::uint64_t mapped_ready = has.mapped_ready();
  const std::uint64_t overage = mapped_ready > limit ? mapped_ready - limit : 0;
  if (non_heap + overage >= limit) return state.heap_marked;
  const std::uint64_t goal = limit - non_heap - overage;
  const HeapFacts& facts = state.heap_facts();
  const std::uint64_t headroom =
      std::max(facts.limit_headroom.raw(), goal / 100 * facts.limit_headroom_percent);
  const bool tight = goal < headroom || goal - headroom < headroom;
  return std::max(tight ? headroom : goal - headroom, state.heap_marked);
}

// SC-13: what the heap may keep, if the goal were that of the marked heap.
std::uint64_t scavenge_goal(const State& state) {
  if (state.last_goal == 0) return value_off;
  std::uint64_t goal =
      scaled(heap_goal(state, HeapAllocView::inner), state.last_goal, state.last_heap_inuse);
  if (goal > infinite / 2) return value_off;
  goal += goal / 10;
  goal = (goal + physical_page_bytes - 1) / physical_page_bytes * physical_page_bytes;
  const std::uint64_t retained = retained_bytes(state);
  const bool over = retained > goal && retained - goal >= physical_page_bytes;
  return over ? goal : value_off;
}

SweepPace sweep_pace(const State& state) {
  if (state.sweep_done) return {};
  const std::uint64_t in_use = pages_of(state, SpanKind::objects);
  if (in_use <= state.pages_swept) return {};
  const std::uint64_t trigger = gc_trigger(state);
  const std::uint64_t floor = state.heap_live + mebibyte + page_bytes;
  return {.pages = in_use - state.pages_swept,
          .bytes = trigger < floor ? page_bytes : trigger - state.heap_live - mebibyte,
          .live_basis = state.heap_live,
          .swept_basis = state.pages_swept};
}

}  // namespace

std::uint64_t heap_goal(const State& state, HeapAllocView view,
                        std::optional<std::uint64_t> triggered) {
  const std::uint64_t by_percent = percent_goal(state);
  // Without a limit its goal is above any heap that fits the address space, so that it need not be
  // counted.
  const bool limit_matters = state.memory_limit != value_off || by_percent > unlimited / 2;
  if (limit_matters) {
    const std::uint64_t by_limit = limit_goal(state, view);
    if (by_limit < by_percent) return by_limit;
  }
  std::uint64_t goal = std::max(by_percent, state.sweep_goal);
  if (triggered) goal = std::max(goal, *triggered + (64 << 10));
  return goal;
}

std::uint64_t gc_trigger(const State& state) {
  const std::uint64_t goal = heap_goal(state, HeapAllocView::inner);
  const std::uint64_t marked = state.heap_marked;
  if (marked >= goal) return goal;
  const bool limited = goal < percent_goal(state);
  const std::uint64_t step = (goal - marked) / 64;
  const std::uint64_t lower =
      std::max({limited ? 0 : state.sweep_goal, marked, marked + step * 45});
  const std::uint64_t upper =
      std::max({marked + step * 61, goal > 4 * mebibyte ? goal - 4 * mebibyte : 0, lower});
  return std::clamp(goal, lower, upper);  // runway is 0 (SIM-5)
}

bool gc_triggered(const State& state) { return state.heap_live >= gc_trigger(state); }

void commit_pace(State& state) {
  state.sweep_goal = state.sweep_done ? 0 : state.heap_live + mebibyte;
  state.sweep_pace = sweep_pace(state);
  state.retained_goal = scavenge_goal(state);
}

std::uint64_t sweep_target(const State& state, std::uint64_t bytes) {
  const SweepPace& pace = state.sweep_pace;
  const std::uint64_t since =
      state.heap_live > pace.live_basis ? state.heap_live - pace.live_basis : 0;
  return scaled(pace.pages, pace.bytes, since + bytes);
}

}  // namespace heaplaw::oracle::naive
