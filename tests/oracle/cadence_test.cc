#include "oracle/cadence.h"

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

TEST(Cadence, LooksAfterEveryOperationWhileAHistoryIsYoung) {
  const Cadence cadence{CadenceOptions{}};
  for (std::uint64_t i = 0; i < CadenceOptions{}.dense_snapshots; ++i) {
    EXPECT_TRUE(cadence.due(i, Operation::drop(1)).snapshot);
  }
}

TEST(Cadence, LaterLooksWithItsPeriodAndAtOperationsThatMoveMuch) {
  Cadence cadence{CadenceOptions{}};
  cadence.saw_map(10'000, 10);
  EXPECT_FALSE(cadence.due(10'001, Operation::drop(1)).snapshot);
  EXPECT_TRUE(cadence.due(10'048, Operation::drop(1)).snapshot);
  EXPECT_TRUE(cadence.due(10'010, Operation::gc()).map);
  EXPECT_TRUE(cadence.due(10'600, Operation::drop(1)).map);
}

TEST(Cadence, SparseLooksKeepTheirDistance) {
  const CadenceOptions sparse{.dense_snapshots = 0,
                              .dense_maps = 0,
                              .rare_snapshot_period = 10,
                              .invariants_with_maps_only = true};
  Cadence cadence{sparse};
  EXPECT_FALSE(cadence.due(0, Operation::drop(1)).snapshot);
  EXPECT_FALSE(cadence.due(9, Operation::gc()).snapshot) << "a history's beginning is a look";
  const Looks first = cadence.due(10, Operation::gc());
  EXPECT_TRUE(first.map && first.invariants);
  cadence.saw_snapshot(10);
  cadence.saw_map(10, 1000);
  EXPECT_FALSE(cadence.due(19, Operation::gc()).snapshot);
  const Looks later = cadence.due(20, Operation::gc());
  EXPECT_TRUE(later.snapshot);
  EXPECT_FALSE(later.map || later.invariants);
}

// So that its page maps cost a bounded share of the work, however many runs a heap has.
TEST(Cadence, MapsOfManyRunsAndObjectsAreTakenSeldom) {
  Cadence cadence{CadenceOptions{}};
  cadence.saw_map(10'000, 50'000);
  EXPECT_FALSE(cadence.due(11'000, Operation::gc()).map);
  EXPECT_FALSE(cadence.due(60'000, Operation::drop(1)).map);
  EXPECT_TRUE(cadence.due(60'001, Operation::gc()).map);
  EXPECT_TRUE(cadence.due(110'001, Operation::drop(1)).map);
}

}  // namespace
}  // namespace heaplaw::oracle
