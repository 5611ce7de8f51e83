#include "model/pages/sparse_blocks.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

struct Block {
  std::vector<std::uint64_t> numbers = {0, 0, 0, 0};

  [[nodiscard]] std::uint64_t& operator[](std::size_t i) { return numbers[i]; }
  [[nodiscard]] static Bytes metadata() { return 32_B; }
};

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
  const std::uint64_t both = 2 * (sizeof(Block) + 32);
  EXPECT_GE(blocks.metadata().raw(), both + 6 * sizeof(void*));
  EXPECT_LT(blocks.metadata().raw(), both + 20 * sizeof(void*));
}

}  // namespace
}  // namespace heaplaw::model
