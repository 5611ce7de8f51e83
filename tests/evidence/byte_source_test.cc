#include "evidence/byte_source.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "dumps.h"
#include "expect_input_error.h"

namespace heaplaw::evidence {
namespace {

TEST(ByteSource, GivesAFileInPieces) {
  ByteSource source(HEAPLAW_CORPUS "/dumps/other-releases/go1.4.3-heap0.txt");
  std::string all;
  std::array<char, 7> piece{};
  for (std::size_t got = 1; got > 0;) {
    got = source.read(piece.data(), piece.size());
    all.append(piece.data(), got);
  }
  EXPECT_EQ(all, read_dump("other-releases/go1.4.3-heap0.txt"));
}

TEST(ByteSource, SaysWhatCannotBeRead) {
  EXPECT_EQ(input_error_of([] { ByteSource source("/nowhere/at/all"); }),
            "/nowhere/at/all: found no such file, expected a readable file");
  EXPECT_EQ(input_error_of([] {
              ByteSource source("/");
              char c = 0;
              (void)source.read(&c, 1);
            }),
            "/: found a directory, expected a readable file");
}

}  // namespace
}  // namespace heaplaw::evidence
