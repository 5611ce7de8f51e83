// The recount must notice when a structure says something else than the others.
#include "model/heap/state_invariants.h"

#include <gtest/gtest.h>

#include "runtime_fixture.h"
#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

class StateInvariants : public testing::Test {
 protected:
  StateInvariants() {
    process.fill(100_B, 200);
    process.alloc(100000_B);
    process.gc();
    process.fill(100_B, 5);
    process.apply(Operation::stack_grow(1, 4_KiB));
    state.emplace(process.runtime.state());
    recount_state(*state);
  }
  void expect_noticed() { EXPECT_THROW(recount_state(*state), CheckFailure); }

  Process process;
  std::optional<HeapState> state;  // a copy to be spoilt
};

TEST_F(StateInvariants, NoticeBytesThatMovedAlone) {
  state->ledger.free += 8192;
  expect_noticed();
}
TEST_F(StateInvariants, NoticeALostSpan) {
  state->proc().cached.fill(no_span);
  expect_noticed();
}
TEST_F(StateInvariants, NoticeASpanInTwoPlaces) {
  const SpanClass c = state->classes->place_of(100, ObjectKind::noscan).span_class;
  state->push(state->central[c].partial_swept(state->sweep.generation), state->proc().cached[c]);
  expect_noticed();
}
TEST_F(StateInvariants, NoticeAWrongCountOfSlots) {
  const SpanClass c = state->classes->place_of(100, ObjectKind::noscan).span_class;
  ++state->spans[state->proc().cached[c]].taken;
  expect_noticed();
}
TEST_F(StateInvariants, NoticeAWrongCountOfDeadSpans) {
  ++state->sweep.dead_spans;
  expect_noticed();
}
TEST_F(StateInvariants, NoticeALiveObjectInAFreeSlot) {
  const SpanClass c = state->classes->place_of(100, ObjectKind::noscan).span_class;
  state->kept.push_back(ObjectRef::of(state->proc().cached[c], 72));
  expect_noticed();
}
TEST_F(StateInvariants, NoticeALostSpanRecord) {
  ++state->proc().span_records;
  expect_noticed();
}
TEST_F(StateInvariants, NoticePagesThatNobodyHas) {
  state->pages.take(state->pages.mapped().ranges()[0].limit - 8192_B, 1_pages);
  expect_noticed();
}

}  // namespace
}  // namespace heaplaw::model
