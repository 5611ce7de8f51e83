// A recount that finds nothing in a damaged state proves nothing: each check is made to fail once.
#include "oracle/naive/recount.h"

#include <functional>

#include "driver.h"
#include "oracle/naive/sweeper.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle {
namespace {

using naive::State;

State lived() {
  Driver d(2);
  for (int i = 0; i < 50; ++i) d.alloc(1024);
  d.alloc(100'000);
  d.apply(Operation::stack_grow(1, 2_KiB));
  d.read();
  d.alloc(100);
  return d.runtime.state();
}

TEST(NaiveRecount, aStateThatLivedIsSound) { EXPECT_NO_THROW(naive::recount(lived())); }

TEST(NaiveRecount, pagesInAHoleAreFound) {
  Driver d;
  d.alloc(100);
  d.apply(Operation::os_fault(OsFault::reserve));
  d.alloc(70 << 20);
  State state = d.runtime.state();
  ASSERT_NO_THROW(naive::recount(state));
  const naive::Page hole = state.space.reserved.front().end;
  state.spans.push_back({.kind = naive::SpanKind::stack, .start = hole, .pages = 4});
  EXPECT_THROW(naive::recount(state), CheckFailure);
}

TEST(NaiveRecount, damageIsFound) {
  const std::function<void(State&)> damages[] = {
      [](State& s) { s.pages.take(s.space.mapped_end - 1, s.space.mapped_end); },
      [](State& s) { s.procs[0].pages.free ^= std::uint64_t{1} << 63; },
      [](State& s) { s.procs[1].pages.scavenged = 1; },
      [](State& s) { s.spans[0].pages += 1; },
      [](State& s) { s.spans[0].allocated.clear(); },
      [](State& s) { s.spans[0].free_index = 9; },
      [](State& s) { s.tally.mallocs[5] += 1; },
      [](State& s) { s.tally.bytes += 8192; },
      [](State& s) { s.tally.bytes += 8, s.tally.bytes_freed += 8; },
      [](State& s) { s.tally.large_bytes_freed += 8192; },
      [](State& s) { s.span_pages[1] += 1; },
      [](State& s) { s.uncounted += 8; },
      [](State& s) { s.off_heap.page_metadata += 4096; },
      [](State& s) {
        s.objects.insert({.handle = 99, .slot = {0, 500}, .held = true});
      },
      [](State& s) { naive::swept_set(s, 1, naive::full).push(0); },
      [](State& s) { s.procs[1].spans[10] = 0; },
      [](State& s) { s.off_heap.span_set_blocks += 1; },
      [](State& s) { s.stacks.clear(); },
      [](State& s) { s.space.mapped_end += 1; },
      [](State& s) { s.space.mapped_end = s.space.reserved.back().end + 1; },
      [](State& s) { s.space.reserved.front().end -= 1; },
      [](State& s) { s.space.reserved.push_back(s.space.reserved.front()); },
      [](State& s) { s.pages.grow(1 << 20, 512); },
      [](State& s) {
        s.space.reserved.insert(s.space.reserved.begin(), {0, 8192});
      },
  };
  for (std::size_t i = 0; i < std::size(damages); ++i) {
    State state = lived();
    damages[i](state);
    EXPECT_THROW(naive::recount(state), CheckFailure) << "damage " << i;
  }
}

}  // namespace
}  // namespace heaplaw::oracle
