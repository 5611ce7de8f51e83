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
  d.apply(Operation::os_fault(OsFault::map));
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

// SIM-11: what a failed operation did to hints and orders is undone; only its own order is used.
TEST(NaiveRuntime, aRefusedReservationStandsUntilItIsTried) {
  Driver d;
  d.apply(Operation::gc_percent(value_off));
  d.alloc(100);
  const Operation far = Operation::alloc(90, Bytes{64 << 20}, ObjectKind::noscan);
  d.apply(Operation::os_fault(OsFault::reserve));
  d.apply(Operation::os_fault(OsFault::reserve));
  d.apply(Operation::os_fault(OsFault::map));
  const PageMap map = d.runtime.page_map();
  EXPECT_EQ(d.apply(far).answer, Answer::out_of_memory);
  EXPECT_EQ(d.runtime.page_map(), map);
  EXPECT_TRUE(d.runtime.state().space.next_try_fails);
  EXPECT_FALSE(d.runtime.state().growth_fails);
  d.drop(90);
  EXPECT_LT(d.alloc(20 << 20), std::uint64_t{64} << 20) << "it fits into the first arena";
  EXPECT_TRUE(d.runtime.state().space.next_try_fails);
  EXPECT_EQ(d.apply(far).address, Address{0x1c000000000});
  EXPECT_FALSE(d.runtime.state().space.next_try_fails) << "two orders at once are one";
  EXPECT_EQ(d.alloc(64 << 20), (std::uint64_t{1} << 40) + (64 << 20));
}

// A growth that is too large for the machine tried nothing in the end either.
TEST(NaiveRuntime, anOrderOutlivesAGrowthThatIsTooLarge) {
  Driver d;
  d.apply(Operation::os_fault(OsFault::reserve));
  const Operation huge = Operation::alloc(90, Bytes{std::uint64_t{3} << 40}, ObjectKind::noscan);
  EXPECT_EQ(d.apply(huge).answer, Answer::out_of_memory);
  EXPECT_EQ(d.alloc(100), std::uint64_t{1} << 40);
}

// 128 hints, 64 from Go 1.20 on; when there is none left, growth fails, and the order stays.
TEST(NaiveRuntime, withoutHintsGrowthFails) {
  for (const auto& [release, hints] : {std::pair{tested_release, 128U}, {green_tea, 64U}}) {
    Driver d(1, release);
    d.apply(Operation::gc_percent(value_off));
    const auto far = [&] {
      return Operation::alloc(++d.last, Bytes{60 << 20}, ObjectKind::noscan);
    };
    d.apply(far());
    for (unsigned i = 1; i < hints; ++i) {
      d.apply(Operation::os_fault(OsFault::reserve));
      ASSERT_EQ(d.apply(far()).address.raw(), heap_base + (std::uint64_t{i} << 40));
    }
    d.apply(Operation::os_fault(OsFault::reserve));
    const MemStats before = d.runtime.mem_stats();
    EXPECT_EQ(d.apply(far()).answer, Answer::out_of_memory);
    EXPECT_EQ(d.apply(far()).answer, Answer::out_of_memory);
    EXPECT_EQ(d.runtime.mem_stats(), before);
    EXPECT_EQ(d.runtime.state().space.hints.size(), 1U);
    EXPECT_EQ(d.alloc(100), std::uint64_t{60} << 20) << "what is mapped stays usable";
  }
}

// Address space ends at 2^47, a quarter of a TiB above the last hint of Go 1.19.
TEST(NaiveRuntime, noHintReachesBeyondTheAddressSpace) {
  Driver d;
  d.apply(Operation::gc_percent(value_off));
  for (int i = 0; i < 127; ++i) {
    d.apply(Operation::os_fault(OsFault::reserve));
    d.alloc(64 << 20);
  }
  const auto quarter = [](std::uint64_t handle) {
    return Operation::alloc(handle, Bytes{std::uint64_t{1} << 38}, ObjectKind::noscan);
  };
  EXPECT_EQ(d.apply(quarter(900)).answer, Answer::out_of_memory);
  EXPECT_EQ(d.apply(quarter(901)).answer, Answer::out_of_memory);
  EXPECT_NE(d.alloc(64 << 20), 0U) << "the hint is there again";
}

// SIM-11: behind a base drawn at random lie the hints of every process, lower ones too; arenas are
// swept in the order in which the heap got them.
TEST(NaiveRuntime, aRandomHeapGoesOnAtTheFirstHint) {
  const HeapStart start{.region = Address{0x25567e080000}, .region_size = 4096_KiB, .syncs = {}};
  NaiveRuntime runtime(green_tea, 1, start);
  const auto far = [&](std::uint64_t handle) {
    (void)runtime.apply(Operation::os_fault(OsFault::reserve));
    const Bytes size{64 << 20};
    return runtime.apply(Operation::alloc(handle, size, ObjectKind::noscan)).address;
  };
  EXPECT_EQ(far(1), Address{heap_base});
  EXPECT_EQ(runtime.page_map().runs().front().start, Address{heap_base});
  EXPECT_EQ(runtime.page_map().at(Address{0x25567c000000}).use, PageUse::other_span);
  EXPECT_EQ(far(2), Address{0x1c000000000});
  EXPECT_NO_THROW(runtime.check_invariants());
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
                                 random() % (1 << (random() % 8 == 0 ? 27 : 21))};
  const auto kind = random() % 2 == 0 ? ObjectKind::scan : ObjectKind::noscan;
  switch (random() % 25) {
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
    case 9:
      return Operation::os_fault(OsFault::reserve);
    default:
      break;
  }
  if (random() % 2 == 0) return Operation::drop(handle);
  return Operation::alloc(handle, Bytes{sizes[random() % 4]}, kind);
}

TEST(NaiveRuntime, staysSoundThroughRandomHistories) {
  std::size_t holes = 0;
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
    holes += d.runtime.state().pages.mapped().size() - 1;
  }
  EXPECT_GT(holes, 0U);
}

}  // namespace
}  // namespace heaplaw::oracle
