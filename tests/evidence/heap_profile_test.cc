#include "evidence/heap_profile.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dumps.h"
#include "expect_input_error.h"

namespace heaplaw::evidence {
namespace {

TEST(HeapProfile, RealOnesSurviveByteForByte) {
  const auto dumps = dumps_named("heap");
  EXPECT_EQ(dumps.size(), 11);
  for (const DumpFile& dump : dumps) {
    const HeapProfile profile = parse_heap_profile(dump.text, dump.name);
    EXPECT_EQ(print(profile), dump.text) << dump.name;
  }
}

TEST(HeapProfile, TellsWhoCanHavePrintedIt) {
  const auto releases_of = [](const std::string& name) {
    return to_string(parse_heap_profile(read_dump(name), name).releases);
  };
  EXPECT_EQ(releases_of("other-releases/go1.1.2-heap.txt"), "1.1 - 1.6");
  EXPECT_EQ(releases_of("other-releases/go1.4.3-heap0.txt"), "1.0 - 1.4");
  EXPECT_EQ(releases_of("other-releases/go1.6.4-heap0.txt"), "1.5 - 1.6");
  EXPECT_EQ(releases_of("other-releases/go1.9.7-heap.txt"), "1.9 - 1.10");
  EXPECT_EQ(releases_of("go1.19.8/09-heap-rate1.txt"), "1.15 -");
}

TEST(HeapProfile, ReadsEveryPart) {
  const auto profile =
      parse_heap_profile(read_dump("other-releases/go1.1.2-heap.txt"), "go1.1.2-heap.txt");
  EXPECT_EQ(profile.header.total, (ProfileCounts{72, 36268480, 83, 45930944}));
  EXPECT_EQ(profile.header.twice_rate, 1048576);
  ASSERT_EQ(profile.records.size(), 3);
  const ProfileRecord& second = profile.records[1];
  EXPECT_EQ(second.counts, (ProfileCounts{1, 2711552, 12, 12374016}));
  EXPECT_EQ(second.stack.front(), 0x41c8aa);
  EXPECT_EQ(second.frames.front(),
            (ProfileFrame{0x41dd4e, "cnew", 0xee,
                          "/usr/local/go/src/pkg/runtime/zmalloc_linux_amd64.c", 655}));
  EXPECT_EQ(profile.mem_stats->stats.stack_sys, 65536);
  EXPECT_EQ(profile.mem_stats->pause_ns.size(), 256);
}

TEST(HeapProfile, AStreamIsReadRecordByRecord) {
  const std::string text = read_dump("go1.19.8/09-heap-rate1.txt");
  std::istringstream stream(text);
  LineReader lines(stream, "stream", profile_line_max);
  std::size_t records = 0;
  const HeapProfile profile = read_heap_profile(lines, [&](ProfileRecord&&) { ++records; });
  EXPECT_EQ(records, parse_heap_profile(text, "text").records.size());
  EXPECT_TRUE(profile.records.empty());
  EXPECT_TRUE(profile.mem_stats.has_value());
}

const std::string header = "heap profile: 1: 8 [2: 16] @ heap/1048576\n";

TEST(HeapProfile, HasFramesOrNone) {
  const HeapProfile bare = parse_heap_profile(header + "1: 8 [2: 16] @ 0x1 0x2\n", "f");
  EXPECT_FALSE(bare.with_frames);
  EXPECT_EQ(to_string(bare.releases), "1.0 - 1.4");
  const std::string empty_stack = header + "1: 8 [2: 16] @\n\n0: 0 [1: 8] @ 0x1\n#\t0x1\n\n\n" +
                                  "# runtime.MemStats\n# Alloc = 1\n";
  EXPECT_THAT(input_error_of([&] { (void)parse_heap_profile(empty_stack, "f"); }),
              testing::HasSubstr("found no TotalAlloc"));
}

struct Refusal {
  std::string text;
  const char* message;
};

TEST(HeapProfile, RefusesWhatNoReleasePrints) {
  const Refusal refusals[] = {
      {"", "f: found the end of the file, expected a heap profile"},
      {"heap profile: 1: 8 [2: 16] @ heap/1048576",
       "f:1:42: found the end of the file, expected a line end"},
      {"heap profile:  1: 8 [2: 16] @ heap/2\n",
       "f:1:15: found ' 1: 8 [2: 16] @ heap/2', expected a decimal number of 63 bits, or one below "
       "0"},
      {header + "1: 8 [2: 16] @ 0X1\n", "f:2:15: found ' 0X1', expected the end of the line"},
      {header + "1: 8 [2: 16] @ 0x1\n#\t0x1\tmain.f\tx.go:1\n",
       "f:3:7: found 'main.f\\x09x.go:1', expected FUNCTION+0xOFFSET"},
      {header + "1: 8 [2: 16] @ 0x1\n#\t0x1\tmain.f+0x1\tx.go:1\n",
       "f:3: found the end of the file, expected a frame"},
      {header + "\n# runtime.Memstats\n",
       "f:3:1: found '# runtime.Memstats', expected "
       "'# runtime.MemStats'"},
      {header + "\n# runtime.MemStats\n# Alloc = x\n",
       "f:4:11: found 'x', expected a decimal number"},
      {header + "\n# runtime.MemStats\n# Sys = 1\n# Alloc = 1\n",
       "f:5:3: found Alloc, expected a field that comes later"},
      {header + "\n# runtime.MemStats\n# PauseNs = [1 2]\n",
       "f:4:1: found a shorter list, expected 256 numbers"},
  };
  for (const Refusal& r : refusals) {
    EXPECT_EQ(input_error_of([&] { (void)parse_heap_profile(r.text, "f"); }), r.message);
  }
}

TEST(HeapProfile, RefusesAMixtureOfReleases) {
  std::string text = read_dump("other-releases/go1.9.7-heap.txt");
  const std::string line = "# DebugGC = false\n";
  text.insert(text.find(line), "# EnableGC = true\n");
  EXPECT_THAT(input_error_of([&] { (void)parse_heap_profile(text, "f"); }),
              testing::HasSubstr("found a mixture of releases"));
}

TEST(HeapProfile, EveryCutIsNoticed) {
  const std::string text = read_dump("go1.19.8/15-heap-rate0.txt");
  std::size_t refused = 0;
  for (std::size_t size = 0; size < text.size(); ++size) {
    if (input_error_of([&] { (void)parse_heap_profile(text.substr(0, size), "f"); }) !=
        "(no error)") {
      ++refused;
    }
  }
  // Cut behind DebugGC, before MaxRSS, it is what other systems print; behind the header or the
  // first record, a profile of Go 1.0 to 1.4 without frames.
  EXPECT_EQ(refused, text.size() - 3);
}

}  // namespace
}  // namespace heaplaw::evidence
