#include "model/stacks/stack_allocator.h"

#include <gtest/gtest.h>

#include "heap_fixture.h"
#include "model/heap/state_invariants.h"

namespace heaplaw::model {
namespace {

constexpr std::uint64_t heap = 0xc000000000;

std::uint64_t address_of(const HeapState& state, std::uint64_t ref) {
  return state.spans[ObjectRef::span(ref)].address_of(ObjectRef::slot(ref));
}

// ST-2 and ST-3: the pool hands out the upper half first, and the P gets it ascending.
TEST(StackAllocator, SmallStacksComeAscendingByHalvesUpperHalfFirst) {
  HeapFixture f;
  StackAllocator stacks(f.state);
  for (unsigned i = 0; i < 8; ++i) {
    EXPECT_EQ(address_of(f.state, stacks.allocate(2048)), heap + (8 + i) * 2048);
  }
  for (unsigned i = 0; i < 8; ++i) {
    EXPECT_EQ(address_of(f.state, stacks.allocate(2048)), heap + i * 2048);
  }
  EXPECT_EQ(f.state.ledger.stacks, 32768u);
}

TEST(StackAllocator, TheLastFreedIsTheNextUsed) {
  HeapFixture f;
  StackAllocator stacks(f.state);
  static_cast<void>(stacks.allocate(4096));
  const std::uint64_t second = stacks.allocate(4096);
  stacks.free(second);
  EXPECT_EQ(stacks.allocate(4096), second);
}

TEST(StackAllocator, AFullCacheGivesHalfBack) {
  HeapFixture f;
  StackAllocator stacks(f.state);
  std::vector<std::uint64_t> refs;
  for (unsigned i = 0; i < 6; ++i) refs.push_back(stacks.allocate(16384));
  for (const std::uint64_t ref : refs) stacks.free(ref);
  EXPECT_LE(f.state.proc().stacks[3].count, 2u);
  recount_state(f.state);
}

TEST(StackAllocator, FlushingGivesEmptySpansBack) {
  HeapFixture f;
  StackAllocator stacks(f.state);
  const std::uint64_t kept = stacks.allocate(8192);
  stacks.free(stacks.allocate(2048));
  stacks.flush(f.state.proc());
  EXPECT_EQ(f.state.ledger.stacks, 32768u) << "only the span of the stack in use";
  stacks.free(kept);
  stacks.flush(f.state.proc());
  EXPECT_EQ(f.state.ledger.stacks, 0u);
  recount_state(f.state);
}

TEST(StackAllocator, LargeStacksHaveTheirOwnPages) {
  HeapFixture f;
  StackAllocator stacks(f.state);
  const std::uint64_t ref = stacks.allocate(65536);
  EXPECT_EQ(f.state.ledger.stacks, 65536u);
  stacks.free(ref);
  EXPECT_EQ(f.state.ledger.stacks, 0u);
}

}  // namespace
}  // namespace heaplaw::model
