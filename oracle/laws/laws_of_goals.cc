#include <algorithm>
#include <optional>

#include "oracle/laws/heap_chapters.h"
#include "oracle/laws/limit_goal.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;
__extension__ using Wide = __int128;

constexpr std::uint64_t mib = 1 << 20;

void goal_not_below_minimum(const M& m, F& f) {
  if (!m.ledger->has_percent() || m.ledger->has_limit() || !m.setting->starts_empty) return;
  const Wide minimum = Wide{4 * mib} * m.ledger->gc_percent / 100;
  f.compared();
  if (Wide{m.now->next_gc} >= minimum) return;
  f.add({"NextGC"}, std::to_string(m.now->next_gc),
        fmt::format("at least {}", static_cast<std::uint64_t>(minimum)));
}

void goal_without_percent(const M& m, F& f) {
  if (m.ledger->has_percent()) return;
  const auto goal = limit_goal(*m.now, m.ledger->memory_limit, m.setting->release);
  if (!goal) return;
  if (m.white_box.heap_marked) {
    equal(f, {"NextGC"}, m.now->next_gc, std::max(*goal, m.white_box.heap_marked->raw()));
  } else if (m.ledger->has_limit()) {
    at_least(f, {"NextGC"}, m.now->next_gc, *goal);
  } else {
    equal(f, {"NextGC"}, m.now->next_gc, *goal);
  }
}

void no_goal_without_percent(const M& m, F& f) {
  if (m.ledger->has_percent()) return;
  equal(f, {"NextGC"}, m.now->next_gc, ~std::uint64_t{0});
}

void goal_covers_the_marked(const M& m, F& f) {
  if (m.white_box.heap_marked) {
    at_least(f, {"NextGC"}, m.now->next_gc, m.white_box.heap_marked->raw());
  }
}

// One refill's budget is 101 pops. Credit for proportional sweep comes on top, and with a close
// goal it may rightly be large, so that this is advice: three of Go's bugs swept the world here
// (E1, E2 and E3 of the fault gallery).
void sweeping_is_bounded(const M& m, F& f) {
  if (!m.white_box.spans_swept || !m.ledger->last_was(OperationKind::alloc)) return;
  at_most(f, {"spans swept"}, *m.white_box.spans_swept,
          1024 + 101 + pages_covering(Bytes{m.ledger->last->value}, heap_page).raw());
}

constexpr HeapLaw laws[] = {
    {{"goal-not-below-minimum", "With GOGC on and no limit NextGC is at least 4 MiB * GOGC / 100.",
      "1.10 -", exact, "MS-24"},
     goal_not_below_minimum},
    {{"goal-without-percent-is-the-limits",
      "With GOGC off NextGC follows from the memory limit and the same snapshot.", "1.19 -", exact,
      "GC-14"},
     goal_without_percent},
    {{"no-goal-without-percent", "With GOGC off NextGC is 2^64 - 1.", "1.9 - 1.18", exact,
      "GC-11, GC-12"},
     no_goal_without_percent},
    {{"goal-covers-the-marked", "NextGC is never below what the last collection marked.", "1.9 -",
      exact, "MS-24"},
     goal_covers_the_marked},
    {{"sweeping-is-bounded",
      "An allocation sweeps a bounded number of spans, not all that there are.", "1.15 -", advisory,
      "SP-15, SW-4, SW-5"},
     sweeping_is_bounded},
};

}  // namespace

std::span<const HeapLaw> laws_of_goals() { return laws; }

}  // namespace heaplaw::oracle
