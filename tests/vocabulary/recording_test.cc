#include "vocabulary/recording.h"

#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "expect_input_error.h"
#include "vocabulary/mem_stats_text.h"

namespace heaplaw {
namespace {

const std::string stats_line = to_string(MemStats{}) + "\n";
const std::string top =
    "heaplaw-recording 1\n"
    "runtime go1.19.8 linux amd64\n"
    "region 0xc000200000 536870912\n"
    "kept 3702\n";
const std::string calibrated = top +
                               "sync 8192 noscan 0xc000200000\n"
                               "sync 8 scan 0xc000202000\n" +
                               stats_line;

std::string error_of(const std::string& text, TraceLimits limits = {}) {
  const std::string error = input_error_of([&] { return parse_recording(text, "r", limits); });
  std::istringstream stream(text);
  EXPECT_EQ(input_error_of([&] { return read_recording(stream, "r", limits); }), error);
  return error;
}

TEST(Recording, IsReadAndPrintedByteForByte) {
  const std::string text = calibrated +
                           "alloc 17 100 noscan 0xc000208010\n"
                           "drop 17\n"
                           "alloc 17 0 scan\n"
                           "gc\n"
                           "free-os-memory\n"
                           "gc-percent 100000\n" +
                           stats_line;
  const Recording recording = parse_recording(text, "r");
  EXPECT_EQ(print(recording), text);
  EXPECT_EQ(recording.trace.release, Release(19, 8));
  EXPECT_EQ(recording.region, Address{0xc000200000});
  EXPECT_EQ(recording.region_size, 512_MiB);
  EXPECT_EQ(recording.kept, 3702u);
  ASSERT_EQ(recording.syncs.size(), 2u);
  EXPECT_EQ(
      recording.syncs[1],
      (SyncObject{.size = 8_B, .object = ObjectKind::scan, .address = Address{0xc000202000}}));
  EXPECT_EQ(recording.stats.size(), 2u);
  ASSERT_EQ(recording.trace.operations.size(), 8u);
  EXPECT_EQ(recording.trace.operations[0], Operation::read_memstats());
  EXPECT_EQ(recording.trace.operations[1], Operation::alloc(17, 100_B, ObjectKind::noscan));
  EXPECT_EQ(recording.addresses[1], Address{0xc000208010});
  EXPECT_EQ(recording.addresses[3], Address{});
  EXPECT_EQ(first_breach(recording.trace), std::nullopt);
}

TEST(Recording, CommentsAndForeignLineEndsAreTolerated) {
  EXPECT_EQ(print(parse_recording("# shrunk\r\n\n" + calibrated + "gc # why\r\n", "r")),
            calibrated + "gc\n");
}

TEST(Recording, TheHeaderIsStrict) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "r:1:1: found the end of the file, expected the header 'heaplaw-recording 1'"},
      {"heaplaw-trace 1\n",
       "r:1:1: found 'heaplaw-trace', expected the header 'heaplaw-recording 1'"},
      {"heaplaw-recording 2\n", "r:1:19: found '2', expected version 1"},
      {"heaplaw-recording 1\nkept 1\n",
       "r:2:1: found 'kept', expected a line 'runtime RELEASE OS ARCHITECTURE'"},
      {"heaplaw-recording 1\nruntime go1.99 linux amd64\n",
       "r:2:9: found 'go1.99', expected a Go release from go1 to go1.26.0"},
      {"heaplaw-recording 1\nruntime go1.19.8 linux\n",
       "r:2:23: found the end of the line, expected an architecture's name"},
      {"heaplaw-recording 1\nruntime go1.19.8 linux amd64\nregion c000 1\n",
       "r:3:8: found 'c000', expected an address as in 0xc000200000"},
      {"heaplaw-recording 1\nruntime go1.19.8 linux amd64\n",
       "r:3:1: found the end of the file, expected a line 'region ADDRESS BYTES'"},
  };
  for (const auto& [text, message] : cases) EXPECT_EQ(error_of(text), message);
}

TEST(Recording, ATruncatedFileIsTold) {
  const std::string expected =
      ": found the end of the file, expected a line end: the recording is truncated";
  EXPECT_EQ(error_of(calibrated + "alloc 17 100 nos"), "r:8:17" + expected);
  EXPECT_EQ(error_of(calibrated + "gc"), "r:8:3" + expected);
  EXPECT_EQ(error_of(top),
            "r:5:1: found the end of the file, expected a sync line or the first memstats line: "
            "the recording is truncated");
}

TEST(Recording, CalibrationComesFirstAndOnce) {
  EXPECT_EQ(error_of(top + "gc\n"),
            "r:5:1: found 'gc', expected a sync line or the first memstats line");
  EXPECT_TRUE(error_of(calibrated + "sync 8 scan 0x8\n")
                  .starts_with("r:8:1: found 'sync', expected an operation (alloc, "));
  EXPECT_EQ(error_of(top + "sync 8 both 0x8\n"), "r:5:8: found 'both', expected scan or noscan");
}

TEST(Recording, BadOutcomesAreNamedWithTheirPlace) {
  EXPECT_EQ(error_of(calibrated + "alloc 1 8 scan 49152\n"),
            "r:8:16: found '49152', expected an address as in 0xc000200000");
  EXPECT_EQ(error_of(calibrated + "alloc 1 8 scan 0x0\n"),
            "r:8:16: found '0x0', expected an address other than 0");
  EXPECT_EQ(error_of(calibrated + "alloc 1 8 scan 0x8 0x8\n"),
            "r:8:20: found '0x8', expected the end of the line");
  EXPECT_EQ(error_of(calibrated + "drop 1 0x8\n"),
            "r:8:6: found handle '1' without a live object, expected a handle that was allocated "
            "and not dropped");
  EXPECT_EQ(error_of(calibrated + "gc 0x8\n"), "r:8:4: found '0x8', expected the end of the line");
  EXPECT_EQ(error_of(calibrated + "read-memstats\n"),
            "r:8:1: found 'read-memstats', expected memstats and what it said");
  EXPECT_EQ(error_of(calibrated + "memstats Alloc=1 Sys=2\n"),
            "r:8:18: found 'Sys=2', expected the field TotalAlloc");
  EXPECT_EQ(error_of(calibrated + "gc\n", {.operations_max = 1}),
            "r:8:1: found more operations, expected 1 at most");
}

}  // namespace
}  // namespace heaplaw
