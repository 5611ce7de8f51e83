#include "evidence/profile_lines.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

TEST(ProfileLines, FunctionsMayBeNamedOddly) {
  ProfileFrame frame;
  LineScanner line("#\t0x4e3844\ta.(*T).M+0x1.func1+0x2a\t\tC:/go/x+0x.go:17");
  EXPECT_TRUE(match_profile_frame(line, frame));
  EXPECT_EQ(frame, (ProfileFrame{0x4e3844, "a.(*T).M+0x1.func1", 0x2a, "C:/go/x+0x.go", 17}));
}

TEST(ProfileLines, AnUnknownFunctionHasOnlyAnAddress) {
  ProfileFrame frame;
  LineScanner line("#\t0xff");
  EXPECT_TRUE(match_profile_frame(line, frame));
  EXPECT_EQ(frame, (ProfileFrame{.pc = 0xff}));
}

TEST(ProfileLines, CountsMayBeNegative) {
  ProfileRecord record;
  LineScanner line("-1: -8 [0: 0] @");
  EXPECT_TRUE(match_profile_record(line, record));
  EXPECT_EQ(record.counts, (ProfileCounts{-1, -8, 0, 0}));
}

TEST(ProfileLines, ProfilesOfOtherToolsAreTold) {
  EXPECT_TRUE(is_foreign_profile_header("heap profile:    144:  8498176 [   1:  8] @ heapz_v2/1"));
  EXPECT_FALSE(is_foreign_profile_header("heap profile: 1: 8 [1: 8] @ heap/2"));
  EXPECT_FALSE(is_foreign_profile_header("gc heap_v2/"));
  ProfileHeader header;
  LineScanner line("heap profile: 1: 8 [1: 8] @ heapz_v2/2");
  EXPECT_FALSE(match_profile_header(line, header));
}

}  // namespace
}  // namespace heaplaw::evidence
