#include "model/pages/page_geometry.h"

#include <gtest/gtest.h>

namespace heaplaw::model {
namespace {

TEST(PageGeometry, AChunkIs512PagesAndAnArena16Chunks) {
  EXPECT_EQ(page_size, 8_KiB);
  EXPECT_EQ(chunk_size, 4_MiB);
  EXPECT_EQ(chunk_size / page_size, chunk_pages);
  EXPECT_EQ(arena_size / chunk_size, 16u);
  EXPECT_EQ(chunk_pages % cache_pages, 0u);
}

TEST(PageGeometry, AnAddressFallsApartAndComesTogetherAgain) {
  for (const std::uint64_t page :
       {std::uint64_t{0}, std::uint64_t{0xc000000000}, std::uint64_t{0xc0003fe000},
        std::uint64_t{0xc000400000}, (user_space_end - page_size).raw()}) {
    for (const std::uint64_t address : {page, page + 1, page + page_size.raw() - 1}) {
      EXPECT_EQ(page_address(chunk_of(address), page_in_chunk(address)), page);
      EXPECT_LT(page_in_chunk(address), chunk_pages);
      EXPECT_LE(chunk_base(chunk_of(address)), address);
      EXPECT_LT(address - chunk_base(chunk_of(address)), chunk_size.raw());
    }
  }
}

}  // namespace
}  // namespace heaplaw::model
