#include "evidence/gc_trace.h"

#include <map>

#include <gtest/gtest.h>

#include "dumps.h"
#include "expect_input_error.h"
#include "vocabulary/line_reader.h"

namespace heaplaw::evidence {
namespace {

// Reads the line as a Line, if it is one, and expects it to come back as it was.
template <typename Line>
bool survives(std::string_view text, std::map<std::string, int>& releases) {
  LineScanner scanner(text);
  Line line;
  if (!match(scanner, line)) return false;
  EXPECT_EQ(print(line), text);
  ++releases[to_string(releases_of(line))];
  return true;
}

// Nearly all of what real programs print is read the quick way, and to the same end.
TEST(GcTrace, ReadsRealLinesQuickly) {
  std::size_t quick = 0;
  std::size_t all = 0;
  for (const DumpFile& dump : dumps_named("trace")) {
    LineReader lines(dump.text, dump.name);
    std::string_view line;
    while (lines.next(line)) {
      LineScanner scanner(line);
      GcLine strict;
      if (!match(scanner, strict) || strict.form <= GcLine::Form::five_phases) continue;
      ++all;
      const std::string ended = std::string(line) + '\n';
      GcLine read{.clock_scan = 7, .globals = 7};
      if (!match_quickly(std::string_view(ended).substr(0, line.size()), read)) continue;
      EXPECT_EQ(read, strict) << line;
      ++quick;
    }
  }
  EXPECT_GT(quick, 150);
  EXPECT_EQ(quick, all);
}

struct Counted {
  std::size_t gc = 0, old_gc = 0, scvg = 0, scav = 0, forced = 0, other = 0;
  std::map<std::string, int> releases;
};

Counted count(const DumpFile& dump) {
  Counted c;
  LineReader lines(dump.text, dump.name);
  std::string_view line;
  while (lines.next(line)) {
    if (survives<GcLine>(line, c.releases)) {
      ++c.gc;
    } else if (survives<OldGcLine>(line, c.releases)) {
      ++c.old_gc;
    } else if (survives<ScvgLine>(line, c.releases)) {
      ++c.scvg;
    } else if (survives<ScavLine>(line, c.releases)) {
      ++c.scav;
    } else if (line == gc_forced_line) {
      ++c.forced;
    } else {
      ++c.other;
    }
  }
  return c;
}

TEST(GcTrace, RealLinesSurviveByteForByte) {
  std::size_t read = 0;
  for (const char* kind : {"trace", "long"}) {
    for (const DumpFile& dump : dumps_named(kind)) {
      const Counted c = count(dump);
      // Lines of gcpacertrace=1.
      const std::size_t others = dump.name == "go1.19.8/25-gctrace-pacer.txt" ? 17 : 0;
      EXPECT_EQ(c.other, others) << dump.name;
      read += c.gc + c.old_gc + c.scvg + c.scav + c.forced;
    }
  }
  EXPECT_GT(read, 500);
}

using Releases = std::map<std::string, int>;

TEST(GcTrace, TellsTheReleaseByTheForm) {
  const auto releases_in = [](const std::string& name) {
    return count({name, read_dump(name)}).releases;
  };
  EXPECT_EQ(releases_in("other-releases/go1.1.2-long.txt").begin()->first, "1.0 - 1.1");
  EXPECT_EQ(releases_in("other-releases/go1.4.3-long.txt").count("1.4"), 1);
  EXPECT_EQ(releases_in("other-releases/go1.13.15-trace.txt").count("1.13"), 1);
  EXPECT_EQ(releases_in("other-releases/go1.20.14-trace.txt").count("1.14 - 1.20"), 1);
  EXPECT_EQ(releases_in("other-releases/go1.21.13-trace.txt").count("1.21 -"), 1);
}

struct Sample {
  const char* text;
  const char* releases;
};

// Forms of which the dumps have none, put together after the grammar.
const Sample gc_samples[] = {
    {"gc #1 @0.042s 4%: 0.051+1.1+0.026+16+0.43 ms clock, 0.10+1.1+0+2.0/6.7/0+0.86 ms cpu, "
     "4->32->10 MB, 4 MB goal, 4 P",
     "1.5"},
    {"gc 3 @0.252s 1%: 0.018+2.1+0.074+2.1+0.22 ms clock, 0.075+2.1+0+0.68/2.0/0+0.91 ms cpu, "
     "4->4->2 MB, 4 MB goal, 4 P (forced)",
     "1.5"},
    {"gc 9 @1.000s -1%: 0+0+18446744073709 ms clock, 0+0/0/0+0 ms cpu, 4->4->2 MB, 17592186044415 "
     "MB goal, 1 P",
     "1.6 - 1.17"},
    {"gc 3 @0.003s 5% (checking for goroutine leaks): 0+0.51+0 ms clock, 0+0.51/1.5/0+0 ms cpu, "
     "30->30->0 MB, 30 MB goal, 0 MB stacks, 0 MB globals, 14 P",
     "1.26"},
};
const Sample old_samples[] = {
    {"gc3(2): 1+0+0 ms 3 -> 3 MB 98 -> 96 (121-25) objects 0 handoff", "1.0"},
    {"gc9(2): 12+1+744+8 us, 2 -> 10 MB, 108615 (593983-485368) objects, 4825/3620/0 sweeps, 0(0) "
     "handoff, 6(91) steal, 16/1/0 yields",
     "1.3"},
};
const Sample scvg_samples[] = {
    {"scvg1: GC forced", "1.0 - 1.3"},
    {"scvg4: 0x5 MB released", "1.0 - 1.1"},
    {"scvg-1: 0 MB released", "1.2 - 1.12"},
    {"scvg-1: inuse: 1, idle: 5, sys: 7, released: 5, consumed: 1 (MB)", "1.2 - 1.12"},
    {"forced scvg: 1005 MB released", "1.13"},
};
const Sample scav_samples[] = {
    {"scav 15 2304 KiB work, 5 KiB total, 99% util (forced)", "1.15 - 1.18"},
    {"scav 15 2304 KiB work, 5 KiB total, 99% util [controller reset]", "1.18"},
    {"scav 4 KiB work, 5 KiB total, 99% util [controller reset]", "1.19 - 1.20"},
    {"scav 0 KiB work (bg), 4 KiB work (eager), 5 KiB now, 96% util (forced)", "1.21 -"},
};

template <typename Line, std::size_t size>
void expect_all_read(const Sample (&samples)[size]) {
  for (const Sample& sample : samples) {
    Releases found;
    EXPECT_TRUE(survives<Line>(sample.text, found)) << sample.text;
    EXPECT_EQ(found.count(sample.releases), 1) << sample.text << found.begin()->first;
  }
}

TEST(GcTrace, ReadsTheFormsOfAllReleases) {
  expect_all_read<GcLine>(gc_samples);
  expect_all_read<OldGcLine>(old_samples);
  expect_all_read<ScvgLine>(scvg_samples);
  expect_all_read<ScavLine>(scav_samples);
}

TEST(GcTrace, ReadsEveryFigure) {
  const auto line = parse_trace_line<GcLine>(
      "gc 7 @0.140s 13%: 0.005+6.1+0.12 ms clock, 0.011+0/0.053/1.4+14 ms cpu, 113->114->2 MB, 228 "
      "MB goal, 3 MB stacks, 4 MB globals, 2 P (forced)",
      {});
  EXPECT_EQ(line.form, GcLine::Form::with_roots);
  EXPECT_TRUE(line.forced);
  EXPECT_EQ(line.number, 7);
  EXPECT_EQ(line.at_ms, 140);
  EXPECT_EQ(line.percent, 13);
  EXPECT_EQ(line.clock_sweep_term, 5);
  EXPECT_EQ(line.clock_mark, 6100);
  EXPECT_EQ(line.clock_mark_term, 120);
  EXPECT_EQ(line.cpu_background, 53);
  EXPECT_EQ(line.cpu_idle, 1400);
  EXPECT_EQ(line.cpu_mark_term, 14000);
  EXPECT_EQ(line.heap_start, 113);
  EXPECT_EQ(line.heap_end, 114);
  EXPECT_EQ(line.heap_marked, 2);
  EXPECT_EQ(line.goal, 228);
  EXPECT_EQ(line.stacks, 3);
  EXPECT_EQ(line.globals, 4);
  EXPECT_EQ(line.procs, 2);
}

struct Refusal {
  const char* text;
  const char* message;
};

TEST(GcTrace, SaysWhereALineStopsBeingOne) {
  const Refusal refusals[] = {
      {"gc 1 @0.01s 0%", "log:5:7: found '0.01s 0%', expected a number with fixed decimals"},
      {"gc 1 @0.010s 0%: 0.0010+", "log:5:23: found '0+', expected '+'"},
      {"gc 1 @0.010s 0%: 0.500+1+0 ms",
       "log:5:18: found '0.500+1+0 ms', expected a time in ms, "
       "as Go prints it"},
      {"gc 24 @0.446s 0%: 2019/04/06 14:28:27 force gc.",
       "log:5:23: found '/04/06 14:28:27 force gc', expected '+'"},
      {"gc 1", "log:5:5: found the end of the line, expected ' @'"},
  };
  for (const Refusal& r : refusals) {
    EXPECT_EQ(input_error_of([&] {
                (void)parse_trace_line<GcLine>(r.text, {"log", 5});
              }),
              r.message);
  }
}

TEST(GcTrace, NoLineIsOfTwoKinds) {
  Releases found;
  for (const Sample& sample : gc_samples) {
    EXPECT_FALSE(survives<OldGcLine>(sample.text, found) || survives<ScavLine>(sample.text, found));
  }
  for (const Sample& sample : scvg_samples) {
    EXPECT_FALSE(survives<ScavLine>(sample.text, found));
  }
}

}  // namespace
}  // namespace heaplaw::evidence
