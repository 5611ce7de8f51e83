#include "model/pages/sparse_blocks.h"

#include <array>

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

using Block = std::array<std::uint64_t, 4>;

TEST(SparseBlocks, BlocksComeInAnyOrderAndBeginWithZeros) {
  SparseBlocks<Block> blocks;
  EXPECT_EQ(blocks.find(7), nullptr);
  blocks.at(1000)[3] = 5;
  blocks.at(10)[0] = 6;
  blocks.at(1002);
  EXPECT_EQ((*blocks.find(1000))[3], 5u);
  EXPECT_EQ((*blocks.find(10))[0], 6u);
  EXPECT_EQ((*blocks.find(1002))[0], 0u);
  EXPECT_EQ(blocks.find(9), nullptr);
  EXPECT_EQ(blocks.find(11), nullptr);
  EXPECT_EQ(blocks.find(1003), nullptr);
  EXPECT_EQ(blocks.first(), 10u);
  EXPECT_EQ(blocks.end(), 1003u);
}

TEST(SparseBlocks, ACopyIsItsOwn) {
  SparseBlocks<Block> blocks;
  blocks.at(3)[0] = 1;
  SparseBlocks<Block> copy = blocks;
  copy.at(3)[0] = 2;
  EXPECT_EQ(blocks.at(3)[0], 1u);
}

TEST(SparseBlocks, OnlyWhatExistsCosts) {
  SparseBlocks<Block> blocks;
  EXPECT_EQ(blocks.metadata(), 0_B);
  blocks.at(0);
  blocks.at(5);
  EXPECT_GE(blocks.metadata().raw(), 2 * sizeof(Block) + 6 * sizeof(void*));
  EXPECT_LT(blocks.metadata().raw(), 3 * sizeof(Block) + 20 * sizeof(void*));
}

}  // namespace
}  // namespace heaplaw::model
