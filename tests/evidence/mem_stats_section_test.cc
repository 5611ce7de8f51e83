#include "evidence/mem_stats_section.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

SectionLine match(std::string_view text, Snapshot& snapshot) {
  LineScanner line(text);
  return match_section_line(line, snapshot);
}

TEST(MemStatsSection, EveryKeyRoundTrips) {
  Snapshot full;
  for (const SectionKey& key : section_keys()) {
    if (key.number) full.set(key.number, 7);
    if (key.sys) full.set(key.sys, 8);
    if (key.list) (full.*key.list).assign(256, 3);
    if (key.flag) full.*key.flag = key.name == "EnableGC";
  }
  full.gc_cpu_fraction = -8.074638565876587e-06;
  full.max_rss = 9;
  std::string text;
  append_mem_stats_section(text, full);

  Snapshot read;
  std::size_t keys = 0;
  std::size_t from = text.find('\n') + 1;
  while (from < text.size()) {
    const std::size_t end = text.find('\n', from);
    const SectionLine found = match(std::string_view(text).substr(from, end - from), read);
    EXPECT_EQ(found.key, &section_keys()[keys++]);
    from = end + 1;
  }
  EXPECT_EQ(keys, section_keys().size());
  EXPECT_EQ(read, full);
}

TEST(MemStatsSection, TellsForeignLinesFromBrokenOnes) {
  Snapshot s;
  for (const char* line : {"# runtime.MemStats", "# Nonsense = 1", "Alloc = 1", ""}) {
    const SectionLine found = match(line, s);
    EXPECT_EQ(found.key, nullptr) << line;
    EXPECT_FALSE(found.broken) << line;
  }
  for (const char* line : {"# Alloc = ", "# Stack = 1 / ", "# PauseNs = [1 2", "# DebugGC = no",
                           "# GCCPUFraction = much"}) {
    EXPECT_TRUE(match(line, s).broken) << line;
  }
  EXPECT_EQ(s, Snapshot{});
}

}  // namespace
}  // namespace heaplaw::evidence
