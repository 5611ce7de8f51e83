// Sweeping: what the last collection did not mark becomes free (spec: heap, section 5).
#pragma once

#include <cstdint>
#include <optional>

#include "oracle/naive/state.h"

namespace heaplaw::oracle::naive {

enum Fullness : std::size_t { partial, full };

// The sets of a class, which swap their roles with each collection (SP-14).
[[nodiscard]] SpanSet& swept_set(State& state, unsigned span_class, Fullness fullness);
[[nodiscard]] SpanSet& unswept_set(State& state, unsigned span_class, Fullness fullness);
void push_swept(State& state, SpanId id, Fullness fullness);
[[nodiscard]] std::optional<SpanId> pop(State& state, SpanSet& set);

// Whether somebody may sweep it now: not swept in this cycle, and in nobody's cache.
[[nodiscard]] bool is_unswept(const State& state, SpanId id);

// SW-1, of an unswept or stale cached span. Frees it or puts it into the set where it belongs.
// Says whether it was freed.
bool sweep(State& state, SpanId id);
// The same, but whoever calls keeps the span, even if it is empty (SP-15). Says how many slots are
// in use.
unsigned sweep_and_keep(State& state, SpanId id);

// The next span in sweep order (SW-3). False, and sweeping is done, if there is none.
bool sweep_one(State& state);
// What a collection begins with (SW-6), and what a requested one ends with.
void sweep_all(State& state);
void reset_unswept_sets(State& state);

// Proportional sweep, before a span of so many bytes is cached or allocated (SW-4).
void deduct_sweep_credit(State& state, std::uint64_t bytes, std::uint64_t caller_pages);
// Sweeps until so many pages came free, before a new object span (SW-5).
void reclaim(State& state, std::uint64_t pages);

}  // namespace heaplaw::oracle::naive
