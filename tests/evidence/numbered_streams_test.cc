#include "evidence/numbered_streams.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

struct Line {
  std::uint64_t number = 0;
  int time = 0;
  char program = 'a';
};

Follows follows(const Line& before, const Line& now) {
  if (before.program != now.program) return Follows::no;
  return now.time >= before.time ? Follows::yes : Follows::doubtful;
}

TEST(NumberedStreams, GiveTheLineBefore) {
  NumberedStreams<Line> streams(follows);
  EXPECT_EQ(streams.take({1, 10}), nullptr);
  EXPECT_EQ(streams.take({2, 20})->time, 10);
  EXPECT_EQ(streams.take({3, 30})->time, 20);
  EXPECT_EQ(streams.begun(), 1);
}

TEST(NumberedStreams, KeepProcessesApart) {
  NumberedStreams<Line> streams(follows);
  (void)streams.take({1, 100});
  (void)streams.take({2, 200});
  EXPECT_EQ(streams.take({1, 5}), nullptr);  // go run starts the program after the compiler
  EXPECT_EQ(streams.take({2, 6})->time, 5);
  EXPECT_EQ(streams.take({3, 300})->time, 200);
  EXPECT_EQ(streams.take({3, 7})->time, 6);
  EXPECT_EQ(streams.begun(), 2);
}

TEST(NumberedStreams, MissingLinesMakeNoStep) {
  NumberedStreams<Line> streams(follows);
  (void)streams.take({1, 10});
  EXPECT_EQ(streams.take({5, 50}), nullptr);
  EXPECT_EQ(streams.take({6, 60})->time, 50);
  EXPECT_EQ(streams.begun(), 1);
}

TEST(NumberedStreams, ADoubtfulLineCountsWhereThereIsNoOtherProcess) {
  NumberedStreams<Line> streams(follows);
  (void)streams.take({1, 10});
  ASSERT_NE(streams.take({2, 5}), nullptr);
  EXPECT_EQ(streams.take({3, 1, 'b'}), nullptr);
  EXPECT_EQ(streams.begun(), 2);
}

TEST(NumberedStreams, ForgetWhoWasSilentLongest) {
  NumberedStreams<Line> streams(follows);
  for (int i = 0; i < 9; ++i) {
    (void)streams.take({1, 0, static_cast<char>('a' + i)});
  }
  EXPECT_EQ(streams.take({2, 1, 'a'}), nullptr);
  EXPECT_NE(streams.take({2, 1, 'i'}), nullptr);
}

}  // namespace
}  // namespace heaplaw::evidence
