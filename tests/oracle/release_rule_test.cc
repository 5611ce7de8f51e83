#include "oracle/recording/release_rule.h"

#include <gtest/gtest.h>

#include "oracle/laws/heap_chapters.h"
#include "oracle/naive/runtime.h"

namespace heaplaw::oracle {
namespace {

using Op = Operation;
constexpr std::uint64_t gib = std::uint64_t{1} << 30U;
constexpr std::uint64_t buffers = 32 << 10;

// A recorded process with a ballast of 8 GiB, and a subject that has the same region.
struct World {
  World() {
    (void)subject.apply(Op::read_memstats());
    recorded.heap_inuse = ballast + own().heap_inuse;
    recorded.heap_idle = own().heap_idle;
    recorded.heap_released = own().heap_released;
    rule.begin(recorded, own());
  }
  [[nodiscard]] MemStats own() const { return subject.mem_stats(); }
  void perform(const Op& operation) {
    rule.before(operation, subject);
    (void)subject.apply(operation);
  }
  // What the process says if that many bytes fewer were released than the subject did.
  std::string judge(std::uint64_t late, bool just_released) {
    MemStats now = recorded;
    now.heap_inuse = ballast + own().heap_inuse;
    now.heap_idle = own().heap_idle;
    now.heap_released = wrapping_subtract(own().heap_released, late);
    return rule.judge(now, own(), just_released);
  }

  static constexpr std::uint64_t ballast = 8 * gib;
  NaiveRuntime subject{
      Release(19, 8), 1,
      HeapStart{.region = Address{0xc000400000}, .region_size = 256_MiB, .syncs = {}}};
  ReleaseRule rule{Bytes{buffers}};
  MemStats recorded;
};

TEST(ReleaseRule, IsExactWhileTheScavengerIdles) {
  World world;
  EXPECT_TRUE(world.rule.exact());
  EXPECT_EQ(world.judge(0, false), "");
  EXPECT_NE(world.judge(8192, false), "");
}

TEST(ReleaseRule, WorkBuffersComeBeforeAReleaseOrAllAfterIt) {
  World world;
  world.perform(Op::free_os_memory());
  EXPECT_EQ(world.judge(buffers, true), "");
  EXPECT_EQ(world.judge(8192, false), "") << "some are in use again";
  EXPECT_NE(world.judge(buffers, false), "") << "they never become more";
}

TEST(ReleaseRule, SomeOfThemAreNeverLate) {
  World world;
  world.perform(Op::free_os_memory());
  EXPECT_NE(world.judge(8192, true), "");
}

TEST(ReleaseRule, LateOnesMayWaitInACacheOfPages) {
  World world;
  world.perform(Op::free_os_memory());
  EXPECT_EQ(world.judge(buffers, true), "");
  world.perform(Op::free_os_memory());
  EXPECT_EQ(world.judge(buffers + 16'384, true), "");
}

TEST(ReleaseRule, WithoutBallastNothingIsKnown) {
  World world;
  world.recorded.heap_inuse = std::uint64_t{100} << 20U;
  world.rule.begin(world.recorded, world.own());
  EXPECT_FALSE(world.rule.exact());
  EXPECT_EQ(world.judge(8192, false), "");
}

TEST(ReleaseRule, ASettingOrAHeapThatGrowsEndsIt) {
  World percent;
  percent.perform(Op::gc_percent(100'000));
  EXPECT_FALSE(percent.rule.exact());
  World grown;
  grown.perform(Op::alloc(1, 300_MiB, ObjectKind::noscan));
  EXPECT_EQ(grown.judge(8192, false), "");
  EXPECT_FALSE(grown.rule.exact());
}

}  // namespace
}  // namespace heaplaw::oracle
