#include "evidence/explanation/figures.h"

#include <gtest/gtest.h>

#include "evidence/gc_trace.h"

namespace heaplaw::evidence {
namespace {

constexpr std::uint64_t mib = 1024 * 1024;

template <typename Line>
Figures told_by(std::string_view text) {
  const auto line = parse_trace_line<Line>(text, {});
  Figures figures;
  take(figures, line, releases_of(line));
  return figures;
}

TEST(Figures, ASnapshotTellsWhatItHasAndNothingElse) {
  Snapshot snapshot;
  snapshot.set(&MemStats::alloc, 7);
  snapshot.set(&MemStats::heap_idle, 8192);
  snapshot.set(&MemStats::mallocs, 5);
  snapshot.set(&MemStats::frees, 3);
  const Figures figures = figures_of(snapshot, {9, 11});
  EXPECT_EQ(figures.heap_alloc, Bounds::exactly(7));
  EXPECT_EQ(figures.heap_idle, Bounds::exactly(8192));
  EXPECT_EQ(figures.heap_objects, Bounds::exactly(2));
  EXPECT_FALSE(figures.sys);
  EXPECT_FALSE(figures.heap_released);
  EXPECT_TRUE(figures.by_size.empty());
  EXPECT_EQ(figures.releases, (ReleaseSpan{9, 11}));
}

TEST(Figures, ATraceTellsInWholeMiB) {
  const Figures gc = told_by<GcLine>(
      "gc 5 @0.150s 0%: 0.016+0.24+0.002 ms clock, 0.032+0.018/0.050/0.094+0.005 ms cpu, "
      "381->382->190 MB, 383 MB goal, 2 P");
  EXPECT_EQ(gc.heap_alloc, (Bounds{382 * mib, 383 * mib - 1}));
  EXPECT_EQ(gc.marked, (Bounds{190 * mib, 191 * mib - 1}));
  EXPECT_EQ(gc.next_gc, (Bounds{383 * mib, 384 * mib - 1}));
  const Figures scvg = told_by<ScvgLine>(
      "scvg: inuse: 835, idle: 188, sys: 1023, released: 17, consumed: 1005 (MB)");
  EXPECT_EQ(scvg.heap_inuse, Bounds::floored(835, mib));
  EXPECT_EQ(scvg.heap_released, Bounds::floored(17, mib));
  EXPECT_FALSE(scvg.sys);
  EXPECT_EQ(told_by<ScavLine>("scav 3 0 KiB work, 67344 KiB total, 74% util").heap_released,
            Bounds::floored(67344, 1024));
}

TEST(Figures, OnlyUpToGo12DoesATraceSayWhatIsLeft) {
  EXPECT_EQ(told_by<OldGcLine>("gc9(1): 6+0+0 ms, 121 -> 114 MB 203392 -> 203357 (203424-67) "
                               "objects, 0(0) handoff, 0(0) steal, 0/0/0 yields")
                .marked,
            Bounds::floored(114, mib));
  EXPECT_FALSE(
      told_by<OldGcLine>("gc6(1): 1+0+181+0 us, 0 -> 95 MB, 599 (757-158) objects, 6 "
                         "goroutines, 52/0/0 sweeps, 0(0) handoff, 0(0) steal, 0/0/0 yields")
          .marked);
}

Figures whole() {
  const auto is = Bounds::exactly;
  Figures f;
  f.sys = is(1000);
  f.heap_alloc = is(300);
  f.heap_inuse = is(400);
  f.heap_idle = is(200);
  f.heap_sys = is(600);
  f.heap_released = is(100);
  f.stack_inuse = is(90);
  f.stack_sys = is(100);
  return f;
}

TEST(Figures, ThoseThatFitStayAsTheyAre) {
  Figures f = whole();
  EXPECT_TRUE(settle(f).empty());
  EXPECT_EQ(f, whole());
}

TEST(Figures, WhatFollowsIsFilledIn) {
  Figures f = whole();
  f.heap_sys.reset();
  EXPECT_TRUE(settle(f).empty());
  EXPECT_EQ(f.heap_sys, Bounds::exactly(600));
  f.heap_idle.reset();
  EXPECT_TRUE(settle(f).empty());
  EXPECT_EQ(f.heap_idle, Bounds::exactly(200));
  f.heap_inuse.reset();
  EXPECT_TRUE(settle(f).empty());
  EXPECT_EQ(f, whole());
}

TEST(Figures, WhatCannotBeIsTakenOut) {
  struct Planted {
    Figures::Figure Figures::*figure;
    std::uint64_t value;
    std::string_view found;
  };
  const Planted planted[] = {
      {&Figures::heap_alloc, 401, "HeapAlloc 401 is more than HeapInuse 400"},
      {&Figures::heap_alloc, 18446744070656145800U, "HeapAlloc 18446744070656145800 has wrapped"},
      {&Figures::heap_released, 201, "HeapReleased 201 is more than HeapIdle 200"},
      {&Figures::heap_sys, 601, "HeapSys 601 is not HeapInuse + HeapIdle, 600"},
      {&Figures::stack_inuse, 101, "StackInuse 101 is more than StackSys 100"},
      {&Figures::sys, 699, "Sys 699 is less than the sum of its parts, 700"},
      {&Figures::gc_sys, ~std::uint64_t{7}, "GCSys 18446744073709551608 has wrapped"},
  };
  for (const Planted& one : planted) {
    Figures f = whole();
    f.*one.figure = Bounds::exactly(one.value);
    const auto found = settle(f);
    ASSERT_EQ(found.size(), 1) << one.found;
    EXPECT_EQ(found[0].why, one.found);
    EXPECT_TRUE(settle(f).empty()) << one.found;
  }
}

TEST(Figures, FlooredSumsMayMissByTheirUnits) {
  Figures f;
  f.heap_inuse = Bounds::floored(12, mib);
  f.heap_idle = Bounds::floored(13, mib);
  f.heap_sys = Bounds::floored(26, mib);
  EXPECT_TRUE(settle(f).empty());
  f.heap_sys = Bounds::floored(14, mib);
  EXPECT_EQ(settle(f).size(), 1);
}

TEST(Figures, EachFieldIsNamedOnce) {
  for (const NamedFigure& figure : named_figures()) {
    const MemStatsField* field = mem_stats_field_named(figure.name);
    ASSERT_TRUE(field) << figure.name;
    EXPECT_EQ(field->member, figure.member) << figure.name;
  }
}

}  // namespace
}  // namespace heaplaw::evidence
