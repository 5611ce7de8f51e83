#include "oracle/naive/runtime.h"

#include <limits>
#include <random>
#include <stdexcept>

#include "driver.h"
#include "vocabulary/check.h"
#include "vocabulary/trace_rules.h"

namespace heaplaw::oracle {
namespace {

TEST(NaiveRuntime, refusesWhatItDoesNotKnow) {
  EXPECT_THROW(NaiveRuntime(Release{18}, 1), std::invalid_argument);
  EXPECT_THROW(NaiveRuntime(Release(20, 1), 1), std::invalid_argument);
  EXPECT_THROW(NaiveRuntime(Release{27}, 1), std::invalid_argument);
  EXPECT_THROW(NaiveRuntime(tested_release, 0), std::invalid_argument);
  EXPECT_THROW(NaiveRuntime(tested_release, 65), std::invalid_argument);
  const HeapStart low{.region = Address{0x1000}, .region_size = 8_KiB, .syncs = {}};
  EXPECT_THROW(NaiveRuntime(tested_release, 1, low), std::invalid_argument);
  const SyncObject elsewhere{.size = 8_KiB, .address = Address{0xc000202000}};
  const HeapStart start{
      .region = Address{0xc000200000}, .region_size = 4096_KiB, .syncs = {elsewhere}};
  EXPECT_THROW(NaiveRuntime(tested_release, 1, start), std::invalid_argument);
}

// SIM-2.
TEST(NaiveRuntime, aRecordedStartIsFreeFromItsRegionOn) {
  const SyncObject sync{.size = 8_KiB, .address = Address{0xc000202000}};
  const HeapStart start{.region = Address{0xc000202000}, .region_size = 4096_KiB, .syncs = {sync}};
  const NaiveRuntime runtime(tested_release, 1, start);
  const PageMap map = runtime.page_map();
  EXPECT_EQ(map.count(PageUse::other_span), Pages{257});
  EXPECT_EQ(map.count(PageUse::object_span), Pages{1});
  EXPECT_EQ(map.count(PageUse::free) + map.count(PageUse::cached), Pages{512 + 254});
  EXPECT_NO_THROW(runtime.check_invariants());
}

// Where the base is random the heap of a recorded start begins with the region's arena.
TEST(NaiveRuntime, aRandomHeapBeginsWithTheArenaOfItsRegion) {
  const SyncObject sync{.size = 8_KiB, .address = Address{0x25567e080000}};
  const HeapStart start{
      .region = Address{0x25567e080000}, .region_size = 4096_KiB, .syncs = {sync}};
  const NaiveRuntime runtime(green_tea, 1, start);
  const PageMap map = runtime.page_map();
  EXPECT_EQ(map.runs().front().start, Address{0x25567c000000});
  EXPECT_EQ(map.count(PageUse::other_span), Pages{(32 << 7) + 64});
  EXPECT_NO_THROW(runtime.check_invariants());
  const HeapStart high{.region = Address{0x7fffffe00000}, .region_size = 4096_KiB, .syncs = {}};
  EXPECT_THROW(NaiveRuntime(green_tea, 1, high), std::invalid_argument);
  Driver d(1, green_tea);
  EXPECT_EQ(d.alloc(8192), 0U) << "without a start it begins where it always did";
}

TEST(NaiveRuntime, brokenRulesOfATraceFailAsChecks) {
  Driver d;
  EXPECT_THROW((void)d.runtime.apply(Operation::proc(1)), CheckFailure);
  d.alloc(1);
  EXPECT_THROW((void)d.runtime.apply(Operation::alloc(1, Bytes{1}, ObjectKind::scan)),
               CheckFailure);
}

// SIM-12.
TEST(NaiveRuntime, whatCannotBeHadChangesNothing) {
  Driver d;
  d.alloc(100);
  const MemStats before = d.runtime.mem_stats();
  const PageMap map = d.runtime.page_map();
  for (const std::uint64_t bytes :
       {std::uint64_t{1} << 47, std::uint64_t{1} << 63, std::numeric_limits<std::uint64_t>::max(),
        std::numeric_limits<std::uint64_t>::max() - 8191}) {
    const Observation said = d.apply(Operation::alloc(9, Bytes{bytes}, ObjectKind::noscan));
    EXPECT_EQ(said.answer, Answer::out_of_memory) << bytes;
  }
  EXPECT_EQ(d.runtime.mem_stats(), before);
  EXPECT_EQ(d.runtime.page_map(), map);
}

TEST(NaiveRuntime, theMachineMapsTwoTebibytes) {
  Driver d;
  const auto terabyte = [](std::uint64_t handle) {
    return Operation::alloc(handle, Bytes{std::uint64_t{1} << 40}, ObjectKind::noscan);
  };
  EXPECT_EQ(d.apply(terabyte(1)).answer, Answer::address);
  EXPECT_EQ(d.apply(terabyte(2)).answer, Answer::out_of_memory);  // the first one's collection grew
  d.apply(Operation::gc_percent(value_off));
  EXPECT_EQ(d.apply(terabyte(3)).answer, Answer::out_of_memory);
  d.drop(1);
  d.apply(Operation::free_os_memory());
  EXPECT_EQ(d.runtime.mem_stats().heap_inuse, 0U);
}

// SIM-11: one growth fails, and what is mapped stays usable.
TEST(NaiveRuntime, aFaultOfTheKernelStopsOneGrowth) {
  Driver d;
  d.alloc(100);
  const Operation big = Operation::alloc(90, Bytes{30 << 20}, ObjectKind::scan);
  d.apply(Operation::os_fault(OsFault::reserve));
  d.apply(Operation::os_fault(OsFault::map));
  d.alloc(1 << 20);
  const MemStats before = d.runtime.mem_stats();
  EXPECT_EQ(d.apply(big).answer, Answer::out_of_memory);
  EXPECT_EQ(d.runtime.mem_stats(), before);
  d.drop(90);
  EXPECT_EQ(d.apply(big).answer, Answer::address);
  d.apply(Operation::os_fault(OsFault::map));
  EXPECT_EQ(d.apply(Operation::stack_grow(1, Bytes{1 << 30})).answer, Answer::out_of_memory);
  d.apply(Operation::stack_free(1));
  d.apply(Operation::os_fault(OsFault::huge_pages));
  d.apply(Operation::os_pressure(Bytes{1}));
  d.alloc(1000);
}

// What overflows dies before it asks for pages; what no machine has is a growth that fails.
TEST(NaiveRuntime, anOverflowLeavesTheFaultForTheNextGrowth) {
  for (const bool overflows : {false, true}) {
    Driver d;
    d.apply(Operation::os_fault(OsFault::map));
    const Bytes size{overflows ? ~std::uint64_t{0} : std::uint64_t{1} << 57};
    EXPECT_EQ(d.apply(Operation::alloc(1, size, ObjectKind::scan)).answer, Answer::out_of_memory);
    EXPECT_EQ(d.apply(Operation::alloc(2, Bytes{8}, ObjectKind::scan)).answer,
              overflows ? Answer::out_of_memory : Answer::address);
  }
}

Operation drawn(std::mt19937_64& random) {
  const std::uint64_t handle = random() % 200;
  const std::uint64_t sizes[] = {random() % 16, random() % 1100, random() % 40'000,
                                 random() % (1 << 21)};
  const auto kind = random() % 2 == 0 ? ObjectKind::scan : ObjectKind::noscan;
  switch (random() % 24) {
    case 0:
      return Operation::gc();
    case 1:
      return Operation::read_memstats();
    case 2:
      return Operation::gc_percent(random() % 4 == 0 ? value_off : random() % 200);
    case 3:
      return Operation::memory_limit(random() % 2 == 0 ? value_off : random() % (1 << 25));
    case 4:
      return Operation::advance(random() % 300'000'000'000);
    case 5:
      return Operation::proc(random() % 3);
    case 6:
      return Operation::stack_grow(handle, Bytes{std::uint64_t{2048} << random() % 6});
    case 7:
      return Operation::stack_free(handle);
    case 8:
      return Operation::free_os_memory();
    default:
      break;
  }
  if (random() % 2 == 0) return Operation::drop(handle);
  return Operation::alloc(handle, Bytes{sizes[random() % 4]}, kind);
}

TEST(NaiveRuntime, staysSoundThroughRandomHistories) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    Driver d(3, seed % 2 == 0 ? tested_release : green_tea);
    TraceRules rules(3);
    for (int i = 0; i < 1000; ++i) {
      const Operation operation = drawn(random);
      if (rules.follow(operation) != Breach::none) continue;
      ASSERT_NE(d.apply(operation).answer, Answer::out_of_memory);
      if (testing::Test::HasFailure()) return;
    }
    EXPECT_GT(d.runtime.mem_stats().num_gc, 50U);
  }
}

}  // namespace
}  // namespace heaplaw::oracle
