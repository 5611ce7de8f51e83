#include "vocabulary/mem_stats_text.h"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "expect_input_error.h"

namespace heaplaw {
namespace {

MemStats parse(std::string_view line) {
  TextCursor cursor(line, "r", 3);
  EXPECT_EQ(cursor.take_word(), "memstats");
  return take_mem_stats(cursor);
}

MemStats numbered() {
  MemStats stats;
  std::uint64_t number = 1000;
  for (const MemStatsField& field : mem_stats_fields()) stats.*field.member = ++number;
  for (BySizeEntry& entry : stats.by_size) entry = {number + 1, number + 2, ++number};
  return stats;
}

// The line with a piece replaced, to see the message that it gives.
std::string error_with(std::string_view piece, std::string_view replacement) {
  std::string line = to_string(MemStats{});
  line.replace(line.find(piece), piece.size(), replacement);
  return input_error_of([&] { return parse(line); });
}

TEST(MemStatsText, PrintsAsRecordingsDo) {
  MemStats stats;
  stats.alloc = 2283424;
  stats.by_size[1] = {.size = 8, .mallocs = 1027, .frees = 2};
  const std::string line = to_string(stats);
  EXPECT_TRUE(line.starts_with(
      "memstats Alloc=2283424 TotalAlloc=0 Sys=0 Mallocs=0 Frees=0 HeapAlloc=0 HeapSys=0 "
      "HeapIdle=0 HeapInuse=0 HeapReleased=0 HeapObjects=0 StackInuse=0 StackSys=0 MSpanInuse=0 "
      "MSpanSys=0 MCacheInuse=0 MCacheSys=0 BuckHashSys=0 GCSys=0 OtherSys=0 NextGC=0 NumGC=0 "
      "BySize=0:0:0,8:1027:2,0:0:0,"))
      << line;
}

TEST(MemStatsText, AllFieldsReadBack) {
  EXPECT_EQ(parse(to_string(numbered())), numbered());
  EXPECT_EQ(parse(to_string(MemStats{})), MemStats{});
}

TEST(MemStatsText, EveryBadFieldIsNamedWithItsPlace) {
  EXPECT_EQ(error_with("Alloc=0", "Allocs=0"),
            "r:3:10: found 'Allocs=0', expected the field Alloc");
  EXPECT_EQ(error_with("Alloc=0 ", ""), "r:3:10: found 'TotalAlloc=0', expected the field Alloc");
  EXPECT_EQ(error_with("Sys=0", "Sys="),
            "r:3:35: found the end of the line, expected a decimal number");
  EXPECT_EQ(error_with("Sys=0", "Sys=-1"), "r:3:35: found '-1', expected a decimal number");
  EXPECT_EQ(error_with("Sys=0", "Sys=01"),
            "r:3:35: found '01', expected a number without leading zeros");
  EXPECT_EQ(error_with("Sys=0", "Sys=1k"), "r:3:36: found 'k', expected the end of the field");
  EXPECT_EQ(error_with("Sys=0", "Sys=18446744073709551616"),
            "r:3:35: found '18446744073709551616', expected a number up to 18446744073709551615");
  EXPECT_EQ(error_with("NumGC=0 ", "NumGC=0 Nonsense=1 "),
            "r:3:253: found 'Nonsense=1', expected the field BySize");
}

TEST(MemStatsText, ACutLineIsTold) {
  const std::string line = to_string(MemStats{});
  const auto error_at = [&](std::size_t length) {
    return input_error_of([&] { return parse(line.substr(0, length)); });
  };
  EXPECT_EQ(error_at(8), "r:3:9: found the end of the line, expected the field Alloc");
  EXPECT_EQ(error_at(line.size() - 2),
            fmt::format("r:3:{}: found the end of the line, expected ':'", line.size() - 1));
  for (std::size_t length = 8; length < line.size(); ++length) {
    EXPECT_NE(error_at(length), "(no error)") << length;
  }
}

TEST(MemStatsText, BySizeHasExactlyItsEntries) {
  const std::string line = to_string(MemStats{});
  EXPECT_EQ(input_error_of([&] { return parse(line + ",0:0:0"); }),
            fmt::format("r:3:{}: found ',0:0:0', expected the end of the field", line.size() + 1));
  EXPECT_EQ(input_error_of([&] { return parse(line + " x"); }),
            fmt::format("r:3:{}: found 'x', expected the end of the line", line.size() + 2));
}

}  // namespace
}  // namespace heaplaw
